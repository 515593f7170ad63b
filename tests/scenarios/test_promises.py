"""What a published meeting promised: kept by corrections, neither lost nor given twice later."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from openpyxl import load_workbook
from pdfs import plain

from conftest import Cli, edit, moves
from mutualis.domain.problems.refusals import Refusal
from mutualis.register import store
from mutualis.workflows.printing import printer_of
from mutualis.workflows.requests_publish import prepare_publication, publish

MEETING = "data/meetings/2025-02-20.toml"
LATER = "data/meetings/2025-06-19.toml"
PUBLISH = ("requests", "publish", "2025", "--meeting", MEETING, "--date", "24/02/2025", "--yes")
NEXT = ("requests", "publish", "2025", "--meeting", LATER, "--from", "2025-07", "--yes")
REQUESTS, CRITERIA = "data/requests.csv", "data/criteria.toml"
STATE = 11
Rows = list[list[str]]


def rewrite(folder: Path, change: Callable[[list[str]], None]) -> None:
    path = folder / REQUESTS
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    for row in rows[1:]:
        change(row)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def states(folder: Path, state: str, *names: str) -> None:
    def change(row: list[str]) -> None:
        row[STATE] = state if row[0] in names else row[STATE]

    rewrite(folder, change)


def rank(cli: Cli, *options: str) -> Any:
    return cli("requests", "rank", "2025", "--json", *options).json


def ids(items: list[dict[str, str]]) -> list[str]:
    return [item["id"] for item in items]


def promised(cli: Cli) -> dict[str, dict[str, int]]:
    return {item["id"]: item["months"] for item in rank(cli)["promised"]}


def add_meeting(folder: Path, text: str = "", day: str = "2025-06-19") -> None:
    head = f"date = {day}\nelected = ['Mme Roy, maire']\nagents = ['M. Blin, directeur']\n"
    (folder / LATER).write_text(head + text, "utf-8")


# --- promises ---------------------------------------------------------------------------------


def test_what_a_meeting_planned_is_not_ranked_anew(cli: Cli, folder: Path) -> None:
    """The requests are still « à classer »: they keep the months that the letters told."""
    decided = cli(*PUBLISH, "--json").json
    answer = rank(cli)
    assert {item["id"]: item["months"] for item in answer["promised"]} == {
        item["id"]: item["months"] for item in decided["planned"]
    }
    assert {item["meeting"] for item in answer["promised"]} == {"2025-02-20"}
    assert ids(answer["planned"]) == ["P2025-05"]  # the only one that was postponed
    screen = cli("requests", "rank", "2025").out
    assert "Déjà planifiées par une séance" in screen
    assert "20/02/2025" in screen
    name = rank(cli, "--workbook")["files"][0]
    summary = load_workbook(folder / name)["PROJET"]
    texts = [str(value) for row in summary.iter_rows(values_only=True) for value in row if value]
    assert any("gardées" in text and "P2025-01 (31/03/2025)" in text for text in texts)


def test_a_promise_is_kept_by_every_state_but_two(cli: Cli, folder: Path) -> None:
    """Saône's 20 half-days and Pirey's 8 leave the town planners 8 in May and none before."""
    cli(*PUBLISH)
    sheet_of = {}
    for state in ("", "en cours"):
        states(folder, state, "P2025-02", "P2025-04")
        name = rank(cli, "--workbook")["files"][0]
        sheet = load_workbook(folder / name)["Calendrier"]
        lines = [list(row[:5]) for row in sheet.iter_rows(values_only=True)]
        at = next(n for n, row in enumerate(lines) if str(row[0]).startswith("Direction de l'urb"))
        sheet_of[state] = lines[at : at + 2]
    # March: 8 + 4, April: 12, May: 4 + the 8 of P2025-03, of 12 a month; June: Venise.
    assert sheet_of[""][1] == ["  déjà promises", 12, 12, 12, 10]
    assert sheet_of[""] == sheet_of["en cours"]
    states(folder, "retirée", "P2025-02", "P2025-04")
    assert promised(cli)["P2025-03"] == {"2025-05": 8}
    assert "P2025-02" not in promised(cli)


def test_a_row_taken_out_of_the_file_gives_no_month_back(cli: Cli, folder: Path) -> None:
    cli(*PUBLISH)
    before = promised(cli)
    path = folder / REQUESTS
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join(x for x in lines if not x.startswith("P2025-02")), "utf-8-sig")
    assert promised(cli) == before


def test_a_second_meeting_plans_around_the_first(cli: Cli, folder: Path) -> None:
    cli(*PUBLISH)
    add_meeting(folder)
    answer = cli(*NEXT, "--json").json
    assert ids(answer["planned"]) == ["P2025-15", "P2025-05"]
    assert set(promised(cli)) >= {"P2025-01", "P2025-05", "P2025-15"}
    # The first one again: its own later promises are not held against it.
    assert cli(*PUBLISH, "--json").json["created"] == 0
    assert cli("register", "verify").code == 0


def test_what_is_promised_is_not_argued_by_a_later_meeting(cli: Cli, folder: Path) -> None:
    cli(*PUBLISH)
    add_meeting(
        folder,
        "[[departures]]\nrequest = 'P2025-02'\ndecision = 'postpone'\nreason = 'attente'\n",
    )
    answer = cli(*NEXT)
    assert answer.code == 1
    assert "la séance du 20/02/2025 l'a déjà planifiée" in answer.err
    assert "--correct" in answer.err


def test_a_capacity_reduced_below_what_is_promised_is_told(cli: Cli, folder: Path) -> None:
    cli(*PUBLISH)
    edit(
        folder / CRITERIA,
        '[directorates."Direction de l\'urbanisme"]\nhalf_days = 12',
        '[directorates."Direction de l\'urbanisme"]\nhalf_days = 7',
    )
    answer = cli("requests", "rank", "2025", "--workbook")
    assert "[R16]" in answer.err
    assert "12\u00a0demi-journées déjà promises" in answer.err
    sheet = load_workbook(folder / "out/2025/classement-2025-projet.xlsx")["Calendrier"]
    left = [row[1] for row in sheet.iter_rows(values_only=True) if row[0] == "  reste"]
    assert -5 in left


def test_explain_tells_what_was_published(cli: Cli) -> None:
    """Pirey is tenth by the criteria and was moved to rank 2; Saint-Vit's network was postponed."""
    cli(*PUBLISH)
    moved = cli("requests", "explain", "P2025-04").out.replace("\u00a0", " ")
    assert "Séance du 20/02/2025 : planifiée au rang 2" in moved
    assert "Rang 10 sur 10" in moved
    assert "Échéance atteignable : 31 mars 2025" in moved
    postponed = cli("requests", "explain", "P2025-05", "--json").json
    assert postponed["meeting"]["date"] == "2025-02-20"
    assert "étude de faisabilité" in postponed["meeting"]["decision"]


