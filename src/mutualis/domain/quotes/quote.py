"""A level-3 quote: missions of the body's agents, in half-days, at the grid's prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.typography import count, long_date
from mutualis.domain.money import EXACT, ZERO, round_half_up
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.tariffs.grid import Grid, Level, Tariffs

MOST_HALF_DAYS = 1000


@dataclass(frozen=True, slots=True)
class WantedLine:
    """A line as asked for: the quantity is still the text that was typed."""

    category: str
    half_days: str
    label: str


@dataclass(frozen=True, slots=True)
class QuoteLine:
    category: str
    half_days: int
    unit_price: Decimal
    label: str

    @property
    def amount(self) -> Decimal:
        return half_days_at(self.half_days, self.unit_price)


@dataclass(frozen=True, slots=True)
class Quote:
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
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def uses_earlier_grid(self) -> bool:
        return self.grid.year != self.year


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
    state = "n'est encore que projetée" if grid is not None else "n'existe pas encore"
    earlier = tariffs.last_voted_before(year)
    if tariffs.before_vote == "previous_grid" and earlier is not None:
        return earlier
    act = f'mutualis index {year} --act "n° et date de la délibération"'
    raise Refusal(
        f"Pas de devis {year} : la grille {year} {state}"
        + (
            " et le réglage before_vote interdit la précédente."
            if earlier is not None
            else " et aucune grille votée ne la précède."
        ),
        f"faire voter la grille, puis l'enregistrer : {act}",
    )


def membership_on(rows: Sequence[CommuneYear], year: int, day: date) -> CommuneYear | None:
    """The commune's row in force on `day`, brought back into `year` when it is outside it."""
    clamped = min(max(day, date(year, 1, 1)), date(year, 12, 31))
    return next((row for row in rows if row.in_force(clamped)), None)


def check_membership(row: CommuneYear | None, name: str, level: Level, year: int) -> CommuneYear:
    """The row, when its level opens the quotes; raises Refusal otherwise."""
    if row is not None and level.is_open_to(row.level):
        return row
    if row is None:
        state = "n'a pas d'adhésion en cours ce jour-là"
    elif row.level:
        state = f"est au niveau {row.level}"
    else:
        state = "n'est pas adhérente"
    raise Refusal(
        f"Pas de devis pour {name} en {year} : la commune {state} ; "
        f"le niveau {level.code} est réservé aux adhérentes {level.requires}.",
        f"si la commune a rejoint le niveau {level.requires}, corriger sa ligne {year} "
        f"dans data/communes.csv",
    )


def price_lines(wanted: Sequence[WantedLine], level: Level, grid: Grid) -> tuple[QuoteLine, ...]:
    """The priced lines; raises one Refusal that names every line that cannot be priced."""
    wrong: list[str] = []
    lines = []
    for rank, line in enumerate(wanted, start=1):
        price = level.half_day.get(line.category)
        if price is None:
            known = ", ".join(level.half_day)
            wrong.append(
                f"ligne {rank} : la grille {grid.year} n'a pas de catégorie "
                f"« {line.category} » (catégories : {known})"
            )
        quantity = _whole(line.half_days)
        if quantity is None:
            wrong.append(
                f"ligne {rank} : « {line.half_days} » n'est pas un nombre entier de demi-journées, "
                f"de 1 à {MOST_HALF_DAYS}"
            )
        if price is not None and quantity is not None:
            lines.append(QuoteLine(line.category, quantity, price, line.label))
    if wrong:
        raise Refusal(
            "Devis refusé :\n  " + "\n  ".join(wrong) + ".",
            'écrire chaque ligne ainsi : --line A:2:"Rédaction du cahier des charges"',
        )
    return tuple(lines)


def validity(issued_on: date, days: int) -> date:
    return issued_on + timedelta(days=days)


def grid_used(quote: Quote) -> str:
    """Which grid the prices come from, in words."""
    text = f"Prix de la grille {quote.grid.year}"
    if not quote.grid.act_is_missing:
        text += f" ({quote.grid.act})"
    if quote.uses_earlier_grid:
        text += f", la grille {quote.year} n'étant pas encore votée"
    return text + "."


def validity_text(quote: Quote) -> str:
    days = (quote.valid_until - quote.issued_on).days
    return f"jusqu'au {long_date(quote.valid_until)} ({count(days, 'jour')})"


def _whole(text: str) -> int | None:
    stripped = text.strip()
    if not (stripped.isascii() and stripped.isdigit()) or len(stripped) > 6:
        return None
    value = int(stripped)
    return value if 1 <= value <= MOST_HALF_DAYS else None
