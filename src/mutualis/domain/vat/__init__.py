"""VAT: categories and rates, what they add to an amount, how a document is shared among them."""
