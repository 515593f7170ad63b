"""The French of a quote: its table, where its prices come from, until when they hold."""

from collections.abc import Sequence
from decimal import Decimal

from mutualis.documents.wording.invoices import example
from mutualis.domain.french.typography import count, long_date
from mutualis.domain.quotes.quote import Quote, QuoteLine

HEADER = ("Désignation", "Agents", "Demi-journées", "Prix unitaire", "Montant")
STYLES = ("cellule", "cellule centrée", "entier", "euros", "euros")
DRAFT = "PROJET"
AGREED = "Bon pour accord"


def heading(quote: Quote) -> str:
    return f"Devis n° {quote.number}" if quote.number else f"Devis ({DRAFT}, sans numéro)"


def subject(quote: Quote) -> str:
    return quote.subject or quote.service or "Mission d'accompagnement"


def conditions(quote: Quote) -> list[str]:
    level = quote.grid.on_quote
    required = f" réservée aux adhérentes {level.requires}" if level and level.requires else ""
    return [
        f"Mission de niveau {level.code if level else ''}{required} ; "
        f"{quote.commune.name} est au niveau {quote.commune.level} en {quote.year}"
        f"{example(quote.commune)}.",
        "Les demi-journées réalisées sont facturées aux prix de ce devis, dans la limite des "
        "quantités acceptées.",
    ]


def half_day_rows(lines: Sequence[QuoteLine]) -> list[tuple[str, str, int, Decimal, Decimal]]:
    """The rows of a table of half-days: a quote's, or the invoice of a mission's."""
    return [
        (line.label, f"catégorie {line.category}", line.half_days, line.unit_price, line.amount)
        for line in lines
    ]


def half_days(quantity: int) -> str:
    return count(quantity, "demi-journée")


def grid_used(quote: Quote) -> str:
    """Which grid the prices come from."""
    text = f"Prix de la grille {quote.grid.year}"
    if not quote.grid.act_is_missing:
        text += f" ({quote.grid.act})"
    if quote.uses_earlier_grid:
        text += f", la grille {quote.year} n'étant pas encore votée"
    return text + "."


def validity(quote: Quote) -> str:
    """« jusqu'au 13 juin 2025 (90 jours) »."""
    days = (quote.valid_until - quote.issued_on).days
    return f"jusqu'au {long_date(quote.valid_until)} ({count(days, 'jour')})"
