"""Whether the date that nobody typed may be recorded: the clock, beside what a folder knows."""

from datetime import date
from pathlib import Path

from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register import numbering
from mutualis.domain.register.ledger import Ledger
from mutualis.files.data.tariffs import read_tariffs
from mutualis.register import store


def check_clock(root: Path, today: date) -> None:
    """Raises Refusal when the clock is far from all that is known."""
    numbering.check_clock(today, *_known(root))


def doubt_of_clock(root: Path, today: date) -> Refusal | None:
    """The same, for what is dated by the clock alone and blocks nothing: to be told."""
    return numbering.doubt_of_clock(today, *_known(root))


def _known(root: Path) -> tuple[Ledger, tuple[int, ...]]:
    """The register, and the years of the grids; none where their file cannot be read."""
    tariffs, _ = read_tariffs(root)
    return store.read_ledger(root), () if tariffs is None else tuple(tariffs.grids)
