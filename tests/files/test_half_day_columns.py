"""Which columns of requests.csv hold half-days: those of the categories of the grids."""

from pathlib import Path

import pytest

from mutualis.files.data.requests import read_requests

START = "id;date;commune;projet;service;direction"
ROW = "P1;12/09/2024;Amagney;Cœur de bourg;AMO;Urbanisme"


def read(
    folder: Path, titles: str, cells: str, categories: str | None = "ABD"
) -> tuple[list[dict[str, int]], list[tuple[str, str]]]:
    """The half-days of each request, and the code and the column of each problem."""
    (folder / "data").mkdir()
    text = f"{START};{titles}\n{ROW};{cells}\n"
    (folder / "data/requests.csv").write_text(text, encoding="utf-8")
    requests, problems = read_requests(folder, categories)
    assert requests is not None
    found = [(problem.code, problem.facts["column"]) for problem in problems]
    return [dict(request.half_days) for request in requests.rows], found


@pytest.mark.parametrize(
    ("titles", "cells", "half_days", "problems"),
    [
        ("demi_journees_a;demi_journees_d", "4;5", {"A": 4, "D": 5}, []),
        ("Demi-journées D", "5", {"D": 5}, []),
        ("demi_journees_a;demi_journees_b", "4;", {"A": 4}, []),
        ("demi_journees_a;demi_journees_c", "4;5", {"A": 4}, [("R17", "demi_journees_c")]),
        ("demi_journees_a;demi_journees_c", "4;", {"A": 4}, [("C23", "demi_journees_c")]),
        (
            *("demi_journees_a;demi_journees_b;demi_journees_d;demi_journees_c", "4;;;"),
            *({"A": 4}, []),
        ),
        ("demi_journee_a", "4", {}, [("R17", "demi_journee_a")]),
        ("demi_journees", "4", {}, [("R17", "demi_journees")]),
        ("etat", "", {}, [("C06", "demi_journees_a")]),
    ],
)
def test_columns_of_half_days(
    titles: str,
    cells: str,
    half_days: dict[str, int],
    problems: list[tuple[str, str]],
    tmp_path: Path,
) -> None:
    assert read(tmp_path, titles, cells) == ([half_days], problems)


def test_no_category_is_unknown_while_the_grids_are_unread(tmp_path: Path) -> None:
    assert read(tmp_path, "demi_journees_c", "5", None) == ([{}], [])


def test_every_column_is_unknown_without_a_category(tmp_path: Path) -> None:
    assert read(tmp_path, "demi_journees_a", "5", "") == ([{}], [("R17", "demi_journees_a")])
