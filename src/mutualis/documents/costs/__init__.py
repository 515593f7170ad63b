"""The papers of unit costs (CGCT, D. 5211-16)."""
