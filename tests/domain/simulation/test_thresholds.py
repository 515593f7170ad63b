"""What a grid does at its bounds, and what its caps cost."""

from datetime import date
from decimal import Decimal

from simulated import YEAR, dataset, grid, row, tariffs

from mutualis.domain.simulation.priced import PricedYear, price
from mutualis.domain.simulation.thresholds import (
    BoundCrossed,
    bounds_crossed,
    falls_of,
    near_bounds,
    shield,
)
from mutualis.domain.tariffs.grid import Bracket, Level
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace

# Up to 1 000 at 3 €, capped at 2 400; then 2 000 € flat up to 2 000; no price above.
LEVEL = Level(
    "2B",
    "exemple",
    per_inhabitant=Decimal(3),
    brackets=(
        Bracket(1000, cap=Decimal(2400)),
        Bracket(2000, per_inhabitant=Decimal(0), fixed=Decimal(2000)),
    ),
)


def priced(*people: int) -> PricedYear:
    rows = [row(f"2500{rank}", "2B", population) for rank, population in enumerate(people)]
    return price(dataset(rows, tariffs(grid(LEVEL))))


def test_one_more_inhabitant_at_each_bound() -> None:
    falling, last = bounds_crossed(grid(LEVEL))
    assert falling == BoundCrossed("2B", 1001, Decimal("2400.00"), Decimal("2000.00"))
    assert falling.change == -400
    assert [(fall.population, fall.after) for fall in falls_of(grid(LEVEL))] == [
        (1001, Decimal(2000))
    ]
    assert last == BoundCrossed("2B", 2001, Decimal("2000.00"), None)
    assert last.change is None


def test_a_fee_that_goes_on_does_not_fall() -> None:
    flat = Bracket(1000, fixed=Decimal(100)), Bracket(None, fixed=Decimal(100))
    (bound,) = bounds_crossed(grid(Level("2B", "exemple", brackets=flat)))
    assert bound.change == 0
    assert falls_of(grid(Level("2B", "exemple", brackets=flat))) == ()


def test_near_is_within_the_distance_itself() -> None:
    """2 % of 1 000 is 20."""
    level = Level("2B", "exemple", brackets=(Bracket(999, fixed=Decimal(50)), Bracket(None)))
    rows = [row("25001", "2B", 980), row("25002", "2B", 979)]
    found = near_bounds(price(dataset(rows, tariffs(grid(level)))), Decimal(2))
    assert [item.due.population for item in found] == [980]


def test_communes_near_a_bound() -> None:
    """2 % of 1 001 is 20.02: 981 is near, 980 is not; so are 1 001 and 1 021, and 1 022 is not."""
    found = near_bounds(priced(980, 981, 1000, 1001, 1021, 1022), Decimal(2))
    below, beyond = Decimal(2400), Decimal(2000)
    assert [(item.due.population, item.missing, item.amount, item.other) for item in found] == [
        (981, 20, below, beyond),
        (1000, 1, below, beyond),
        (1001, 0, beyond, below),
        (1021, -20, beyond, below),
    ]


def test_what_the_cap_costs() -> None:
    """3 x 900 - 2 400 = 300 and 3 x 1 000 - 2 400 = 600: two of four; 800 x 3 is 2 400 itself."""
    found = shield(priced(800, 900, 1000, 1500))
    assert (found.members, found.shielded) == (4, 2)
    assert [found.cost, found.share] == [900, 50]
    assert shield(priced()).share == 0
    assert shield(priced(0, 900)).members == 1  # nobody pays nothing


def test_a_floor_shields_the_body_alone() -> None:
    """100 at 1 € is brought up to 150; 300 at 1 € is capped at 200."""
    bracket = Bracket(None, cap=Decimal(200), floor=Decimal(150))
    level = Level("2B", "exemple", per_inhabitant=Decimal(1), brackets=(bracket,))
    rows = [row("25001", "2B", 100), row("25002", "2B", 300)]
    found = shield(price(dataset(rows, tariffs(grid(level)))))
    assert (found.shielded, found.cost) == (1, Decimal(100))


def test_wealth_counts_before_the_cap_and_beyond_the_bound() -> None:
    """Twice as rich: 3 x 500 x 2 = 3 000 is capped at 2 400; at 1 001 inhabitants and as rich as
    before, 2 000 x (1 000 000 / 1 001 / 1 000) = 1 998.00."""
    wealth = Wealth(average=Decimal(1000), floor=Decimal("0.5"), ceiling=Decimal(2))
    weighted = grid(replace(LEVEL, wealth=wealth))
    rich = [replace(row("25001", "2B", 500), financial_potential=Decimal(1_000_000))]
    found = shield(price(dataset(rich, tariffs(weighted))))
    assert (found.shielded, found.cost) == (1, Decimal(600))
    average = [replace(row("25001", "2B", 1000), financial_potential=Decimal(1_000_000))]
    (near,) = near_bounds(price(dataset(average, tariffs(weighted))), Decimal(1))
    assert (near.amount, near.other) == (Decimal(2400), Decimal("1998.00"))


def test_a_part_of_a_year_counts_for_its_share() -> None:
    """Half of the 300 that 900 inhabitants do not pay."""
    half = replace(row("25001", "2B", 900), end=date(YEAR, 6, 30))
    found = shield(price(dataset([half], tariffs(grid(LEVEL), proration="month"))))
    assert (found.shielded, found.cost) == (1, Decimal(150))
