"""From the domain to what people read. Nothing here computes an amount or opens a file."""
