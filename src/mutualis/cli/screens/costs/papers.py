"""The papers of unit costs: what is asked before they are kept, what was written."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.documents.costs.words import heading
from mutualis.domain.costs.paper import CommuneStatement, CostPaper, PaperKind
from mutualis.domain.french.typography import count, euros, long_date, number
from mutualis.domain.money import ZERO, plain
from mutualis.workflows.cost_papers import Kept


def question(paper: CostPaper) -> str:
    what = _what(paper)
    return f"Publier {what}, au {long_date(paper.act.day)} ? C'est définitif."


def _what(paper: CostPaper) -> str:
    if paper.kind is PaperKind.NOTICE:
        return f"les coûts unitaires {paper.year} ({count(len(paper.published), 'coût')})"
    statements = count(len(paper.statements), "commune")
    return f"les états annuels {paper.year} ({statements})"


def show(one: Kept, files: Sequence[str], folder: Path) -> None:
    paper = one.paper
    console.show(f"{heading(paper)}, au {long_date(paper.act.day)}", "bold")
    if paper.has_examples:
        console.show("Données d'exemple, inventées : ces documents ne décrivent rien de réel.")
    if one.head:
        state = "gardé au registre" if one.created else "déjà au registre : rien n'est ajouté"
        which = f" (version {one.version})" if one.version > 1 else ""
        again = (
            "" if one.replaces is None else f", à la place de celui du {long_date(one.replaces)}"
        )
        console.show(f"Document {state}{which}{again}.")
    if paper.kind is PaperKind.STATEMENTS:
        _statements(paper)
    else:
        _costs(paper)
    console.show_files(files, folder)
    if one.created:
        console.show(f"Empreinte du registre : {one.head}")
    console.show_next("adresser ces documents aux communes")


def _costs(paper: CostPaper) -> None:
    rows = [
        (x.directorate, x.category, "" if x.cost is None else euros(x.cost))
        for x in paper.published
    ]
    console.show_table(("Direction", "Catégorie", "Coût d'une ½ journée"), rows, right=(2,))


def _statements(paper: CostPaper) -> None:
    used = [one for one in paper.statements if one.lines]
    whole = sum((one.at_cost for one in used), ZERO)
    at_cost = euros(whole) if any(one.has_cost for one in used) else ""
    half_days, uncosted = (sum(x.half_days for x in used), sum(x.uncosted for x in used))
    console.show_table(
        ("Commune", "½ j.", "Au coût", "Sans coût"),
        [_cells(one) for one in used],
        right=(1, 2, 3),
        total=("Total", number(half_days), at_cost, number(uncosted) if uncosted else ""),
    )
    idle = len(paper.statements) - len(used)
    if idle:
        console.show(f"Sans recours en {paper.year} : {count(idle, 'commune')}, un état aussi.")


def _cells(one: CommuneStatement) -> tuple[str, ...]:
    at_cost = euros(one.at_cost) if one.has_cost else ""
    return (
        one.commune.name,
        number(one.half_days),
        at_cost,
        number(one.uncosted) if one.uncosted else "",
    )


def answer(one: Kept, files: Sequence[str]) -> dict[str, Any]:
    """The JSON contract of `costs --notice` and `--record`."""
    paper = one.paper
    return {
        "year": paper.year,
        "kind": paper.kind.value,
        "date": paper.act.day.isoformat(),
        "accounts": paper.accounts,
        "example": paper.has_examples,
        "version": one.version if one.head else None,
        "created": int(one.created),
        "replaces": None if one.replaces is None else one.replaces.isoformat(),
        "head": one.head or None,
        "unit_costs": [
            {
                "direction": x.directorate,
                "category": x.category,
                "unit_cost": None if x.cost is None else plain(x.cost),
            }
            for x in paper.published
        ],
        "statements": [
            {
                "code_insee": x.commune.code_insee,
                "commune": x.commune.name,
                "half_days": x.half_days,
                "at_cost": plain(x.at_cost) if x.has_cost else None,
                "half_days_without_cost": x.uncosted,
            }
            for x in paper.statements
        ],
        "files": [*files],
    }
