"""The catalogue of services: what a level opens."""
