"""What every numbered document of the billing holds, whole: parties, figures, reference."""

from decimal import Decimal

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import CommuneYear, PopulationBasis
from mutualis.domain.issuer.issuer import Issuer, Signatory
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.value import Struct, equal_but_for
from mutualis.domain.vat.tax import VatShares, vat_of


class BilledDocument(Struct, frozen=True, kw_only=True):
    """`commune` is who it is made out to, as on its day; `billed` the row of the commune that it
    is about, where that is another: it has become the first, or had another SIREN or address.

    `year` is the billed year, `exercice` the accounting year, `series` that of the number.
    `batch` is the rank of the batch within the year, `explanation` the calculation as it was
    printed; the figures beside it prove the amount, which is with tax: `taxes` add up to it, none
    where nothing but the issuer says how it is taxed.
    """

    number: str
    series: str
    rank: int
    year: int
    exercice: int
    batch: int
    act: Act
    issuer: Issuer
    signatory: Signatory | None
    commune: CommuneYear
    basis: PopulationBasis
    level: Level
    population: int
    grid_act: str
    amount: Decimal
    explanation: str
    billed: CommuneYear | None = None
    taxes: VatShares = ()

    __eq__ = equal_but_for("explanation")

    @property
    def vat(self) -> Decimal:
        """The tax that its amount holds."""
        return vat_of(self.taxes)

    @property
    def net(self) -> Decimal:
        """Its amount before tax."""
        return self.amount - self.vat

    @property
    def row(self) -> CommuneYear:
        """The row of the commune that it is about."""
        return self.billed or self.commune

    @property
    def figures(self) -> tuple[object, ...]:
        """What it is computed from: a credit note repeats those of its invoice."""
        return (
            self.row,
            self.year,
            self.batch,
            self.basis,
            self.level,
            self.population,
            self.grid_act,
        )

    @property
    def place(self) -> tuple[int, int]:
        """The batch that it belongs to: the billed year, and the batch's rank in it."""
        return self.year, self.batch
