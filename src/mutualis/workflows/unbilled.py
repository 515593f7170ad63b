"""What is not claimed yet for a year: the work done on quotes, and the memberships."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mutualis.domain.issuing.mission_batch import Unbilled
from mutualis.domain.issuing.plan import IssuePlan
from mutualis.workflows.bill import Asked, billing_of, missing_of
from mutualis.workflows.inputs import gather
from mutualis.workflows.quotes import unbilled_works


@dataclass(frozen=True, slots=True)
class LeftToClaim:
    """`memberships` is None when the year has none that can be computed, as `missing` says."""

    year: int
    works: tuple[Unbilled, ...]
    memberships: IssuePlan | None
    missing: str


def left_to_claim(root: Path, year: int, day: date) -> LeftToClaim:
    """The accounts are those that `bill` reads on that day; raises UnusableData when a file
    cannot be read."""
    works = unbilled_works(root, year)
    gathered = gather(root)
    missing = missing_of(gathered[0], year)
    if missing:
        return LeftToClaim(year, works, None, missing)
    return LeftToClaim(year, works, billing_of(root, gathered, Asked(year), day).issue, "")