# --- corrections ------------------------------------------------------------------------------


def test_a_correction_keeps_what_is_under_way_since_and_its_months(cli: Cli, folder: Path) -> None:
    first = cli(*PUBLISH, "--json").json
    states(folder, "en cours", "P2025-01", "P2025-02")
    before = promised(cli)
    edit(folder / MEETING, "M. Jean Exemple", "M. Paul Exemple")
    corrected = cli(*PUBLISH, "--correct", "Prénom d'un membre", "--json").json
    assert corrected["created"] == 1
    assert corrected["planned"] == first["planned"]
    assert corrected["refused"] == first["refused"]
    assert any("Saone" in name for name in corrected["files"])
    assert promised(cli) == before
    one, other = store.read_ledger(folder).records
    assert one.session == other.session  # type: ignore[union-attr]
    assert cli("register", "verify").code == 0


def test_a_correction_may_take_back_in_the_open(cli: Cli, folder: Path) -> None:
    """Postponed by the correction, a request is to rank again; one under way keeps its months."""
    cli(*PUBLISH)
    states(folder, "en cours", "P2025-02")
    held = promised(cli)
    with (folder / MEETING).open("a", encoding="utf-8") as file:
        for name in ("P2025-01", "P2025-02"):
            file.write(
                f'[[departures]]\nrequest = "{name}"\ndecision = "postpone"\nreason = "oubli"\n'
            )
    cli(*PUBLISH, "--correct", "Deux reports oubliés")
    answer = rank(cli)
    assert "P2025-01" in ids(answer["planned"])
    assert "P2025-01" in held
    records = store.read_ledger(folder).records
    assert len(records) == 2
    # Saône is under way: its 4 + 12 + 4 stay, beside what the correction plans anew.
    assert "[R16]" in cli("requests", "rank", "2025").err


def test_a_correction_plans_no_other_month(cli: Cli, folder: Path) -> None:
    cli(*PUBLISH)
    answer = cli(*PUBLISH, "--correct", "Mois", "--from", "2025-04")
    assert answer.code == 3
    assert "une correction garde ce mois" in answer.err


def test_one_meeting_a_day_whatever_the_year(cli: Cli, folder: Path) -> None:
    cli(*PUBLISH)
    answer = cli("requests", "publish", "2024", "--meeting", MEETING, "--yes")
    assert answer.code == 3
    assert "déjà publiée, pour 2025" in answer.err


# --- what a meeting may not do ----------------------------------------------------------------


