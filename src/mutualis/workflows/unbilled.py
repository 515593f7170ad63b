"""What is not claimed yet for a year, the work done on quotes and the memberships, and what that is
for the accounts of the exercice."""

from datetime import date
from pathlib import Path

from mutualis.domain.issuing.mission_batch import Unbilled
from mutualis.domain.issuing.plan import IssuePlan
from mutualis.domain.issuing.year_end import (
    Attached,
    Deferred,
    ToDo,
    attached,
    deferred,
    in_accounts_of,
    to_do,
)
from mutualis.domain.value import Struct
from mutualis.workflows.bill import YearAsked, billing_of, missing_of
from mutualis.workflows.inputs import gather
from mutualis.workflows.quotes import unbilled_works
from mutualis.workflows.register import ledger_of


class LeftToClaim(Struct, frozen=True):
    """`works` and `memberships` are as of today; None when the year has none that can be computed,
    as `missing` says. The others are of the exercice, whatever was issued in later ones."""

    year: int
    works: tuple[Unbilled, ...]
    memberships: IssuePlan | None
    missing: str
    attached: tuple[Attached, ...]
    deferred: tuple[Deferred, ...]
    to_do: tuple[ToDo, ...]
    deferred_account: str


def left_to_claim(root: Path, year: int, day: date) -> LeftToClaim:
    """The accounts are those that `bill` reads on that day; raises UnusableData when a file
    cannot be read."""
    works = unbilled_works(root, year)
    gathered = gather(root)
    issuer = gathered[0].issuer
    missing = missing_of(gathered[0], year)
    billing = None if missing else billing_of(root, gathered, YearAsked(year), day)
    ledger = in_accounts_of(ledger_of(root), year)
    return LeftToClaim(
        year=year,
        works=works,
        memberships=None if billing is None else billing.issue,
        missing=missing,
        attached=attached(ledger, None if billing is None else billing.again(ledger), year, issuer),
        deferred=deferred(ledger, year),
        to_do=to_do(ledger.missions.by_quote.values(), year),
        deferred_account=issuer.account("deferred"),
    )
