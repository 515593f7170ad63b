"""The year after, of each person: amounts by hand, invented (« exemple »)."""

from datetime import date
from decimal import Decimal

from made import grid, move, row, tariffs

from mutualis.domain.communes.communes import Communes
from mutualis.domain.communes.movements import Movements
from mutualis.domain.indexation.cpi import PriceIndex
from mutualis.domain.issuing.commune_account import Forecast, NoForecast
from mutualis.domain.simulation.dataset import Dataset, dataset_of
from mutualis.domain.simulation.forecast import YearAhead, look_ahead
from mutualis.domain.tariffs.grid import Level, Status
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace

FREE = Level("1", "exemple")
LEVELS = (FREE, Level("2A", "exemple", per_inhabitant=Decimal(1)))
DEARER = (FREE, Level("2A", "exemple", per_inhabitant=Decimal("1.50")))
BOTH = tariffs(grid(*LEVELS), grid(*DEARER, year=2026))
DAY = date(2025, 10, 1)


def ahead(communes: Communes, rules: Tariffs = BOTH, day: date = DAY) -> YearAhead:
    dataset = dataset_of(communes, rules, PriceIndex(), 2026)
    assert isinstance(dataset, Dataset)
    return look_ahead(rules, dataset, day)


def told(found: Forecast) -> tuple[int, int]:
    """What is claimed before and after, in whole euros."""
    assert found.change is not None
    amounts = found.change.before, found.change.after
    assert all(amount == int(amount) for amount in amounts)
    return int(amounts[0]), int(amounts[1])


def test_the_grid_and_the_rows_of_the_year_itself() -> None:
    """100 × 1; then 120 × 1.50 = 180: 20 for the inhabitants, 120 × 0.50 = 60 for the price."""
    found = ahead(Communes.of([row(), row(people=120, year=2026)])).of("25001")
    assert told(found) == (100, 180)
    assert found.change is not None
    effects = {name: amount for name, amount in found.change.effects.by_name.items() if amount}
    assert effects == {"population": Decimal(20), "tariff": Decimal(60)}
    assert (found.year, found.missing, found.free) == (2026, None, "")
    assert (found.grid_of, found.rows_of, found.is_settled) == (2026, 2026, True)


def test_rows_that_are_not_there_are_those_of_the_last_year() -> None:
    found = ahead(Communes.of([row()])).of("25001")
    assert told(found)[1] == 150
    assert (found.rows_of, found.is_voted, found.is_settled) == (2025, True, False)
    projected = replace(BOTH.grids[2026], status=Status.PROJECTED)
    rules = replace(BOTH, grids={2025: BOTH.grids[2025], 2026: projected})
    own = ahead(Communes.of([row(), row(year=2026)]), rules).of("25001")
    assert (own.rows_of, own.is_voted, own.is_settled) == (2026, False, False)


def test_who_has_no_row_owes_no_0_in_silence() -> None:
    other = row("25002", year=2026)
    found = ahead(Communes.of([row(), row("25002"), other])).of("25001")
    assert (found.missing, found.change) == (NoForecast.NO_ROW, None)


def test_who_pays_nothing_and_why() -> None:
    """No membership, a free level, and 9 × 1.50 = 13.50, below the 15 € that are recovered."""
    rows = [row(people=100), row(people=100, level="", year=2026)]
    rows += [row("25002"), row("25002", level="1", year=2026)]
    rows += [row("25003", people=9), row("25003", people=9, year=2026)]
    found = ahead(Communes.of(rows))
    amounts = [told(found.of(code))[1] for code in ("25001", "25002", "25003")]
    assert amounts == [0, 0, 0]
    free = [found.of(code).free for code in ("25001", "25002", "25003")]
    assert free[:2] == ["non adhérente", "niveau 1 gratuit (exemple)"]
    assert free[2] == ""


def test_a_commune_that_merges_in_the_year_after() -> None:
    """25001 joins 25002 on 1 January 2026: 100 + 200 before, 300 × 1.50 after. In 2025 its own
    account is still its own, and nothing is said of a year in which it is another's."""
    moves = Movements.of([move(date(2026, 1, 1), "25001", "25002")])
    rows = [row(), row("25002", people=200), row("25002", people=300, year=2026)]
    found = ahead(Communes.of(rows, movements=moves))
    assert found.of("25001").missing is NoForecast.MERGED
    assert told(found.of("25002")) == (300, 450)


def test_a_merger_of_later_is_known_on_a_later_day() -> None:
    """On 1 June 2027 both years of 25001 are 25002's."""
    moves = Movements.of([move(date(2027, 1, 1), "25001", "25002")])
    rows = [row(), row("25002", people=200)]
    rows += [row(year=2026), row("25002", people=200, year=2026)]
    communes = Communes.of(rows, movements=moves)
    assert told(ahead(communes).of("25001")) == (100, 150)
    later = ahead(communes, day=date(2027, 6, 1))
    assert later.of("25001").missing is NoForecast.MERGED
    assert told(later.of("25002")) == (300, 450)
