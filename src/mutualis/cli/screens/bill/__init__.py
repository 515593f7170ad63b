"""What `bill` shows: a draft, an issue, what is done on quotes."""
