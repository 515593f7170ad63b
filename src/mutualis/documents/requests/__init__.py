"""The decision of a meeting and its letters."""
