"""What was used, what it costs, what comes in."""
