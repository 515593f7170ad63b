"""What a year's memberships and missions bring in, by commune: from the register, or the draft."""

from collections.abc import Collection, Iterator
from decimal import Decimal

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.invoices.invoice import MissionInvoice
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.kinds import Product
from mutualis.domain.money import ZERO
from mutualis.domain.register.balance import standing
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct
from mutualis.domain.vat.tax import share_within, vat_of


class Income(Struct, frozen=True):
    """What a debtor pays at a level before tax, which is no income, its credit notes taken off.

    `quote` and `service` are those of a mission, empty for a membership.
    """

    debtor: CommuneYear
    level: str
    amount: Decimal
    product: Product
    service: str = ""
    quote: str = ""


class Incomes(Struct, frozen=True):
    """`is_issued` tells that the memberships are those of the register; else they are the draft's.

    `waiting` is what was done on the year's quotes and is not invoiced yet: no income so far.
    """

    lines: tuple[Income, ...]
    is_issued: bool
    waiting: tuple[Income, ...] = ()

    @property
    def to_invoice(self) -> Decimal:
        return sum((line.amount for line in self.waiting), ZERO)

    @property
    def memberships(self) -> int:
        """How many fees there are."""
        return sum(line.product == Product.MEMBERSHIP for line in self.lines)

    def of(self, codes: Collection[str]) -> "Incomes":
        """What the debtors of these INSEE codes pay."""
        lines = tuple(line for line in self.lines if line.debtor.code_insee in codes)
        waiting = tuple(line for line in self.waiting if line.debtor.code_insee in codes)
        return Incomes(lines, self.is_issued, waiting)


def incomes(communes: Communes, tariffs: Tariffs, grid: Grid, ledger: Ledger) -> Incomes:
    """The memberships and missions billed for the grid's year.

    A fee withheld from the AC is paid like an invoice; one below the minimum recovery is not.
    The year must have passed its checks when nothing of it is issued.
    """
    year = grid.year
    is_issued = bool(ledger.batches_of(year, Product.MEMBERSHIP))
    fees = _issued(ledger, year) if is_issued else _drafted(communes, tariffs, grid)
    level = grid.on_quote.code if grid.on_quote is not None else ""
    waiting = (
        Income(mission.issued.commune, level, mission.bill(mission.waiting).net, Product.MISSION)
        for mission in ledger.missions.by_quote.values()
        if mission.issued.year == year and mission.is_accepted and mission.waiting
    )
    return Incomes((*fees, *missions_billed(ledger, year)), is_issued, tuple(waiting))


def missions_billed(ledger: Ledger, year: int) -> Iterator[Income]:
    """The missions of a year in the register, net of their credit notes."""
    return (
        Income(
            document.commune,
            document.level.code,
            _net_left(document, ledger),
            Product.MISSION,
            _service(document, ledger),
            document.work.quote,
        )
        for document in ledger.standing_missions(year)
    )


def _issued(ledger: Ledger, year: int) -> Iterator[Income]:
    for item in standing(ledger, year):
        net = item.amount - vat_of(share_within(item.amount, item.line.tax))
        yield Income(item.line.commune, item.level, net, Product.MEMBERSHIP)


def _drafted(communes: Communes, tariffs: Tariffs, grid: Grid) -> Iterator[Income]:
    plan = plan_billing(communes, tariffs, grid)
    for line in (*plan.invoices, *plan.withheld):
        yield Income(line.commune, line.fee.level.code, line.net, Product.MEMBERSHIP)


def _net_left(document: MissionInvoice, ledger: Ledger) -> Decimal:
    """What an invoice is still worth before tax."""
    return sum((credit.net for credit in ledger.credits_of(document.number)), document.net)


def _service(document: MissionInvoice, ledger: Ledger) -> str:
    mission = ledger.missions.by_quote.get(document.work.quote)
    return "" if mission is None else mission.issued.quote.service
