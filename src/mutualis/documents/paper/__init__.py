"""What a printed document holds, on a sheet and as a PDF."""

TEMPLATES = "data/templates"  # where a workspace lays its own over the shipped ones
LOGO = "data/logo.png"
