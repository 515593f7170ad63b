"""What may be issued."""
