"""How a text of the command line becomes a value; raises UnreadableRequest when it cannot."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis.domain.problems.refusals import UnreadableRequest

FIRST_YEAR, LAST_YEAR = 1900, 2999


def year_of(text: str, command: str) -> int:
    """A year from 1900 to 2999; `command` is shown in the example."""
    if re.fullmatch(r"(19|2\d)\d{2}", text, re.ASCII):
        return int(text)
    raise UnreadableRequest(f"« {text} » n'est pas une année.", f"mutualis {command} 2025")


def out_of(path: Path | None) -> Path | None:
    """A folder, or an .xlsx file; a relative one counts from where the command is typed."""
    if path is not None and path.suffix and path.suffix.lower() != ".xlsx" and not path.is_dir():
        raise UnreadableRequest(
            f"--out : « {path.name} » n'est ni un dossier ni un fichier .xlsx.", "--out lot.xlsx"
        )
    return path


def today() -> date:
    """The only place that reads the clock."""
    return date.today()


def day_of(text: str | None, command: str, example: str = "") -> date:
    """The date typed, or today; `example` is a whole command that shows one."""
    if text is None:
        return today()
    match = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text, re.ASCII)
    parts = match.groups()[::-1] if match else text.split("-")
    try:
        year, month, day = (int(part) for part in parts)
        if FIRST_YEAR <= year <= LAST_YEAR:
            return date(year, month, day)
    except ValueError:
        pass
    raise UnreadableRequest(
        f"« {text} » n'est pas une date.", example or f"mutualis {command} … --date 15/01/2026"
    )


def text_of(text: str, option: str, most: int = 300) -> str:
    """A text on one line, without control characters; raises UnreadableRequest when too long."""
    kept = "".join(char if char.isprintable() else " " for char in text)
    clean = " ".join(kept.encode("utf-8", "replace").decode().split())
    if len(clean) > most:
        raise UnreadableRequest(
            f"{option} : {len(clean)} caractères, au lieu de {most} au plus.", "raccourcir le texte"
        )
    return clean


def given_of(text: str | None, option: str, command: str) -> str:
    """The text of an option, empty when it is not given; raises when it is given empty."""
    if text is None:
        return ""
    clean = text_of(text, option)
    if not clean:
        raise UnreadableRequest(f"{option} : il manque une valeur.", f"mutualis {command} --help")
    return clean


def euros_of(text: str, option: str) -> Decimal:
    """An amount in euros and cents: 120,50 or 7 048,00 €."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).removesuffix("€").replace(",", ".")
    if re.fullmatch(r"\d{1,9}(\.\d{1,2})?", plain, re.ASCII) and Decimal(plain) > 0:
        return Decimal(plain)
    raise UnreadableRequest(
        f"{option} : « {text} » n'est pas un montant en euros et centimes.", f"{option} 120,50"
    )


def number_of(text: str, option: str, example: str) -> Decimal:
    """A decimal with a comma or a point, an optional % sign."""
    plain = text.strip().removesuffix("%").strip().replace(",", ".").replace("\u2212", "-")
    if re.fullmatch(r"-?\d{1,6}(\.\d{1,6})?", plain, re.ASCII):
        return Decimal(plain)
    raise UnreadableRequest(f"{option} : « {text} » n'est pas un nombre.", f"{option} {example}")
