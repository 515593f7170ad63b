"""What other programs take."""