def test_no_attainable_date_is_before_the_meeting(cli: Cli, folder: Path) -> None:
    edit(folder / MEETING, "date = 2025-02-20", "date = 2025-06-20")
    later = [word.replace("24/02", "21/06") for word in PUBLISH]
    answer = cli(*later)
    assert answer.code == 3
    assert "--from 2025-07" in answer.err
    assert not (folder / store.NAME).exists()
    assert "[R14]" in cli("requests", "rank", "2025").err


def test_a_meeting_decides_of_no_request_received_after_it(cli: Cli, folder: Path) -> None:
    edit(folder / REQUESTS, "P2025-12;27/01/2025", "P2025-12;21/02/2025")
    answer = cli(*PUBLISH, "--json").json
    late = next(item for item in answer["refused"] if item["id"] == "P2025-12")
    assert "après la séance du 20" in late["reasons"][0]["text"]
    assert "P2025-12" in ids(rank(cli)["planned"])
    assert cli("register", "verify").code == 0


def test_a_request_of_the_day_itself_is_decided(cli: Cli, folder: Path) -> None:
    edit(folder / REQUESTS, "P2025-12;27/01/2025", "P2025-12;20/02/2025")
    assert "P2025-12" in ids(cli(*PUBLISH, "--json").json["planned"])


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('reason = "étude de faisabilité attendue en mai"', 'reason = "   "', "T04"),
        ('"M. Jean Exemple, maire de Torpes"', '"  "', "T04"),
        ("date = 2025-02-20", "date = 1025-02-20", "T04"),
        ("date = 2025-02-20", "date = 2027-02-20", "T04"),
        ("rank = 2", "rank = 9", "R11"),  # where it is once P2025-05 is postponed
    ],
)
def test_minutes_without_reason_name_true_date_or_effect(
    cli: Cli, folder: Path, before: str, after: str, code: str
) -> None:
    edit(folder / MEETING, before, after)
    answer = cli(*PUBLISH)
    assert answer.code == 1
    assert f"[{code}] {MEETING}:" in answer.err
    assert not (folder / store.NAME).exists()


def adopt(folder: Path, act: str) -> None:
    """Give a weight to the population, by this act."""
    path = folder / CRITERIA
    text = path.read_text("utf-8")
    start = text.index("[criteria.population]")
    end = text.index("[criteria.wealth]")
    part = text[start:end].replace("weight = 0", "weight = 1").replace('act = "à compléter"', act)
    path.write_text(text[:start] + part + text[end:], "utf-8")


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ('act = "?"\nadopted_on = 2025-02-01', "« Population » n'a pas d'acte"),
        ('act = " "\nadopted_on = 2025-02-01', "« Population » n'a pas d'acte"),
        ('act = "Délibération 3"', "n'a pas de date"),
        ('act = "Délibération 3"\nadopted_on = 2025-02-21', "après la séance"),
    ],
)
def test_a_criterion_counts_once_it_is_adopted(
    act: str, words: str, cli: Cli, folder: Path
) -> None:
    adopt(folder, act)
    answer = cli(*PUBLISH)
    assert answer.code == 3
    assert words in answer.err
    assert ("[R07]" in cli("check").out) == ("adopted_on = 2025-02-21" not in act)


def test_a_letter_gives_what_a_note_is_computed_from(cli: Cli, folder: Path) -> None:
    """The months, the day of the waits, and the numerator of a figure per inhabitant."""
    path = folder / CRITERIA
    text = path.read_text("utf-8")
    start = text.index("[criteria.received]")
    part = text[start:].replace("weight = 0", "weight = 1", 1)
    part = part.replace('act = "à compléter"', 'act = "Vote"\nadopted_on = 2025-02-20', 1)
    path.write_text(text[:start] + part, "utf-8")
    (folder / "data/interventions.csv").write_text(
        "date;code_insee;commune;prestation;categorie;demi_journees\n"
        "01/02/2025;25014;;Conseils d'urbanisme;B;9\n",
        "utf-8",
    )
    files = cli(*PUBLISH, "--json").json["files"]
    letter = next(folder / name for name in files if "25014" in name)
    pages = pypdf.PdfReader(letter).pages
    words = plain(" ".join(page.extract_text() for page in pages))
    assert "de mars 2025 à février 2026" in words
    assert "L'attente se compte jusqu'au 1er mars 2025" in words
    assert "9 demi-journées en 3 ans pour 937 habitants" in words


