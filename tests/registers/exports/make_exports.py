"""The rows that follow those of ../account in register.db, as the program of then wrote them.

    PYTHONPATH=src:tests/domain/register:tests/registers/account \\
        python tests/registers/exports/make_exports.py FOLDER

It is a record: a later program writes other rows, and register.db is never written anew. Titres,
codes and amounts are invented.
"""

import shutil
import sys
from datetime import date
from pathlib import Path

from make import DECISION, HISTORY, Dated, rows

from mutualis.domain.kinds import ExportKind
from mutualis.domain.register.balance import with_recorded
from mutualis.domain.register.export_rows import to_export
from mutualis.domain.register.records import Exported, Titre
from mutualis.domain.value import replace
from mutualis.files.workspace import load
from mutualis.register import store

ACCOUNT = Path(__file__).parents[1] / "account"
RISEN = {"99901": 120, "99902": 205, "99903": -90, "99904": 80, "99912": 5}
FALLEN = {"99901": 60, "99902": 105, "99903": -190, "99904": 20, "99912": 5}


def billed(life: Dated, more: dict[str, int]) -> None:
    """What is due for populations that moved; each commune has its code in the finance software."""
    moves = with_recorded(life.ledger, life.communes.movements).rows
    known = [replace(row, debtor_code=f"C{row.code_insee}") for row in rows(life, more, "99906")]
    life.bill(known, moves)


def exported(life: Dated, what: ExportKind, file: str) -> None:
    numbers = to_export(what, life.ledger).numbers
    life.add((Exported(life.act, what, file, numbers),))


def answered(life: Dated, number: str, titre: str, day: date) -> None:
    siren = life.ledger.by_number[number].commune.siren
    life.add((Titre(life.act, number, day.year, titre, "61", day, siren),))


def live(life: Dated) -> None:
    billed(life, RISEN)
    exported(life, ExportKind.TITRES, "out/export-a-titrer-01.csv")
    last = life.ledger.finance.exports(ExportKind.TITRES)[-1].documents
    for rank, number in enumerate(last[:3]):
        answered(life, number, str(301 + rank), date(2026, 7, 2))
    answered(life, last[0], "304", date(2026, 7, 2))
    life.credit(last[1], "10", DECISION)
    billed(life, FALLEN)
    exported(life, ExportKind.REDUCTIONS, "out/export-reductions-01.csv")
    reduced = life.ledger.finance.exports(ExportKind.REDUCTIONS)[-1].documents
    answered(life, reduced[0], "12", date(2026, 7, 9))


def main(folder: Path) -> None:
    shutil.copy(ACCOUNT / store.NAME, folder / store.NAME)
    workspace = load(HISTORY).workspace
    assert workspace is not None
    layout = workspace.issuer.export
    columns = (("Budget", ""), *layout.columns, ("Code tiers", "debtor_code"))
    layout = replace(layout, columns=columns, constants={"Budget": "01"})
    workspace = replace(workspace, issuer=replace(workspace.issuer, export=layout))
    before = store.read_ledger(folder).records
    life = Dated(workspace, workspace.tariffs, before, workspace.communes, date(2026, 7, 1))
    live(life)
    store.append(folder, lambda _: life.records[len(before) :])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
