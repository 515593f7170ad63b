"""Each level beside the year before, on the cover: from the register, from the data, or not."""

import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from conftest import TESTS, Cli, edit
from mutualis.domain.french.typography import euros

ISSUE = ("--issue", "--yes", "--operator", "Camille")
# The totals of 2025 are those of tests/golden/communes_2025.csv.
BY_LEVEL_2025 = {"Niveau 2A": Decimal("10616.06"), "Niveau 2B": Decimal("93491.92")}
AMAGNEY = Decimal("3073.36")  # 937 × 3.28, level 2B


def cover(path: Path) -> tuple[dict[str, tuple[Decimal, ...]], str]:
    """The rows of the comparison (before, after, difference), and the sentence above them."""
    sheet = load_workbook(path)["Synthèse"]
    rows = [[cell.value for cell in row[:5]] for row in sheet.iter_rows()]
    title = next(at for at, row in enumerate(rows) if str(row[0]).startswith("Par niveau, "))
    found: dict[str, tuple[Decimal, ...]] = {}
    for name, _, *amounts in rows[title + 3 :]:
        if None in amounts:
            break
        found[str(name)] = tuple(Decimal(str(amount)) for amount in amounts)
    return found, str(rows[title + 1][0])


def charts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(n).decode() for n in archive.namelist() if "charts/chart" in n]


def test_without_a_year_before(folder: Path, cli: Cli) -> None:
    path = folder / cli("bill", "2025", "--json").json["files"][0]
    rows, text = cover(path)
    assert rows == {}
    assert text == "Pas de comparaison avec 2024 : pas de grille 2024 dans data/tariffs.toml."
    assert len(charts(path)) == 1


def test_a_draft_beside_the_data(folder: Path, cli: Cli) -> None:
    cli("index", "2026")
    answer = cli("bill", "2026", "--json").json
    path = folder / answer["files"][0]
    rows, text = cover(path)
    assert "2025 : calculé avec les données de cette année-là" in text
    assert {name: row[0] for name, row in rows.items() if name != "Total"} == BY_LEVEL_2025
    assert rows["Total"][1] == Decimal(answer["total"])
    assert all(after - before == gap for before, after, gap in rows.values())
    fee, levels = charts(path)
    assert "'Graphique'!" in fee
    assert '<plotVisOnly val="0"/>' in fee
    assert "barChart" in levels
    assert "'Synthèse'!" in levels
    # The copy of the figures that previews draw, in both charts.
    assert fee.count("<numCache>") == 8
    assert levels.count("<numCache>") == 2
    assert "<v>10616.06</v>" in levels
    assert load_workbook(path)["Graphique"].sheet_state == "hidden"


def test_a_selection_narrows_both_years(folder: Path, cli: Cli) -> None:
    cli("index", "2026")
    path = folder / cli("bill", "2026", "--level", "2A", "--json").json["files"][0]
    rows, _ = cover(path)
    assert set(rows) == {"Niveau 2A", "Total"}
    assert rows["Total"][0] == BY_LEVEL_2025["Niveau 2A"]


def test_a_draft_beside_the_register(voted: Path, cli: Cli) -> None:
    """What was issued counts, credit notes taken off, whatever the data have become."""
    cli("bill", "2025", *ISSUE, "--date", "15/01/2025")
    assert cli("credit", "F2025-0001", "--reason", "x", "--date", "16/01/2025").code == 0
    cli("index", "2026")
    edit(
        voted / "data/communes.csv",
        "2025;25035;Les Auxons;200048437;2522",
        "2025;25035;Les Auxons;200048437;2000",
    )
    rows, text = cover(voted / cli("bill", "2026", "--json").json["files"][0])
    assert "2025 : émis d'après le registre, avoirs déduits" in text
    assert rows["Niveau 2A"][0] == BY_LEVEL_2025["Niveau 2A"]
    assert rows["Niveau 2B"][0] == BY_LEVEL_2025["Niveau 2B"] - AMAGNEY


