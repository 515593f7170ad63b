"""mutualis: price, bill, quote and index the services a French intercommunal body shares."""

__version__ = "0.2.0"
