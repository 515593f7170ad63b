"""From the domain to what people read: workbooks. Nothing here computes an amount or opens a file."""