def test_no_draft_without_a_register_that_can_be_read(folder: Path, cli: Cli) -> None:
    """What remains to be issued is then not known; and it leaves the file alone."""
    cli("index", "2026")
    (folder / "register.db").write_bytes(b"not a register" * 100)
    answer = cli("bill", "2026")
    assert answer.code == 1
    assert "register.db n'est pas un registre" in answer.err
    assert (folder / "register.db").read_bytes() == b"not a register" * 100


def test_an_issued_batch_never_changes(voted: Path, cli: Cli) -> None:
    """Its two years are what the register held when it was closed."""
    cli("bill", "2025", *ISSUE, "--date", "15/01/2025")
    cli("index", "2026")
    cli.once(("index", "2026", "--act", "Délibération d'exemple"))
    first = cli("bill", "2026", "--level", "2A", *ISSUE, "--date", "15/01/2026", "--json").json
    path = voted / first["files"][0]
    rows, text = cover(path)
    assert rows["Total"][:2] == (BY_LEVEL_2025["Niveau 2A"], Decimal(first["total"]))
    assert "à la clôture de ce lot" in text
    before = path.read_bytes()

    second = cli("bill", "2026", *ISSUE, "--date", "20/01/2026", "--json").json
    rows, _ = cover(voted / second["files"][0])
    assert rows["Niveau 2A"][1] == Decimal(first["total"])
    assert {name: row[0] for name, row in rows.items() if name != "Total"} == BY_LEVEL_2025
    assert rows["Total"][1] == Decimal(second["total"])

    assert cli("credit", "F2025-0003", "--reason", "x", "--date", "21/01/2026").code == 0
    edit(voted / "data/issuer.toml", "Grand Besançon Métropole", "Autre nom")
    path.unlink()
    assert cli("bill", "2026", "--level", "2A", "--issue").code == 0
    assert path.read_bytes() == before


def test_the_first_batch_of_a_register(voted: Path, cli: Cli) -> None:
    answer = cli("bill", "2025", *ISSUE, "--date", "15/01/2025", "--json").json
    path = voted / answer["files"][0]
    assert cover(path) == (
        {},
        "Pas de comparaison avec 2024 : le registre n'a rien de 2024 pour ce lot.",
    )
    assert len(charts(path)) == 1


def test_fees_withheld_count_in_both_years(folder: Path, cli: Cli) -> None:
    communes = folder / "data/communes.csv"
    head, *lines = communes.read_text("utf-8-sig").splitlines()
    marked = [f"{line};{'AC' if line.startswith('2025;25014') else ''}" for line in lines]
    communes.write_text("\n".join([f"{head};reglement", *marked]), "utf-8")
    cli.once(("index", "2025", "--act", "Délibération d'exemple"))
    assert cli("bill", "2025", *ISSUE, "--date", "15/01/2025").code == 0
    cli("index", "2026")
    rows, _ = cover(folder / cli("bill", "2026", "--json").json["files"][0])
    assert rows["Niveau 2B"][0] == BY_LEVEL_2025["Niveau 2B"]


