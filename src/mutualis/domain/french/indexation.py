"""Where an index or a rate comes from, in words, and how a rate is written."""

import re
from decimal import Decimal

from mutualis.domain.french.names import fold

_SPACES = dict.fromkeys(map(ord, " \u00a0\u2007\u2009\u202f\t"))
_NOT_FINAL = re.compile(r"provis|\bflash\b|\bestim|\b(non|pas|encore|semi) definiti")
_TITLE = ("indice des prix a la consommation", "ensemble des menages", "france")
_WHOLE = {"ensemble": "ensemble", "ensemble hors tabac": "hors_tabac"}


def two_indices(before: str, month: str, base: str) -> str:
    """The origin of a rate drawn from two months' indices of one base."""
    return f"indices {before} et {month}, base {base}"


def release(updated: str) -> str:
    """The origin of an index of INSEE's own file, of a day (JJ/MM/AAAA) where it has one."""
    day = f" du {updated}" if updated else ""
    return f"INSEE, valeurs_mensuelles.csv{day}"


def rate_of(text: str) -> Decimal | None:
    """A rate as INSEE and people write it: +0,8 %, 0.8, -0,3; None for anything else."""
    plain = text.translate(_SPACES).removesuffix("%").replace(",", ".").replace("\u2212", "-")
    found = re.fullmatch(r"[+-]?\d{1,6}(\.\d{1,6})?", plain, re.ASCII)
    return Decimal(plain) if found else None


def is_provisional(origin: str) -> bool:
    """Whether an origin says that the figure may still be revised: provisional, or a flash
    estimate. « définitif (provisoire du 31/12 : 0,7) » is final: what it was is in brackets."""
    outside = fold(re.sub(r"\([^)]*\)", " ", origin))
    if _NOT_FINAL.search(outside):
        return True
    return "definiti" not in outside and _NOT_FINAL.search(fold(origin)) is not None


def series_of(title: str) -> str | None:
    """The series that INSEE's title names, of all households of France; None for another one."""
    parts = [fold(part) for part in title.split(" - ")]
    rest = [part for part in parts if not part.startswith("base ")]
    return _WHOLE.get(rest[-1]) if tuple(rest[:-1]) == _TITLE else None
