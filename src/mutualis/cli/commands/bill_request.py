"""What `mutualis bill` asks, in each of its cases."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mutualis.domain.value import Struct

if TYPE_CHECKING:
    from mutualis.workflows.bill import YearAsked
    from mutualis.workflows.printing import Printer


class BillRequest(Struct, frozen=True):
    """What the command line asks of a batch."""

    folder: Path
    part: "YearAsked"
    day: date
    operator: str
    exercice: int | None
    yes: bool
    out: Path | None
    sheets: bool
    printer: "Printer | None"
    json: bool

    @property
    def year(self) -> int:
        return self.part.year

    @property
    def communes(self) -> Sequence[str]:
        return self.part.communes
