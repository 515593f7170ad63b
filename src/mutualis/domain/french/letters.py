"""Amounts in letters, as a French invoice or quote states them."""

from decimal import Decimal

from mutualis.domain.money import round_half_up

_UNITS = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"),
    *("neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"),
)
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
_MILLIONS = ((10**9, "milliard"), (10**6, "million"))
LIMIT = 10**12


def in_letters(value: int) -> str:
    """A whole number from 0 to 10^12 - 1: quatre-vingts, deux cent un, mille, un million."""
    if not 0 <= value < LIMIT:
        raise ValueError(value)
    if value == 0:
        return _UNITS[0]
    words: list[str] = []
    for size, noun in _MILLIONS:
        many, value = divmod(value, size)
        if many:
            words.append(f"{_below_thousand(many)} {noun}{'s' if many > 1 else ''}")
    thousands, rest = divmod(value, 1000)
    if thousands:
        # `mille` is invariable, and it takes the final s off quatre-vingts and cents.
        words.append(
            f"{_below_thousand(thousands, final=False)} mille" if thousands > 1 else "mille"
        )
    if rest:
        words.append(_below_thousand(rest))
    return " ".join(words)


def euros_in_letters(amount: Decimal) -> str:
    """An amount >= 0, to the cent: sept mille quarante-huit euros et dix centimes."""
    cents = int(round_half_up(amount) * 100)
    whole, centimes = divmod(cents, 100)
    parts = []
    if whole or not centimes:
        link = " d'" if whole and whole % 10**6 == 0 else " "
        parts.append(f"{in_letters(whole)}{link}euro{'s' if whole > 1 else ''}")
    if centimes:
        parts.append(f"{in_letters(centimes)} centime{'s' if centimes > 1 else ''}")
    return " et ".join(parts)


def _below_thousand(value: int, *, final: bool = True) -> str:
    hundreds, rest = divmod(value, 100)
    words = []
    if hundreds:
        plural = "s" if hundreds > 1 and not rest and final else ""
        words.append("cent" if hundreds == 1 else f"{_UNITS[hundreds]} cent{plural}")
    if rest:
        words.append(_below_hundred(rest, final=final))
    return " ".join(words)


def _below_hundred(value: int, *, final: bool) -> str:
    if value <= 16:
        return _UNITS[value]
    if value < 20:
        return f"dix-{_UNITS[value - 10]}"
    if value >= 80:
        rest = value - 80
        if rest:
            return f"quatre-vingt-{_below_hundred(rest, final=final)}"
        return "quatre-vingts" if final else "quatre-vingt"
    tens, rest = divmod(value, 10)
    if tens == 7:
        tens, rest = 6, rest + 10
    if rest == 0:
        return _TENS[tens]
    if rest in (1, 11):
        return f"{_TENS[tens]} et {_UNITS[rest]}"
    return f"{_TENS[tens]}-{_below_hundred(rest, final=final)}"
