"""An invoice as data: its lines, its EN 16931 XML."""
