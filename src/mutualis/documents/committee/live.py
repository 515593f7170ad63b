"""What the page computes with: the prices in whole units, and what each commune owes by them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mutualis.domain.money import CENT, EXACT
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.formulas import GroupFormula, PartFormula, formulas_of
from mutualis.domain.simulation.solve import MOST, MOST_AMOUNT
from mutualis.domain.tariffs.grid import BRACKET_PRICES, Level, Price
from mutualis.domain.value import Struct

_FEWEST_DECIMALS = 6  # those of a price that is typed
_FEWEST_STEPS = 100  # of a slider


class LivePrices(Struct, frozen=True):
    """The prices of memberships of a dataset, whole numbers of 1/`scale` of a euro."""

    dataset: Dataset

    @property
    def prices(self) -> Sequence[Price]:
        return [price for price in self.dataset.grid.prices() if not price.category]

    @property
    def decimals(self) -> int:
        amounts = (*(price.value for price in self.prices), self.dataset.tariffs.minimum_recovery)
        return max(_FEWEST_DECIMALS, *(_decimals(amount) for amount in amounts))

    def units(self, amount: Decimal) -> int:
        return int(EXACT.scaleb(amount, self.decimals))


def calculated(dataset: Dataset, codes: Sequence[str], year: int) -> dict[str, Any]:
    """The data of `calculation.js`, in the order of `codes`, which are those of what the persons of
    the dataset have become by the end of `year`; numbers that may be large are texts."""
    live = LivePrices(dataset)
    places = {price.key: place for place, price in enumerate(live.prices)}
    priced = [level for level in dataset.grid.levels.values() if level.is_priced]
    brackets = [(level, rank) for level in priced for rank in _ranks(level)]
    ranks = {(level.code, rank): place for place, (level, rank) in enumerate(brackets)}
    persons: dict[str, list[list[Any]]] = {}
    for person in formulas_of(dataset):
        groups = [_group(group, ranks) for group in person.groups]
        persons.setdefault(_heir(person.code_insee, dataset, year), []).append(groups)
    return {
        "scale": str(10**live.decimals),
        "minimum": str(live.units(dataset.tariffs.minimum_recovery)),
        "vat": _fraction(Fraction(dataset.vat) / 100),
        "brackets": [_bracket(level, rank, places) for level, rank in brackets],
        "lines": [persons.get(code, []) for code in codes],
    }


def sliders(dataset: Dataset, before: Dataset) -> list[dict[str, Any]]:
    """Each price: its value, that of the grid before where it has one, the step and the number of
    steps of its slider, the most that it may be."""
    live = LivePrices(dataset)
    earlier = {price.key: price.value for price in before.grid.prices()}
    found = []
    for price in live.prices:
        step = live.units(dataset.tariffs.indexation.rounding[price.kind])
        value, own = live.units(price.value), earlier.get(price.key)
        if value % step:
            step = live.units(Decimal(1).scaleb(-_decimals(price.value)))
        old = None if own is None else live.units(own)
        steps = max(2 * max(value, old or 0) // step, _FEWEST_STEPS)
        found.append(
            {
                "key": price.key,
                "label": price.label,
                "level": price.level,
                "value": str(value),
                "before": None if old is None else str(old),
                "step": str(step),
                "steps": steps,
                "most": str(live.units(MOST.get(price.kind, MOST_AMOUNT))),
            }
        )
    return found


def cents(amount: Decimal) -> str:
    return str(int(EXACT.divide(amount, CENT)))


def _heir(code: str, dataset: Dataset, year: int) -> str:
    first, last = date(dataset.year, 12, 31), date(year, 12, 31)
    return dataset.communes.movements.heir(code, first, last) or code


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize(EXACT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _ranks(level: Level) -> Sequence[int | None]:
    return [*range(len(level.brackets))] or [None]


def _bracket(level: Level, rank: int | None, places: Mapping[str, int]) -> dict[str, int | None]:
    """The place of each of its prices among all; None for one that it has not."""
    start = f"levels.{level.code}"
    within = start if rank is None else f"{start}.brackets.{rank}"
    found = {kind: places.get(f"{within}.{kind}") for kind in BRACKET_PRICES}
    rate = found.pop("per_inhabitant")
    return {"rate": places.get(f"{start}.per_inhabitant") if rate is None else rate, **found}


def _group(group: GroupFormula, ranks: Mapping[tuple[str, int | None], int]) -> dict[str, Any]:
    return {
        "withheld": group.is_withheld,
        "moments": [[_part(part, ranks) for part in parts] for parts in group.moments],
    }


def _part(part: PartFormula, ranks: Mapping[tuple[str, int | None], int]) -> list[Any]:
    return [
        ranks[part.level, part.rank],
        str(part.population),
        _fraction(part.coefficient),
        _fraction(part.share),
    ]


def _fraction(value: Fraction) -> list[str]:
    return [str(value.numerator), str(value.denominator)]
