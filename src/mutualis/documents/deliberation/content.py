"""What the draft deliberation says of a proposed grid."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from mutualis.documents.deliberation.deliberation import (
    Deliberation,
    DraftColumn,
    DraftPart,
    DraftTable,
)
from mutualis.documents.wording import parties
from mutualis.documents.wording.council import deliberation as words
from mutualis.domain.french.typography import euros, number, signed_euros, signed_percent
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.money import ZERO
from mutualis.domain.simulation.proposal import CommuneEffect, Proposal
from mutualis.domain.value import replace


def deliberation_of(proposal: Proposal, issuer: Issuer) -> Deliberation:
    """The draft; its number and its date are left blank."""
    year = proposal.plan.grid.year
    subject = words.subject(year)
    is_example = issuer.example or proposal.plan.grid.example
    mark = parties.marked(replace(issuer, example=is_example), words.PROJECT)
    return Deliberation(
        issuer=(issuer.name, *parties.issuer_block(issuer)),
        mark=mark,
        heading=words.HEADING,
        numbered=words.NUMBERED,
        subject=subject,
        visas=tuple(words.visas(proposal, issuer)),
        grounds=tuple(words.grounds(proposal)),
        decides=words.DECIDES,
        articles=_articles(proposal),
        votes=words.VOTES,
        signatures=words.SIGNATURES,
        annexes_title=words.ANNEXES,
        annexes=tuple(_annexes(proposal)),
        footer=f"{mark} - {issuer.name} - {subject}",
        title=f"{mark} - {subject}",
        day=date(year, 1, 1),  # no clock: the same data give the same bytes
    )


def _articles(proposal: Proposal) -> tuple[DraftPart, ...]:
    year = proposal.plan.grid.year
    return (
        DraftPart(f"Article 1 : tarifs {year}", (words.prices_text(year),), _prices(proposal)),
        DraftPart("Article 2 : application", (words.applied_to(proposal.after.dataset),)),
        DraftPart("Article 3 : pas d'indexation sans vote", (words.NEXT_VOTE,)),
        DraftPart("Article 4 : exécution", (words.CARRIED_OUT,)),
    )


def _prices(proposal: Proposal) -> DraftTable:
    plan = proposal.plan
    return DraftTable(
        columns=(
            DraftColumn("Niveau et montant", is_figure=False),
            DraftColumn(f"{plan.before.year}"),
            DraftColumn(f"{plan.grid.year}"),
            DraftColumn("Variation"),
        ),
        rows=tuple(
            (
                amount.price.label,
                euros(amount.before),
                euros(amount.after),
                signed_percent(amount.variation),
            )
            for amount in plan.amounts
        ),
    )


def _annexes(proposal: Proposal) -> Iterator[DraftPart]:
    since = words.since(proposal)
    yield DraftPart(
        "Annexe 1 : effet sur les recettes",
        (words.SAME_ROWS, *([since] if since else [])),
        _revenue(proposal),
        tuple(words.effect_notes(proposal)),
    )
    owing = tuple(proposal.communes())
    known = {line.code_insee for line in proposal.moved if not line.heir}
    free = words.free(len(known - {one.code_insee for one in owing}))
    yield DraftPart(
        "Annexe 2 : effet sur chaque commune",
        table=_communes(proposal, owing),
        notes=(free,) if free else (),
    )
    yield _readings(proposal)


def _sides(proposal: Proposal) -> tuple[DraftColumn, ...]:
    """The columns of what is owed: the year before where it is known, then each grid."""
    plan, past = proposal.plan, proposal.past
    return (
        *(() if past is None else (DraftColumn(f"Dû en {past.year}"),)),
        DraftColumn(f"Grille {plan.before.year}"),
        DraftColumn(f"Grille {plan.grid.year}"),
        DraftColumn("Écart"),
    )


def _owed(proposal: Proposal, past: Decimal, same: Decimal, after: Decimal) -> tuple[str, ...]:
    known = () if proposal.past is None else (euros(past),)
    return (*known, euros(same), euros(after), signed_euros(after - same))


def _total(proposal: Proposal) -> tuple[str, ...]:
    past = ZERO if proposal.past is None else proposal.past.total
    return _owed(proposal, past, proposal.same.total, proposal.after.total)


def _revenue(proposal: Proposal) -> DraftTable:
    levels = tuple(proposal.levels())
    return DraftTable(
        columns=(
            DraftColumn("Niveau", is_figure=False),
            DraftColumn("Adhésions"),
            *_sides(proposal),
        ),
        rows=tuple(
            (
                level.level,
                number(level.communes),
                *_owed(proposal, level.past, level.same, level.after),
            )
            for level in levels
        ),
        total=("Total", number(sum(level.communes for level in levels)), *_total(proposal)),
    )


def _communes(proposal: Proposal, owing: Sequence[CommuneEffect]) -> DraftTable:
    return DraftTable(
        columns=(
            DraftColumn("Commune", is_figure=False),
            DraftColumn("Niveau"),
            DraftColumn("Population"),
            *_sides(proposal),
        ),
        rows=tuple(
            (
                one.name,
                one.level or "-",
                number(one.population) if one.population else "-",
                *_owed(proposal, one.past, one.same, one.after),
            )
            for one in owing
        ),
        total=("Total", "", "", *_total(proposal)),
    )


def _readings(proposal: Proposal) -> DraftPart:
    plan = proposal.plan
    known = {
        name: title
        for name, title in words.READINGS.items()
        if any(amount.variants.get(name) is not None for amount in plan.amounts)
    }
    unknown = {name: title for name, title in words.READINGS.items() if name not in known}
    note = words.unknown_readings(unknown)
    return DraftPart(
        "Annexe 3 : les autres lectures de la règle",
        (words.readings_text(plan.grid.year),),
        DraftTable(
            columns=(
                DraftColumn("Niveau et montant", is_figure=False),
                *(DraftColumn(title) for title in known.values()),
            ),
            rows=tuple(
                (
                    amount.price.label,
                    *(words.reading(amount.variants.get(name), amount.after) for name in known),
                )
                for amount in plan.amounts
            ),
        ),
        (note,) if note else (),
    )
