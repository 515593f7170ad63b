"""One issue of invoices: its settings, its grid, and what was left out of it."""

from mutualis.domain.act import Act
from mutualis.domain.changes.change import Change
from mutualis.domain.communes.movements import Movement
from mutualis.domain.invoices.account_line import AccountLine
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.kinds import Product
from mutualis.domain.memberships.plan import BillingLine, NotBilled, Selection
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct


class Batch(Struct, frozen=True):
    """One issue of invoices of a product: its settings and grid, and what was left out of it.

    `tariffs` holds the one grid of the year, none for missions: each has its quote's. Its
    sources say where each figure was read; `adopted` is the act by which they replaced those of
    the batch before. `withheld` are the fees that a batch of before recorded: statements have
    their own rows since. `invoices`, `statements` and `credits` count the rows that follow, so
    that a cut batch is seen. `accounts` is the table of what was due and stood just before,
    `movements` those that say who owes it. `changes` tell why what each person owes is not what it
    owed the year before; none where that year could not be priced, nor in registers of before.
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
    statements: int = 0
    credits: int = 0
    accounts: tuple[AccountLine, ...] = ()
    adopted: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def place(self) -> tuple[int, int]:
        """What its invoices say of it: the billed year, and its rank in it."""
        return self.year, self.rank
