"""A service that a departmental scheme covers: its file, the ranking, the body, the quote."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from conftest import Cli, edit

SCHEMES = "data/departmental_schemes.csv"
MEETING = "data/meetings/2025-02-20.toml"
MAPS = "Réalisation de cartes et analyses spécifiques"
ROW = ("Cartes partagées", "Syndicat fictif", MAPS, "2025-01-01", "2025-06-30", "exemple")
TITLES = ("nom", "porteur", "services", "date_debut", "date_fin", "source")
LABEL = "Cartes partagées (Syndicat fictif)"
QUOTE = ("quote", "Saône", "--service", MAPS, "--line", "A:2:Cadrage", "--draft", "--json")


@pytest.fixture(params=["csv", "xlsx"])
def covered(request: pytest.FixtureRequest, folder: Path) -> Path:
    (folder / SCHEMES).unlink()
    if request.param == "csv":
        (folder / SCHEMES).write_text(f"{';'.join(TITLES)}\n{';'.join(ROW)}\n", "utf-8")
    else:
        book = Workbook()
        assert book.active is not None
        for row in (TITLES, ROW):
            book.active.append(row)
        book.save((folder / SCHEMES).with_suffix(".xlsx"))
    return folder


@pytest.mark.usefixtures("covered")
def test_a_request_is_set_aside_with_the_scheme_and_its_carrier(cli: Cli) -> None:
    answer = cli("requests", "rank", "2025", "--json").json
    (found,) = (item for item in answer["refused"] if item["id"] == "P2025-12")
    assert (found["scheme"], found["reasons"][0]["code"]) == (LABEL, "departmental_scheme")
    assert LABEL in cli("requests", "explain", "P2025-12").out
    later = cli("requests", "rank", "2025", "--from", "2025-07", "--json").json
    assert "P2025-12" in [item["id"] for item in later["planned"]]


@pytest.mark.usefixtures("covered")
def test_the_body_may_accept_it_all_the_same(cli: Cli, folder: Path) -> None:
    text = '\n[[departures]]\nrequest = "P2025-12"\ndecision = "accept"\nreason = "urgence"\n'
    path = folder / MEETING
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    publish = ("requests", "publish", "2025", "--meeting", MEETING, "--date", "24/02/2025")
    answer = cli(*publish, "--yes", "--json").json
    (found,) = (item for item in answer["planned"] if item["id"] == "P2025-12")
    assert (found["scheme"], found["computed_rank"]) == (LABEL, None)
    assert cli("register", "verify").code == 0


@pytest.mark.usefixtures("covered")
@pytest.mark.parametrize(("day", "scheme"), [("2025-06-30", LABEL), ("2025-07-01", None)])
def test_a_quote_is_told_on_its_day(day: str, scheme: str | None, cli: Cli) -> None:
    answer = cli(*QUOTE, "--date", day)
    assert answer.json["scheme"] == scheme
    assert ("[S13]" in answer.err) is (scheme is not None)


def test_without_the_file_nothing_is_covered(cli: Cli, folder: Path) -> None:
    (folder / SCHEMES).unlink()
    assert cli("check", "--format", "json").json["checked"]["schemes"] == 0
    assert cli(*QUOTE, "--date", "2025-06-30").json["scheme"] is None


def test_a_scheme_for_no_service_of_the_catalogue_stops_both(cli: Cli, folder: Path) -> None:
    edit(folder / SCHEMES, "Conseils d'urbanisme", "Cadastre")
    for command in (("requests", "rank", "2025"), QUOTE):
        answer = cli(*command)
        assert (answer.code, "[S09]" in answer.err) == (1, True)


def test_a_meeting_without_agents_is_told_and_written(cli: Cli, folder: Path) -> None:
    text = (folder / MEETING).read_text("utf-8")
    start = text.index("agents = [")
    (folder / MEETING).write_text(text[:start] + text[text.index("]", start) + 1 :], "utf-8")
    publish = ("requests", "publish", "2025", "--meeting", MEETING, "--date", "24/02/2025")
    answer = cli(*publish, "--yes", "--json")
    assert (answer.code, answer.json["agents"], "[R19]" in answer.err) == (0, [], True)


def test_members_of_before_are_answered(cli: Cli, folder: Path) -> None:
    edit(folder / MEETING, "elected = [", "members = [")
    answer = cli("requests", "publish", "2025", "--meeting", MEETING, "--yes")
    assert answer.code == 1
    assert "[R18]" in answer.err
    assert "elected" in answer.err
