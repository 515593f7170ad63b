"""Numbers, amounts and dates as a French reader expects them.

Spaces inside a number and before a sign are no-break spaces (U+00A0), which every
French Windows encoding has.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from mutualis.domain.money import CENT, plain, round_half_up

NBSP = "\u00a0"
MOST_NAMES = 5  # in a sentence
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def number(value: int | Decimal) -> str:
    """Group by three, decimal comma: 7 048 or 0,383 04 (decimals are grouped too)."""
    return _spelled(f"{abs(Decimal(value)):f}", is_negative=value < 0)


def _spelled(figures: str, *, is_negative: bool) -> str:
    whole, _, decimals = figures.partition(".")
    if len(whole) > 3:
        whole = f"{int(whole):,}".replace(",", NBSP)
    if is_negative:
        whole = f"-{whole}"
    if not decimals:
        return whole
    if len(decimals) <= 3:
        return f"{whole},{decimals}"
    blocks = [decimals[start : start + 3] for start in range(0, len(decimals), 3)]
    return f"{whole},{NBSP.join(blocks)}"


def euros(amount: Decimal) -> str:
    """An amount, at least two decimals: 7 048,00 €; an exact one keeps its digits: 0,383 04 €."""
    return f"{_spelled(plain(abs(amount)), is_negative=amount < 0)}{NBSP}€"


def signed_euros(amount: Decimal) -> str:
    """A difference, with its sign: +12,30 € or -4,00 €."""
    rounded = round_half_up(amount, CENT)
    return ("+" if rounded > 0 else "") + euros(rounded)


def percent(rate: Decimal) -> str:
    """A rate in per cent: 0,8 %."""
    return f"{number(rate)}{NBSP}%"


def signed_percent(rate: Decimal) -> str:
    """A variation in per cent, with its sign: +0,8 %."""
    return ("+" if rate > 0 else "") + percent(rate)


def long_date(day: date) -> str:
    """1er janvier 2026, 15 janvier 2026."""
    ordinal = "1er" if day.day == 1 else str(day.day)
    return f"{ordinal}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def period(first: date, last: date) -> str:
    """du 1er juillet au 31 décembre 2025, du 1er au 31 mars 2025; both days are of one year."""
    day, month, _ = long_date(first).split(NBSP)
    start = day if first.month == last.month else f"{day}{NBSP}{month}"
    return f"du {start} au {long_date(last)}"


def short_date(day: date) -> str:
    """15/01/2026."""
    return day.strftime("%d/%m/%Y")


def month_name(month: str) -> str:
    """décembre 2025, from 2025-12."""
    year, _, rank = month.partition("-")
    return f"{MONTHS[int(rank) - 1]}{NBSP}{year}"


def enumerated(names: Sequence[str]) -> str:
    """« Amagney, Saône », and after a few of them « … et 3 autres »."""
    shown = ", ".join(names[:MOST_NAMES])
    left = len(names) - MOST_NAMES
    return f"{shown} et {count(left, 'autre')}" if left > 0 else shown


def alternatives(names: Iterable[str]) -> str:
    """« Amagney ou Saône »."""
    return " ou ".join(names)


def grouped(code: str, size: int = 3) -> str:
    """A long number in groups that do not part: a SIREN by three, an IBAN by four."""
    return NBSP.join(code[start : start + size] for start in range(0, len(code), size))


def count(value: int, noun: str, plural: str | None = None) -> str:
    """1 commune, 66 communes: zero and one take the singular, as in French."""
    word = noun if abs(value) < 2 else (plural or f"{noun}s")
    return f"{number(value)}{NBSP}{word}"
