"""The rows that follow those of ../account in register.db, as the program of then wrote them.

    PYTHONPATH=src:tests/domain/register python tests/registers/vat/make_vat.py FOLDER

It is a record: a later program writes other rows, and register.db is never written anew. Communes,
acts, rules of VAT and amounts are invented.
"""

import runpy
import shutil
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis.domain.issuing.batch import make_mission_batch, number_missions, number_quote
from mutualis.domain.issuing.mission_batch import plan_missions
from mutualis.domain.memberships.plan import Selection
from mutualis.domain.quotes.quote import Quote, QuoteLine, validity
from mutualis.domain.quotes.records import Answer, WorkDone
from mutualis.domain.quotes.taxes import check_taxes, taxed
from mutualis.domain.quotes.work_done import Work
from mutualis.domain.register.balance import recorded_movements
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.files.workspace import load
from mutualis.register import store

REGISTERS = Path(__file__).parents[1]
BEFORE = runpy.run_path(str(REGISTERS / "account/make.py"))
DECISION = "Délibération fictive n° 14 du 30/06/2026"
SINCE = date(2014, 1, 1)
FULL = VatRule("membership", "", "S", (DatedRate(SINCE, Decimal(20)),))
EXEMPT = VatRule(
    "membership", "", "E", reason="Exonération fictive", reason_code="VATEX-FR-CGI261B"
)
PODIUM = VatRule("half_days", "Prêt du podium", "S", (DatedRate(SINCE, Decimal(10)),))
ADVICE = replace(EXEMPT, product="half_days")
LAST = {"99901": 20, "99902": 105, "99903": -190, "99904": 20, "99912": 5}


def ruled(life, rule: VatRule) -> None:  # type: ignore[no-untyped-def]
    """From now on memberships are taxed by a rule, and no PDF carries the data of its invoice."""
    issuer = replace(
        life.workspace.issuer,
        vat_rules=(rule, ADVICE, PODIUM),
        vat_number="FR28242500361",
        embed=False,
        export=replace(life.workspace.issuer.export, constants={"Budget": "01"}),
    )
    life.workspace = replace(life.workspace, issuer=issuer)
    life.tariffs = replace(life.tariffs, vat=rule, minimum_recovery=Decimal("25.5"))


def live(life) -> None:  # type: ignore[no-untyped-def]
    moves = list(recorded_movements(life.ledger))

    def bill(more: dict[str, int], adopted: str = "") -> None:
        life.bill(BEFORE["rows"](life, more, withheld="99906"), moves, adopted=adopted)

    # Memberships are taxed: what stood without VAT is brought to nothing, and made anew with it.
    ruled(life, FULL)
    bill(LAST, adopted=DECISION)
    _credited(life)
    bill({**LAST, "99901": -90, "99902": 150, "99904": -60, "99906": 40})
    # Then they are exempt, for a reason of their own.
    ruled(life, EXEMPT)
    bill(LAST, adopted=DECISION)
    _credited(life)
    bill({**LAST, "99901": -90, "99902": 150, "99904": -60, "99906": 40})
    _mission(life)


def _credited(life) -> None:  # type: ignore[no-untyped-def]
    """A remise on the last invoice and on the last statement that are worth something."""
    for claims in (life.ledger.invoices, life.ledger.statements):
        last = [c for c in claims if c.year == 2025 and c.taxes and life.ledger.remaining(c.number)]
        life.credit(last[-1].number, "7.77", DECISION)


def _mission(life) -> None:  # type: ignore[no-untyped-def]
    """Half-days at two taxes, quoted, done, invoiced, and credited in part."""
    issuer, communes = life.workspace.issuer, life.communes
    own = [row for row in communes.rows if row.year == 2025 and row.level]
    grid = life.tariffs.grids[2025]
    level = grid.on_quote
    (first, price), (second, other) = list(level.half_day.items())[:2]
    lines = (QuoteLine(first, 2, price, "Conseils"), QuoteLine(second, 3, other, PODIUM.service))
    quote = Quote(
        number=None,
        year=2025,
        issued_on=life.day,
        valid_until=validity(life.day, 60),
        commune=replace(own[0], debtor_code="T-FICTIF"),
        grid=grid,
        service="Accompagnement fictif",
        subject="Fête fictive",
        lines=taxed(lines, "", issuer, life.day),
    )
    check_taxes(quote.lines)
    life.add((number_quote(quote, issuer, life.act, life.ledger),))
    number = life.records[-1].number
    life.add((Answer(life.act, number, True, life.day, "Le maire fictif", DECISION),))
    done = {first: 1, second: 3}
    work = Work(1, life.day, "Odile Exemple", done, DECISION)
    life.add((WorkDone(life.act, number, work),))
    chosen = Selection(communes=frozenset({own[0].code_insee}))
    plan = plan_missions(communes, life.tariffs, life.ledger, 2025, life.day, chosen)
    plan = replace(plan, lines=tuple(x for x in plan.lines if x.work.quote == number))
    batch = make_mission_batch(
        plan, life.ledger, life.tariffs, issuer, life.act, life.day.year, communes.movements
    )
    life.add((batch, *number_missions(plan, batch, life.ledger)))
    life.credit(life.ledger.mission_invoices[-1].number, "33.33")


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
