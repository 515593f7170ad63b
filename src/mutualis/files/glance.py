"""What the files of a workspace name, as they stand: read fast, to be offered, unchecked."""

import tomllib
from pathlib import Path
from typing import Any

from mutualis.domain.french.names import fold
from mutualis.domain.problems.problem import Problem
from mutualis.files.any_table import read_grid
from mutualis.files.data.tariffs import NAME as TARIFFS
from mutualis.files.tables.input_table import file_of
from mutualis.files.tables.text import read_bytes, without_mark


def column(root: Path, name: str, *titles: str) -> list[tuple[str, ...]]:
    """The cells of these columns, row by row; none when one is not there."""
    grid = read_grid(root, file_of(root, name))
    header = [fold(title) for title in grid[0]] if grid else []
    if not all(fold(title) in header for title in titles):
        return []
    places = [header.index(fold(title)) for title in titles]
    rows = [row for row in grid[1:] if len(row) > max(places)]
    return [tuple(row[place].strip() for place in places) for row in rows]


def grids(root: Path) -> dict[str, Any]:
    """The grids of tariffs.toml, by year; raises ValueError when it is no TOML."""
    data = read_bytes(root, TARIFFS)
    if isinstance(data, Problem):
        return {}
    found = tomllib.loads(without_mark(data).decode()).get("grids", {})
    return found if isinstance(found, dict) else {}
