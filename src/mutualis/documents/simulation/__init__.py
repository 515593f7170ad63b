"""A simulation as a workbook: both sides compared, and the years after."""
