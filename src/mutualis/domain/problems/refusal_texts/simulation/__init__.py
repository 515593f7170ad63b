"""What a simulation refuses."""
