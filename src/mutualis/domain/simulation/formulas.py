"""What each commune owes for a year, as a function of the prices of its memberships.

Rows, levels, shares of the year and coefficients of wealth are settled here, as exact fractions;
only the prices are left open, so that another calculator need but multiply and compare.
"""

from collections.abc import Iterator
from fractions import Fraction

from mutualis.domain.communes.communes import Settlement
from mutualis.domain.communes.debtors import Group
from mutualis.domain.issuing.account import accounts_on
from mutualis.domain.memberships.fees import priced_rows
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.tariffs.proration import FULL_YEAR, Part, moments, shares
from mutualis.domain.value import Struct


class PartFormula(Struct, frozen=True):
    """`share` of the year of max(min((fixed + population x rate) x coefficient, cap), floor), at
    the prices of the bracket of a `level` (`rank` from 0, None where it has no brackets)."""

    level: str
    rank: int | None
    population: int
    coefficient: Fraction
    share: Fraction


class GroupFormula(Struct, frozen=True):
    """Rows priced together: the highest of `moments`, each the sum of its parts, rounded once. It
    counts for who is settled by withholding where it is the last to owe."""

    is_withheld: bool
    moments: tuple[tuple[PartFormula, ...], ...]


class PersonFormula(Struct, frozen=True):
    """The sum of the groups that a legal person owes, its own last."""

    code_insee: str
    groups: tuple[GroupFormula, ...]


def formulas_of(dataset: Dataset) -> tuple[PersonFormula, ...]:
    """In INSEE-code order; the year must be priced without an error (checks B02, B03 and B41).

    What is due is the sum, with the tax on it; a `titre` below `minimum_recovery` is not claimed.
    """
    accounts = accounts_on(dataset.communes, dataset.tariffs, dataset.year, Ledger())
    return tuple(
        PersonFormula(
            account.person.code_insee,
            tuple(_group(fee.group, dataset) for fee in account.fees),
        )
        for account in accounts.all
    )


def _group(group: Group, dataset: Dataset) -> GroupFormula:
    is_withheld = group.row.settlement is Settlement.AC
    found = (tuple(map(_part, parts)) for parts in _moments(group, dataset))
    return GroupFormula(is_withheld, tuple(parts for parts in found if parts))


def _moments(group: Group, dataset: Dataset) -> Iterator[tuple[Part, ...]]:
    """What is compared: which moment of a whole year owes most is up to the prices."""
    tariffs = dataset.tariffs
    priced = priced_rows(group, dataset.grid, tariffs.population)
    if tariffs.proration == FULL_YEAR:
        for moment in moments(priced):
            yield moment.parts
    else:
        yield shares(priced, tariffs.proration)


def _part(part: Part) -> PartFormula:
    fee, coefficient = part.fee, part.fee.coefficient
    return PartFormula(
        level=fee.level.code,
        rank=fee.bracket_rank,
        population=fee.population,
        coefficient=Fraction(1) if coefficient is None else coefficient,
        share=Fraction(part.numerator, part.denominator),
    )
