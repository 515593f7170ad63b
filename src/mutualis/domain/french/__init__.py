"""French typography, amounts in letters, names and how people type them."""
