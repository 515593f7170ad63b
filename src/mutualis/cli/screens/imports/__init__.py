"""What `import` shows, one module a file of INSEE."""
