"""What half-days cost, as a file gives it."""
