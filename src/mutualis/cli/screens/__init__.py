"""What a command shows, one module a command."""
