"""What is numbered: invoices, statements, what takes off them, and their batch."""
