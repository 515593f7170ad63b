"""Defects found by a review of the body: each test fails until its defect is mended."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import Cli, edit

MEETING = "data/meetings/2025-02-20.toml"
PUBLISH = ("requests", "publish", "2025", "--meeting", MEETING, "--date", "24/02/2025", "--yes")
REQUESTS = "data/requests.csv"
Change = Callable[[list[str]], None]


def rewrite(folder: Path, change: Change) -> None:
    path = folder / REQUESTS
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    for row in rows[1:]:
        change(row)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def launched(row: list[str]) -> None:
    if row[0] == "P2025-02":
        row[11] = "en cours"


def months(cli: Cli, name: str) -> object:
    answer = cli("requests", "rank", "2025", "--json").json
    return next(item for item in answer["planned"] if item["id"] == name)["months"]


def test_a_correction_keeps_what_is_under_way_since_and_its_months(cli: Cli, folder: Path) -> None:
    cli(*PUBLISH)
    rewrite(folder, launched)
    before = months(cli, "P2025-03")
    edit(folder / MEETING, "M. Jean Exemple", "M. Paul Exemple")
    corrected = cli(*PUBLISH, "--correct", "Prénom d'un membre", "--json").json
    assert any("Saone" in name for name in corrected["files"])
    assert months(cli, "P2025-03") == before


def test_what_a_meeting_promised_is_not_taken_back_in_silence(cli: Cli, folder: Path) -> None:
    """The requests stay « à classer »: a second meeting plans them anew, over the first one."""
    cli(*PUBLISH)
    answer = cli("requests", "rank", "2025", "--json")
    assert "2025-02-20" in answer.err or "20/02/2025" in answer.err


def test_explain_does_not_say_false_things_of_requests_of_one_commune(cli: Cli) -> None:
    """Both are Saint-Vit's: fewer projects under way raise both."""
    answer = cli("requests", "explain", "P2025-06", "--json").json
    assert answer["before"]["id"] == "P2025-05"
    wanted = {change["criterion"]: change["wanted"] for change in answer["changes"]}
    assert wanted["under_way"] is None


def test_explain_knows_the_date_that_breaks_a_tie_beyond_the_reference(
    cli: Cli, folder: Path
) -> None:
    """Both wait more than a year: one day more than the other passes it, by the tie rule."""

    def old(row: list[str]) -> None:
        row[1] = {"P2025-01": "02/01/2023", "P2025-02": "03/01/2023"}.get(row[0], row[1])

    rewrite(folder, old)
    answer = cli("requests", "explain", "P2025-02", "--json").json
    wait = (date(2025, 3, 1) - date(2023, 1, 2)).days
    assert answer["changes"][0]["wanted"] in (str(wait), str(wait + 1))


def test_explain_and_rank_speak_of_one_session(cli: Cli, folder: Path) -> None:
    edit(folder / "data/criteria.toml", 'from = "2025-03"', "")
    assert cli("requests", "explain", "P2025-01", "--json").code == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('reason = "étude de faisabilité attendue en mai"', 'reason = "   "'),
        ('"M. Jean Exemple, maire de Torpes"', '"  "'),
        ("date = 2025-02-20", "date = 1025-02-20"),
    ],
)
def test_minutes_without_reason_name_or_true_date(
    cli: Cli, folder: Path, before: str, after: str
) -> None:
    edit(folder / MEETING, before, after)
    assert cli(*PUBLISH).code == 1


def test_a_meeting_decides_of_no_request_received_after_it(cli: Cli, folder: Path) -> None:
    def late(row: list[str]) -> None:
        row[1] = "25/02/2025" if row[0] == "P2025-12" else row[1]

    rewrite(folder, late)
    answer = cli(*PUBLISH, "--json").json
    assert "P2025-12" not in [item["id"] for item in answer["planned"]]


def test_no_attainable_date_is_before_the_meeting(cli: Cli, folder: Path) -> None:
    edit(folder / MEETING, "date = 2025-02-20", "date = 2025-06-20")
    answer = cli(*PUBLISH, "--date", "21/06/2025")
    assert answer.code == 3 or "2025-03" in answer.err
