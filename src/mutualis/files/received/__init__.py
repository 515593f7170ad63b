"""Files that others send: what the finance software gives back, the minutes of a meeting."""
