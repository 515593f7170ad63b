"""The kit of which every workbook is made."""
