"""The usage of a year."""
