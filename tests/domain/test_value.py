from msgspec import Struct

from mutualis.domain.value import equal_but_for


class Read(Struct, frozen=True):
    amount: int
    place: str = ""

    __eq__ = equal_but_for("place")


class ReadAgain(Read, frozen=True):
    label: str = ""


class Alike(Struct, frozen=True):
    amount: int
    place: str = ""


def test_what_is_left_out_of_what_is_equal() -> None:
    assert Read(1, "ligne 2") == Read(1, "ligne 3")
    assert Read(1, "ligne 2") != Read(2, "ligne 2")


def test_a_value_of_another_class_is_another() -> None:
    assert Read(1) != Alike(1)
    assert Alike(1) != Read(1)
    assert Read(1) != ReadAgain(1)


def test_a_class_below_compares_its_own_fields_too() -> None:
    assert ReadAgain(1, "ligne 2", "a") == ReadAgain(1, "ligne 3", "a")
    assert ReadAgain(1, "ligne 2", "a") != ReadAgain(1, "ligne 2", "b")
