"""The workbook of a batch, one module a sheet."""
