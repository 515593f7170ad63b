"""The workbook of the usage."""
