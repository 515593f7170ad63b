"""What it takes to load a row of communes.csv: little, and the same whatever the size."""

from functools import partial

import pytest

from growth import SIZES, calls
from mutualis.domain.problems.problem import Source
from mutualis.files.data.communes import NAME, parse_communes
from mutualis.files.tables.table import FileRow

TITLES = "annee;code_insee;commune;siren;population_municipale;population_totale;niveau;ville"
MOST = 250  # calls of functions for a row of eight cells: 400, when each cell knew its place


def table(size: int) -> bytes:
    rows = [
        f"2025;{10_000 + rank};Commune {rank};242500361;{300 + rank % 700};{310 + rank % 700};2A;V"
        for rank in range(size)
    ]
    return "\n".join([TITLES, *rows]).encode()


def test_the_work_for_a_row_is_little_and_does_not_grow() -> None:
    few, many = (calls(partial(parse_communes, NAME, table(size))) / size for size in SIZES[1::2])
    assert many == pytest.approx(few, rel=0.05)
    assert many <= MOST


def test_a_sound_row_makes_the_two_places_that_it_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    own = FileRow.place

    def place(row: FileRow, column: str) -> Source:
        made.append(column)
        return own(row, column)

    monkeypatch.setattr(FileRow, "place", place)
    communes, problems = parse_communes(NAME, table(3))
    assert (len(communes.rows), problems) == (3, [])
    assert made == ["code_insee", "niveau"] * 3
