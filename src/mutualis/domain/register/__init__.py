"""The union of what is registered, and what it implies."""
