"""mutualis usage"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Day, Folder, Json, Out, Year
from mutualis.cli.terminal.values import day_of, given_of, out_of, year_of

if TYPE_CHECKING:
    from decimal import Decimal

    from mutualis.domain.usage.usage import Share
    from mutualis.workflows.usage import Measured

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
    from mutualis.cli.screens.usage import show_usage
    from mutualis.cli.terminal import console
    from mutualis.workflows.usage import measure_usage

    measured = measure_usage(
        folder,
        year_of(year, NAME),
        made_on=day_of(day, NAME),
        commune=given_of(commune, "--commune", NAME),
        write=workbook,
        out=out_of(out),
    )
    console.tell_problems(measured.warnings, brief=True)
    if json:
        console.show_json(answer(measured))
    else:
        show_usage(measured, folder)


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
        "notes": list(usage.notes),
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
        "by_service": [{"service": share.key, **_figures(share)} for share in usage.by_service],
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
