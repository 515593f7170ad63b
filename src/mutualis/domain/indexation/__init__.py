"""The price index, its updates, and how prices follow it."""
