"""What is said of half-days: quoted, done, billed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from mutualis.domain.french.typography import count, euros, percent


def half_days(quantity: int) -> str:
    return count(quantity, "demi-journée")


def by_category(quantities: Mapping[str, int]) -> str:
    """« 2 demi-journées A, 1 demi-journée B »."""
    return ", ".join(f"{half_days(n)} {category}" for category, n in quantities.items())


def calculation(
    lines: Sequence[tuple[str, int, Decimal, Decimal]],
    net: Decimal,
    vats: Sequence[tuple[Decimal, Decimal, Decimal]] = (),
) -> str:
    """« catégorie A : 2 demi-journées × 255,00 € = 510,00 € », line by line, then the total.

    A line is a category, its half-days, their price, its amount; a tax is its rate, what it is on,
    what it adds.
    """
    parts = [
        f"catégorie {category} : {half_days(quantity)} × {euros(price)} = {euros(amount)}"
        for category, quantity, price, amount in lines
    ]
    if len(parts) > 1:
        parts.append(f"total {euros(net)}")
    if vats:
        parts += [f"TVA à {percent(rate)} sur {euros(on)} : {euros(vat)}" for rate, on, vat in vats]
        parts.append(f"avec la TVA {euros(net + sum(vat for _, _, vat in vats))}")
    return " ; ".join(parts)


def left_of_quote(quote: str, why: str) -> str:
    """What a batch says of works that it does not bill."""
    return f"devis {quote} : {why}"


def mission_subject(year: int, quote: str) -> str:
    """What a document is about, in an export or a list."""
    return f"Mission {year}, devis {quote}"
