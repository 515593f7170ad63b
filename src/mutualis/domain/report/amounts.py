"""What memberships come to in a year, by level: due, claimed by documents, still to be claimed."""

from collections.abc import Iterable
from decimal import Decimal

from mutualis.domain.issuing.account import Account
from mutualis.domain.money import ZERO
from mutualis.domain.value import Struct


class LevelAmounts(Struct, frozen=True):
    """Accounts at a level, in euros with tax. `claimed` is what their documents are worth, credit
    notes taken off; `granted` what was remitted; `remaining` what is still to be claimed, below 0
    to be given back."""

    level: str
    accounts: int
    due: Decimal
    granted: Decimal
    claimed: Decimal
    remaining: Decimal


def amounts_by_level(accounts: Iterable[Account], order: Iterable[str]) -> tuple[LevelAmounts, ...]:
    """Those that owe or have a document, by the level that they owe at, in the order given; a level
    that it lacks comes after."""
    found: dict[str, list[Account]] = {level: [] for level in order}
    for account in accounts:
        if account.line is not None or account.owned:
            level = account.row.level if account.line is None else account.line.fee.level.code
            found.setdefault(level, []).append(account)
    return tuple(_level(level, own) for level, own in found.items() if own)


def _level(level: str, accounts: list[Account]) -> LevelAmounts:
    entries = [account.entry for account in accounts]
    return LevelAmounts(
        level=level,
        accounts=sum(entry.due > 0 for entry in entries),
        due=sum((entry.due for entry in entries), ZERO),
        granted=sum((entry.granted for entry in entries), ZERO),
        claimed=sum((entry.balance for entry in entries), ZERO),
        remaining=sum((entry.remaining for entry in entries), ZERO),
    )