def test_a_departure_without_effect_is_told(cli: Cli, folder: Path) -> None:
    """270 half-days fit in no run of months, whatever the rank decided."""
    with (folder / MEETING).open("a", encoding="utf-8") as file:
        file.write('[[departures]]\nrequest = "P2025-13"\ndecision = "move"\nrank = 1\n')
        file.write('reason = "salle attendue par trois communes"\n')
    files = cli(*PUBLISH, "--json").json["files"]
    sheet = load_workbook(folder / files[0])["Non planifiées"]
    cells = [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value]
    assert any("salle attendue par trois communes" in cell for cell in cells)
    letter = next(folder / name for name in files if "Chatillon" in name)
    words = plain(pypdf.PdfReader(letter).pages[0].extract_text())
    assert "placée au rang 1 (salle attendue par trois communes)" in words


def test_a_project_is_the_same_whether_its_commune_is_named_or_coded(
    cli: Cli, folder: Path
) -> None:
    with (folder / REQUESTS).open("a", encoding="utf-8") as file:
        file.write(
            "P2025-31;12/01/2025;25014;Marché de restauration scolaire;Accompagnement RH;;1;;;;;;\n"
        )
    assert "[R09]" in cli("check").out


def test_a_long_calendar_is_printed_over_several_pages(cli: Cli, folder: Path) -> None:
    edit(folder / CRITERIA, "months = 12 ", "months = 30 ")
    name = rank(cli, "--workbook")["files"][0]
    sheet = load_workbook(folder / name)["Calendrier"]
    assert sheet.page_setup.fitToWidth == 3
    assert sheet.print_title_cols == "$A:$A"


def test_a_publication_not_confirmed_speaks_of_publishing(cli: Cli) -> None:
    answer = cli(*[one for one in PUBLISH if one != "--yes"])
    assert answer.code == 3
    assert "Publier est définitif" in answer.err
    assert "rien n'a été publié" in answer.err


# --- communes that merged ---------------------------------------------------------------------


def merge(folder: Path) -> None:
    """Amagney becomes part of Saône at the end of 2024."""
    path = folder / "data/communes.csv"
    head, *lines = path.read_text("utf-8-sig").splitlines()
    out = [f"{head};date_fin"]
    for line in lines:
        if line.startswith("2024;25014;"):
            out.append(f"{line};31/12/2024")
        elif ";25014;" not in line:
            out.append(f"{line};")
    path.write_text("\n".join(out), "utf-8-sig")
    moves(folder, "2025-01-01", "25014 Amagney", "25532 Saône")


def test_a_merged_commune_is_its_successor(cli: Cli, folder: Path) -> None:
    """Its request, its projects under way and its letter are then Saône's."""
    merge(folder)
    edit(folder / REQUESTS, "P2024-24;11/06/2024;Torpes", "P2024-24;11/06/2024;Amagney")
    states(folder, "en cours", "P2024-24")
    answer = cli(*PUBLISH, "--json").json
    found = {item["id"]: item for item in answer["planned"]}
    assert found["P2025-01"]["code_insee"] == "25532"
    for name in ("P2025-01", "P2025-02"):
        assert found[name]["terms"][1]["value"] == "1", name
    assert any("25532_Saone" in name for name in answer["files"])
    assert not any("Amagney" in name for name in answer["files"])
    assert cli("register", "verify").code == 0


def test_a_commune_lost_without_a_successor_is_told(cli: Cli, folder: Path) -> None:
    path = folder / "data/communes.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text(
        "\n".join(x for x in lines if ";25014;" not in x or x.startswith("2024")), "utf-8-sig"
    )
    assert "[M11]" in cli("requests", "rank", "2025").err
    with (folder / "data/movements.csv").open("a", encoding="utf-8") as file:
        file.write("2025-01-01;retrait;25014;Amagney;;;exemple\n")
    answer = cli("requests", "rank", "2025")
    assert answer.code == 1
    assert "inconnue en 2025, mais connue en 2024" in answer.err
    assert "data/movements.csv" in answer.err


def test_no_date_depends_on_the_clock(cli: Cli, folder: Path) -> None:
    """Without a month, a meeting plans from the month after it."""
    edit(folder / CRITERIA, 'from = "2025-03"', "")
    assert cli(*PUBLISH, "--json").json["from"] == "2025-03"
    assert store.read_ledger(folder).meetings[0].session.day == date(2025, 2, 20)


def test_another_meeting_published_meanwhile(cli: Cli, folder: Path) -> None:
    """Two people prepare two meetings; what the first one promises is not given twice."""
    add_meeting(folder, day="2025-02-21")
    first, second = (
        prepare_publication(
            folder,
            2025,
            folder / name,
            first=None,
            day=date(2025, 2, 24),
            today=date(2025, 4, 1),
            operator="essai",
        )
        for name in (MEETING, LATER)
    )
    publish(first, printer_of(folder))
    head = store.read_ledger(folder).head
    with pytest.raises(Refusal, match=r"requests_publish\.another_just_now"):
        publish(second, printer_of(folder))
    assert store.read_ledger(folder).head == head
    assert cli("register", "verify").code == 0
