"""What the half-days of agents cost the body: charges, units, unit costs (CGCT, D. 5211-16)."""
