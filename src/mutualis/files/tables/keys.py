"""The keys of SIREN and SIRET; a number that is all zeros has a right one, and is nobody's."""

from collections.abc import Callable

_DOUBLED = str.maketrans("0123456789", "0246813579")  # twice each, its two figures added
_POSTE = "356000000"
_POSTE_HEAD = "35600000000048"


def is_siren(number: str) -> bool:
    """Whether nine digits are a SIREN."""
    return _is_plain(number, 9) and _luhn(number)


def is_siret(number: str) -> bool:
    """Whether fourteen digits are a SIRET: those of La Poste's offices add up to a multiple of 5,
    their key is no other."""
    if not _is_plain(number, 14) or not _luhn(number[:9]):
        return False
    if number.startswith(_POSTE) and number != _POSTE_HEAD:
        return sum(map(int, number)) % 5 == 0
    return _luhn(number)


def is_number(number: str, is_valid: Callable[[str], bool]) -> bool:
    """Whether an identifier exists: its key is right, and it is not all zeros."""
    return is_valid(number) and bool(number.strip("0"))


def _is_plain(number: str, length: int) -> bool:
    """Whether it is as many figures, and not all zeros."""
    is_number = len(number) == length and number.isascii() and number.isdigit()
    return is_number and bool(number.strip("0"))


def _luhn(number: str) -> bool:
    """Whether the digits, every second one from the last doubled, add up to a multiple of 10."""
    doubled = number[-2::-2].translate(_DOUBLED)
    return sum(map(int, number[::-2])) % 10 == -sum(map(int, doubled)) % 10
