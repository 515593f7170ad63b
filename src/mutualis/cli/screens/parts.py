"""An account, the parts of a year, and what weights a fee, in the answers for other programs."""

from typing import Any

from mutualis.domain.issuing.account import Account
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.money import decimal_of, plain
from mutualis.domain.tariffs.fees import FeeBreakdown


def account_line(account: Account) -> dict[str, Any]:
    """One account, as other programs read it."""
    entry = account.entry
    return {
        "code_insee": entry.code_insee,
        "commune": entry.name,
        "due": plain(entry.due),
        "granted": plain(entry.granted),
        "target": plain(entry.target),
        "balance": plain(entry.balance),
        "stale": plain(entry.stale),
        "remaining": plain(entry.remaining),
        "to_qualify": list(account.unqualified),
    }


def parts_of(line: BillingLine) -> list[dict[str, Any]]:
    """The parts of what is owed, which add up to it; none for one whole year at one fee."""
    return [
        {
            "part": rank,
            "code_insee": part.row.code_insee,
            "commune": part.row.name,
            "level": part.fee.level.code,
            "population": part.fee.population,
            **weighting_of(part.fee),
            "from": part.row.first_day.isoformat(),
            "to": part.row.last_day.isoformat(),
            "share": f"{part.numerator}/{part.denominator}",
            "amount_of_year": plain(part.fee.amount),
            "amount": plain(amount),
        }
        for rank, (part, amount) in enumerate(line.amounts, start=1)
    ]


def weighting_of(fee: FeeBreakdown) -> dict[str, str]:
    """The wealth coefficient and the amount that it gives; nothing where the level has none."""
    if fee.shown_coefficient is None:
        return {}
    return {
        "coefficient": plain(fee.shown_coefficient),
        "weighted": plain(decimal_of(fee.weighted)),
    }
