"""What issuing adds, and what is still due."""
