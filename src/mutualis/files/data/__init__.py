"""One module for each file of data/: read, and where need be written."""
