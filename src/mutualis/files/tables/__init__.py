"""Tables as people save them: CSV, workbooks, cells, rows."""
