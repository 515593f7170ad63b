"""By how much an amount changed, and what each cause counts for: they add up to the cent."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from mutualis.domain.money import ZERO
from mutualis.domain.value import Struct


class Effects(Struct, frozen=True):
    """What each cause counts for, in euros, in the order in which they are told apart.

    `path.py` says what each of them is.
    """

    full_year: Decimal = ZERO
    perimeter: Decimal = ZERO
    population: Decimal = ZERO
    level: Decimal = ZERO
    tariff: Decimal = ZERO
    wealth: Decimal = ZERO

    @property
    def by_name(self) -> Mapping[str, Decimal]:
        return {name: getattr(self, name) for name in self.__struct_fields__}

    @property
    def total(self) -> Decimal:
        return sum(self.by_name.values(), ZERO)

    @classmethod
    def sum(cls, items: Iterable["Effects"]) -> "Effects":
        totals = dict.fromkeys(cls.__struct_fields__, ZERO)
        for item in items:
            for name, amount in item.by_name.items():
                totals[name] += amount
        return cls(**totals)


class Change(Struct, frozen=True):
    """What a legal person's membership comes to on either side, and why it is not the same.

    `code_insee` and `name` are those of the person as the later side knows it; `before` and
    `after` are what is claimed for the year: 0 below `minimum_recovery`, unless it is withheld.
    """

    code_insee: str
    name: str
    before: Decimal
    after: Decimal
    effects: Effects

    @property
    def amount(self) -> Decimal:
        return self.after - self.before


class Changes(Struct, frozen=True):
    """The changes from the year `before` to the year `after`, in INSEE-code order."""

    year_before: int
    year_after: int
    changes: tuple[Change, ...]

    @property
    def before(self) -> Decimal:
        return sum((change.before for change in self.changes), ZERO)

    @property
    def after(self) -> Decimal:
        return sum((change.after for change in self.changes), ZERO)

    @property
    def effects(self) -> Effects:
        return Effects.sum(change.effects for change in self.changes)
