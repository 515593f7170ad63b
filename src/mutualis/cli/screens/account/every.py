"""The accounts of every commune on the screen."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from mutualis.cli.screens.register.unbilled import STATES
from mutualis.cli.terminal import console
from mutualis.documents.wording import account as words
from mutualis.domain.french.typography import count, euros, number
from mutualis.domain.issuing.commune_account import CommuneUsage, YearAccount
from mutualis.domain.money import ZERO
from mutualis.workflows.account import AllAccounts

_OWED = ("Commune", "Dû", "Reste", "État")
_ISSUED = ("Commune", "Documents")
_RECEIVED = ("½ j.", "Au coût")
_WORDS = ("Commune", "État")  # the other columns are figures


def show(found: AllAccounts, files: Sequence[str], folder: Path) -> None:
    """A line for each: what it owes, what its documents are worth where that is not computed, then
    what it received and its value at cost where that is known."""
    years = [account.detailed for account in found.accounts]
    usages = [usage for one in years for usage in _of(one)]
    has_costs = any(usage.costs is not None for usage in usages)
    is_priced = any(one.is_priced for one in years)
    received = _RECEIVED[: 2 if has_costs else 1 if usages else 0]
    columns = (*(_OWED if is_priced else _ISSUED), *received)
    amounts, total = (_owed, _owed_in_all) if is_priced else (_issued, _issued_in_all)
    console.show(f"Comptes {found.year} : {count(len(years), 'commune')}", "bold")
    console.show_table(
        columns,
        [(*amounts(one), *_received(_of(one)))[: len(columns)] for one in years],
        right=[rank for rank, name in enumerate(columns) if name not in _WORDS],
        total=(*total(years), *_received(usages))[: len(columns)],
    )
    for text in dict.fromkeys(one.missing for one in years if one.missing):
        console.show(f"Dû {found.year} non calculé : {text}.")
    if any(one.usage_fails for one in years):
        console.show(words.usage_fails(found.year))
    without = sum(u.received.uncosted for u in usages if u.received is not None)
    if has_costs and without:
        console.show(words.without_cost(without))
    console.show_files(files, folder)
    if not files:
        console.show_next(f"mutualis account --all {found.year} --merge")


def _owed(one: YearAccount) -> tuple[str, ...]:
    if one.account is None:
        return one.person.name, "", "", "non calculé"
    entry, state = one.account.entry, "" if one.left is None else STATES[one.left]
    return one.person.name, euros(entry.due), euros(entry.remaining), state


def _owed_in_all(years: Sequence[YearAccount]) -> tuple[str, ...]:
    entries = [one.account.entry for one in years if one.account is not None]
    due, remaining = [e.due for e in entries], [e.remaining for e in entries]
    return "Total", euros(_sum(due)), euros(_sum(remaining)), ""


def _issued(one: YearAccount) -> tuple[str, ...]:
    return one.person.name, euros(one.sums.balance)


def _issued_in_all(years: Sequence[YearAccount]) -> tuple[str, ...]:
    return "Total", euros(_sum([one.sums.balance for one in years]))


def _of(one: YearAccount) -> Sequence[CommuneUsage]:
    return () if one.usage is None else (one.usage,)


def _received(usages: Sequence[CommuneUsage]) -> tuple[str, str]:
    """Half-days, and their value; empty where there are none."""
    parts = [usage.received for usage in usages if usage.received is not None]
    if not parts:
        return "", ""
    known = [part.at_cost for part in parts if part.has_cost]
    half_days = number(sum(part.half_days for part in parts))
    return half_days, euros(_sum(known)) if known else words.NO_COST


def _sum(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
