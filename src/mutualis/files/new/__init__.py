"""A new workspace."""
