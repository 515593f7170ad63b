"""One commune's account: what it owes, what was issued for it, its quotes, what it received, and
what comes next."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mutualis.domain.changes.change import Change
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.costs.received import Received
from mutualis.domain.costs.unit_cost import UnitCosts
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.interventions.quotas import QuotaUse
from mutualis.domain.invoices.invoice import MissionInvoice
from mutualis.domain.issuing.account import Account, Left
from mutualis.domain.missions.mission import Mission
from mutualis.domain.problems.problem import Problem
from mutualis.domain.register.balance import Owned, Sums
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.thresholds import next_threshold
from mutualis.domain.value import Struct, field
from mutualis.domain.vat.tax import Tax


class CommuneUsage(Struct, frozen=True):
    """What was done in a year for the communes of an account.

    `received` is the same at cost, None where nothing was done. `costs` are the unit costs of the
    year, without lines where the file of costs has none of it; None without that file.
    """

    served: tuple[Served, ...]
    quotas: tuple[QuotaUse, ...]
    received: Received | None = None
    costs: UnitCosts | None = None

    @property
    def half_days(self) -> int:
        return sum(item.half_days for item in self.served)

    @property
    def on_quote(self) -> int:
        """The half-days that a quote pays for, or should."""
        return sum(item.half_days for item in self.served if item.on_quote)


class NextThreshold(Struct, frozen=True):
    """The first population above the commune's at which its price changes course: `missing`
    inhabitants more. `amount` is what a whole year comes to there, with tax, None where the level
    has no price any more; `kind` is that of a Threshold, `whole` whether a whole year is due.
    """

    population: int
    missing: int
    kind: str
    amount: Decimal | None
    whole: bool


def threshold_of(account: Account, tax: Tax | None) -> NextThreshold | None:
    """That of the level at which the account owes; None where it owes nothing, or where the price
    runs on unchanged."""
    line = account.line
    if line is None:
        return None
    fee = line.fee
    found = next_threshold(fee.level, fee.population, fee.potential)
    if found is None:
        return None
    amount = found.amount
    if amount is not None and tax is not None:
        amount += tax.on(amount)
    missing = found.population - fee.population
    return NextThreshold(found.population, missing, found.kind, amount, not line.parts)


class NoForecast(StrEnum):
    """Why nothing can be said of the year after."""

    NO_RATE = "no_rate"
    NOT_PRICED = "not_priced"
    NO_ROW = "no_row"
    MERGED = "merged"


class Forecast(Struct, frozen=True):
    """What a person would be asked for `year`, the one after, as the files tell it: `change` says
    how much and why, None where they do not, as `missing` says.

    `grid_of` and `rows_of` are the years that they give the grid and the rows of, `rates` (%) those
    by which the grid was indexed since, `is_voted` tells that it is the council's. `free` is why
    there is no fee.
    """

    year: int
    missing: NoForecast | None = None
    change: Change | None = None
    free: str = ""
    grid_of: int = 0
    rows_of: int = 0
    rates: Mapping[int, Decimal] = field(default_factory=dict)
    is_voted: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether the grid is voted and the rows are the year's own: no guess is left."""
        return self.is_voted and self.grid_of == self.rows_of == self.year


class YearAccount(Struct, frozen=True):
    """One legal person's year, `person` its last known row.

    `account` is what `bill` reads; None where the year cannot be priced (`is_priced`) or has no
    row, as `missing` says: its documents, from the register alone, are shown all the same. `left`
    is what becomes of what remains, `free` why nothing is due, `change` why it is not what was due
    the year before, None where that year cannot be priced. `missions` are those quoted for the
    year. `usage` is None where no intervention is noted, or where they cannot be counted
    (`usage_fails`). `threshold` is the next one, `forecast` what the year after would come to; None
    where the account is.
    """

    year: int
    person: CommuneYear
    account: Account | None
    missing: str
    left: Left | None
    free: str
    change: Change | None
    is_priced: bool
    is_projected: bool
    owned: tuple[Owned, ...]
    sums: Sums
    missions: tuple[Mission, ...]
    usage: CommuneUsage | None
    usage_fails: bool
    threshold: NextThreshold | None = None
    forecast: Forecast | None = None


class CommuneAccount(Struct, frozen=True):
    """`years` are in order, one alone where it was asked for; `detailed` is the one shown whole.

    `asked` is the commune that was named, where another answers for it by now. `warnings` say that
    the file has other rules than those that the detailed year keeps.
    """

    day: date
    ledger: Ledger
    asked: CommuneYear | None
    years: tuple[YearAccount, ...]
    detailed: YearAccount
    warnings: tuple[Problem, ...]

    def invoices_of(self, mission: Mission) -> tuple[MissionInvoice, ...]:
        """Every invoice of a mission, those credited wholly too, in order."""
        return tuple(i for i in self.ledger.mission_invoices if i.work.quote == mission.number)
