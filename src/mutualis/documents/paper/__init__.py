"""What a printed document holds, on a sheet and as a PDF."""
