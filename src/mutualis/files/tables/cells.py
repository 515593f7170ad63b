"""One cell to one value: whole numbers, decimals, dates, codes; or the problem it has."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from mutualis.domain.french.typography import MONTHS
from mutualis.domain.money import CENT
from mutualis.domain.problems.problem import Problem
from mutualis.files.tables.keys import is_siren, is_siret
from mutualis.files.tables.table import Cell

T = TypeVar("T")

MOST = 10**9
_SPACES = dict.fromkeys(map(ord, " \u00a0\u2007\u2009\u202f\t"))
_AMBIGUOUS = re.compile(r"-?\d{1,3}\.\d{3}|-?\d{1,3}(,\d{3})+\.\d+|-?\d{1,3}(\.\d{3}){2,}")
# What Excel makes of 22.5 or 1.25: « 22-mai », « janv-25 », « 01/05/2025 ».
_MONTHS = (
    "janv",
    "févr",
    "mars",
    "avr",
    "mai",
    "juin",
    "juil",
    "août",
    "sept",
    "oct",
    "nov",
    "déc",
)
_MONTH = f"({'|'.join(_MONTHS)})\\.?"
_DATE = re.compile(
    rf"\d{{1,2}}[- ]{_MONTH}([- ]\d{{2,4}})?|{_MONTH}[- ]\d{{2,4}}|\d{{1,2}}/\d{{1,2}}(/\d{{2,4}})?"
    r"|\d{4}-\d{2}-\d{2}"
)
# An accented letter whose two or three UTF-8 bytes were read one by one: « Ã© », « â€™ ».
_MOJIBAKE = re.compile("[Â-Ï][^\\x00-\\x7f]|â[^\\x00-\\x7f]{2}")
_SCATTERED = re.compile("[0-9][ \u00a0\u2007\u2009\u202f\t]+(?![0-9]{3}(?![0-9]))[0-9]")
_SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+")
_INSEE = re.compile(r"(\d{2}|2[AB])\d{3}", re.ASCII)
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})


def read(cell: Cell, parse: Callable[[Cell], T | Problem]) -> T | Problem:
    """The value of a cell that is not empty; what it may not hold comes first."""
    return parse(cell) if cell.fault is None else cell.fault


def text(cell: Cell) -> str | Problem:
    """The text, when its accents were not lost on the way."""
    if cell.text.isascii():
        return cell.text
    mended = _mended(cell.text)
    if mended is None:
        return cell.text
    return Problem("C02", cell.source, {"value": cell.text[:40], "guess": mended})


def _mended(found: str) -> str | None:
    """What a text that was read in the wrong encoding meant to say; None for a sound one."""
    if "\ufffd" in found:
        return " un caractère est perdu."
    mended = _MOJIBAKE.sub(_redecoded, found)
    return None if mended == found else f" lire sans doute « {mended[:40]} »."


def _redecoded(match: re.Match[str]) -> str:
    try:
        return match[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return match[0]


def number_given(cell: Cell, name: str) -> str | Problem:
    """A number that is a name (of a titre, of a bordereau): letters, digits, - / _ and no more."""
    facts = {"value": cell.text[:40], "name": name, "length": "bons"}
    if _SCIENTIFIC.fullmatch(cell.text.upper()):
        return Problem("C08", cell.source, facts)
    if _DATE.fullmatch(cell.text.strip().lower()):
        return Problem("C12", cell.source, {**facts, "guess": ""})
    if re.fullmatch(r"[\w/.-]{1,30}", cell.text):
        return cell.text
    return Problem("C13", cell.source, {**facts, "what": f"un numéro de {name}", "guess": ""})


def whole_number(cell: Cell, what: str = "un nombre entier") -> int | Problem:
    """A whole number from 0 to 10^9; « 1 234 » and « 1234,0 » are read."""
    if len(cell.text) <= 9 and cell.text.isascii() and cell.text.isdigit():
        return int(cell.text)  # as most are, which nothing else can mean
    text = cell.text.translate(_SPACES)
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text, re.ASCII):  # 1,000: English thousands, or one
        facts = {"value": cell.text, "thousands": text.replace(",", ""), "decimal": text}
        return Problem("C11", cell.source, facts)
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
    if _DATE.fullmatch(cell.text.strip().lower()):
        return Problem("C12", cell.source, {"value": cell.text, "guess": _before_the_date(cell)})
    normal = text.replace(",", ".")
    if _SCATTERED.search(cell.text.strip()):  # 9 4 1: spaces that set no thousands apart
        return Problem("C13", cell.source, {"value": cell.text[:40], "what": what, "guess": ""})
    if re.fullmatch(r"-?\d{1,12}(\.\d{1,12})?", normal, re.ASCII):
        value = Decimal(normal)
        if abs(value) <= MOST:
            return value
    guess = ""
    mended = normal.translate(_LOOKALIKES)
    if mended != normal and re.fullmatch(r"-?\d{1,9}(\.\d+)?", mended, re.ASCII):
        guess = f" Lire sans doute {mended.replace('.', ',')}."
    return Problem("C13", cell.source, {"value": cell.text[:40], "what": what, "guess": guess})


def money(cell: Cell) -> Decimal | Problem:
    """An amount in euros and cents, from 0 to 10^9."""
    value = decimal_number(cell, "un montant en euros")
    if isinstance(value, Decimal) and (value < 0 or value % CENT):
        facts = {"value": cell.text[:40], "what": "un montant en euros et centimes", "guess": ""}
        return Problem("C13", cell.source, facts)
    return value


def day(cell: Cell) -> date | Problem:
    """30/04/2025 or 2025-04-30; the time that a workbook may add is left out."""
    text = cell.text
    match = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text, re.ASCII)
    parts = match.groups()[::-1] if match else None
    time = r"(?: \d{2}:\d{2}:\d{2}(?:\.\d+)?)?"
    match = re.fullmatch(rf"(\d{{4}})-(\d{{2}})-(\d{{2}}){time}", text, re.ASCII)
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
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})", text, re.ASCII):
        first, second, last = match.groups()
        guess = f" Écrire {first:0>2}/{second:0>2}/{last if len(last) == 4 else '20' + last} ?"
    elif re.fullmatch(r"\d{5}", text, re.ASCII):
        serial = date.fromordinal(date(1899, 12, 30).toordinal() + int(text))
        guess = f" C'est une date au format Nombre ({serial:%d/%m/%Y} ?)."
    return Problem("C20", cell.source, {"value": text[:40], "what": what, "guess": guess})


def insee_code(cell: Cell) -> str | Problem:
    """Five characters, as INSEE writes them: 25056, 2A004, 97101; « 25 056 » is read."""
    if _INSEE.fullmatch(cell.text):
        return cell.text  # as most are
    code = re.sub(r"[.,]0+$", "", cell.text.translate(_SPACES)).upper()
    if _INSEE.fullmatch(code):
        return code
    guess = ""
    if re.fullmatch(r"\d{4}", code, re.ASCII):
        guess = f" Excel a sans doute retiré le zéro : lire {code.zfill(5)}."
    return _bad_code(cell, "code INSEE (5 caractères)", "le code", guess)


def siren(cell: Cell) -> str | Problem:
    """Nine digits with a sound key; spaces are dropped."""
    return _digits(cell, 9, "SIREN", is_siren)


def siret(cell: Cell) -> str | Problem:
    """Fourteen digits with a sound key; spaces are dropped."""
    return _digits(cell, 14, "SIRET", is_siret)


def _digits(cell: Cell, length: int, name: str, is_valid: Callable[[str], bool]) -> str | Problem:
    if is_valid(cell.text):
        return cell.text  # as most are
    number = cell.text.translate(_SPACES)
    facts = {"value": cell.text[:40], "name": name, "length": str(length)}
    if _SCIENTIFIC.fullmatch(number.upper()):
        return Problem("C08", cell.source, facts)
    if len(number) != length or not (number.isascii() and number.isdigit()):
        is_siret = length == 9 and len(number) == 14 and number.isdigit()
        guess = f" C'est un SIRET : son SIREN est {number[:9]}." if is_siret else ""
        return _bad_code(cell, f"{name} ({length} chiffres)", f"les {length} chiffres", guess)
    if is_valid(number):
        return number
    tail = len(number) - len(number.rstrip("0"))
    guess = " : reste probable d'une notation scientifique d'Excel" if tail >= 5 else ""
    return Problem("C09", cell.source, {**facts, "guess": guess})


def padded(cell: Cell, length: int) -> str:
    """A text as it stands, a number with the zeros that Excel takes away."""
    digits = cell.text.translate(_SPACES)
    return digits.zfill(length) if digits.isascii() and digits.isdigit() else cell.text


def month_of(text: str) -> str | None:
    """The month of « déc-15 », as AAAA-MM."""
    for rank, month in enumerate(_MONTHS, start=1):
        match = re.fullmatch(rf"{month}\.?[- ](\d{{2}}|\d{{4}})", text.strip().lower())
        if match:
            year = match[1] if len(match[1]) == 4 else f"20{match[1]}"
            return f"{year}-{rank:02d}"
    return None


def _bad_code(cell: Cell, what: str, plain: str, guess: str) -> Problem:
    facts = {"value": cell.text[:40], "what": what, "what_plain": plain, "guess": guess}
    return Problem("C07", cell.source, facts)


def _before_the_date(cell: Cell) -> str:
    """The number that Excel took for a date, where it can be told."""
    text = cell.text.strip().lower()
    for rank, month in enumerate(_MONTHS, start=1):
        match = re.fullmatch(rf"(\d{{1,2}})[- ]{month}\.?", text)
        if match:
            return f" : sans doute {match[1]},{rank}"
        match = re.fullmatch(rf"{month}\.?[- ](\d{{2}})", text)
        if match:
            return f" : sans doute {rank},{match[1]}"
    return ""


def _both_readings(text: str) -> tuple[str, str]:
    last = max(text.rfind("."), text.rfind(","))
    digits = re.sub(r"[.,]", "", text)
    tail = len(text) - last - 1
    return digits, f"{digits[:-tail]},{digits[-tail:]}"
