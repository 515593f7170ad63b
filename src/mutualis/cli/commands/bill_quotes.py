"""mutualis bill --quotes: what was done on quotes, drafted or issued"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mutualis.domain.issuing.mission_batch import MissionLine
    from mutualis.workflows.bill_quotes import MissionsBilled
    from mutualis.workflows.printing import Printer


def bill_quotes(
    folder: Path,
    year: int,
    *,
    communes: Sequence[str],
    issue: bool,
    yes: bool,
    day: date,
    exercice: int | None,
    operator: str,
    out: Path | None,
    printer: "Printer | None",
    json: bool,
) -> None:
    """Bill the missions of a year's quotes; what is left and why is said."""
    from mutualis.cli.terminal import console
    from mutualis.cli.terminal.prompt import confirm
    from mutualis.cli.terminal.values import today
    from mutualis.domain.french.typography import count, euros
    from mutualis.domain.issuing.batch import check_sirens
    from mutualis.workflows.bill_quotes import bill_missions, draft_missions, prepare_missions

    if issue:
        prepared = prepare_missions(folder, year, communes)
        if prepared.plan.lines:
            check_sirens(line.commune for line in prepared.plan.lines)
            invoices = count(len(prepared.plan.lines), "facture")
            amount = euros(prepared.plan.total)
            confirm(f"Émettre {invoices} de missions {year}, {amount} ? C'est définitif.", yes=yes)
        billed = bill_missions(
            prepared,
            day=day,
            today=today(),
            operator=operator,
            exercice=exercice,
            printer=printer,
        )
    else:
        billed = draft_missions(folder, year, communes, made_on=day, out=out, printer=printer)
    console.tell_problems(billed.warnings, brief=True)
    for doubt in billed.doubts:
        console.tell(f"À vérifier : {doubt.text}.", "yellow")
    if json:
        console.show_json(answer(billed, "issued" if issue else "draft"))
    else:
        _show(billed, issue, folder)


def answer(billed: "MissionsBilled", status: str) -> dict[str, Any]:
    """The JSON contract of `bill --quotes`: that of `bill`, where a line is a quote's."""
    from mutualis.domain.money import plain

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


def _line(line: "MissionLine", year: int) -> dict[str, Any]:
    from mutualis.cli.screens.quotes import lines_of
    from mutualis.domain.money import plain

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
        "explanation": line.explanation,
    }


def _show(billed: "MissionsBilled", issue: bool, folder: Path) -> None:
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import count, euros, number

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
