"""mutualis report: the figures of other commands, their sources, what is missing, two documents."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from conftest import Cli, edit

DAY = ("--date", "15/01/2026")
PUBLISH = ("--meeting", "data/meetings/2025-02-20.toml", "--yes", "--date", "21/02/2025")


def report(cli: Cli, year: str = "2025") -> Any:
    answer = cli("report", year, "--json", *DAY)
    assert answer.code == 0, answer.err
    return answer.json


def part(found: Any, title: str) -> Any:
    (one,) = (x for x in found["parts"] if x["title"].startswith(title))
    return one


def table(one: Any, title: str) -> Any:
    (found,) = (x for x in one["tables"] if x["title"].startswith(title))
    return found


def plain(text: str) -> str:
    """Without what print changes: spaces that do not break, apostrophes, words cut by a line."""
    return "".join(text.replace("’", "'").replace("-", "").split())


def printed(path: Path) -> str:
    return plain(" ".join(page.extract_text() for page in PdfReader(path).pages))


def test_its_figures_are_those_of_the_other_commands(cli: Cli) -> None:
    found, usage = report(cli), cli("usage", "2025", "--json").json
    costs, bill = cli("costs", "2025", "--json").json, cli("bill", "2025", "--json").json
    fees = table(part(found, "Ce qui est dû"), "Cotisations")
    assert fees["total"][2] == bill["total"]
    assert sum(Decimal(row[2]) for row in fees["rows"]) == Decimal(bill["total"])
    themes = table(part(found, "Ce qui a été fait"), "Par thème")
    assert [row[:4] for row in themes["rows"]] == [
        [x["theme"], x["half_days"], x["at_price"], x["at_cost"]] for x in usage["by_theme"]
    ]
    units = table(part(found, "Ce que cela coûte"), "Le coût")
    assert [row[1:4] for row in units["rows"]] == [
        [x["half_days"], x["unit_cost"], x["price"]] for x in costs["categories"]
    ]
    balance = table(part(found, "Ce que cela coûte"), "L'équilibre")
    assert balance["total"][1] == costs["balance"]["difference"]
    (load,) = part(found, "Charge")["tables"]
    assert [row[1:13] for row in load["rows"]] == [
        [month["done"] + month["promised"] or None for month in one["months"]]
        for one in usage["load"]
    ]


def test_members_of_the_shipped_example_by_hand(cli: Cli, folder: Path) -> None:
    """Counted in communes.csv: Le Gratteris, 2A, joined Mamirolle on 1 January 2025."""
    lines = (folder / "data/communes.csv").read_text("utf-8-sig").splitlines()
    levels = [line.split(";")[6] for line in lines if line.startswith("2025;")]
    members = part(report(cli), "Communes adhérentes")
    counts = {row[0]: row for row in members["tables"][0]["rows"]}
    for level in ("1", "2A", "2B"):
        assert counts[f"Niveau {level}"][6] == levels.count(level)
    assert table(members, "Mouvements")["rows"] == [
        ["Le Gratteris", "2A", "aucun", "réunie à Mamirolle"]
    ]
    assert [plain(text) for text in members["sources"]] == [
        "data/communes.csv(67lignesde2025,68de2024);réunions:data/movements.csv."
    ]


def test_an_issued_year_and_its_meeting_come_from_the_register(cli: Cli) -> None:
    assert cli("index", "2025", "--act", "Délibération exemple").code == 0
    assert cli("bill", "2025", "--issue", "--yes", "--date", "15/03/2025").code == 0
    assert cli("requests", "publish", "2025", *PUBLISH).code == 0
    found = report(cli)
    due = part(found, "Ce qui est dû")
    total = table(due, "Cotisations")["total"]
    assert total[4] == total[2]
    assert total[5] == "0.00"
    assert "Demandé : registre, lot 1 de 2025." in due["sources"]
    meeting = part(found, "Demandes classées : séance du 20")
    (decided,) = meeting["tables"]
    assert [row[0] for row in decided["rows"]][:3] == [1, 2, 3]
    refused = {row[1]: row[4] for row in decided["rows"] if row[0] is None}
    assert refused["P2025-05"].startswith("non planifiée : ")
    assert part(found, "Demandes des communes")["missing"] == []


@pytest.mark.parametrize(
    ("file", "title", "said"),
    [
        ("interventions.csv", "Ce qui a été fait", "pas de data/interventions.csv"),
        ("interventions.csv", "Charge", "pas de data/interventions.csv"),
        ("costs.csv", "Ce que cela coûte", "pas de coûts 2025 dans data/costs.csv"),
        ("requests.csv", "Demandes des communes", "Pas de data/requests.csv"),
        ("criteria.toml", "Charge", "pas de data/criteria.toml"),
    ],
)
def test_what_is_not_there_is_told_and_not_invented(
    cli: Cli, folder: Path, file: str, title: str, said: str
) -> None:
    (folder / "data" / file).unlink()
    if file == "criteria.toml":
        (folder / "data/requests.csv").unlink()
    one = part(report(cli), title)
    assert any(said in text for text in one["missing"]), one["missing"]
    if file != "criteria.toml":
        assert one["tables"] == []


def test_interventions_that_cannot_be_counted(cli: Cli, folder: Path) -> None:
    path = folder / "data/interventions.csv"
    path.write_text(path.read_text("utf-8").replace(";Thise;", ";Nulle-Part;"), "utf-8")
    one = part(report(cli), "Ce qui a été fait")
    assert one["missing"] == [
        "les interventions ne peuvent pas être comptées (mutualis usage 2025)."
    ]


def test_the_two_documents_say_the_same(cli: Cli, folder: Path) -> None:
    answer = cli("report", "2025", *DAY)
    assert answer.code == 0, answer.err
    assert "Manque (ce qui est dû) : Comparaison avec 2024" in answer.out
    found = report(cli)
    assert found["files"] == ["out/2025/rapport-2025.pdf", "out/2025/rapport-2025.xlsx"]
    text = printed(folder / found["files"][0])
    book = load_workbook(folder / found["files"][1])
    assert len(book.sheetnames) == len(found["parts"])
    for one, sheet in zip(found["parts"], book.worksheets, strict=True):
        cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
        assert plain(one["title"]) in text
        for told in (*one["sources"], *one["missing"]):
            assert plain(told) in text, told
            assert any(told in cell for cell in cells), told
    assert "EXEMPLE:" in text
    assert len(book["Coûts"]._charts) == 1  # type: ignore[attr-defined]


def test_the_same_day_makes_the_same_bytes(cli: Cli, folder: Path) -> None:
    paths = [folder / name for name in report(cli)["files"]]
    before = [path.read_bytes() for path in paths]
    report(cli)
    assert [path.read_bytes() for path in paths] == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("report", "2031"), 1, "2031"),
        (("report", "vingt"), 2, "vingt"),
        (("report",), 2, "ANNÉE"),
    ],
)
def test_a_year_that_cannot_be_told(cli: Cli, words: tuple[str, ...], code: int, said: str) -> None:
    answer = cli(*words)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err


def test_an_error_of_the_files_writes_nothing(cli: Cli, folder: Path) -> None:
    edit(folder / "data/communes.csv", "2025;25560;", "2025;2556;")
    answer = cli("report", "2025")
    assert answer.code == 1
    assert not (folder / "out").exists()


def test_an_issued_year_whose_files_give_no_price_any_more(cli: Cli, as_shipped: Path) -> None:
    assert cli("bill", "2025", "--issue", "--yes", "--date", "15/03/2025").code == 0
    tariffs = as_shipped / "data/tariffs.toml"
    tariffs.write_text(tariffs.read_text("utf-8").replace('"2A"', '"2X"'), "utf-8")
    tariffs.write_text(tariffs.read_text("utf-8").replace("levels.2A", "levels.2X"), "utf-8")
    answer = cli("report", "2025")
    assert (answer.code, answer.out) == (1, "")
    assert "2A" in answer.err
