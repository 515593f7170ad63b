"""The number of a document: made by the issuer's format, checked against what software takes."""

import re
from datetime import date

from mutualis.domain.issuer import Issuer
from mutualis.domain.ledger import Ledger
from mutualis.domain.refusals import Refusal
from mutualis.domain.typography import long_date

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


def check_day(day: date, ledger: Ledger) -> None:
    """Raises Refusal for a date before the last issued one: numbers follow dates."""
    last = ledger.last_day
    if last is not None and day < last:
        raise Refusal(
            f"La date du {long_date(day)} précède celle du dernier document émis "
            f"({long_date(last)}) : rien n'a été émis.",
            f"émettre au plus tôt le {long_date(last)} (--date)",
        )
