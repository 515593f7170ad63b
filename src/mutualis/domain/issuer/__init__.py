"""Who issues, its VAT, the layout of its export."""
