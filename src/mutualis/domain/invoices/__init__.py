"""What is numbered: invoices, credit notes, and their batch."""
