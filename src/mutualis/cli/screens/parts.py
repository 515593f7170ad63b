"""The parts of a year in the answers for other programs."""

from typing import Any

from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.money import plain


def parts_of(line: BillingLine) -> list[dict[str, Any]]:
    """The parts of what is owed, which add up to it; none for one whole year at one fee."""
    return [
        {
            "part": rank,
            "code_insee": part.row.code_insee,
            "commune": part.row.name,
            "level": part.fee.level.code,
            "population": part.fee.population,
            "from": part.row.first_day.isoformat(),
            "to": part.row.last_day.isoformat(),
            "share": f"{part.numerator}/{part.denominator}",
            "amount_of_year": plain(part.fee.amount),
            "amount": plain(amount),
        }
        for rank, (part, amount) in enumerate(line.amounts, start=1)
    ]
