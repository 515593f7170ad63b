"""mutualis bill, end to end."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from conftest import Cli, edit
from mutualis.domain.communes.communes import Settlement
from mutualis.files.workspace import load


def independent(folder: Path, year: int, rates: dict[str, int], caps: list[tuple[int, int]]) -> Any:
    """Each fee in cents, from the CSV alone: prices in cents, whole numbers, no mutualis."""
    with (folder / "data/communes.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            if row["annee"] != str(year) or row["niveau"] not in rates:
                continue
            people = int(row["population_municipale"])
            fee = people * rates[row["niveau"]]
            if row["niveau"] == "2B":
                fee = min(fee, next(cap for limit, cap in caps if people <= limit))
            yield row["code_insee"], row["commune"], row["siren"], row["niveau"], people, fee


def cents(text: str) -> int:
    whole, _, decimals = text.partition(".")
    assert len(decimals) == 2
    return int(whole) * 100 + int(decimals)


@pytest.mark.parametrize(
    ("year", "rates", "caps"),
    [
        (2025, {"2A": 38, "2B": 328}, [(3999, 704800), (10000, 941600)]),
        (2026, {"2A": 38, "2B": 331}, [(3999, 710400), (10000, 949100)]),
    ],
)
def test_every_commune_agrees_with_an_independent_computation(
    year: int, rates: dict[str, int], caps: list[tuple[int, int]], folder: Path, cli: Cli
) -> None:
    if year == 2026:
        assert cli("index", "2026").code == 0
    answer = cli("bill", str(year), "--json").json
    expected = list(independent(folder, year, rates, caps))
    assert len(expected) > 30
    got = [
        (
            line["code_insee"],
            line["commune"],
            line["siren"],
            line["level"],
            line["population"],
            cents(line["amount"]),
        )
        for line in answer["lines"]
    ]
    assert got == expected
    assert cents(answer["total"]) == sum(row[-1] for row in expected)
    everybody = {line["code_insee"] for line in (*answer["lines"], *answer["not_billed"])}
    assert len(everybody) == 67
    assert len(answer["lines"]) + len(answer["not_billed"]) == 67


def test_the_contract(cli: Cli, folder: Path) -> None:
    answer = cli("bill", "2025", "--json").json
    assert answer["year"] == 2025
    assert answer["status"] == "draft"
    assert answer["grid_status"] == "voted"
    assert answer["population_basis"] == "municipale"
    saone = next(line for line in answer["lines"] if line["code_insee"] == "25532")
    assert saone == {
        "number": None,
        "code_insee": "25532",
        "commune": "Saône",
        "siren": "212505325",
        "level": "2B",
        "population": 3142,
        "rate": "3.28",
        "gross": "10305.76",
        "cap": "7048.00",
        "amount": "7048.00",
        "net": "7048.00",
        "vat": "0.00",
        "explanation": "3\u00a0142\u00a0habitants × 3,28\u00a0€ = 10\u00a0305,76\u00a0€, "
        "plafonné à 7\u00a0048,00\u00a0€ (jusqu'à 3\u00a0999\u00a0habitants)",
    }
    amagney = next(line for line in answer["lines"] if line["code_insee"] == "25014")
    assert amagney["cap"] is None
    besancon = next(line for line in answer["not_billed"] if line["code_insee"] == "25056")
    assert besancon == {
        "code_insee": "25056",
        "commune": "Besançon",
        "level": "",
        "reason": "non adhérente",
    }
    assert sum(cents(level["amount"]) for level in answer["by_level"].values()) == cents(
        answer["total"]
    )
    assert (folder / answer["files"][0]).is_file()


def test_narrowed(cli: Cli, folder: Path) -> None:
    whole = cli("bill", "2025", "--json").json
    only_2a = cli("bill", "2025", "--level", "2a", "--json").json
    assert {line["level"] for line in only_2a["lines"]} == {"2A"}
    assert only_2a["total"] == whole["by_level"]["2A"]["amount"]
    two = cli("bill", "2025", "--commune", "saone", "--commune", "25527", "--json").json
    assert [line["commune"] for line in two["lines"]] == ["Saint-Vit", "Saône"]
    assert len({tuple(a["files"]) for a in (whole, only_2a, two)}) == 3
    assert cli("bill", "2025", "--level", "2C").code == 1
    assert cli("bill", "2025", "--commune", "Audeux").code == 3
    assert cli("bill", "2025", "--out", "lot.pdf").code == 2
    assert cli("bill", "2025", "--commune", "Pouilley").code == 1


def test_where_it_is_written(cli: Cli, folder: Path, tmp_path_factory: Any) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert cli("bill", "2025", "--out", str(folder / "lots"), "--json").json["files"] == [
        "lots/adhesions-2025-brouillon.xlsx"
    ]
    assert cli("bill", "2025", "--out", str(elsewhere / "x.xlsx"), "--json").json["files"] == [
        (elsewhere / "x.xlsx").as_posix()
    ]
    blocked = folder / "blocked"
    blocked.write_text("a file, not a folder")
    answer = cli("bill", "2025", "--out", str(blocked))
    assert answer.code == 4
    assert "À faire" in answer.err


def test_an_open_workbook_keeps_its_old_content(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = folder / cli("bill", "2025", "--json").json["files"][0]
    before = target.read_bytes()

    def refuse(_self: Path, _target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    answer = cli("bill", "2025", "--level", "2B", "--out", str(target))
    assert answer.code == 4
    assert "ouvert dans Excel" in answer.err
    assert target.read_bytes() == before
    assert [p.name for p in target.parent.iterdir()] == [target.name]


def test_apart(cli: Cli, folder: Path) -> None:
    """AC communes and fees under the minimum are listed apart, with totals of their own."""
    path = folder / "data/communes.csv"
    text = path.read_text("utf-8-sig")
    lines = text.splitlines()
    changed = [lines[0] + ";reglement"]
    for line in lines[1:]:
        changed.append(line + (";AC" if line.startswith(("2025;25532", "2025;25117")) else ";"))
    path.write_text("\n".join(changed), "utf-8-sig")
    edit(folder / "data/tariffs.toml", "minimum_recovery = 15.00", "minimum_recovery = 200.00")
    answer = cli("bill", "2025", "--json").json
    assert [line["commune"] for line in answer["withheld"]] == ["Champoux", "Saône"]
    assert [line["commune"] for line in answer["below_minimum"]] == ["La Vèze"]
    billed = {line["commune"] for line in answer["lines"]}
    assert billed.isdisjoint({"Champoux", "Saône", "La Vèze"})
    book = load_workbook(folder / answer["files"][0])
    assert total_row(book["Retenues sur AC"]) == (3232, 7082.2)
    assert total_row(book["Sous le seuil"]) == (495, 188.1)
    screen = cli("bill", "2025").out.replace("\u00a0", " ")
    assert "Retenues sur l'attribution de compensation : 2 communes, 7 082,20 €" in screen
    assert "Sous le seuil de recouvrement, non facturées : 1 commune, 188,10 €" in screen


def total_row(sheet: Any) -> tuple[int, float]:
    last = sheet.max_row
    assert sheet.cell(last, 3).value == "Total"
    return sheet.cell(last, 6).value, sheet.cell(last, 10).value


def test_total_population_is_a_setting(cli: Cli, folder: Path) -> None:
    edit(folder / "data/tariffs.toml", 'population = "municipale"', 'population = "totale"')
    answer = cli("bill", "2025", "--commune", "Amagney", "--json").json
    assert answer["population_basis"] == "totale"
    assert answer["lines"][0]["amount"] == "3102.88"  # 946 x 3.28


def test_the_highest_fee_of_the_year_is_due(cli: Cli, folder: Path) -> None:
    path = folder / "data/communes.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    out = [lines[0] + ";date_debut;date_fin"]
    for line in lines[1:]:
        if line.startswith("2025;25245;"):
            assert ";2A;" in line
            out.append(line + ";;30/06/2025")
            out.append(line.replace(";2A;", ";2B;") + ";01/07/2025;")
        else:
            out.append(line + ";;")
    path.write_text("\n".join(out), "utf-8-sig")
    answer = cli("bill", "2025", "--commune", "Fontain", "--json").json
    assert [(x["level"], x["amount"]) for x in answer["lines"]] == [("2B", "3936.00")]


def test_a_level_keeps_or_leaves_a_commune_whole(cli: Cli, folder: Path) -> None:
    """A commune that was 2A, then 2B, is billed once, at 2B, whatever the selection."""
    path = folder / "data/communes.csv"
    head, *lines = path.read_text("utf-8-sig").splitlines()
    out = [f"{head};date_debut;date_fin"]
    for line in lines:
        if line.startswith("2025;25014;"):
            out += [f"{line.replace(';2B;', ';2A;')};;30/06/2025", f"{line};01/07/2025;"]
        else:
            out.append(f"{line};;")
    path.write_text("\n".join(out), "utf-8-sig")
    parts = {
        level: cli("bill", "2025", "--level", level, "--json").json["lines"]
        for level in ("2A", "2B")
    }
    assert "25014" not in [line["code_insee"] for line in parts["2A"]]
    mine = [line for line in parts["2B"] if line["code_insee"] == "25014"]
    assert [line["amount"] for line in mine] == ["3073.36"]


def test_a_selection_of_nothing(cli: Cli, folder: Path) -> None:
    assert cli("bill", "2025", "--level", "3").code == 1
    assert cli("bill", "2025", "--level", "2B", "--commune", "Besançon").code == 3
    assert not (folder / "out").exists()


def test_two_long_selections_have_two_files(cli: Cli) -> None:
    codes = ("25014", "25035", "25073", "25084", "25103", "25133", "25147")
    named = [f"--commune={code}" for code in codes]
    one = cli("bill", "2025", *named[:6], "--json").json["files"]
    other = cli("bill", "2025", *named[:5], named[6], "--json").json["files"]
    assert one != other


def test_a_projected_grid_gives_a_forecast(cli: Cli, folder: Path) -> None:
    cli("index", "2026")
    answer = cli("bill", "2026")
    assert answer.code == 0
    assert "PRÉVISION" in answer.out
    assert "[B12]" in answer.err
    book = load_workbook(folder / "out/2026/adhesions-2026-prevision.xlsx")
    headed = "Prévision budgétaire, sans valeur de facture"
    for name in book.sheetnames:
        # The recap is a table and nothing else: it is headed where it is printed.
        sheet: Any = book[name]
        shown = "\n".join([*texts(sheet), str(sheet.oddHeader.left.text)])
        assert headed in shown, name
        assert "BROUILLON" not in shown
    screen = answer.out.replace("\u00a0", " ")
    assert "Par rapport à 2025, 104 107,98 € dus : +4 263,57 €" in screen
    assert "niveau +3 018,38 € (3 communes)" in screen


def texts(sheet: Any) -> Iterator[str]:
    for row in sheet.iter_rows(values_only=True):
        yield from (value for value in row if isinstance(value, str))


def test_a_year_without_anything(cli: Cli, folder: Path) -> None:
    answer = cli("bill", "2027")
    assert answer.code == 1
    assert "mutualis index 2026, puis mutualis index 2027" in answer.err
    assert "--year 2027" in answer.err
    assert not (folder / "out").exists()


def test_above_300_invoices_the_sheets_are_asked_for(cli: Cli, folder: Path) -> None:
    rows = [
        f"2025;{25000 + rank};Commune {rank};212500144;{500 + rank};{510 + rank};2A"
        for rank in range(301)
    ]
    head = "annee;code_insee;commune;siren;population_municipale;population_totale;niveau"
    (folder / "data/communes.csv").write_text("\n".join([head, *rows]), "utf-8")
    (folder / "data/movements.csv").unlink()  # 25297 is one of these invented communes
    path = folder / "out/2025/adhesions-2025-brouillon.xlsx"
    assert "--sheets" in cli("bill", "2025").out
    assert len(names_of_sheets(path)) == 5
    assert "--sheets" not in cli("bill", "2025", "--sheets").out
    assert len(names_of_sheets(path)) == 306


def names_of_sheets(path: Path) -> list[str]:
    """Without the sheets."""
    book = load_workbook(path, read_only=True)
    book.close()
    return book.sheetnames


def test_draft_amounts_are_those_of_the_plan(folder: Path, cli: Cli) -> None:
    """Screen, JSON and workbook say the same."""
    answer = cli("bill", "2025", "--json").json
    sheet = load_workbook(folder / answer["files"][0])["Récapitulatif"]
    titles, *rows, _ = sheet.iter_rows(values_only=True)
    found = [dict(zip(titles, row, strict=True)) for row in rows]
    assert [(r["Code INSEE"], f"{r['Reste']:.2f}", r["Calcul"]) for r in found] == [
        (line["code_insee"], line["amount"], line["explanation"]) for line in answer["lines"]
    ]


def test_from_another_folder(
    folder: Path, cli: Cli, tmp_path_factory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    by_option = cli("bill", "2025", "--dir", str(folder))
    monkeypatch.setenv("MUTUALIS_DIR", str(folder))
    by_variable = cli("bill", "2025")
    assert (by_option.code, by_variable.code) == (0, 0)
    assert by_option.out == by_variable.out
    assert list(elsewhere.iterdir()) == []
    monkeypatch.delenv("MUTUALIS_DIR")
    assert cli("bill", "2025").code == 1


def test_ac_is_read(folder: Path) -> None:
    path = folder / "data/communes.csv"
    head, *lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([f"{head};reglement", *(f"{line};ac" for line in lines)]), "utf-8")
    workspace = load(folder).workspace
    assert workspace is not None
    assert {row.settlement for row in workspace.communes.rows} == {Settlement.AC}
