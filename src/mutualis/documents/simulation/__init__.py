"""A simulation as a workbook whose prices and levels are cells."""
