"""A year priced: what each commune owes, as `bill` would claim it from an empty register."""

from collections.abc import Mapping
from decimal import Decimal

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.issuing.account import Account
from mutualis.domain.issuing.plan import IssuePlan, plan_issue
from mutualis.domain.memberships.plan import BillingLine, LevelTotal
from mutualis.domain.memberships.standing import totals_by_level
from mutualis.domain.money import ZERO
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.value import Struct


class Due(Struct, frozen=True):
    """What a commune owes for a year, invoiced or withheld; `row` is its last one.

    `line` is its fee before thresholds, None where it has none. One that another commune owes for
    has neither fee nor population: they are the other's.
    """

    row: CommuneYear
    level: str
    population: int
    amount: Decimal
    line: BillingLine | None = None


class PricedYear(Struct, frozen=True):
    """`dues` are by code, every commune of the year in them."""

    dataset: Dataset
    dues: Mapping[str, Due]
    total: Decimal
    by_level: tuple[LevelTotal, ...]

    @property
    def year(self) -> int:
        return self.dataset.year


def price(dataset: Dataset) -> PricedYear:
    """The year as known at its end; its levels and populations must have a price (B02, B03)."""
    plan = _plan(dataset)
    claimed = {item.code_insee: item.amount for item in plan.items}
    dues: dict[str, Due] = {}
    for account in plan.chosen:
        for fee in account.fees:
            for row in fee.group.rows:
                dues[row.code_insee] = Due(row, row.level, 0, ZERO)
        dues[account.person.code_insee] = _due(account, claimed, dataset)
    return PricedYear(
        dataset,
        dict(sorted(dues.items())),
        sum(claimed.values(), ZERO),
        totals_by_level(dataset.grid, plan.standing),
    )


def total_due(dataset: Dataset, *, before_tax: bool = False) -> Decimal:
    """The total alone; before tax, it is what costs are set against."""
    plan = _plan(dataset)
    if before_tax:
        return sum((line.net for line in (*plan.billing.invoices, *plan.billing.withheld)), ZERO)
    return sum((item.amount for item in plan.items), ZERO)


def _plan(dataset: Dataset) -> IssuePlan:
    return plan_issue(dataset.communes, dataset.tariffs, dataset.year, Ledger())


def _due(account: Account, claimed: Mapping[str, Decimal], dataset: Dataset) -> Due:
    line, row = account.line, account.row
    return Due(
        row=account.person,
        level=row.level if line is None else line.fee.level.code,
        population=row.population(dataset.tariffs.population),
        amount=claimed.get(account.person.code_insee, ZERO),
        line=line,
    )
