"""The report on a year, for the council: one content, as a PDF and as a workbook."""
