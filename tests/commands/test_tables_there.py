"""What is told names the table that is there, a workbook or a CSV file."""

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook

from conftest import Cli

LATER = ("level", "Thise", "2B", "--from", "01/07/2024", "--act", "Acte")
TABLES = ("communes", "movements", "services", "interventions", "requests", "costs")


def as_workbook(path: Path) -> None:
    book = Workbook()
    for row in csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"):
        book.worksheets[0].append([cell or None for cell in row])
    book.save(path.with_suffix(".xlsx"))
    path.unlink()


@pytest.mark.parametrize(
    ("command", "table"),
    [
        (("level", "Thise", "2A", "--from", "01/07/2025", "--act", "Acte"), "communes"),
        (("bill", "2027"), "communes"),
        (("requests", "explain", "D-inconnue"), "requests"),
        (("costs", "2031"), "costs"),
    ],
)
def test_the_table_that_is_there(
    command: tuple[str, ...], table: str, cli: Cli, folder: Path
) -> None:
    before = cli(*command)
    assert before.code != 0
    assert f"data/{table}.csv" in before.err
    for name in TABLES:
        as_workbook(folder / f"data/{name}.csv")
    after = cli(*command)
    assert after.code == before.code
    assert after.err == before.err.replace(f"data/{table}.csv", f"data/{table}.xlsx")


def test_each_command_names_those_of_its_own_folder(cli: Cli, folder: Path, small: Path) -> None:
    as_workbook(small / "data/communes.csv")
    assert "data/communes.xlsx" in cli("bill", "2031").err
    assert "data/communes.xlsx" not in cli("bill", "2031", "--dir", "nulle-part").err
