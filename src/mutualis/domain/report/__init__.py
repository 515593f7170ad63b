"""A year told to the council: who was a member, what was due, what was done, what it cost."""
