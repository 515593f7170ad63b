"""The kinds of numbered documents, and what they are about."""

MEMBERSHIP, MISSION = "adhésion", "mission"
INVOICE, CREDIT, QUOTE = "invoice", "credit", "quote"
