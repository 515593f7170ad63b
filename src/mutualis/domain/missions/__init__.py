"""A quote and what became of it."""
