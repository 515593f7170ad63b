"""The rows that follow those of ../account in register.db, as the program of then wrote them.

    PYTHONPATH=src:tests/domain/register python tests/registers/shared/make_shared.py FOLDER

It is a record: a later program writes other rows, and register.db is never written anew. Communes,
acts and amounts are invented.
"""

import runpy
import shutil
import sys
from datetime import date
from pathlib import Path

from mutualis.domain.issuer.legal import Legal, Regime
from mutualis.domain.register.balance import recorded_movements
from mutualis.domain.value import replace
from mutualis.files.workspace import load
from mutualis.register import store

REGISTERS = Path(__file__).parents[1]
BEFORE = runpy.run_path(str(REGISTERS / "account/make.py"))
SIGNED = date(2024, 12, 19)
TAXED = runpy.run_path(str(REGISTERS / "vat/make_vat.py"))


def live(life) -> None:  # type: ignore[no-untyped-def]
    """Two batches, remises, a quote and its invoice: each in what it shares with the others."""
    moves = list(recorded_movements(life.ledger))
    TAXED["ruled"](life, TAXED["FULL"])
    last = life.workspace.issuer.signatories[-1]
    issuer = replace(
        life.workspace.issuer,
        signatories=(replace(last, end=None),),
        appeal="Recours fictif",
        legal=Legal(Regime.AGREED, "Texte fictif", "Acte fictif", {2025: "Décret fictif"}),
    )
    life.workspace = replace(life.workspace, issuer=issuer)
    for more, adopted in ((TAXED["LAST"], TAXED["DECISION"]), ({"99902": 150, "99906": 40}, "")):
        rows = BEFORE["rows"](life, {**TAXED["LAST"], **more}, withheld="99906")
        own = [replace(row, level_source="Convention fictive", level_day=SIGNED) for row in rows]
        life.bill(own, moves, adopted=adopted)
        TAXED["_credited"](life)
    TAXED["_mission"](life)


def main(folder: Path) -> None:
    shutil.copy(REGISTERS / "account" / store.NAME, folder / store.NAME)
    workspace = load(REGISTERS / "history").workspace
    assert workspace is not None
    before = store.read_ledger(folder).records
    day = date(2026, 7, 1)
    life = BEFORE["Dated"](workspace, workspace.tariffs, before, workspace.communes, day)
    live(life)
    assert life.findings == []
    store.append(folder, lambda _: life.records[len(before) :])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
