from functools import cached_property
from operator import ne

import pytest
from msgspec import Struct

from mutualis.domain.value import equal_but_for, replace


class Read(Struct, frozen=True):
    amount: int
    place: str = ""

    __eq__ = equal_but_for("place")


class ReadAgain(Read, frozen=True):
    label: str = ""


class Alike(Struct, frozen=True):
    amount: int
    place: str = ""


class Counted(Struct, frozen=True, dict=True):
    amounts: tuple[int, ...]

    @cached_property
    def total(self) -> int:
        return sum(self.amounts)


def test_what_is_left_out_of_what_is_equal() -> None:
    assert Read(1, "ligne 2") == Read(1, "ligne 3")
    assert not ne(Read(1, "ligne 2"), Read(1, "ligne 3"))
    assert Read(1, "ligne 2") != Read(2, "ligne 2")


def test_a_value_of_another_class_is_another() -> None:
    assert Read(1) != Alike(1)
    assert Alike(1) != Read(1)
    assert Read(1) != ReadAgain(1)


def test_a_class_below_compares_its_own_fields_too() -> None:
    assert ReadAgain(1, "ligne 2", "a") == ReadAgain(1, "ligne 3", "a")
    assert ReadAgain(1, "ligne 2", "a") != ReadAgain(1, "ligne 2", "b")


def test_a_value_that_leaves_a_field_out_has_no_hash() -> None:
    """Equal ones would be two in a set, by what msgspec hashes: every field."""
    with pytest.raises(TypeError, match="unhashable"):
        hash(Read(1))
    with pytest.raises(TypeError, match="unhashable"):
        hash(ReadAgain(1))


def test_another_value_computes_its_own() -> None:
    first = Counted((1, 2))
    assert first.total == 3
    assert replace(first, amounts=(4,)).total == 4
    assert first == Counted((1, 2))
