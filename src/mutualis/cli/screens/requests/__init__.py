"""What `requests` shows: a ranking, one request of it, a publication."""
