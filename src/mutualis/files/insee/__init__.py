"""INSEE's own files."""
