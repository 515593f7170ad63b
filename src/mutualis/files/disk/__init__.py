"""Files put in place whole, their sums and fingerprint."""
