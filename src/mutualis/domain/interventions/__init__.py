"""What was done for whom, quotas, and the way up."""
