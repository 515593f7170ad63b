"""What a review of the catalogue and usage found: each test fails until its defect is mended."""

from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

from conftest import Cli, edit
from test_services import LINE, catalogue
from test_usage import ACCEPT, DONE, HEADER, accepted, alerts, mission, usage, write

__all__ = ["accepted"]


def test_a_quote_pays_for_its_own_service(accepted: Path, cli: Cli) -> None:
    """The quote is for « Accompagnement RH »; urbanism was done on it, and nothing says so."""
    mission(accepted, "20/04/2025;Saône;Conseils d'urbanisme;B;3;D2025-0001")
    assert cli(*DONE, "--certified-by", "Mme Roy").code == 0
    assert alerts(cli, "U10") != []


def test_an_unknown_quote_pays_for_nothing(voted: Path, cli: Cli) -> None:
    """Beure (2A) asked four times; a number that is no quote's does not lift the quota."""
    mission(voted, *(f"{n:02}/02/2025;Beure;Questions juridiques;A;1;D9" for n in (1, 2, 3, 4)))
    (own,) = (q for q in usage(cli)["quotas"] if q["commune"] == "Beure")
    assert own["used"] == 4


def test_a_request_is_a_name_but_for_its_capitals(folder: Path, cli: Cli) -> None:
    write(
        folder,
        "01/02/2025;Beure;Questions juridiques;A;1;bail",
        "02/02/2025;Beure;Questions juridiques;A;1;Bail",
        header=f"{HEADER};demande",
    )
    (own,) = (q for q in usage(cli)["quotas"] if q["commune"] == "Beure")
    assert own["used"] == 1


def test_the_income_of_a_mission_is_in_the_theme_of_its_quote(voted: Path, cli: Cli) -> None:
    text = "theme;niveau;prestation\nA;3;Étude\nB;3;Étude\n"
    catalogue(voted, text)
    mission(voted, "20/04/2025;Saône;B : Étude;B;3;D2025-0001")
    quoted = ("quote", "Saône", "--service", "B : Étude", "--line", "B:3:x", "--date", "15/03/2025")
    assert cli(*quoted).code == 0
    assert cli(*ACCEPT).code == 0
    assert cli(*DONE, "--certified-by", "Mme Roy").code == 0
    assert cli("bill", "2025", "--quotes", "--issue", "--yes", "--date", "30/04/2025").code == 0
    themes = {x["theme"]: (x["mission_cost"], x["missions"]) for x in usage(cli)["by_theme"]}
    assert themes == {"B": ("558.00", "558.00")}


def test_the_beginning_of_a_name_of_two_themes(cli: Cli, folder: Path) -> None:
    catalogue(folder, "theme;niveau;prestation\nA;3;Étude longue\nB;3;Étude longue\n")
    assert cli("quote", "Saône", "--service", "étude", *LINE).code == 3


def test_after_a_merger_the_successor_answers(cli: Cli, folder: Path) -> None:
    """Champoux joins Saône (2B) on 1 July; in September its question is one of Saône's."""
    path = folder / "data/communes.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    own = next(line for line in lines if line.startswith("2025;25117;"))
    edit(path, lines[0], f"{lines[0]};date_debut;date_fin;successeur")
    edit(path, own, f"{own};;30/06/2025;25532")
    write(folder, "01/09/2025;Champoux;Questions juridiques;A;1")
    assert alerts(cli, "U07") == []


def test_the_order_of_the_catalogue_changes_nothing(cli: Cli, folder: Path) -> None:
    """A service above the level of the commune is told at the lowest membership that has it."""
    catalogue(folder, "theme;niveau;prestation\nA;3;Expertise\nA;2B;Expertise\n")
    write(folder, "01/09/2025;Beure;Expertise;A;1")
    (alert,) = (a for a in usage(cli)["alerts"] if a["code"] == "U08")
    assert "2B" in alert["remedy"]
    assert "aucun niveau" not in alert["remedy"]


def test_the_dates_of_the_workbook_are_dates(cli: Cli, folder: Path) -> None:
    write(folder, "01/09/2025;Beure;Questions juridiques;A;1")
    (name,) = usage(cli, "--workbook")["files"]
    assert isinstance(load_workbook(folder / name)["Interventions"]["A2"].value, datetime)


def test_rows_of_another_year_are_said(cli: Cli, folder: Path) -> None:
    write(
        folder,
        "01/09/2025;Beure;Questions juridiques;A;1",
        "01/09/2052;Beure;Questions juridiques;A;1",
    )
    shown = cli("usage", "2025")
    assert "2052" in shown.out + shown.err


def test_the_titles_of_an_empty_file_are_enough(cli: Cli, folder: Path) -> None:
    (folder / "data/interventions.csv").write_bytes(b"")
    titles = cli("usage", "2025").err.split("admises) : ")[1].split(".")[0]
    (folder / "data/interventions.csv").write_text(f"{titles}\n;\n", encoding="utf-8")
    write(folder, "01/09/2025;Questions juridiques;A;1", header=titles)
    assert "commune" in titles


def test_a_plus_in_free_text_is_no_formula(cli: Cli, folder: Path) -> None:
    write(
        folder,
        "01/09/2025;Beure;Questions juridiques;A;1;+ relance du maire",
        header=f"{HEADER};objet",
    )
    assert cli("usage", "2025").code == 0


def test_the_quote_of_a_label_of_the_catalogue(cli: Cli) -> None:
    refused = cli("quote", "Saône", "--service", "Questions juridiques (3 par an)", *LINE)
    assert "comprise dans l'adhésion" in refused.err


def test_level_three_is_known_but_no_membership(cli: Cli) -> None:
    assert "inconnu" not in cli("services", "--level", "3").err
