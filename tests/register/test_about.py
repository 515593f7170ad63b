"""What is read about a commune says of it what the whole register says; the rest is not read."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from test_account_history import ALL
from test_history import HISTORY

from conftest import Cli
from mutualis.cli.screens.register.documents import entry
from mutualis.domain.communes.movements import Movements
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.balance import recorded_movements, with_recorded
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Numbered
from mutualis.domain.value import replace
from mutualis.register import about, store
from mutualis.workflows import register_list
from mutualis.workflows.register_list import is_open, read_about

DAY = date(2026, 12, 31)
TITRES = (("register", "titres", "F2025-0001", "12", "--exercice", "2026"),)


def told(ledger: Ledger, code: str, movements: Movements) -> list[object]:
    """What `register list` says of a commune."""
    return [
        (
            entry(document, ledger),
            is_open(document, ledger, DAY),
            isinstance(document, CreditNote) or ledger.remaining(document.number),
            document.number in ledger.finance.unanswered,
        )
        for document in register_list.all_documents(ledger)
        if code in concerned(document, movements)
    ]


def concerned(document: Numbered, movements: Movements) -> set[str | None]:
    row = document.commune if isinstance(document, IssuedQuote) else document.row
    debtor = document.commune.code_insee
    return {row.code_insee, debtor, movements.heir(debtor, document.act.day, DAY)}


@pytest.mark.parametrize("register", [HISTORY, *ALL], ids=lambda path: path.name)
def test_the_part_says_what_the_whole_says(register: Path, tmp_path: Path) -> None:
    shutil.copy(register / store.NAME, tmp_path)
    whole = store.read_ledger(tmp_path)
    movements = with_recorded(whole, Movements())
    communes = {
        code
        for document in register_list.all_documents(whole)
        for code in concerned(document, movements)
        if code is not None
    }
    assert len(communes) > 5
    for code in sorted(communes):
        part, known = read_about(tmp_path, code, Movements())
        assert told(part, code, known) == told(whole, code, movements), code
        assert part.batches == whole.batches


@pytest.mark.parametrize("where", [about.OF_EVERYONE, about.ABOUT, about.BILLED_TO, about.NUMBERED])
def test_no_query_goes_through_all_rows(where: str, small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    with closing(sqlite3.connect(small / store.NAME)) as database:
        keys = ("[]",) if "?" in where else ()
        query = f"EXPLAIN QUERY PLAN SELECT content FROM entries WHERE {where}"
        plan = [row[3] for row in database.execute(query, keys)]
    step = next(step for step in plan if "entries" in step)
    assert step.startswith("SEARCH entries USING INDEX")


def test_only_its_rows_are_read(voted: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    cli("register", "titres", "F2025-0001", "12", "--exercice", "2026")
    cli("register", "titres", "F2025-0002", "13", "--exercice", "2026")
    whole = store.read_ledger(voted)
    own = whole.documents[0].commune.code_insee
    part = store.read_about(voted, [own])
    assert part.records == (whole.records[0], whole.documents[0], whole.titres[0])


@pytest.mark.parametrize("register", ALL, ids=lambda path: path.name)
def test_an_account_reads_what_tells_of_others_but_not_their_invoices(
    register: Path, tmp_path: Path
) -> None:
    """Quotes say whose interventions are, batches and credits whose documents."""
    shutil.copy(register / store.NAME, tmp_path)
    whole = store.read_ledger(tmp_path)
    own = whole.memberships[0].commune.code_insee
    part = store.read_about(tmp_path, [own], about.FOR_AN_ACCOUNT)
    assert part.missions.communes == whole.missions.communes
    assert part.batches == whole.batches
    assert recorded_movements(part) == recorded_movements(whole)
    left = [record for record in whole.records if record not in part.records]
    invoices = [record for record in left if isinstance(record, Claim)]
    assert len(invoices) > 5
    assert own not in {claim.commune.code_insee for claim in invoices}


def test_what_a_document_names_is_read_with_it(small: Path, cli: Cli) -> None:
    """A credit that was made out to another commune than its claim, whatever the reason."""
    cli.once(
        ("bill", "2025", "--issue", "--yes"), ("credit", "F2025-0001", "--reason", "x"), *TITRES
    )
    batch, invoice, other, credit, titre = store.read_ledger(small).records
    assert isinstance(credit, CreditNote)
    elsewhere = replace(credit, commune=replace(credit.commune, code_insee="99999"))
    (small / store.NAME).unlink()
    store.append(small, lambda _: (batch, invoice, other, elsewhere, titre))
    assert store.read_about(small, ["99999"]).records == (batch, invoice, elsewhere, titre)
