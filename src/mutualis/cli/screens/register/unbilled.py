"""What `register unbilled` answers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from mutualis.cli.screens.parts import account_line
from mutualis.cli.screens.register import year_end
from mutualis.cli.terminal import console
from mutualis.domain.communes.communes import Settlement
from mutualis.domain.french.typography import euros, short_date
from mutualis.domain.issuing.account import Account, Left, left_of
from mutualis.domain.issuing.mission_batch import Unbilled
from mutualis.domain.issuing.plan import IssuePlan
from mutualis.domain.money import ZERO, plain
from mutualis.workflows.unbilled import LeftToClaim

STATES = {
    Left.TO_ISSUE: "à émettre",
    Left.BELOW_MINIMUM: "sous le seuil",
    Left.CORRECTION: "à corriger",
    Left.TO_QUALIFY: "à qualifier",
}
_Open = Sequence[tuple[Account, Left]]


def answer(left: LeftToClaim) -> dict[str, Any]:
    """The JSON contract of `register unbilled`; `memberships` is null when the year has none."""
    issue, found = left.memberships, _open(left.memberships)
    return {
        "year": left.year,
        "works": [
            {
                "quote": item.mission.number,
                "code_insee": item.mission.issued.commune.code_insee,
                "commune": item.mission.issued.commune.name,
                "date": item.work.day.isoformat(),
                "half_days": dict(item.work.half_days),
                "certified_by": item.work.certified_by,
                "amount": plain(item.amount),
                "attached": item.work.day.year <= left.year,
            }
            for item in left.works
        ],
        "total": plain(_attached(left)),
        "memberships": None
        if issue is None
        else [
            {
                **account_line(account),
                "settlement": account.row.settlement.value,
                "state": state.value,
            }
            for account, state in found
        ],
        "memberships_total": None if issue is None else plain(_remaining(found)),
        "memberships_missing": left.missing,
        **year_end.answer(left),
    }


def show(left: LeftToClaim) -> None:
    year, issue, found = left.year, left.memberships, _open(left.memberships)
    if left.works:
        _show_works(left)
    else:
        console.show(f"Missions {year} : rien n'est fait et non facturé.")
    if issue is None:
        console.show(f"Adhésions {year} : {left.missing} ; seules les missions sont données.")
    elif found:
        state = "" if issue.billing.grid.is_voted else " (grille projetée, non votée)"
        console.show(f"Adhésions {year}, ce qui reste{state}", "bold")
        _show_memberships(found)
    else:
        console.show(f"Adhésions {year} : les documents émis disent ce qui est dû.")
    year_end.show(left)
    console.show_next(" ; ".join(dict.fromkeys(_next(left, found))) or "mutualis quotes list")


def _open(issue: IssuePlan | None) -> _Open:
    """The accounts whose documents are not worth what is due."""
    if issue is None:
        return ()
    minimum = issue.billing.minimum_recovery
    return tuple(
        (account, state)
        for account in issue.accounts.all
        if (state := left_of(account, minimum)) is not None
    )


def _next(left: LeftToClaim, found: _Open) -> Iterator[str]:
    for item in left.works:
        yield f"mutualis bill {item.mission.issued.year} --quotes --issue"
    for account, state in found:
        if state is Left.TO_QUALIFY:
            yield f"mutualis credit {account.unqualified[0]} --qualify remise, ou correction"
    if any(state in (Left.TO_ISSUE, Left.CORRECTION) for _, state in found):
        yield f"mutualis bill {left.year}"


def _show_works(left: LeftToClaim) -> None:
    console.show_table(
        ("Devis", "Commune", "Fait le", "Demi-journées", "Montant", "À rattacher"),
        [
            (
                item.mission.number,
                item.mission.issued.commune.name,
                short_date(item.work.day),
                item.text,
                euros(item.amount),
                _attachment(item, left.year),
            )
            for item in left.works
        ],
        right=(4,),
        total=("Total", "", f"fait en {left.year} ou avant", "", euros(_attached(left)), ""),
    )


def _show_memberships(found: _Open) -> None:
    entries = [(account.entry, _state(account, state)) for account, state in found]
    totals = [
        sum(amounts, ZERO)
        for amounts in zip(
            *((e.due, e.granted, e.balance, e.remaining) for e, _ in entries), strict=True
        )
    ]
    console.show_table(
        ("Code", "Commune", "Dû", "Remises", "Émis", "Reste", "État"),
        [
            (
                entry.code_insee,
                entry.name,
                euros(entry.due),
                euros(entry.granted),
                euros(entry.balance),
                euros(entry.remaining),
                state,
            )
            for entry, state in entries
        ],
        right=(2, 3, 4, 5),
        total=("Total", "", *map(euros, totals), ""),
    )


def _state(account: Account, state: Left) -> str:
    withheld = account.row.settlement is Settlement.AC
    return f"{STATES[state]}{' (AC)' if withheld else ''}"


def _attachment(item: Unbilled, year: int) -> str:
    done = item.work.day.year
    return str(done) if done <= year else f"non : {done}"


def _attached(left: LeftToClaim) -> Decimal:
    """What belongs to the year or to one before."""
    return sum((item.amount for item in left.works if item.work.day.year <= left.year), ZERO)


def _remaining(found: _Open) -> Decimal:
    return sum((account.entry.remaining for account, _ in found), ZERO)
