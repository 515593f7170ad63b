"""Whole lives of a fee that was corrected: amounts by hand, at 0,38 € (2A) and 3,28 € (2B).

Communes and people are invented for the example. Saône (3 142 inhabitants, 2A) owes 1 193,96 €,
Amagney (937, 2B) 3 073,36 €.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from conftest import Cli, Clock, edit
from mutualis.register import store

WHY = ("--reason", "Motif d'exemple")
VOTE = ("--act", "Délibération d'exemple n° 3")


@pytest.fixture(autouse=True)
def late(clock: Clock) -> None:
    clock.day = date(2026, 7, 1)


def issue(cli: Cli, day: str, *options: str) -> list[tuple[str, str]]:
    """What an issue of 2025 adds: numbers and amounts."""
    command = ("bill", "2025", "--issue", "--yes", "--json", "--date", day, *options)
    answer = cli(*command)
    assert answer.code == 0, answer.err
    return [(d["number"], d["amount"]) for d in answer.json["documents"]]


def balance(folder: Path, numbers: Sequence[str]) -> list[str]:
    ledger = store.read_ledger(folder)
    return [str(ledger.remaining(number)) for number in numbers]


@pytest.fixture
def issued(small: Path, cli: Cli) -> Path:
    """F2025-0001 Amagney 3 073,36, F2025-0002 Saône 1 193,96."""
    made = issue(cli, "15/01/2026")
    assert made == [("F2025-0001", "3073.36"), ("F2025-0002", "1193.96")]
    return small


def level(folder: Path, name: str, before: str, after: str) -> None:
    """Change the 2025 level of a commune."""
    path = folder / "data/communes.csv"
    lines = path.read_text("utf-8").split("\n")
    (at,) = (n for n, line in enumerate(lines) if line.startswith("2025;") and name in line)
    assert f";{before};25900;" in lines[at]
    lines[at] = lines[at].replace(f";{before};25900;", f";{after};25900;")
    path.write_text("\n".join(lines), "utf-8", newline="")


def test_a_remise_is_never_billed_back(issued: Path, cli: Cli) -> None:
    """A gesture on Amagney, then a rise of Saône to 2B: 7 048,00 - 1 193,96."""
    credit = cli(
        *("credit", "F2025-0001", "--remise", "120,50", *VOTE, *WHY, "--date", "20/01/2026"),
        "--json",
    )
    assert credit.code == 0, credit.err
    assert {
        key: credit.json[key] for key in ("number", "kind", "nature", "amount", "remaining")
    } == {
        "number": "A2025-0001",
        "kind": "credit",
        "nature": "remise",
        "amount": "-120.50",
        "remaining": "2952.86",
    }
    assert issue(cli, "10/06/2026") == []
    level(issued, "Saône", "2A", "2B")
    assert issue(cli, "20/06/2026", "--regularise") == [("F2025-0003", "5854.04")]
    assert issue(cli, "21/06/2026", "--regularise") == []
    assert balance(issued, ["F2025-0001", "F2025-0002", "F2025-0003"]) == [
        *("2952.86", "1193.96", "5854.04")
    ]


def test_a_remise_withdrawn_is_due_again(issued: Path, cli: Cli) -> None:
    cli("credit", "F2025-0001", "--remise", "120,50", *VOTE, *WHY, "--date", "20/01/2026")
    answer = cli("credit", "A2025-0001", "--withdraw", *VOTE, "--date", "21/01/2026")
    assert answer.code == 0, answer.err
    assert "Remise A2025-0001 retirée : 120,50\u00a0€ (Amagney)" in answer.out
    assert "Ensuite : mutualis bill 2025" in answer.out
    assert issue(cli, "22/01/2026", "--regularise") == [("F2025-0003", "120.50")]
    assert issue(cli, "22/01/2026", "--regularise") == []


def test_cancelled_and_issued_again(issued: Path, cli: Cli) -> None:
    answer = cli("credit", "F2025-0001", *WHY, "--date", "20/01/2026")
    assert "Reste sur F2025-0001 : 0,00" in answer.out
    assert "Ensuite : mutualis bill 2025" in answer.out
    assert issue(cli, "21/01/2026", "--regularise") == [("F2025-0003", "3073.36")]
    assert store.read_ledger(issued).documents[-1].refers_to is None


def test_what_would_replace_is_below_the_minimum(issued: Path, cli: Cli) -> None:
    """Saône goes up to 2B at 1 000 inhabitants: 3 280,00, of which 1 193,96 are invoiced and
    2 086,04 completed. At 640 inhabitants it owes 2 099,20: 13,16 € without the first invoice."""
    level(issued, "Saône", "2A", "2B")
    edit(issued / "data/communes.csv", ";3142;3213;", ";1000;1010;")
    assert issue(cli, "20/01/2026", "--regularise") == [("F2025-0003", "2086.04")]
    edit(issued / "data/communes.csv", ";1000;1010;", ";640;650;")
    credit = ("credit", "F2025-0002", *WHY, "--replace", "--date", "21/01/2026")
    answer = cli(*credit)
    assert answer.code == 0, answer.err
    assert "Rien à sa place : 13,16\u00a0€ restent dus, sous le minimum" in answer.out
    assert balance(issued, ["F2025-0002", "F2025-0003"]) == ["0.00", "2086.04"]
    assert len(store.read_ledger(issued).batches) == 2
    assert issue(cli, "22/01/2026", "--regularise") == []


def test_a_statement_cancelled_then_invoiced(small: Path, cli: Cli) -> None:
    """Amagney's fee is withheld; a remise of 73,36; then it is to be invoiced."""
    path = small / "data/communes.csv"
    rows = path.read_text("utf-8").split("\n")
    rows[0] += ";reglement"
    rows[1] += ";AC"
    path.write_text("\n".join(rows), "utf-8", newline="")
    assert issue(cli, "15/01/2026") == [("F2025-0001", "1193.96"), ("R2025-0001", "3073.36")]
    grant = ("credit", "R2025-0001", "--remise", "73,36", *VOTE, *WHY, "--date", "16/01/2026")
    remise = cli(*grant, "--json").json
    assert (remise["number"], remise["kind"]) == ("R2025-0002", "statement")
    edit(path, ";AC\n", ";titre\n")
    answer = cli("credit", "R2025-0001", *WHY, "--replace", "--date", "17/01/2026")
    assert answer.code == 0, answer.err
    assert "Relevé rectificatif R2025-0003 : -3\u00a0000,00\u00a0€ sur le relevé" in answer.out
    assert "Facture F2025-0002 à sa place : 3\u00a0000,00\u00a0€" in answer.out
    assert balance(small, ["R2025-0001", "F2025-0002"]) == ["0.00", "3000.00"]
    assert issue(cli, "18/01/2026", "--regularise") == []
