"""What was typed after `simulate`, as values."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from mutualis.cli.terminal.values import day_of, euros_of, percent_of, year_of
from mutualis.domain.french.typography import alternatives
from mutualis.domain.problems.refusals import UnreadableRequest
from mutualis.domain.value import Struct

if TYPE_CHECKING:
    from mutualis.workflows.simulate import SimulationAsked
    from mutualis.workflows.simulate_years import ProjectionAsked

COMMAND = "simulate"
OF_COST = "cost"  # what --target may say in the place of an amount
MOST_YEARS, MOST_TOP, MOST_PEOPLE = 30, 1000, 10**8
_KEY = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*"


class Typed(Struct, frozen=True):
    """The options of one year's simulation, None where one was not given."""

    year: str | None
    reform: str | None
    baseline: str | None
    cpi: str | None
    settings: Sequence[str]
    moves: Sequence[str]
    leaves: Sequence[str]
    solve: str | None
    target: str | None
    strata: str | None
    near: str | None
    top: str | None


class WrittenAs(Struct, frozen=True):
    """What a simulation is to be written as, and where; beside what is shown of it."""

    workbook: bool
    page: bool
    pdf: bool
    day: date
    out: Path | None


def simulation(typed: Typed) -> "SimulationAsked":
    from mutualis.workflows.simulate import SimulationAsked

    if typed.year is None:
        raise UnreadableRequest("simulate.no_year")
    moves = [_pair(text, "--move", r"[^=]+", "Saône=2A") for text in typed.moves]
    return SimulationAsked(
        year=year_of(typed.year, COMMAND),
        reforms=_files(typed.reform, "--reform"),
        baseline=_baseline(typed.baseline),
        rate=_rate(typed.cpi, "--cpi"),
        settings=[
            _pair(text, "--set", _KEY, "levels.2B.per_inhabitant=3,50") for text in typed.settings
        ],
        moves=[*moves, *((name, "") for name in typed.leaves)],
        solve=typed.solve or "",
        target=_target(typed.target),
        of_cost=typed.target == OF_COST,
        strata=_populations(typed.strata),
        near=_near(typed.near),
        top=_top(typed.top),
    )


def written(
    *, workbook: bool, page: bool, pdf: bool, day: str | None, out: Path | None
) -> WrittenAs:
    """`out` is a folder, or a file that bears the name and the end of what is written."""
    kinds = ((".xlsx", workbook), (".html", page), (".pdf", pdf))
    ends = [end for end, is_asked in kinds if is_asked]
    if out is not None and out.suffix and out.suffix.lower() not in ends and not out.is_dir():
        raise UnreadableRequest(
            "simulate.out_of_another_kind",
            name=out.name,
            known=alternatives(ends),
            example=f"commission{ends[0]}",
        )
    return WrittenAs(workbook, page, pdf, day_of(day, COMMAND), out)


def projection(
    year: str | None, years: str, cpi: str | None, growth: str | None
) -> "ProjectionAsked":
    from mutualis.workflows.simulate_years import ProjectionAsked

    if year is not None:
        raise UnreadableRequest("command_line.exclusive", one=year, other="--years")
    match = re.fullmatch(r"\s*((?:19|2\d)\d\d)\s*-\s*((?:19|2\d)\d\d)\s*", years, re.ASCII)
    first, last = map(int, match.groups()) if match else (1, 0)
    if not first <= last < first + MOST_YEARS:
        raise UnreadableRequest("simulate.not_years", text=years, most=MOST_YEARS)
    grown = _rate(growth, "--growth")
    return ProjectionAsked(
        range(first, last + 1), _rate(cpi, "--cpi"), Decimal(0) if grown is None else grown
    )


def _target(text: str | None) -> Decimal:
    """An amount; 0 where there is none, or where it is that of the costs."""
    if text is None or text == OF_COST:
        return Decimal(0)
    try:
        return euros_of(text, "--target")
    except UnreadableRequest:
        raise UnreadableRequest("simulate.not_a_target", text=text) from None


def _rate(text: str | None, option: str) -> Decimal | None:
    """A yearly rate in per cent, within the bounds of the files."""
    if text is None:
        return None
    return _bounded(percent_of(text, option, "0,8"), text, option, (-50, 100), "0,8")


def _bounded(
    value: Decimal, text: str, option: str, bounds: tuple[int, int], example: str
) -> Decimal:
    least, most = bounds
    if least <= value <= most:
        return value
    raise UnreadableRequest(
        "simulate.out_of_bounds", option=option, text=text, least=least, most=most, example=example
    )


def _near(text: str | None) -> Decimal:
    if text is None:
        return Decimal(2)
    return _bounded(percent_of(text, "--near", "5"), text, "--near", (0, 100), "5")


def _top(text: str | None) -> int:
    if text is None:
        return 10
    value = Decimal(text) if re.fullmatch(r"\d{1,6}", text, re.ASCII) else Decimal(-1)
    return int(_bounded(value, text, "--top", (0, MOST_TOP), "20"))


def _files(text: str | None, option: str) -> Sequence[Path]:
    """Files joined by « + », which the name of one may hold too."""
    if text is None:
        return ()
    whole = Path(text)
    parts = [text] if whole.is_file() else text.split("+")
    if not all(part.strip() for part in parts):
        raise UnreadableRequest("command_line.empty", option=option, command=COMMAND)
    return [Path(part) for part in parts]


def _baseline(text: str | None) -> int | Sequence[Path]:
    if text is not None and re.fullmatch(r"(19|2\d)\d{2}", text, re.ASCII):
        return int(text)
    return _files(text, "--baseline")


def _pair(text: str, option: str, key: str, example: str) -> tuple[str, str]:
    match = re.fullmatch(rf"\s*({key}?)\s*=\s*([^=\s][^=]*)", text)
    if match is None:
        raise UnreadableRequest(
            "command_line.pair_unreadable", option=option, text=text, example=example
        )
    return match[1].strip(), match[2].strip()


def _populations(text: str | None) -> Sequence[int]:
    if text is None:
        return ()
    parts = [part.strip() for part in text.split(",")]
    if all(re.fullmatch(r"\d{1,8}", part, re.ASCII) for part in parts):
        return [int(part) for part in parts]
    raise UnreadableRequest("simulate.not_bounds", text=text)
