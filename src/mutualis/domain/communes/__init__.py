"""A commune in a year: who it is, its populations."""
