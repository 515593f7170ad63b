"""The French of what goes to the council."""
