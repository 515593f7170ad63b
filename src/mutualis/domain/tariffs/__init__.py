"""The grid of a year, the fee that it gives, and the table that proves it."""
