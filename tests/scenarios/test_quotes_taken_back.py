"""A quote whose answer was noted by mistake, that is closed early, whose commune has left."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from test_missions import ACT, BILL, NUMBER, QUOTE, note, shown, text_of

from conftest import Answer as Told
from conftest import Cli, edit
from mutualis.domain.quotes.records import (
    AnswerWithdrawn,
    ClosureWithdrawn,
    MissionClosed,
    WorkDone,
)
from mutualis.domain.quotes.work_done import Work
from mutualis.domain.register.records import Record
from mutualis.register import store

DECISION = "Délibération d'exemple n° 12"
ROW = "2025;25532;Saône;212505325;3142;3210;2B;convention;25660;Saône"
WITHDRAW = ("quotes", "withdraw", NUMBER, "--reason", "Accord d'une autre commune")
CLOSE = ("quotes", "close", NUMBER, "--reason", "Projet abandonné")
REOPEN = ("quotes", "close", NUMBER, "--cancel", "--reason", "Projet repris")
ACCEPT = ("quotes", "accept", NUMBER, "--date")


@pytest.fixture
def accepted(voted: Path, cli: Cli) -> Path:
    """A quote of 3 half-days A and 3 B, accepted on 20 April."""
    cli.once(QUOTE)
    cli.once((*ACCEPT, "20/04/2025", "--by", "M. Petit"))
    return voted


@pytest.fixture
def done(accepted: Path, cli: Cli) -> Path:
    """2 half-days A and 1 B done: 2 × 255 + 186 = 696 €."""
    cli.once(note("12/05/2025", "A:2", "B:1"))
    return accepted


def leaves(folder: Path) -> None:
    """Saône is 2A from 1 July 2025."""
    path = folder / "data/communes.csv"
    head, *rows = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([f"{head};date_debut;date_fin", *(f"{r};;" for r in rows)]), "utf-8")
    later = ROW.replace(";2B;", ";2A;")
    edit(path, f"{ROW};;", f"{ROW};;30/06/2025\n{later};01/07/2025;")


def refused(answer: Told, *words: str) -> None:
    assert answer.code == 3
    assert [word for word in words if word not in answer.err.replace("\u00a0", " ")] == []
    assert "  À faire : " in answer.err


def test_an_answer_withdrawn_is_given_again(accepted: Path, cli: Cli) -> None:
    answer = cli(*WITHDRAW)
    assert answer.code == 0
    assert "Accord d'une autre commune" in answer.out
    assert f"mutualis quotes accept {NUMBER} --date" in answer.out
    assert (shown(cli)["state"], shown(cli)["answer"]) == ("expired", None)
    refused(cli(*WITHDRAW), "a déjà été retirée le")
    assert len(store.read_rows(accepted)) == 3
    assert cli("quotes", "decline", NUMBER, "--date", "21/04/2025").code == 0
    assert cli(*WITHDRAW).code == 0
    assert cli(*ACCEPT, "22/04/2025").code == 0
    assert (shown(cli)["state"], shown(cli)["answer"]["date"]) == ("accepted", "2025-04-22")
    assert cli("register", "verify").code == 0


def test_an_answer_that_something_followed_stays(done: Path, cli: Cli) -> None:
    refused(cli(*WITHDRAW), "du travail y est noté (rangs : 1)", "quotes done")
    assert cli(*BILL).code == 0
    refused(cli(*WITHDRAW), "F2025-0001 en facture le travail")
    assert cli("quotes", "done", NUMBER, "--cancel", "1", "--reason", "x").code == 0
    refused(cli(*WITHDRAW), "F2025-0001 en facture le travail")
    assert cli("credit", "F2025-0001", "--reason", "x").code == 0
    assert cli(*WITHDRAW).code == 0
    assert cli("register", "verify").code == 0


def test_a_mission_closed_is_billed_of_what_was_done(done: Path, cli: Cli) -> None:
    answer = cli(*CLOSE, "--date", "30/06/2025")
    assert answer.code == 0
    text = answer.out.replace("\u00a0", " ")
    assert "Clos le 30 juin 2025 : Projet abandonné" in text
    assert "Libéré : 1 demi-journée A, 2 demi-journées B" in text
    assert shown(cli)["committed"] == {"A": 2, "B": 1}
    refused(cli(*CLOSE, "--date", "30/06/2025"), "déjà clos depuis le 30 juin 2025")
    refused(cli(*note("20/06/2025", "A:1")), "est clos depuis le 30 juin 2025", "--cancel")
    assert shown(cli)["state"] == "to_invoice"
    assert cli(*BILL, "--json").json["total"] == "696.00"
    (listed,) = cli("quotes", "list", "--json").json["quotes"]
    assert (listed["state"], listed["closed"]) == (
        "closed",
        {"date": "2025-06-30", "reason": "Projet abandonné"},
    )
    assert " clos " in cli("quotes", "list").out
    assert cli("register", "verify").code == 0


def test_a_mission_closed_by_mistake_goes_on(done: Path, cli: Cli) -> None:
    assert cli(*CLOSE).code == 0
    assert cli(*REOPEN).code == 0
    refused(cli(*REOPEN), "a déjà été retirée le")
    assert cli(*note("20/06/2025", "A:1")).code == 0
    assert [w["what"] for w in shown(cli)["withdrawn"]] == ["closure"]
    assert cli("register", "verify").code == 0


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("11/05/2025", "précède le dernier travail noté, du 12 mai 2025"),
        ("19/04/2025", "précède l'accord de la commune, du 20 avril 2025"),
        ("31/12/2999", "est à venir"),
    ],
)
def test_days_on_which_nothing_closes(day: str, words: str, done: Path, cli: Cli) -> None:
    refused(cli(*CLOSE, "--date", day), words)
    assert shown(cli)["closed"] is None


def test_what_the_command_line_needs(accepted: Path, cli: Cli) -> None:
    for command in (("withdraw", NUMBER), ("close", NUMBER), ("close", NUMBER, "--cancel")):
        assert cli("quotes", *command).code == 2
    assert cli(*REOPEN, "--date", "30/06/2025").code == 2
    assert cli(*ACCEPT, "20/04/2025", "--act", " ").code == 2
    one = ("quotes", "done", NUMBER, "--cancel", "1", "--reason", "x", "--act", DECISION)
    assert cli(*one).code == 2


# --- who is no member any more -----------------------------------------------------------------


def test_a_commune_that_has_left_has_no_more_work(done: Path, cli: Cli) -> None:
    leaves(done)
    assert cli(*note("30/06/2025", "A:1")).code == 0
    why = "Saône n'est plus adhérente 2B depuis le 1er juillet 2025"
    refused(cli(*note("01/07/2025", "B:1")), why, "--act", "Rien n'a été noté")
    by_decision = (*note("01/07/2025", "B:1"), "--act", DECISION)
    assert cli(*by_decision).code == 0
    refused(cli(*by_decision), "déjà notées")
    works = shown(cli)["works"]
    assert [work["decision"] for work in works] == ["", "", DECISION]
    assert DECISION in cli("quotes", "show", NUMBER).out
    (book,) = (f for f in cli(*BILL, "--json").json["files"] if f.endswith(".xlsx"))
    assert f"hors adhésion, par décision : {DECISION}" in text_of(load_workbook(done / book))
    assert cli("register", "verify").code == 0


def test_a_commune_that_has_left_accepts_no_more(voted: Path, cli: Cli) -> None:
    assert cli(*QUOTE, "--valid-days", "200").code == 0
    leaves(voted)
    refused(cli(*ACCEPT, "02/07/2025"), "n'est plus adhérente 2B depuis le 1er juillet 2025")
    refused(cli(*ACCEPT, "30/06/2025", "--act", DECISION), "aucune décision n'est à noter")
    assert cli(*ACCEPT, "02/07/2025", "--act", DECISION).code == 0
    assert shown(cli)["answer"]["decision"] == DECISION
    assert f"par décision : {DECISION}" in cli("quotes", "show", NUMBER).out
    refused(cli(*ACCEPT, "02/07/2025"), "a déjà été accepté")
    assert cli("register", "verify").code == 0


def test_it_may_decline_and_end(accepted: Path, cli: Cli) -> None:
    """Nothing of that is for members: the files are not even read."""
    leaves(accepted)
    (accepted / "data/communes.csv").write_text("rien\n", "utf-8")
    assert cli(*CLOSE).code == 0
    assert cli(*REOPEN).code == 0
    assert cli(*WITHDRAW).code == 0
    assert cli("quotes", "decline", NUMBER).code == 0


def test_a_row_that_is_missing(accepted: Path, cli: Cli) -> None:
    path = accepted / "data/communes.csv"
    kept = [line for line in path.read_text("utf-8-sig").splitlines() if "2026;25532" not in line]
    path.write_text("\n".join(kept), "utf-8")
    refused(cli(*note("10/01/2026", "A:1")), "Saône n'a pas de ligne en 2026")


def test_the_files_that_tell_who_is_a_member(accepted: Path, cli: Cli) -> None:
    """An error in another file changes nothing; one in these two stops."""
    (accepted / "data/cpi.csv").write_text("rien\n", "utf-8")
    assert cli(*note("12/05/2025", "A:1")).code == 0
    (accepted / "data/communes.csv").write_text("rien\n", "utf-8")
    answer = cli(*note("13/05/2025", "A:1"))
    assert (answer.code, "erreur[C" in answer.err) == (1, True)


# --- proof -------------------------------------------------------------------------------------


FORGED: dict[str, tuple[Callable[[], Record], str]] = {
    "answer": (lambda: AnswerWithdrawn(ACT, NUMBER, "x"), "en facture le travail"),
    "work": (
        lambda: WorkDone(ACT, NUMBER, Work(2, date(2025, 5, 13), "x", {"A": 1})),
        "est clos depuis",
    ),
    "closed": (
        lambda: MissionClosed(ACT, NUMBER, date(2025, 6, 30), "x"),
        "est déjà clos depuis",
    ),
    "nowhere": (lambda: ClosureWithdrawn(ACT, "D2025-0009", "x"), "Aucun devis D2025-0009"),
    "unsaid": (lambda: ClosureWithdrawn(ACT, NUMBER, ""), "a un motif"),
}


@pytest.mark.parametrize("what", FORGED)
def test_forged_rows_are_found(what: str, done: Path, cli: Cli) -> None:
    make, words = FORGED[what]
    assert cli(*BILL, "--date", "20/01/2026").code == 0
    assert cli(*CLOSE, "--date", "20/01/2026").code == 0
    assert cli("register", "verify").code == 0
    store.append(done, lambda _: (make(),))
    answer = cli("register", "verify", "--json")
    assert answer.code == 1
    why = {finding["why"]: finding["row"] for finding in answer.json["findings"]}
    assert [row for text, row in why.items() if words in text] == [7]
