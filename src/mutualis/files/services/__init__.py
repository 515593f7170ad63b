"""What is beside the catalogue of services."""
