"""A level-3 quote: missions of the body's agents, in half-days, at the grid's prices."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.money import EXACT, ZERO, round_half_up
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.tariffs.grid import Grid, Level
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct
from mutualis.domain.vat.tax import Tax, VatShares, shares_of, vat_of

MOST_HALF_DAYS = 1000


class WantedLine(Struct, frozen=True):
    """A line as asked for: the quantity is still the text that was typed."""

    category: str
    half_days: str
    label: str


class QuoteLine(Struct, frozen=True):
    category: str
    half_days: int
    unit_price: Decimal
    label: str
    tax: Tax | None = None

    @property
    def amount(self) -> Decimal:
        """Before tax."""
        return half_days_at(self.half_days, self.unit_price)


class Quote(Struct, frozen=True):
    """`number` is None while the quote is a draft; `grid` is the one its prices come from."""

    number: str | None
    year: int
    issued_on: date
    valid_until: date
    commune: CommuneYear
    grid: Grid
    service: str
    subject: str
    lines: tuple[QuoteLine, ...]

    @property
    def taxes(self) -> VatShares:
        return taxes_of(self.lines)

    @property
    def net(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def total(self) -> Decimal:
        """What the commune pays, with tax."""
        return self.net + vat_of(self.taxes)

    @property
    def uses_earlier_grid(self) -> bool:
        return self.grid.year != self.year


def taxes_of(lines: Iterable[QuoteLine]) -> VatShares:
    """How the lines of a document are taxed: all of them by a rule, or none."""
    return shares_of((line.tax, line.amount) for line in lines if line.tax is not None)


def half_days_at(half_days: int, unit_price: Decimal) -> Decimal:
    """What half-days come to, to the cent."""
    return round_half_up(EXACT.multiply(Decimal(half_days), unit_price))


def choose_grid(tariffs: Tariffs, year: int) -> Grid:
    """The grid whose prices a quote of `year` takes, as `before_vote` says.

    Raises Refusal when the year's grid is not voted and the setting forbids an earlier one.
    """
    grid = tariffs.grids.get(year)
    if grid is not None and grid.is_voted:
        return grid
    earlier = tariffs.last_voted_before(year)
    if tariffs.before_vote == "previous_grid" and earlier is not None:
        return earlier
    if grid is not None and earlier is not None:
        raise Refusal("quotes.projected_no_earlier", year=year)
    if grid is not None:
        raise Refusal("quotes.projected_alone", year=year)
    if earlier is not None:
        raise Refusal("quotes.no_grid_no_earlier", year=year)
    raise Refusal("quotes.no_grid", year=year)


def membership_on(rows: Sequence[CommuneYear], year: int, day: date) -> CommuneYear | None:
    """The commune's row in force on `day`, brought back into `year` when it is outside it."""
    clamped = within(year, day)
    return next((row for row in rows if row.in_force(clamped)), None)


def within(year: int, day: date) -> date:
    """The day, brought back into a year when it is outside it."""
    return min(max(day, date(year, 1, 1)), date(year, 12, 31))


def price_lines(wanted: Sequence[WantedLine], level: Level, grid: Grid) -> tuple[QuoteLine, ...]:
    """The priced lines; raises one Refusal that names every line that cannot be priced."""
    wrong: list[Reason] = []
    lines = []
    for rank, line in enumerate(wanted, start=1):
        price = level.half_day.get(line.category)
        if price is None:
            wrong.append(
                Reason(
                    "quotes.unknown_category",
                    {
                        "rank": rank,
                        "year": grid.year,
                        "category": line.category,
                        "known": ", ".join(level.half_day),
                    },
                )
            )
        quantity = _whole(line.half_days)
        if quantity is None:
            wrong.append(
                Reason(
                    "quotes.not_half_days",
                    {"rank": rank, "typed": line.half_days, "most": MOST_HALF_DAYS},
                )
            )
        if price is not None and quantity is not None:
            lines.append(QuoteLine(line.category, quantity, price, line.label))
    if wrong:
        raise Refusal("quotes.wrong_lines", details=wrong)
    return tuple(lines)


def validity(issued_on: date, days: int) -> date:
    return issued_on + timedelta(days=days)


def _whole(text: str) -> int | None:
    stripped = text.strip()
    if not (stripped.isascii() and stripped.isdigit()) or len(stripped) > 6:
        return None
    value = int(stripped)
    return value if 1 <= value <= MOST_HALF_DAYS else None
