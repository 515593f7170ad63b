"""How a text of the command line becomes a value; raises UnreadableRequest when it cannot."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis.domain.problems.refusals import UnreadableRequest

FIRST_YEAR, LAST_YEAR = 1900, 2999


def year_of(text: str, command: str) -> int:
    """A year from 1900 to 2999; `command` is shown in the example."""
    if re.fullmatch(r"(19|2\d)\d{2}", text, re.ASCII):
        return int(text)
    raise UnreadableRequest("command_line.not_a_year", text=text, command=command)


def out_of(path: Path | None) -> Path | None:
    """A folder, or an .xlsx file; a relative one counts from where the command is typed."""
    if path is not None and path.suffix and path.suffix.lower() != ".xlsx" and not path.is_dir():
        raise UnreadableRequest("command_line.out_not_a_workbook", name=path.name)
    return path


def file_of(path: Path, suffix: str, example: str) -> Path:
    """A file to write, by its suffix; `example` is what to type."""
    if path.suffix.lower() != suffix and not path.is_dir():
        raise UnreadableRequest(
            "command_line.wrong_suffix", name=path.name, suffix=suffix, example=example
        )
    return path


def today() -> date:
    """The only place that reads the clock."""
    return date.today()


def day_of(text: str | None, command: str, example: str = "… --date 15/01/2026") -> date:
    """The date typed, or today; `example` is what the command has after its name."""
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
    raise UnreadableRequest("command_line.not_a_day", text=text, example=f"{command} {example}")


def month_of(text: str | None) -> str | None:
    """The month typed, AAAA-MM or MM/AAAA."""
    if text is None:
        return None
    match = re.fullmatch(r"(0[1-9]|1[0-2])/((?:19|2\d)\d{2})", text.strip(), re.ASCII)
    month = f"{match[2]}-{match[1]}" if match else text.strip()
    if re.fullmatch(r"(19|2\d)\d{2}-(0[1-9]|1[0-2])", month, re.ASCII):
        return month
    raise UnreadableRequest("command_line.not_a_month", text=text)


def form_of(text: str, known: Sequence[str]) -> str:
    """One of the formats that a command knows."""
    if text in known:
        return text
    from mutualis.domain.french.names import did_you_mean, nearest

    guess = did_you_mean(nearest(text, known, limit=1))
    raise UnreadableRequest(
        "command_line.unknown_format", text=text, known=", ".join(known), guess=guess
    )


def text_of(text: str, option: str, most: int = 300) -> str:
    """A text on one line, without control characters; raises UnreadableRequest when too long."""
    kept = "".join(char if char.isprintable() else " " for char in text)
    clean = " ".join(kept.encode("utf-8", "replace").decode().split())
    if len(clean) > most:
        raise UnreadableRequest(
            "command_line.too_long", option=option, length=len(clean), most=most
        )
    return clean


def given_of(text: str | None, option: str, command: str) -> str:
    """The text of an option, empty when it is not given; raises when it is given empty."""
    if text is None:
        return ""
    clean = text_of(text, option)
    if not clean:
        raise UnreadableRequest("command_line.empty", option=option, command=command)
    return clean


def act_of(text: str, option: str = "--act") -> str:
    """The act by which something is decided, on one line; raises UnreadableRequest when it names a
    day that no calendar has: acts are cited by their date. Their number may look like one."""
    clean = text_of(text, option)
    for named in re.finditer(
        r"(?<!n°)(?<!n° )(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])", clean, re.ASCII
    ):
        day, month, year = map(int, named.groups())
        try:
            date(year, month, day)
        except ValueError:
            raise UnreadableRequest(
                "command_line.no_such_day", option=option, text=named[0], whole=clean
            ) from None
    return clean


def euros_of(text: str, option: str) -> Decimal:
    """An amount in euros and cents: 120,50 or 7 048,00 €."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).removesuffix("€").replace(",", ".")
    if re.fullmatch(r"\d{1,9}(\.\d{1,2})?", plain, re.ASCII) and Decimal(plain) > 0:
        return Decimal(plain)
    raise UnreadableRequest("command_line.not_euros", option=option, text=text)


def percent_of(text: str, option: str, example: str) -> Decimal:
    """A rate in per cent: +0,8 %, 0.8."""
    from mutualis.domain.french.indexation import rate_of

    rate = rate_of(text)
    return number_of(text, option, example) if rate is None else rate


def number_of(text: str, option: str, example: str) -> Decimal:
    """A decimal with a comma or a point."""
    plain = text.strip().replace(",", ".").replace("\u2212", "-")
    if re.fullmatch(r"-?\d{1,6}(\.\d{1,6})?", plain, re.ASCII):
        return Decimal(plain)
    raise UnreadableRequest("command_line.not_a_number", option=option, text=text, example=example)
