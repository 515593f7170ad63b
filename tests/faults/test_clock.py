"""A machine whose clock is wrong: nothing is recorded under a date that nobody typed."""

from datetime import date
from pathlib import Path

import pytest

from conftest import Cli, Clock
from mutualis.register import store

ISSUE = ("bill", "2025", "--issue", "--yes")
QUOTE = ("quote", "Saône", "--line", "A:1:Étude d'exemple", "--year", "2025")


def test_a_first_document(small: Path, cli: Cli, clock: Clock) -> None:
    clock.day = date(2035, 3, 1)
    answer = cli(*ISSUE)
    assert answer.code == 3
    assert "L'horloge de cette machine donne le 1er mars 2035" in answer.err.replace("\u00a0", " ")
    assert "--date 01/03/2035" in answer.err
    assert not (small / "register.db").exists()
    assert cli("bill", "2025").code == 0  # a draft is dated by the clock, and records nothing
    clock.day = date(1980, 1, 1)
    assert cli(*ISSUE).code == 3
    assert "régler l'horloge" in cli(*ISSUE, "--date", "15/01/2025").err


@pytest.mark.parametrize(
    "command",
    [
        (*ISSUE, "--regularise"),
        ("bill", "2025", "--quotes", "--issue", "--yes"),
        ("credit", "F2025-0001", "--reason", "Motif d'exemple"),
        QUOTE,
    ],
)
def test_what_would_block_the_register(
    command: tuple[str, ...], small: Path, cli: Cli, clock: Clock
) -> None:
    cli.once(ISSUE)
    rows = len(store.read_ledger(small).records)
    clock.day = date(2035, 3, 1)
    answer = cli(*command)
    assert answer.code == 3
    assert "plus de 400 jours après le dernier document (10 février 2026)" in answer.err.replace(
        "\u00a0", " "
    )
    assert len(store.read_ledger(small).records) == rows


def test_a_typed_date_confirms(small: Path, cli: Cli, clock: Clock) -> None:
    cli.once(ISSUE)
    clock.day = date(2035, 3, 1)
    credit = ("credit", "F2025-0001", "--reason", "Motif d'exemple")
    assert cli(*credit, "--date", "01/03/2035").code == 0


def test_what_blocks_nothing_is_told(small: Path, cli: Cli, clock: Clock) -> None:
    cli.once(ISSUE)
    assert "horloge" not in cli("register", "backup", "une.db").err
    clock.day = date(2035, 3, 1)
    for command in (
        ("register", "backup", "autre.db"),
        ("register", "titres", "F2025-0001", "1234", "--exercice", "2026"),
        ("register", "export"),
    ):
        answer = cli(*command)
        assert answer.code == 0
        assert "avertissement : L'horloge de cette machine" in answer.err
        assert "ce qui est noté porte cette date" in answer.err
    assert "horloge" not in cli("register", "export", "--dry-run").err
    # Once the clock is right again, what was noted under its date leaves the register usable.
    clock.day = date(2026, 2, 10)
    assert cli("register", "verify").code == 0
    assert cli("register", "seal").code == 0
