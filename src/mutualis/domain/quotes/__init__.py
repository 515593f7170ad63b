"""A quote, the answer to it, the work done on it."""
