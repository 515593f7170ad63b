"""One commune's account: what it owes, what was issued for it, its quotes, its usage."""

from dataclasses import dataclass
from datetime import date

from mutualis.domain.changes.change import Change
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.interventions.quotas import QuotaUse
from mutualis.domain.invoices.invoice import MissionInvoice
from mutualis.domain.issuing.account import Account, Left
from mutualis.domain.missions.mission import Mission
from mutualis.domain.problems.problem import Problem
from mutualis.domain.register.balance import Owned, Sums
from mutualis.domain.register.ledger import Ledger


@dataclass(frozen=True, slots=True)
class CommuneUsage:
    """What was done in a year for the communes of an account."""

    served: tuple[Served, ...]
    quotas: tuple[QuotaUse, ...]

    @property
    def half_days(self) -> int:
        return sum(item.half_days for item in self.served)

    @property
    def on_quote(self) -> int:
        """The half-days that a quote pays for, or should."""
        return sum(item.half_days for item in self.served if item.on_quote)


@dataclass(frozen=True, slots=True)
class YearAccount:
    """One legal person's year, `person` its last known row.

    `account` is what `bill` reads; None where the year cannot be priced (`is_priced`) or has no
    row, as `missing` says: its documents, from the register alone, are shown all the same. `left`
    is what becomes of what remains, `free` why nothing is due, `change` why it is not what was due
    the year before, None where that year cannot be priced. `missions` are those quoted for the
    year. `usage` is None where no intervention is noted, or where they cannot be counted
    (`usage_fails`).
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


@dataclass(frozen=True, slots=True)
class CommuneAccount:
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
