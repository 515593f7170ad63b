"""The rows that follow those of ../account in register.db, as the program of then wrote them.

    PYTHONPATH=src:tests/domain/register python tests/registers/wealth/make_wealth.py FOLDER

It is a record: a later program writes other rows, and register.db is never written anew. Communes,
acts, wealth and amounts are invented.
"""

import runpy
import shutil
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.issuer.issuer import Signatory
from mutualis.domain.register.balance import recorded_movements
from mutualis.domain.tariffs.grid import IndexationRule, IndexedFrom
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace
from mutualis.files.workspace import load
from mutualis.register import store

REGISTERS = Path(__file__).parents[1]
BEFORE = runpy.run_path(str(REGISTERS / "account/make.py"))
DECISION = "Délibération fictive n° 15 du 30/06/2026"
COEFFICIENT = Wealth(Decimal("912.50"), floor=Decimal("0.75"), ceiling=Decimal("1.25"))
INDICES = (Decimal("98.04"), Decimal("99.17"))  # fictitious
ORIGIN = IndexedFrom(
    2024,
    "2024-12",
    Decimal("1.152591"),
    "ensemble",
    IndexationRule("ensemble", 2024, rate="computed"),
    INDICES,
)
SIGNATORY = Signatory("Odile Exemple", "La Présidente", "Arrêté fictif", date(2026, 1, 1), None)
LAST = {"99901": 20, "99902": 105, "99903": -190, "99904": 20, "99912": 5}


def weighted(life) -> None:  # type: ignore[no-untyped-def]
    """From now on each fee follows wealth, in a grid that came from two indices."""
    grid = life.tariffs.grids[2025]
    levels = {
        code: replace(level, wealth=COEFFICIENT) if level.is_priced else level
        for code, level in grid.levels.items()
    }
    issuer = replace(life.workspace.issuer, signatories=(SIGNATORY,))
    life.workspace = replace(life.workspace, issuer=issuer)
    own = replace(grid, levels=levels, indexed_from=ORIGIN)
    life.tariffs = replace(life.tariffs, grids={**life.tariffs.grids, 2025: own})


def with_wealth(row: CommuneYear, each: int) -> CommuneYear:
    """From 700 to 1 100 euros an inhabitant, by the code, and `each` more."""
    wealth = row.municipal_population * (700 + each + int(row.code_insee) % 5 * 100)
    return replace(
        row,
        financial_potential=Decimal(wealth),
        level_source="Acte fictif n° 4",
        level_day=date(2024, 1, 5),
    )


def live(life) -> None:  # type: ignore[no-untyped-def]
    moves = list(recorded_movements(life.ledger))

    def bill(more: dict[str, int], each: int, adopted: str = "") -> None:
        rows = BEFORE["rows"](life, more, withheld="99906")
        life.bill([with_wealth(row, each) for row in rows], moves, adopted=adopted)

    weighted(life)
    bill(LAST, 0, adopted=DECISION)
    bill({**LAST, "99901": -90, "99902": 150, "99904": -60, "99906": 40}, 150)
    bill({**LAST, "99901": 120, "99902": -20}, -40)


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
