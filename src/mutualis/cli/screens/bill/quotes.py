"""What `bill --quotes` asks and says."""

from pathlib import Path
from typing import Any

from mutualis.cli.screens.quotes import lines_of
from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, euros, number
from mutualis.domain.issuing.mission_batch import MissionLine, MissionPlan
from mutualis.domain.money import plain
from mutualis.workflows.bill_quotes import MissionsBilled


def question(plan: MissionPlan) -> str:
    invoices = count(len(plan.lines), "facture")
    return f"Émettre {invoices} de missions {plan.year}, {euros(plan.total)} ? C'est définitif."


def give(billed: MissionsBilled, folder: Path, *, issued: bool, json: bool) -> None:
    """What was billed, what is left and why."""
    console.tell_problems(billed.warnings, brief=True)
    for doubt in billed.doubts:
        console.tell(f"À vérifier : {doubt.text} ; l'émission le refusera.", "yellow")
    if json:
        console.show_json(answer(billed, "issued" if issued else "draft"))
    else:
        show(billed, issued, folder)


def answer(billed: MissionsBilled, status: str) -> dict[str, Any]:
    """The JSON contract of `bill --quotes`: that of `bill`, where a line is a quote's."""
    plan = billed.plan
    return {
        "year": plan.year,
        "status": status,
        "product": "mission",
        "population_basis": plan.basis.value,
        "lines": [_line(line, plan.year) for line in plan.lines],
        "total": plain(plan.total),
        "not_billed": [
            {
                "code_insee": item.commune.code_insee,
                "commune": item.commune.name,
                "level": item.commune.level,
                "quote": item.quote,
                "amount": plain(item.amount),
                "reason": item.reason,
            }
            for item in plan.left
        ],
        "example_levels": plan.example_levels,
        "files": list(billed.files),
        **(
            {"created": len(billed.created), "head": billed.ledger.head}
            if status == "issued"
            else {}
        ),
    }


def _line(line: MissionLine, year: int) -> dict[str, Any]:
    return {
        "number": line.number,
        "code_insee": line.commune.code_insee,
        "commune": line.commune.name,
        "siren": line.commune.siren,
        "level": line.level.code,
        "year": year,
        "quote": line.work.quote,
        "lines": lines_of(line.work.lines),
        "amount": plain(line.amount),
        "net": plain(line.work.net),
        "vat": plain(line.amount - line.work.net),
        "explanation": line.explanation,
    }


def show(billed: MissionsBilled, issue: bool, folder: Path) -> None:
    plan = billed.plan
    if not issue:
        console.show(f"Missions sur devis {plan.year} (BROUILLON)", "bold")
    elif billed.created:
        first, last = billed.created[0].number, billed.created[-1].number
        numbers = first if first == last else f"{first} à {last}"
        invoices = count(len(billed.created), "facture émise", "factures émises")
        console.show(f"{invoices}, {numbers}", "bold")
    else:
        console.show(f"Missions {plan.year} : rien de nouveau à facturer, 0 facture créée.", "bold")
    if plan.lines:
        console.show_table(
            ("Facture", "Devis", "Commune", "Demi-journées", "Montant"),
            [
                (
                    line.number or "",
                    line.work.quote,
                    f"{line.commune.name} ({line.commune.code_insee})",
                    number(line.work.half_days),
                    euros(line.amount),
                )
                for line in plan.lines
            ],
            right=(3, 4),
            total=(
                "Total",
                "",
                "",
                number(sum(line.work.half_days for line in plan.lines)),
                euros(plan.total),
            ),
        )
    for item in plan.left:
        console.show(f"Non facturé, devis {item.quote} ({item.commune.name}) : {item.reason}")
    console.show_files(billed.files, folder)
    if issue:
        console.show(f"Empreinte du registre : {billed.ledger.head}")
        console.show_next("mutualis register export, puis mutualis register verify")
    else:
        console.show_next(f"relire le classeur, puis mutualis bill {plan.year} --quotes --issue")
