"""Changes to the text of data/tariffs.toml that leave every other byte as it was."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import tomli_w

from mutualis.domain.problems.refusals import NotWritten
from mutualis.domain.tariffs.grid import Bracket, Grid, IndexationRule, Level, Status
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import Struct
from mutualis.files.data.tariffs import NAME, parse_tariffs
from mutualis.files.disk import atomic
from mutualis.files.tables.text import BOM, encoding_of, without_mark
from mutualis.files.toml import lines as toml_lines
from mutualis.files.toml.literal import literal


class NewTariffs(Struct, frozen=True):
    """A new content of the file, made from `before` and already read back as `tariffs`."""

    before: bytes
    after: bytes
    tariffs: Tariffs


def append_grid(root: Path, grid: Grid, known: Tariffs) -> NewTariffs:
    """The file with `grid` at its end, in its newline style.

    Raises NotWritten when the file does not say any more what was read as `known`.
    """
    before = (root / NAME).read_bytes()
    _check_unchanged(before, known)
    newline = "\r\n" if b"\r\n" in before else "\n"
    joint = b"" if before.endswith(b"\n") else newline.encode()
    text = render_grid(grid).replace("\n", newline)
    change = _change(before, before + joint + (newline + text).encode())
    if dict(change.tariffs.grids) != {**known.grids, grid.year: grid}:
        raise AssertionError("the grid read back is not the grid written")
    return change


def record_act(root: Path, year: int, act: str, known: Tariffs) -> NewTariffs:
    """The file with the act of a grid filled in and its status voted; raises NotWritten too."""
    before = (root / NAME).read_bytes()
    _check_unchanged(before, known)
    text = without_mark(before).decode()
    spans = toml_lines.locate(text)
    values = {"status": Status.VOTED.value, "act": act}
    changes = [(spans["grids", str(year), key], literal(values[key])) for key in values]
    for span, value in sorted(changes, key=lambda change: change[0].start, reverse=True):
        text = text[: span.start] + value + text[span.end :]
    mark = BOM if before.startswith(BOM) else b""
    return _change(before, mark + text.encode())


def apply(root: Path, change: NewTariffs) -> None:
    """Put the new content in place, unless somebody has changed the file meanwhile."""
    if (root / NAME).read_bytes() != change.before:
        raise _changed()
    atomic.write_data(root / NAME, change.after)


def render_grid(grid: Grid) -> str:
    """The grid as TOML, whole amounts without a point."""
    return tomli_w.dumps({"grids": {str(grid.year): table_of(grid)}})


def table_of(grid: Grid) -> dict[str, Any]:
    """The grid as the values of its TOML table."""
    table: dict[str, Any] = {"status": grid.status.value, "act": grid.act}
    if grid.example:
        table["example"] = True
    origin = grid.indexed_from
    if origin is not None:
        table["indexation"] = {
            "from": origin.year,
            "month": origin.month,
            "rate": _plain(origin.rate),
            "series": origin.series,
        }
        if origin.indices:
            table["indexation"]["indices"] = [_plain(figure) for figure in origin.indices]
        if origin.rule is not None:
            table["indexation"]["rule"] = _rule(origin.rule)
    table["levels"] = {code: _level(level) for code, level in grid.levels.items()}
    return table


def _check_unchanged(before: bytes, known: Tariffs) -> None:
    if encoding_of(before) != "utf-8":
        raise _changed()
    tariffs, _ = parse_tariffs(without_mark(before).decode())
    if tariffs is None or tariffs.grids != known.grids:
        raise _changed()


def _changed() -> NotWritten:
    return NotWritten("files.changed_meanwhile", path=NAME)


def _change(before: bytes, after: bytes) -> NewTariffs:
    tariffs, problems = parse_tariffs(without_mark(after).decode())
    if tariffs is None:
        raise AssertionError(f"the new {NAME} cannot be read back: {problems}")
    return NewTariffs(before, after, tariffs)


def _rule(rule: IndexationRule) -> dict[str, Any]:
    """The reading in force, so that the grid can be replayed whatever the settings become."""
    return {
        "base_year": rule.base_year,
        "rate": rule.rate,
        "chain": rule.chain,
        "indexed": list(rule.indexed),
        "never_decrease": rule.never_decrease,
        "rounding": {kind: _plain(step) for kind, step in rule.rounding.items()},
    }


def _level(level: Level) -> dict[str, Any]:
    table: dict[str, Any] = {"label": level.label}
    if level.includes:
        table["includes"] = list(level.includes)
    if level.requires:
        table["requires"] = level.requires
    if level.half_days_per_request is not None:
        table["half_days_per_request"] = level.half_days_per_request
    if level.per_inhabitant is not None:
        table["per_inhabitant"] = _plain(level.per_inhabitant)
    if level.wealth is not None:
        table["wealth"] = _wealth(level.wealth)
    if level.brackets:
        table["brackets"] = [_bracket(bracket) for bracket in level.brackets]
    if level.half_day:
        table["half_day"] = {category: _plain(price) for category, price in level.half_day.items()}
    return table


def _wealth(wealth: Wealth) -> dict[str, Any]:
    return {
        "reference": wealth.reference,
        "average": _plain(wealth.average),
        "floor": _plain(wealth.floor),
        "ceiling": _plain(wealth.ceiling),
    }


def _bracket(bracket: Bracket) -> dict[str, Any]:
    table: dict[str, Any] = {} if bracket.up_to is None else {"up_to": bracket.up_to}
    for key in ("cap", "per_inhabitant", "fixed", "floor"):
        value = getattr(bracket, key)
        if value is not None:
            table[key] = _plain(value)
    return table


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()
