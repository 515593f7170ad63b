"""From the text of the flat files to the domain, and back: each value knows its file and line."""