def test_the_cover_has_what_was_issued_and_the_screen_what_was_due(voted: Path, cli: Cli) -> None:
    """After a complement, a remise, and a remainder that is too small to be invoiced.

    Amagney has 63 inhabitants more at 3.28: 206.64 is added. Saône is granted 100.00. Champoux has
    10 inhabitants more at 0.38: 3.80 stays below the minimum, and its level is worth as much. What
    is due counts both.
    """
    issue = ("bill", "2025", *ISSUE, "--regularise", "--json", "--date")
    lines = cli(*issue, "15/01/2025").json["lines"]
    saone = next(line["number"] for line in lines if line["code_insee"] == "25532")
    remise = ("--remise", "100", "--act", "Délibération d'exemple", "--reason", "Exemple")
    assert cli("credit", saone, *remise, "--date", "16/01/2025").code == 0
    communes = voted / "data/communes.csv"
    edit(communes, "2025;25014;Amagney;212500144;937;", "2025;25014;Amagney;212500144;1000;")
    edit(communes, "2025;25117;Champoux;212501175;90;", "2025;25117;Champoux;212501175;100;")
    issued = cli(*issue, "20/01/2025").json
    assert [document["amount"] for document in issued["documents"]] == ["206.64"]
    by_level = {
        "2A": BY_LEVEL_2025["Niveau 2A"],
        "2B": BY_LEVEL_2025["Niveau 2B"] + Decimal("206.64") - 100,
    }
    drafted = cli("bill", "2025", "--json").json
    for answer in (issued, drafted):
        assert {k: Decimal(x["amount"]) for k, x in answer["by_level"].items()} == by_level
    cli("index", "2026")
    rows, text = cover(voted / cli("bill", "2026", "--json").json["files"][0])
    assert "2025 : émis d'après le registre" in text
    assert {f"Niveau {level}": amount for level, amount in by_level.items()} == {
        name: row[0] for name, row in rows.items() if name != "Total"
    }
    total = rows["Total"][0]
    assert total == sum(by_level.values())
    due = total + Decimal("103.80")
    assert f"Par rapport à 2025, {euros(due)} dus : " in cli("bill", "2026").out


def test_a_part_of_a_year_is_no_effect_of_the_tariffs(folder: Path, cli: Cli) -> None:
    """Invented communes; Beauregard goes from 2A to 2B on 1 July 2025, by twelfths.

    By hand, 2025 is 2 722,40 + 253,46 + 7 048,00 + (509,96 + 4 401,76) ÷ 2 = 12 479,72,
    and 2026 at 3,31 and 7 104,00 is 14 546,78.
    The prices are 24,90 + 56,00 + 40,26; the full year of the new level is 4 401,76 - 2 455,86.
    """
    shutil.rmtree(folder / "data")
    shutil.copytree(TESTS / "scenarios/levels_after_a_complement/data", folder / "data")
    row = "25904;Beauregard;212590400;1342;1357"
    first, then = f"2025;{row};2A;convention;;30/06/2025;", f"2025;{row};2B;convention;01/07/2025;;"
    edit(folder / "data/communes.csv", f"2025;{row};2A;convention;;;", f"{first}\n{then}")
    tariffs = folder / "data/tariffs.toml"
    edit(tariffs, 'proration = "full_year"', 'proration = "month"')
    assert cli("index", "2026").code == 0
    shown = " ".join(cli("bill", "2026").out.replace("\u00a0", " ").split())
    assert "Par rapport à 2025, 12 479,72 € dus : +2 067,06 €" in shown
    assert "année pleine +1 945,90 € (1 commune) tarif +121,16 € (3 communes) Écrit" in shown
    answer = cli("bill", "2026", "--json").json
    changes = answer["changes"]
    lines = {line["code_insee"]: line for line in changes.pop("lines")}
    names = ("full_year", "perimeter", "population", "level", "tariff", "wealth")
    none = dict.fromkeys(names, "0.00")
    assert changes == {
        "from": 2025,
        "to": 2026,
        "before": "12479.72",
        "after": "14546.78",
        "change": "2067.06",
        "effects": {**none, "full_year": "1945.90", "tariff": "121.16"},
    }
    assert lines["25904"] == {
        "code_insee": "25904",
        "commune": "Beauregard",
        "before": "2455.86",
        "after": "4442.02",
        "change": "1986.16",
        "effects": {**none, "full_year": "1945.90", "tariff": "40.26"},
    }
    texts = load_workbook(folder / answer["files"][0])["Synthèse"].iter_rows(values_only=True)
    told = (
        "Dû, 2025 : 12 479,72 € ; 2026 : 14 546,78 € (+2 067,06 €) : année pleine +1 945,90 €, "
        "tarif +121,16 €."
    )
    assert told in [str(row[0]).replace("\u00a0", " ") for row in texts]
