"""One cell to one value: whole numbers, decimals, dates, codes; or the problem it has."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from mutualis.domain.problems import Problem
from mutualis.domain.typography import MONTHS
from mutualis.files.csv_table import Cell

T = TypeVar("T")

MOST = 10**9
_FORMULAS = ("=", "+", "@", "#REF!", "#N/A", "#VAL", "#DIV/0!", "#NOM", "#NAME", "#NUL", "#NOMB")
_SPACES = dict.fromkeys(map(ord, " \u00a0\u2007\u2009\u202f\t"))
_AMBIGUOUS = re.compile(r"-?\d{1,3}\.\d{3}|-?\d{1,3}(,\d{3})+\.\d+|-?\d{1,3}(\.\d{3}){2,}")
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})


def read(cell: Cell, parse: Callable[[Cell], T | Problem]) -> T | Problem:
    """The value of a cell that is not empty; a formula or its error is refused first."""
    if cell.text.upper().startswith(_FORMULAS):
        return Problem("C14", cell.source, {"value": cell.text[:60]})
    return parse(cell)


def text(cell: Cell) -> str:
    return cell.text


def whole_number(cell: Cell, what: str = "un nombre entier") -> int | Problem:
    """A whole number from 0 to 10^9; « 1 234 » and « 1234,0 » are read."""
    value = decimal_number(cell, what)
    if isinstance(value, Problem):
        return value
    if value != int(value) or value < 0:
        return Problem("C13", cell.source, {"value": cell.text[:40], "what": what, "guess": ""})
    return int(value)


def year(cell: Cell) -> int | Problem:
    """A year from 1900 to 2999."""
    value = whole_number(cell, "une année")
    if isinstance(value, int) and not 1900 <= value <= 2999:
        facts = {"value": cell.text[:40], "what": "une année", "guess": ""}
        return Problem("C13", cell.source, facts)
    return value


def decimal_number(cell: Cell, what: str = "un nombre") -> Decimal | Problem:
    """A decimal within +-10^9, comma or point, spaces of any kind, an optional trailing €."""
    text = cell.text.translate(_SPACES).removesuffix("€").replace("\u2212", "-")
    if _AMBIGUOUS.fullmatch(text):
        joined = text.replace(".", "").replace(",", "")
        facts = {"value": cell.text, "thousands": joined, "decimal": text.replace(".", ",")}
        if text.count(".") + text.count(",") > 1:
            facts["thousands"], facts["decimal"] = _both_readings(text)
        return Problem("C11", cell.source, facts)
    normal = text.replace(",", ".")
    if re.fullmatch(r"-?\d{1,12}(\.\d{1,12})?", normal, re.ASCII):
        value = Decimal(normal)
        if abs(value) <= MOST:
            return value
    guess = ""
    mended = normal.translate(_LOOKALIKES)
    if mended != normal and re.fullmatch(r"-?\d{1,9}(\.\d+)?", mended, re.ASCII):
        guess = f" Lire sans doute {mended.replace('.', ',')}."
    return Problem("C13", cell.source, {"value": cell.text[:40], "what": what, "guess": guess})


def day(cell: Cell) -> date | Problem:
    """30/04/2025 or 2025-04-30."""
    text = cell.text
    match = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text, re.ASCII)
    parts = match.groups()[::-1] if match else None
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text, re.ASCII)
    parts = match.groups() if match else parts
    what, guess = "une date", ""
    if parts is not None:
        try:
            return date(*(int(part) for part in parts))
        except ValueError:
            what = "une date du calendrier"
            year, month = int(parts[0]), int(parts[1])
            if 1 <= month <= 12 and year:
                guess = f" {MONTHS[month - 1].capitalize()} a {monthrange(year, month)[1]} jours."
    elif re.fullmatch(r"\d{5}", text, re.ASCII):
        serial = date.fromordinal(date(1899, 12, 30).toordinal() + int(text))
        guess = f" C'est une date au format Nombre ({serial:%d/%m/%Y} ?)."
    return Problem("C20", cell.source, {"value": text[:40], "what": what, "guess": guess})


def insee_code(cell: Cell) -> str | Problem:
    """Five characters, as INSEE writes them: 25056, 2A004, 97101."""
    code = cell.text.upper()
    if re.fullmatch(r"(\d{2}|2[AB])\d{3}", code, re.ASCII):
        return code
    guess = ""
    if re.fullmatch(r"\d{4}", code, re.ASCII):
        guess = f" Excel a sans doute retiré le zéro : lire {code.zfill(5)}."
    return _bad_code(cell, "code INSEE (5 caractères)", "le code", guess)


def siren(cell: Cell) -> str | Problem:
    """Nine digits; spaces are dropped."""
    return _digits(cell, 9, "SIREN")


def siret(cell: Cell) -> str | Problem:
    """Fourteen digits; spaces are dropped."""
    return _digits(cell, 14, "SIRET")


def _digits(cell: Cell, length: int, name: str) -> str | Problem:
    number = cell.text.translate(_SPACES)
    if len(number) == length and number.isascii() and number.isdigit():
        return number
    guess = " Excel a remplacé le numéro par son affichage." if "E+" in number.upper() else ""
    return _bad_code(cell, f"{name} ({length} chiffres)", f"les {length} chiffres", guess)


def _bad_code(cell: Cell, what: str, plain: str, guess: str) -> Problem:
    facts = {"value": cell.text[:40], "what": what, "what_plain": plain, "guess": guess}
    return Problem("C07", cell.source, facts)


def _both_readings(text: str) -> tuple[str, str]:
    last = max(text.rfind("."), text.rfind(","))
    digits = re.sub(r"[.,]", "", text)
    tail = len(text) - last - 1
    return digits, f"{digits[:-tail]},{digits[-tail:]}"
