"""What two grids, and their settings, do not agree on."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mutualis.domain.french import tariffs as french
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.value import Struct

_Value = Decimal | str


class Difference(Struct, frozen=True):
    """One price, bound or setting; None where a side has none. `is_price` tells euros from other
    numbers."""

    key: str
    label: str
    before: _Value | None
    after: _Value | None
    is_price: bool


class _Entry(Struct, frozen=True):
    label: str
    value: _Value | None
    is_price: bool


def differences(before: Dataset, after: Dataset) -> tuple[Difference, ...]:
    """What moves between two datasets, in the order of the grid after, settings last."""
    one, other = (dict(_entries(item)) for item in (before, after))
    found = (_difference(one, other, key) for key in dict.fromkeys((*other, *one)))
    return tuple(item for item in found if item.before != item.after)


def _difference(one: Mapping[str, _Entry], other: Mapping[str, _Entry], key: str) -> Difference:
    entry = other.get(key) or one[key]
    before = one[key].value if key in one else None
    after = other[key].value if key in other else None
    return Difference(key, entry.label, before, after, entry.is_price)


def _entries(dataset: Dataset) -> Iterator[tuple[str, _Entry]]:
    for price in dataset.grid.prices():
        yield price.key, _Entry(price.label, price.value, is_price=True)
    for level in dataset.grid.levels.values():
        yield from _bounds(level)
        yield from _wealth(level)
    tariffs = dataset.tariffs
    for key, label in french.SETTINGS.items():
        value = getattr(tariffs, key)
        is_price = isinstance(value, Decimal)
        yield key, _Entry(label, value if is_price else str(value), is_price)


def _bounds(level: Level) -> Iterator[tuple[str, _Entry]]:
    for rank, bracket in enumerate(level.brackets):
        value = None if bracket.up_to is None else Decimal(bracket.up_to)
        label = french.bound(level.code, rank + 1)
        yield f"levels.{level.code}.brackets.{rank}.up_to", _Entry(label, value, is_price=False)


def _wealth(level: Level) -> Iterator[tuple[str, _Entry]]:
    if level.wealth is not None:
        for key, name in french.WEALTH.items():
            label = french.wealth_setting(level.code, name)
            value = getattr(level.wealth, key)
            yield f"levels.{level.code}.wealth.{key}", _Entry(label, value, key == "average")
