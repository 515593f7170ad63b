"""mutualis costs"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutualis.cli.arguments import (
    CURRENT_FOLDER,
    Day,
    Folder,
    Json,
    OneCommune,
    Operator,
    Year,
    flag,
)
from mutualis.cli.terminal.clock import recorded_day
from mutualis.cli.terminal.combinations import (
    check_options,
    needs,
    only_with,
    only_with_one,
    only_without,
)
from mutualis.cli.terminal.prompt import PUBLISH, confirm, operator_of
from mutualis.cli.terminal.values import day_of, given_of, today, year_of
from mutualis.domain.value import Struct, replace

if TYPE_CHECKING:
    from mutualis.domain.costs.paper import PaperKind
    from mutualis.workflows.cost_papers import Kept

NAME = "costs"
SHORT_HELP = "Dit ce que coûte une demi-journée, face à son prix."
HELP = """
Calcule le coût unitaire d'une demi-journée par direction et catégorie d'agents, avec chaque terme
et sa ligne de data/costs.csv (charges : unités), le compare au prix de la grille, dit le prix qui
équilibre, et ce que l'année coûte face à ce que cotisations et missions rapportent.
"""
EXAMPLES = """
mutualis costs 2025
mutualis costs 2025 --json
mutualis costs 2026 --notice
mutualis costs 2025 --record --merge
mutualis costs 2025 --record --commune Saône
mutualis costs 2025 --record --publish
"""
_PAPERS = ("--notice", "--record")
COMBINATIONS = (
    only_with_one(_PAPERS, "--date", "--publish", "--kept"),
    only_with("--record", "--commune", "--merge"),
    only_with("--publish", "--operator"),
    needs("--yes", "--publish"),
    only_without("--notice", "--record"),
    only_without("--kept", "--publish", "--date"),
    only_without("--commune", "--merge", "--publish", "--kept"),
)


def command(
    context: typer.Context,
    year: Year,
    notice: Annotated[
        bool,
        flag(
            "--notice",
            "Écrit les coûts unitaires à porter à la connaissance des communes avant le budget : "
            "les derniers comptes, remplacés ligne à ligne par le budget de l'année.",
        ),
    ] = False,
    record: Annotated[
        bool,
        flag(
            "--record",
            "Écrit l'état annuel de chaque commune bénéficiaire, en PDF et en classeur : chaque "
            "recours, en unités, au coût unitaire.",
        ),
    ] = False,
    commune: OneCommune = None,
    merge: Annotated[
        bool, flag("--merge", "Écrit aussi tous les états en un seul PDF, à imprimer.")
    ] = False,
    publish: Annotated[
        bool,
        flag("--publish", "Garde le document au registre, sans numéro : ce qui a été notifié."),
    ] = False,
    kept: Annotated[
        bool, flag("--kept", "Réécrit ce qui a été publié, depuis le registre seul.")
    ] = False,
    yes: Annotated[bool, flag("--yes", "Publie sans demander de confirmation.")] = False,
    operator: Operator = None,
    day: Day = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    check_options(context, COMBINATIONS)
    asked = year_of(year, NAME)
    if not (notice or record):
        _show(folder, asked, json=json)
        return
    named = given_of(commune, "--commune", NAME)
    made_on = recorded_day(day, NAME, folder) if publish else day_of(day, NAME)
    paper = _Asked(folder, asked, made_on, named, is_notice=notice)
    one, only = _kept(paper) if kept else _made(paper, operator, publish=publish, yes=yes)
    _write(folder, one, only, merge=merge, json=json)


class _Asked(Struct, frozen=True):
    folder: Path
    year: int
    day: date
    commune: str
    is_notice: bool

    @property
    def kind(self) -> "PaperKind":
        from mutualis.domain.costs.paper import PaperKind

        return PaperKind.NOTICE if self.is_notice else PaperKind.STATEMENTS


def _show(folder: Path, year: int, *, json: bool) -> None:
    from mutualis.cli.screens.costs import year as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.costs import year_costs

    found = year_costs(folder, year)
    console.tell_problems(found.warnings, brief=True)
    if json:
        console.show_json(screen.answer(found))
    else:
        screen.show(found)


def _kept(asked: _Asked) -> "tuple[Kept, str]":
    from mutualis.workflows.cost_papers import kept

    return kept(asked.folder, asked.year, asked.kind), ""


def _made(asked: _Asked, operator: str | None, *, publish: bool, yes: bool) -> "tuple[Kept, str]":
    from mutualis.cli.screens.costs import papers as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows import cost_papers as workflow

    made = workflow.prepare(
        asked.folder,
        asked.year,
        asked.kind,
        day=asked.day,
        operator=operator_of(operator),
        commune=asked.commune,
    )
    console.tell_problems(made.warnings, brief=True)
    if not publish:
        return workflow.Kept(made.paper, 1, created=False), made.only
    if not workflow.is_published(asked.folder, made.paper, today()):
        confirm(screen.question(made.paper), PUBLISH, yes=yes)
    return workflow.publish(asked.folder, made.paper), ""


def _write(folder: Path, one: "Kept", only: str, *, merge: bool, json: bool) -> None:
    from mutualis.cli.screens.costs import papers as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.cost_papers import write_paper
    from mutualis.workflows.printing import printer_of

    files = write_paper(folder, one, printer_of(folder, merges=merge), only=only)
    if only:  # what is told is what was written
        own = tuple(x for x in one.paper.statements if x.commune.code_insee == only)
        one = replace(one, paper=replace(one.paper, statements=own))
    if json:
        console.show_json(screen.answer(one, files))
    else:
        screen.show(one, files, folder)
