"""The French of a quote: where its prices come from, until when they hold."""

from mutualis.domain.french.typography import count, long_date
from mutualis.domain.quotes.quote import Quote


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
