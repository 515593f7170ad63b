"""One issue of invoices: its settings, its grid, and what was left out of it."""

from dataclasses import dataclass

from mutualis.domain.act import Act
from mutualis.domain.communes.movements import Movement
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.kinds import Product
from mutualis.domain.memberships.plan import BillingLine, NotBilled, Selection
from mutualis.domain.tariffs.grid import Tariffs


@dataclass(frozen=True, slots=True)
class Batch:
    """One issue of invoices of a product: its settings and grid, and what was left out of it.

    `tariffs` holds the one grid of the year, none for missions: each has its quote's. Its
    sources say where each figure was read. `withheld` are the fees that this batch was the first
    to record; `invoices` counts the invoices that follow, so that a cut batch is seen. `movements`
    are those that say who owes what it bills.
    """

    rank: int
    year: int
    exercice: int
    act: Act
    tariffs: Tariffs
    issuer: Issuer
    selection: Selection
    withheld: tuple[BillingLine, ...]
    below_minimum: tuple[BillingLine, ...]
    not_billed: tuple[NotBilled, ...]
    example_levels: int
    invoices: int | None = None
    product: Product = Product.MEMBERSHIP
    movements: tuple[Movement, ...] = ()

    @property
    def place(self) -> tuple[int, int]:
        """What its invoices say of it: the billed year, and its rank in it."""
        return self.year, self.rank
