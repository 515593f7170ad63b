"""The workbooks of quotes, missions and credit notes."""
