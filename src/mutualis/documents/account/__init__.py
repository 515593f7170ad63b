"""One commune's account."""
