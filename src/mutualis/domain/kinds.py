"""The kinds of numbered documents, and what they are about, as the register stores them."""

from enum import StrEnum


class Kind(StrEnum):
    INVOICE = "invoice"
    STATEMENT = "statement"
    CREDIT = "credit"
    QUOTE = "quote"


class Product(StrEnum):
    MEMBERSHIP = "adhésion"
    MISSION = "mission"


class Nature(StrEnum):
    """Why a document is worth less: its amount was wrong, or the assembly let the debt go."""

    CORRECTION = "correction"
    REMISE = "remise"


class ExportKind(StrEnum):
    """What is handed to the finance software: invoices that await their titre, or what takes off
    those that have one."""

    TITRES = "titres"
    REDUCTIONS = "reductions"
