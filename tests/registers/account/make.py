"""The rows that follow those of ../history in register.db, as the program of then wrote them.

    PYTHONPATH=src:tests/domain/register python tests/registers/account/make.py FOLDER

It is a record: a later program writes other rows, and register.db is never written anew. Communes,
movements, acts and amounts are invented.
"""

import shutil
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from lives import Life

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import CommuneYear, Settlement
from mutualis.domain.communes.movements import Movement, MovementKind
from mutualis.domain.kinds import Nature
from mutualis.domain.problems.problem import Source
from mutualis.domain.value import replace
from mutualis.files.workspace import load
from mutualis.register import store

HISTORY = Path(__file__).parents[1] / "history"
DECISION = "Délibération fictive n° 9 du 28/05/2026"


class Dated(Life):
    """A life whose acts say who did them, from which files."""

    @property
    def act(self) -> Act:
        return Act(self.day, "Odile Exemple", "0.2.0", "a5" * 32)


def rows(life: Life, more: dict[str, int], withheld: str = "") -> list[CommuneYear]:
    """The rows of the file, populations of 2025 moved, one commune withheld; and the row of 2026
    of the one that gets another code, for what merges into it."""
    own = life.workspace.communes.rows
    amont = next(row for row in reversed(own) if row.code_insee == "99901")
    since = replace(amont, year=2026, code_insee="99913", start=date(2026, 6, 10), end=None)
    return [*(moved(row, more.get(row.code_insee, 0), withheld) for row in own), since]


def moved(row: CommuneYear, more: int, withheld: str) -> CommuneYear:
    if row.year != 2025:
        return row
    return replace(
        row,
        municipal_population=row.municipal_population + more,
        total_population=row.total_population + more,
        settlement=Settlement.AC if row.code_insee == withheld else row.settlement,
    )


def becomes(day: int, kind: MovementKind, before: str, after: str, name: str) -> Movement:
    line = f"2026-06-{day};{kind};{before};;{after};;exemple"
    where = Source("data/movements.csv", 4, 3, "C4", "code_avant", line, 20, 5)
    return Movement(date(2026, 6, day), kind, before, name, after, name, "Arrêté fictif", where)


def live(life: Life) -> None:
    # What was partly credited before is told apart.
    for credit, nature in (
        ("A2024-0001", Nature.REMISE),
        ("A2024-0002", Nature.CORRECTION),
        ("AV2024-001", Nature.REMISE),
        ("AV2025-002", Nature.CORRECTION),
    ):
        life.qualify(credit, nature, DECISION if nature is Nature.REMISE else "")
    # Remises, then rises: a statement and an invoice that complete older documents.
    life.credit("FAC/2025/002", "120", DECISION)
    life.credit("lot 4/99904", "30", DECISION)
    moves = list(life.communes.movements.rows)
    life.bill(rows(life, {"99901": 90, "99902": 3, "99904": 60, "99906": -40}), moves)
    # Two communes get another code, one merges: the next documents are made out to them.
    life.day = date(2026, 6, 15)
    moves += [
        becomes(10, MovementKind.NEW_CODE, "99901", "99913", "Amont-le-Fictif"),
        becomes(10, MovementKind.NEW_CODE, "99903", "99914", "Combe-le-Fictif"),
        becomes(10, MovementKind.MERGER, "99912", "99902", "Bourg-le-Fictif"),
    ]
    life.bill(rows(life, {"99901": 250, "99902": 90, "99903": 80, "99904": 60}), moves)
    life.credit("R2025-0002", "15", DECISION)
    withdrawn = life.credit("FAC/2025/001", "25", DECISION)
    life.withdraw(withdrawn.number, DECISION)
    # A fall, with settings that an act adopts.
    life.tariffs = replace(life.tariffs, minimum_recovery=Decimal("25.5"))
    fallen = {"99901": -90, "99902": 95, "99903": -200, "99904": -60}
    life.bill(rows(life, fallen), moves, adopted=DECISION)
    # A merger of two communes withheld, another one withheld from now on, small rises.
    life.day = date(2026, 6, 20)
    moves.append(becomes(18, MovementKind.MERGER, "99904", "99913", "Amont-le-Fictif"))
    risen = {"99901": 20, "99902": 105, "99903": -190, "99904": 20, "99912": 5}
    life.bill(rows(life, risen, withheld="99906"), moves)


def main(folder: Path) -> None:
    shutil.copy(HISTORY / store.NAME, folder / store.NAME)
    workspace = load(HISTORY).workspace
    assert workspace is not None
    before = store.read_ledger(folder).records
    life = Dated(workspace, workspace.tariffs, before, workspace.communes, date(2026, 6, 1))
    live(life)
    store.append(folder, lambda _: life.records[len(before) :])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
