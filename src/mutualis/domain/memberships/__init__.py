"""The plan of a year: who owes what, and two years compared."""
