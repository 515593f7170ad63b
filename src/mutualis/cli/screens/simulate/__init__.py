"""What `simulate` answers."""
