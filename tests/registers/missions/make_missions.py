"""The rows that follow those of ../account in register.db, as the program of then wrote them.

    PYTHONPATH=src python tests/registers/missions/make_missions.py FOLDER

It is a record: a later program writes other rows, and register.db is never written anew. The
quotes, reasons and acts are invented.
"""

import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct, field

from mutualis.domain.act import Act
from mutualis.domain.communes.debtors import Known
from mutualis.domain.issuing.batch import make_mission_batch, number_missions, number_quote
from mutualis.domain.issuing.credit_note import TakenOff, make_credit
from mutualis.domain.issuing.mission_batch import plan_missions
from mutualis.domain.kinds import Nature
from mutualis.domain.missions.rules import check_record
from mutualis.domain.quotes.quote import Quote, WantedLine, price_lines
from mutualis.domain.quotes.records import (
    Answer,
    AnswerWithdrawn,
    ClosureWithdrawn,
    MissionClosed,
    WorkDone,
)
from mutualis.domain.quotes.work_done import Work
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record
from mutualis.domain.workspace import Workspace
from mutualis.files.workspace import load
from mutualis.register import store

ACCOUNT = Path(__file__).parents[1] / "account"
HISTORY = Path(__file__).parents[1] / "history"
DECISION = "Délibération fictive n° 12 du 30/06/2026"
COMMUNE, YEAR = "99902", 2026


class Desk(Struct):
    """Each record is a day later than the one before."""

    workspace: Workspace
    ledger: Ledger
    day: date = date(2026, 7, 1)
    added: list[Record] = field(default_factory=list)

    @property
    def act(self) -> Act:
        return Act(self.day, "Odile Exemple", "0.2.0", "a5" * 32)

    def add(self, *records: Record) -> None:
        for record in records:
            check_record(self.ledger.missions, record)
            self.added.append(record)
            self.ledger = Ledger((*self.ledger.records, record))
        self.day += timedelta(days=1)

    def quote(self) -> str:
        grid = self.workspace.tariffs.grids[YEAR]
        level = grid.on_quote
        assert level is not None
        rows = self.workspace.communes.of_year(YEAR)
        commune = next(row for row in rows if row.code_insee == COMMUNE)
        lines = price_lines([WantedLine("A", "4", "Cadrage fictif")], level, grid)
        end = self.day + timedelta(days=60)
        wanted = Quote(None, YEAR, self.day, end, commune, grid, "Conseil", "Fictif", lines)
        issued = number_quote(wanted, self.workspace.issuer, self.act, self.ledger)
        self.add(issued)
        return issued.number

    def bill(self) -> str:
        own = self.workspace
        plan = plan_missions(own.communes, own.tariffs, self.ledger, YEAR, self.day)
        batch = make_mission_batch(
            plan, self.ledger, own.tariffs, own.issuer, self.act, YEAR, own.movements
        )
        invoices = number_missions(plan, batch, self.ledger)
        self.add(batch, *invoices)
        return invoices[-1].number

    def credit(self, number: str) -> None:
        claim = self.ledger.claim(number)
        assert claim is not None
        off = TakenOff(None, Nature.CORRECTION, "Essai fictif")
        known = Known(self.day, self.workspace.movements)
        self.add(
            make_credit(
                claim,
                off,
                self.ledger,
                self.workspace.issuer,
                self.act,
                known,
                person=claim.commune,
                exercice=YEAR,
            )
        )


def live(desk: Desk) -> None:
    number = desk.quote()
    desk.add(Answer(desk.act, number, False, desk.day, "Mme Fictive"))
    desk.add(AnswerWithdrawn(desk.act, number, "Refus d'une autre commune (fictif)"))
    desk.add(Answer(desk.act, number, True, desk.day, "Mme Fictive", DECISION))
    desk.add(WorkDone(desk.act, number, Work(1, desk.day, "M. Fictif", {"A": 1}, DECISION)))
    desk.add(MissionClosed(desk.act, number, desk.day, "Projet abandonné (fictif)"))
    desk.add(ClosureWithdrawn(desk.act, number, "Projet repris (fictif)"))
    desk.add(WorkDone(desk.act, number, Work(2, desk.day, "M. Fictif", {"A": 1}, DECISION)))
    desk.add(MissionClosed(desk.act, number, desk.day, "Projet abandonné (fictif)"))
    desk.credit(desk.bill())


def main(folder: Path) -> None:
    shutil.copy(ACCOUNT / store.NAME, folder / store.NAME)
    workspace = load(HISTORY).workspace
    assert workspace is not None
    desk = Desk(workspace, store.read_ledger(folder))
    live(desk)
    store.append(folder, lambda _: desk.added)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
