"""The catalogue of services: what each level opens, and which service a quote is for."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, TESTS, Cli, edit, moves
from mutualis.domain.problems.problem import in_order
from mutualis.domain.services.service import Access, Services, offers
from mutualis.domain.workspace import Workspace
from mutualis.files.data.services import read_services
from mutualis.workflows.services import list_services

GOLDEN = TESTS / "golden/services_access.csv"
LINE = ("--line", "A:1:Étude", "--year", "2025", "--date", "15/03/2025")


def golden() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            found.setdefault(row["niveau"], []).append(row)
    return found


def catalogue(folder: Path, text: str) -> tuple[Services, list[str]]:
    (folder / "data/services.csv").write_text(text, encoding="utf-8")
    # The shipped schemes name services of the shipped catalogue.
    (folder / "data/departmental_schemes.csv").unlink(missing_ok=True)
    services, problems = read_services(folder)
    return services, [problem.code for problem in in_order(problems)]


# --- what a level opens ------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "rows"), golden().items())
def test_what_each_level_opens(level: str, rows: list[dict[str, str]], shipped: Workspace) -> None:
    found = offers(shipped.services, shipped.tariffs.grids[2025], level)
    names = {row["prestation"] for row in rows}
    got = [
        (o.service.name, o.service.level, o.access.value, " ".join(o.join), o.beyond)
        for o in found
        if o.service.name in names
    ]
    expected = [
        tuple(row[name] for name in ("prestation", "de_niveau", "acces", "rejoindre", "au_dela"))
        for row in rows
    ]
    assert sorted(got) == sorted(expected)


def test_the_shipped_catalogue_is_the_presentation(shipped: Workspace) -> None:
    """Its 43 cells; all of 2A and 2B are to be confirmed, since nothing separates the two."""
    rows = shipped.services.rows
    assert Counter(row.level for row in rows) == {"1": 8, "2A": 4, "2B": 18, "3": 13}
    assert len(shipped.services.themes) == 7
    assert all(row.uncertain for row in rows if row.level in ("2A", "2B"))
    assert all(row.has_example_directorate and row.directorate for row in rows)
    assert [(row.label, row.quota) for row in rows if row.quota is not None] == [
        ("Questions juridiques (3 par an)", 3)
    ]


def test_every_service_is_open_or_to_join_at_every_level(shipped: Workspace) -> None:
    grid = shipped.tariffs.grids[2025]
    for level in ("", "1", "2A", "2B"):
        found = offers(shipped.services, grid, level)
        assert {o.service.key for o in found} == {row.key for row in shipped.services.rows}
        assert all(o.join for o in found if o.access is Access.TO_JOIN)
    assert all(o.access is not Access.TO_JOIN for o in offers(shipped.services, grid, "2B"))


def test_a_level_that_includes_one_that_includes_another(small: Path, cli: Cli) -> None:
    """includes = ["2A"], and 2A includes 1: who has 2B has the services of 1."""
    edit(
        small / "data/tariffs.toml",
        'label = "Conseils"\nper_inhabitant = 0.38\n\n[grids.2025.levels.2B]',
        'label = "Conseils"\nincludes = ["1"]\nper_inhabitant = 0.38\n\n[grids.2025.levels.2B]',
    )
    catalogue(small, "theme;niveau;prestation\nGénéralités;1;Veille juridique\n")
    answer = cli("services", "--level", "2B", "--year", "2025", "--json").json
    assert [row["access"] for row in answer["services"]] == ["included"]


# --- the command -------------------------------------------------------------------------------


def of_commune(cli: Cli, commune: str, **options: str) -> Any:
    more = [word for name, value in options.items() for word in (f"--{name}", value)]
    return cli("services", "--commune", commune, "--year", "2025", *more, "--json").json


def test_a_commune_at_its_level(cli: Cli) -> None:
    answer = of_commune(cli, "saone")
    assert (answer["level"], answer["code_insee"], answer["commune"]) == ("2B", "25532", "Saône")
    assert Counter(row["access"] for row in answer["services"]) == {"included": 28, "on_quote": 13}
    shared = [row for row in answer["services"] if row["service"].startswith("Expertise")]
    assert [row["beyond"] for row in shared] == [None, "au-delà d'une demi-journée"]
    assert all(row["source"].startswith("data/services.csv:") for row in answer["services"])


def test_a_commune_without_a_price_at_a_level(cli: Cli) -> None:
    """Besançon has more than 10 000 inhabitants: the scheme gives it no 2B price."""
    answer = of_commune(cli, "Besançon")
    assert answer["level"] == ""
    ways = {(row["level"], tuple(row["join"])) for row in answer["services"]}
    assert ways == {("1", ("1", "2A")), ("2A", ("2A",)), ("2B", ()), ("3", ())}


def test_a_theme(cli: Cli) -> None:
    assert len(cli("services", "--theme", "NUMERIQUES", "--json").json["services"]) == 6
    refused = cli("services", "--theme", "services numériqe")
    assert refused.code == 3
    assert "Vouliez-vous dire « Services numériques »" in refused.err.replace("\u00a0", " ")


def test_the_whole_catalogue_has_no_access(cli: Cli) -> None:
    answer = cli("services", "--year", "2025", "--json").json
    assert answer["level"] is None
    assert len(answer["services"]) == 43
    assert not any("access" in row for row in answer["services"])


def test_a_later_year_takes_the_last_grid(cli: Cli) -> None:
    answer = cli("services", "--commune", "Saône", "--year", "2026", "--json").json
    assert (answer["year"], answer["grid"]) == (2026, 2025)
    assert cli("services", "--level", "2B", "--year", "2024").code == 1


def test_a_level_that_is_no_membership(cli: Cli) -> None:
    answer = cli("services", "--level", "3", "--year", "2025")
    assert answer.code == 1
    assert "erreur[A06]" in answer.err


def test_a_workbook_in_place_of_the_csv(small: Path, cli: Cli) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("theme", "niveau", "prestation", "quota"), ("Généralités", 1, "Veille", 2)):
        book.worksheets[0].append(row)
    book.save(small / "data/services.xlsx")
    answer = cli("services", "--level", "1", "--year", "2025", "--json").json
    assert [(row["label"], row["quota"]) for row in answer["services"]] == [
        ("Veille (2 par an)", 2)
    ]
    assert answer["source"] == "data/services.xlsx"


# --- the file ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("theme;niveau;prestation\nGénéralités;;Veille\n", ["C15"]),
        ("theme;niveau;prestation\n;1;\n", ["C15", "C15"]),
        ("theme;niveau;prestation;quota\nA;1;B;trois\n", ["C13"]),
        ("theme;niveau;prestation;quota\nA;1;B;2,5\n", ["C13"]),
        ("theme;niveau;prestation;quota\nA;1;B;-1\n", ["C13"]),
        ("theme;niveau;prestation;quota\nA;1;B;3,0\n", []),
        ("theme;niveau;prestation;lecture\nA;1;B;peut-être\n", ["C21"]),
        ("theme;niveau;prestation;lecture\nA;1;B;SURE\n", []),
        ("theme;niveau;prestation\nTotal;1;B\n", ["C19"]),
        ("theme;niveau;prestation\nA;1;=B1\n", ["C14"]),
        ("theme;niveau;prestation\nA;1;GÃ©nÃ©ral\n", ["C02"]),
        ("thème;Niveau;Prestation\nA;1;B\n", []),
        ("theme;niveau;prestations\nA;1;B\n", ["C06"]),
        ("theme;niveau;prestation;quotas\nA;1;B;3\n", ["C23"]),
        ("theme;niveau;prestation\nA;1;B\nA;1;b\n", ["S03"]),
        ("theme;niveau;prestation\nA;1;B\nC;1;B\n", []),
        ("theme;niveau;prestation;quota\nA;1;B (4 par an);4\n", []),
    ],
)
def test_what_a_file_may_hold(text: str, codes: list[str], folder: Path) -> None:
    assert catalogue(folder, text)[1] == codes


# --- the service of a quote --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Accompagnement RH", "Accompagnement RH"),
        ("ressources humaines : accompagnement rh", "Accompagnement RH"),
        ("urbanisme pre-operationnel", "Accompagnement en urbanisme pré-opérationnel"),
        ("podium", "Podium : livraison et installation du matériel"),
        (
            "Expertise et accompagnement pour l'achat de matériel",
            "Expertise et accompagnement pour l'achat de matériel",
        ),
    ],
)
def test_the_service_of_a_quote(typed: str, name: str, cli: Cli) -> None:
    answer = cli("quote", "Saône", "--service", typed, *LINE, "--json")
    assert answer.code == 0
    assert answer.json["service"] == name


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Acompagnement RH", "Vouliez-vous dire « Accompagnement RH »"),
        ("personnalisé", "peut désigner plusieurs prestations de niveau 3"),
        ("Conseils d'urbanisme", "est une prestation de niveau 2B"),
        ("zzz", "n'est pas une prestation de niveau 3 du catalogue."),
    ],
)
def test_a_service_that_no_quote_is_for(typed: str, said: str, cli: Cli, folder: Path) -> None:
    answer = cli("quote", "Saône", "--service", typed, *LINE)
    assert answer.code == 3
    assert said in answer.err
    assert "À faire : " in answer.err
    assert not (folder / "out").exists()


def test_a_name_of_two_themes(cli: Cli, folder: Path) -> None:
    text = "theme;niveau;prestation\nA;3;Étude\nB;3;Étude\n"
    catalogue(folder, text)
    refused = cli("quote", "Saône", "--service", "étude", *LINE)
    assert refused.code == 3
    assert "« A : Étude » ou « B : Étude »" in refused.err
    assert cli("quote", "Saône", "--service", "B : étude", *LINE).code == 0


def test_an_uncertain_service_warns_and_never_refuses(cli: Cli, folder: Path) -> None:
    edit(
        folder / "data/services.csv",
        "Accompagnement RH;demi-journée;;Direction des ressources humaines;exemple;sûre",
        "Accompagnement RH;demi-journée;;Direction des ressources humaines;exemple;à confirmer",
    )
    answer = cli("quote", "Saône", "--service", "Accompagnement RH", *LINE)
    assert answer.code == 0
    assert "avertissement[S04]" in answer.err


def test_without_a_catalogue_any_text_is_a_service(cli: Cli, folder: Path) -> None:
    (folder / "data/services.csv").unlink()
    answer = cli("quote", "Saône", "--service", "Ce que l'on veut", *LINE, "--json")
    assert answer.json["service"] == "Ce que l'on veut"
    assert cli("check").code == 0
    assert cli("services").code == 1


def test_a_level_that_no_grid_has_stops_services_and_quotes_but_not_bills(
    cli: Cli, folder: Path
) -> None:
    catalogue(folder, "theme;niveau;prestation\nA;2C;Étude\n")
    assert cli("services", "--year", "2025").code == 1
    assert cli("quote", "Saône", "--service", "Étude", *LINE).code == 1
    assert cli("bill", "2025").code == 0


def test_the_template_gives_the_limit_of_a_request() -> None:
    template = ROOT / "src/mutualis/files/new/templates/tariffs.toml"
    assert template.read_text("utf-8").count("\nhalf_days_per_request = 1") == 2


def test_the_limit_follows_the_indexed_grid(cli: Cli, folder: Path) -> None:
    assert cli("index", "2026").code == 0
    text = (folder / "data/tariffs.toml").read_text("utf-8")
    assert text.count("\nhalf_days_per_request = 1") == 4
    edit(
        folder / "data/tariffs.toml",
        'requires = "2B"\nhalf_day = { A = 255',
        'requires = "2B"\nhalf_days_per_request = 2\nhalf_day = { A = 255',
    )
    assert "erreur[T05]" in cli("check").out


# --- what a review found ------------------------------------------------------------------------


def test_the_beginning_of_a_name_of_two_themes(cli: Cli, folder: Path) -> None:
    catalogue(folder, "theme;niveau;prestation\nA;3;Étude longue\nB;3;Étude longue\n")
    assert cli("quote", "Saône", "--service", "étude", *LINE).code == 3


def test_the_quote_of_a_label_of_the_catalogue(cli: Cli) -> None:
    refused = cli("quote", "Saône", "--service", "Questions juridiques (3 par an)", *LINE)
    assert "comprise dans l'adhésion" in refused.err


def test_level_three_is_known_but_no_membership(cli: Cli) -> None:
    assert "inconnu" not in cli("services", "--level", "3").err


def test_a_name_of_two_themes_is_kept_with_its_theme(cli: Cli, folder: Path) -> None:
    """The quote must say which one it is for; a name of one theme stays a name."""
    catalogue(folder, "theme;niveau;prestation\nA;3;Étude\nB;3;Étude\nB;3;Audit\n")
    for typed, kept in (("B : étude", "B : Étude"), ("audit", "Audit")):
        assert cli("quote", "Saône", "--service", typed, *LINE, "--json").json["service"] == kept
    shown = cli("quote", "Saône", "--service", "B : étude", *LINE)
    assert "Prestation : B : Étude" in shown.out


@pytest.mark.parametrize("words", [("quote", "Saône", *LINE), ("services",), ("usage", "2025")])
def test_an_option_given_empty(words: tuple[str, ...], cli: Cli) -> None:
    option = "--service" if words[0] == "quote" else "--commune"
    answer = cli(*words, option, " ")
    assert answer.code == 2
    assert f"{option} : il manque une valeur" in answer.err


@pytest.mark.parametrize("rows", ["A;2B;Étude\nA;2A;Étude", "A;2A;Étude\nA;2B;Étude"])
def test_the_order_of_the_catalogue_is_not_told(rows: str, cli: Cli, folder: Path) -> None:
    catalogue(folder, f"theme;niveau;prestation\n{rows}\n")
    refused = cli("quote", "Saône", "--service", "Étude", *LINE)
    assert "est une prestation de niveau 2A : elle est comprise dans l'adhésion" in refused.err


def test_titles_alone_are_no_catalogue(cli: Cli, folder: Path) -> None:
    """It would switch off the control of every service, in silence."""
    assert catalogue(folder, "theme;niveau;prestation\n")[1] == ["S07"]
    assert cli("quote", "Saône", "--service", "N'importe quoi", *LINE).code == 1


def periods(folder: Path, code: str, more: str, columns: str) -> None:
    """Give the 2025 row of a commune the end `more`, under new columns."""
    path = folder / "data/communes.csv"
    head, *lines = path.read_text("utf-8-sig").splitlines()
    line = next(line for line in lines if line.startswith(f"2025;{code};"))
    edit(path, head, f"{head};{columns}")
    edit(path, line, f"{line};{more}")


def test_a_membership_that_has_ended_opens_nothing(cli: Cli, folder: Path) -> None:
    periods(folder, "25532", "30/06/2025", "date_fin")
    answer = of_commune(cli, "Saône")
    assert answer["level"] == ""
    assert answer["note"] == "Plus d'adhésion depuis le 1er\xa0juillet\xa02025."
    assert {row["access"] for row in answer["services"]} == {"to_join"}
    assert answer["note"] in cli("services", "--commune", "Saône", "--year", "2025").out


def test_a_membership_that_has_not_begun(folder: Path) -> None:
    periods(folder, "25532", "01/09/2025", "date_debut")
    early = list_services(folder, today=date(2025, 8, 31), year=2025, commune="Saône")
    assert (early.level, early.note) == (
        "",
        "Pas encore d'adhésion : elle commence le 1er\xa0septembre\xa02025.",
    )
    begun = list_services(folder, today=date(2025, 9, 1), year=2025, commune="Saône")
    assert (begun.level, begun.note) == ("2B", "")


def test_a_merged_commune_is_told_its_successor(cli: Cli, folder: Path) -> None:
    periods(folder, "25117", "30/06/2025", "date_fin")
    moves(folder, "2025-07-01", "25117 Champoux", "25532 Saône")
    answer = of_commune(cli, "Champoux")
    assert answer["level"] == ""
    assert "Champoux (réunie à Saône depuis le 1er\xa0juillet\xa02025)" in answer["note"]
    assert "mutualis services --commune 25532 --year 2025" in answer["note"]


@pytest.mark.parametrize("typed", ["Commune de Saône", "mairie de saone", "Ville de Saône"])
def test_the_commune_within_its_office(typed: str, cli: Cli) -> None:
    assert of_commune(cli, typed)["code_insee"] == "25532"


def test_a_commune_of_another_year_is_told(cli: Cli) -> None:
    """Le Gratteris is in the file for 2024 only."""
    answer = cli("services", "--commune", "Le Gratteris", "--year", "2025")
    assert answer.code == 1
    assert "inconnue en 2025, mais connue en 2024." in answer.err


def test_the_limit_of_a_request_is_told(cli: Cli) -> None:
    assert of_commune(cli, "Saône")["half_days_per_request"] == 1
    shown = cli("services", "--level", "2A", "--year", "2025").out
    assert "Compris dans l'adhésion : au plus une demi-journée par demande" in shown
    assert "par demande" not in cli("services", "--level", "1", "--year", "2025").out


@pytest.mark.parametrize("width", [60, 70, 80, 100])
def test_no_line_ends_within_a_mark(width: int, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """« (à confirmer) » and « … » are not cut at the end of a line, however wide the screen."""
    monkeypatch.setenv("COLUMNS", str(width))
    shown = cli("services", "--commune", "Saône", "--year", "2025").out
    expected = sum(row["uncertain"] for row in of_commune(cli, "Saône")["services"])
    assert shown.count("à\N{NO-BREAK SPACE}confirmer") == expected
    for line in shown.splitlines():
        assert not line.rstrip().endswith(("«", "(à")), line
        assert not line.split("  ")[-1].startswith(("»", "confirmer)")), line
