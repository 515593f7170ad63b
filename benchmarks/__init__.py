"""How long the program takes, beside the same work done plainly: `make bench`."""
