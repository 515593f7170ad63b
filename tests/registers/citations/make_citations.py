"""The rows that follow those of ../titres in register.db, as the program of then wrote them.

    PYTHONPATH=src:tests/domain/register python tests/registers/citations/make_citations.py FOLDER

It is a record: a later program writes other rows, and register.db is never written anew. Communes,
texts, acts and amounts are invented.
"""

import shutil
import sys
from datetime import date
from pathlib import Path

from lives import Life

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes, CommuneYear, Settlement
from mutualis.domain.communes.debtors import Known
from mutualis.domain.invoices.invoice import Claim, MissionInvoice
from mutualis.domain.issuer.legal import Legal, Regime
from mutualis.domain.issuing.batch import make_mission_batch, number_missions, records_of
from mutualis.domain.issuing.credit_note import TakenOff, make_credit, person_owing
from mutualis.domain.issuing.mission_batch import plan_replacement
from mutualis.domain.issuing.replacement import in_place_of, plan_of_replacement
from mutualis.domain.issuing.settings import tariffs_of_year
from mutualis.domain.kinds import Nature
from mutualis.domain.memberships.plan import Selection
from mutualis.domain.register.balance import with_recorded
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.value import replace
from mutualis.files.workspace import load
from mutualis.register import store

REGISTERS = Path(__file__).parents[1]
LEGAL = Legal(
    Regime.SHARED,
    "Convention fictive du 12/03/2024",
    "Délibération fictive n° 7 du 03/02/2024",
    {2025: "Décret fictif du 30/12/2024"},
)
APPEAL = "Recours fictif dans les deux mois"
SOURCE, LAVOIR, PONT = "99920", "99921", "99922"
WRONG = TakenOff(None, Nature.CORRECTION, "Adresse fausse (essai)")


class Citing(Life):
    """A life whose acts say who did them, from which files."""

    @property
    def act(self) -> Act:
        return Act(self.day, "Odile Exemple", "0.3.0", "b6" * 32)


def new_rows(life: Life) -> list[CommuneYear]:
    """Three communes that join: the act of each has its date; one is withheld, one pays too little
    to be claimed."""
    model = next(row for row in life.workspace.communes.rows if row.code_insee == "99902")
    one = replace(
        model,
        year=2025,
        code_insee=SOURCE,
        name="Source-le-Fictif",
        siren="999000201",
        level="2B",
        level_source="Acte fictif n° 4",
        level_day=date(2024, 1, 5),
    )
    two = replace(one, code_insee=LAVOIR, name="Lavoir-le-Fictif", siren="999000219")
    few = replace(one, municipal_population=2, total_population=2)
    return [
        one,
        replace(two, settlement=Settlement.AC),
        replace(few, code_insee=PONT, name="Pont-le-Fictif", siren="999000227"),
    ]


def replaced(life: Life, number: str, rows: list[CommuneYear]) -> None:
    """What `credit --replace` adds, for rows of the file as they are by now."""
    ledger, issuer, act = life.ledger, life.workspace.issuer, life.act
    claim = ledger.claim(number)
    assert claim is not None
    communes = Communes.of(rows, movements=with_recorded(ledger, life.communes.movements))
    known, person = Known.of(communes, 2025, life.day), person_owing(claim, communes, life.day)
    credit = make_credit(claim, WRONG, ledger, issuer, act, known, person=person, exercice=2026)
    after = Ledger((*ledger.records, credit), ledger.closing, ledger.head)
    if isinstance(claim, MissionInvoice):
        plan = plan_replacement(communes, life.tariffs.population, ledger, credit, claim)
        batch = make_mission_batch(plan, after, life.tariffs, issuer, act, 2026, communes.movements)
        life.add((credit, batch, *in_place_of(claim, number_missions(plan, batch, after))))
        return
    tariffs = tariffs_of_year(life.tariffs, ledger, 2025)
    issue = plan_of_replacement(communes, tariffs, after, claim, credit)
    life.add((credit, *in_place_of(claim, records_of(issue, after, issuer, act, 2026))))


def live(life: Life) -> None:
    rows = new_rows(life)
    moves = with_recorded(life.ledger, life.communes.movements).rows
    own = Selection(communes=frozenset((SOURCE, LAVOIR, PONT)))
    made = life.bill([*life.workspace.communes.rows, *rows], moves, selection=own)
    invoice, statement = (record.number for record in made if isinstance(record, Claim))
    moved = [replace(row, year=2026, address="5 place Fictive") for row in rows]
    everyone = [*life.workspace.communes.rows, *rows, *moved]
    replaced(life, invoice, everyone)
    replaced(life, statement, everyone)
    # A mission of a commune that has become another one since.
    amont = next(row for row in life.workspace.communes.rows if row.code_insee == "99901")
    heir = replace(
        amont, year=2026, code_insee="99913", start=None, end=None, level_day=rows[0].level_day
    )
    replaced(life, "FAC/2025/008", [*everyone, heir])


def main(folder: Path) -> None:
    shutil.copy(REGISTERS / "titres" / store.NAME, folder / store.NAME)
    workspace = load(REGISTERS / "history").workspace
    assert workspace is not None
    issuer = replace(workspace.issuer, legal=LEGAL, appeal=APPEAL)
    workspace = replace(workspace, issuer=issuer)
    before = store.read_ledger(folder).records
    life = Citing(workspace, workspace.tariffs, before, workspace.communes, date(2026, 8, 1))
    live(life)
    store.append(folder, lambda _: life.records[len(before) :])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
