"""The kinds of numbered documents, and what they are about, as the register stores them."""

from enum import StrEnum


class Kind(StrEnum):
    INVOICE = "invoice"
    CREDIT = "credit"
    QUOTE = "quote"


class Product(StrEnum):
    MEMBERSHIP = "adhésion"
    MISSION = "mission"
