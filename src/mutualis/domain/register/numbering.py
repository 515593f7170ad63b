"""The number of a document: made by the issuer's format, checked against what software takes."""

import re
from collections.abc import Sequence
from datetime import date

from mutualis.domain.french.typography import long_date
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger

NUMBER = re.compile(r"[A-Z0-9_/+-]{1,20}")


def document_number(issuer: Issuer, kind: str, year: int, rank: int) -> str:
    """Raises Refusal when it is too long or has other characters (EN 16931 has no limit; ours
    is that of the finance software).
    """
    made = issuer.number(kind, year, rank)
    if not NUMBER.fullmatch(made):
        raise Refusal(
            f"Le numéro « {made} » ne convient pas : 20 caractères au plus, parmi A-Z 0-9 - _ / +.",
            "corriger les formats de [numbers] dans data/issuer.toml",
        )
    return made


def next_numbers(
    issuer: Issuer, kind: str, year: int, quantity: int, ledger: Ledger
) -> list[tuple[int, str]]:
    """The next ranks of a series and their numbers, none of them taken; raises Refusal else."""
    first = ledger.next_rank(issuer.series(kind, year))
    found = [
        (rank, document_number(issuer, kind, year, rank)) for rank in range(first, first + quantity)
    ]
    check_free([number for _, number in found], ledger)
    return found


def check_free(numbers: Sequence[str], ledger: Ledger) -> None:
    """Raises Refusal when a number is already in the register."""
    taken = [number for number in numbers if number in ledger.by_number]
    if taken:
        raise Refusal(
            f"Le numéro {taken[0]} est déjà pris : deux formats se rencontrent. Rien n'a été émis.",
            "donner à chaque sorte de document un format distinct, sous [numbers] dans "
            "data/issuer.toml",
        )


def check_exercice(exercice: int, day: date) -> None:
    """Raises Refusal for an accounting year that is neither the date's nor the one before.

    A document may still belong to the year that closes; until when is the accountant's to say.
    """
    if exercice not in (day.year, day.year - 1):
        raise Refusal(
            f"L'exercice {exercice} ne va pas avec la date du {long_date(day)} : rien n'a été "
            "émis.",
            f"choisir {day.year} ou {day.year - 1} (--exercice)",
        )


def check_day(day: date, today: date, ledger: Ledger) -> None:
    """Raises Refusal for a date to come, or before the last issued one: numbers follow dates."""
    if day > today:
        raise Refusal(
            f"La date du {long_date(day)} est à venir : rien n'a été émis.",
            f"émettre au plus tard à la date d'aujourd'hui, {long_date(today)} (--date)",
        )
    check_not_before(day, ledger.last_day, "dernier document émis")


def check_quote_day(day: date, today: date, ledger: Ledger) -> None:
    """The same for a quote: quotes have their own series, so their own order."""
    if day > today:
        raise Refusal(
            f"La date du {long_date(day)} est à venir : le devis n'a pas été émis.",
            "l'émettre au plus tard à la date d'aujourd'hui (--date), ou en faire un projet "
            "(--draft)",
        )
    check_not_before(day, ledger.last_quote_day, "dernier devis émis")


def check_not_before(day: date, last: date | None, what: str) -> None:
    """Raises Refusal for a date before the last one of its series."""
    if last is not None and day < last:
        raise Refusal(
            f"La date du {long_date(day)} précède celle du {what} ({long_date(last)}) : rien n'a "
            "été émis.",
            f"émettre au plus tôt le {long_date(last)} (--date)",
        )
