"""mutualis check"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder
from mutualis.cli.terminal.values import today
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from mutualis.domain.problems.problem import Problem
    from mutualis.workflows.check import Checked

NAME = "check"
SHORT_HELP = "Vérifie toutes les données et rejoue les tarifs verrouillés."
HELP = """
Lit tous les fichiers, signale d'un coup tout ce qui ne va pas, et recalcule les tables
tarifaires verrouillées. Finit en erreur (code 1) s'il y a une erreur : c'est la commande à
mettre dans une intégration continue.
"""
EXAMPLES = """
mutualis check
mutualis check --format github
mutualis check --format json > problemes.json
mutualis check --report problemes.xlsx
"""
FORMATS = ("text", "json", "github")


def command(
    form: Annotated[
        str, typer.Option("--format", metavar="text|json|github", help="Présentation.")
    ] = "text",
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FICHIER",
            help="Rend aussi les tableaux dans un classeur, fautes colorées et commentées.",
            show_default=False,
        ),
    ] = None,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.terminal import console
    from mutualis.workflows.check import check_workspace, write_report

    if form not in FORMATS:
        raise UnreadableRequest(
            f"--format : « {form} » inconnu.", f"choisir parmi {', '.join(FORMATS)}"
        )
    if report is not None and report.suffix.lower() != ".xlsx":
        raise UnreadableRequest(
            f"--report : « {report.name} » n'est pas un fichier .xlsx.", "--report problemes.xlsx"
        )
    checked = check_workspace(folder)
    file = None if report is None else write_report(folder, checked, report, today())
    if form == "json":
        console.show_json(answer(checked))
    elif form == "github":
        for problem in checked.problems:
            print(console.safe(_annotation(problem)))
    else:
        console.show_problems(checked.problems)
        if file is not None:
            console.show_files([file], folder)
        _show(checked)
    raise typer.Exit(1 if checked.errors else 0)


def answer(checked: "Checked") -> dict[str, Any]:
    """The JSON contract of `check`."""
    return {
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity.value,
                "file": problem.source.file,
                "line": problem.source.line,
                "column": problem.source.column,
                "cell": problem.source.cell,
                "message": problem.message,
                "remedy": problem.remedy,
            }
            for problem in checked.problems
        ],
        "checked": checked.counts,
    }


def _annotation(problem: "Problem") -> str:
    """A workflow command: https://docs.github.com/actions/reference/workflow-commands"""
    source = problem.source
    places = {"file": source.file, "line": source.line, "col": source.column}
    known = [f"{name}={_escape(str(value), ':,')}" for name, value in places.items() if value]
    title = f"title={_escape(problem.code, ':,')}"
    text = _escape(f"{problem.message}\nÀ faire : {problem.remedy}")
    return f"::{problem.severity.value} {','.join([*known, title])}::{text}"


def _escape(text: str, also: str = "") -> str:
    for char in "%\r\n" + also:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def _show(checked: "Checked") -> None:
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import count

    counts = checked.counts
    if counts:
        read = [
            count(counts["communes"], "ligne de communes", "lignes de communes"),
            count(counts["grids"], "grille"),
            count(counts["decembers"], "mois de décembre", "mois de décembre"),
            count(counts["locked_amounts"], "montant verrouillé", "montants verrouillés"),
        ]
        for name, noun in (
            ("movements", "mouvement"),
            ("services", "prestation"),
            ("interventions", "intervention"),
            ("requests", "demande"),
        ):
            if counts[name]:
                read.append(count(counts[name], noun))
        console.show(f"Vérifié : {', '.join(read)}.")
    found = f"{count(checked.errors, 'erreur')}, {count(checked.warnings, 'avertissement')}."
    console.show(found, "bold")
    if checked.errors:
        console.show_next("corriger les erreurs, puis relancer mutualis check")
    else:
        console.show_next("mutualis bill ANNÉE")
