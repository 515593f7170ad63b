"""mutualis usage"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import (
    CURRENT_FOLDER,
    Day,
    Folder,
    Json,
    Out,
    Year,
    day_of,
    out_of,
    text_of,
    year_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from pathlib import Path

    from mutualis.domain.usage import Share, Usage
    from mutualis.workflows.measuring import Measured

NAME = "usage"
SHORT_HELP = "Compte ce qui a été fait : quotas, coût réel, recettes."
HELP = """
Compte les interventions d'une année (data/interventions.csv) : quotas utilisés et dépassés,
ce qui va au-delà des niveaux et des devis, et le coût réel des demi-journées face aux
cotisations et aux missions facturées, par commune, niveau, thème et direction.
"""
EXAMPLES = """
mutualis usage 2025
mutualis usage 2025 --commune Saône
mutualis usage 2025 --workbook
mutualis usage 2025 --json
"""


def command(
    year: Year,
    commune: Annotated[
        str | None,
        typer.Option("--commune", metavar="NOM", help="Nom ou code INSEE.", show_default=False),
    ] = None,
    workbook: Annotated[
        bool, typer.Option("--workbook", help="Écrit aussi un classeur, avec des graphiques.")
    ] = False,
    day: Day = None,
    out: Out = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli import console
    from mutualis.workflows.measuring import measure_usage

    measured = measure_usage(
        folder,
        year_of(year, NAME),
        made_on=day_of(day, NAME),
        commune="" if commune is None else text_of(commune, "--commune"),
        write=workbook,
        out=out_of(out),
    )
    console.tell_problems(measured.warnings, brief=True)
    if json:
        console.show_json(answer(measured))
    else:
        _show(measured, folder)


def answer(measured: "Measured") -> dict[str, Any]:
    """The JSON contract of `usage`."""
    from mutualis.domain.money import plain

    usage = measured.usage
    own, levels = usage.commune, usage.levels
    return {
        "year": usage.year,
        "grid_status": usage.grid.status.value,
        "code_insee": None if own is None else own.code_insee,
        "commune": None if own is None else own.name,
        "fees_from": "register" if usage.incomes.is_issued else "draft",
        "examples": {
            "interventions": usage.examples,
            "levels": usage.example_levels,
            "directorates": usage.example_directorates,
        },
        "total": _figures(usage.total),
        "by_commune": [
            {
                "code_insee": share.key,
                "commune": share.label,
                "level": levels.get(share.key, ""),
                **_figures(share),
            }
            for share in usage.by_commune
        ],
        "by_level": [{"level": share.key, **_figures(share)} for share in usage.by_level],
        "by_theme": [{"theme": share.key, **_figures(share)} for share in usage.by_theme],
        "by_directorate": [
            {"directorate": share.key, **_figures(share)} for share in usage.by_directorate
        ],
        "by_category": [
            {
                "category": use.category,
                "half_days": use.half_days,
                "unit_price": plain(use.unit_price),
                "cost": plain(use.cost),
            }
            for use in usage.by_category
        ],
        "quotas": [
            {
                "code_insee": use.commune.code_insee,
                "commune": use.commune.name,
                "level": use.service.level,
                "service": use.service.name,
                "quota": use.quota,
                "used": use.used,
                "left": use.left,
                "exceeded": use.exceeded,
            }
            for use in usage.quotas
        ],
        "missions_to_invoice": plain(usage.incomes.to_invoice),
        "alerts": [
            {
                "code": problem.code,
                "line": problem.source.line,
                "message": problem.message,
                "remedy": problem.remedy,
            }
            for problem in measured.alerts
        ],
        "files": list(measured.files),
    }


def _figures(share: "Share") -> dict[str, Any]:
    from mutualis.domain.money import plain

    def euros(amount: "Decimal | None") -> str | None:
        return None if amount is None else plain(amount)

    return {
        "interventions": share.interventions,
        "half_days": share.half_days,
        "membership_cost": euros(share.membership_cost),
        "mission_cost": euros(share.mission_cost),
        "cost": euros(share.cost),
        "fees": euros(share.fees),
        "missions": euros(share.missions),
        "balance": euros(share.balance),
    }


def _show(measured: "Measured", folder: "Path") -> None:
    from mutualis.cli import console
    from mutualis.domain.typography import count, euros

    usage = measured.usage
    total = usage.total
    whose = f", {usage.commune.name}" if usage.commune is not None else ""
    done = f"{count(total.interventions, 'intervention')}, {count(total.half_days, 'demi-journée')}"
    console.show(f"Usage {usage.year}{whose} : {done}", "bold")
    if usage.examples or usage.example_levels or usage.example_directorates:
        console.show(
            "Données d'exemple, inventées : ces résultats ne décrivent rien de réel.", "bold"
        )
    console.show(_fees_from(usage))
    if usage.incomes.to_invoice:
        console.show(f"Fait sur devis, pas encore facturé : {euros(usage.incomes.to_invoice)}.")
    _balances("Niveau", usage.by_level, total)
    if usage.commune is None:
        served = [share for share in usage.by_commune if share.interventions]
        served.sort(key=lambda share: (-share.cost, share.key))
        _balances("Commune servie", served)
    for title, shares in (("Thème", usage.by_theme), ("Direction", usage.by_directorate)):
        _costs(title, shares, total)
    _quotas(usage)
    if measured.files:
        console.show()
        console.show_files(measured.files, folder)
        console.show_next("ouvrir le classeur : communes, quotas, interventions, à vérifier")
    else:
        one = f" --commune {usage.commune.code_insee}" if usage.commune is not None else ""
        console.show_next(f"mutualis usage {usage.year}{one} --workbook")


def _fees_from(usage: "Usage") -> str:
    if usage.incomes.is_issued:
        return "Cotisations : celles émises au registre, nettes des avoirs."
    return "Cotisations : celles du lot en brouillon, rien n'étant émis."


def _balances(title: str, shares: "Sequence[Share]", total: "Share | None" = None) -> None:
    """What is spent and what comes in."""
    from mutualis.cli import console
    from mutualis.domain.typography import euros, number

    def cells(share: "Share", label: str) -> tuple[str, ...]:
        amounts = (share.cost, share.fees, share.missions, share.balance)
        return (
            label,
            number(share.half_days),
            *(euros(a) if a is not None else "" for a in amounts),
        )

    if shares:
        console.show_table(
            (title, "½ j.", "Coût", "Cotisations", "Missions", "Solde"),
            [cells(share, share.label) for share in shares],
            right=(1, 2, 3, 4, 5),
            total=None if total is None else cells(total, "Total"),
        )


def _costs(title: str, shares: "Sequence[Share]", total: "Share") -> None:
    """What is spent, where memberships cannot be shared out."""
    from mutualis.cli import console
    from mutualis.domain.typography import euros, number

    def cells(share: "Share", label: str) -> tuple[str, ...]:
        amounts = (share.membership_cost, share.mission_cost, share.missions)
        return (label, number(share.half_days), *(euros(amount) for amount in amounts))

    if shares:
        console.show_table(
            (title, "½ j.", "Coût adhésions", "Coût missions", "Missions"),
            [cells(share, share.label) for share in shares],
            right=(1, 2, 3, 4),
            total=cells(total, "Total"),
        )


def _quotas(usage: "Usage") -> None:
    from mutualis.cli import console
    from mutualis.domain.typography import number

    used = [use for use in usage.quotas if use.used or usage.commune is not None]
    if used:
        console.show_table(
            ("Quota", "Prestation", "Utilisé", "Reste"),
            [
                (
                    use.commune.name,
                    use.service.name,
                    f"{use.used} sur {use.quota}",
                    f"dépassé de {use.exceeded}" if use.exceeded else str(use.left),
                )
                for use in used
            ],
            right=(2, 3),
        )
    unused = len(usage.quotas) - len(used)
    if unused:
        console.show(f"Quotas intacts : {number(unused)}.")
