"""What `check` answers: every problem, and what was read."""

from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count
from mutualis.domain.problems.problem import Problem
from mutualis.workflows.check import Checked


def answer(checked: Checked) -> dict[str, Any]:
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


def show_annotations(checked: Checked) -> None:
    """For the integration of GitHub, one line a problem."""
    for problem in checked.problems:
        print(console.safe(_annotation(problem)))


def _annotation(problem: Problem) -> str:
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


def show(checked: Checked, report: str | None, folder: Path) -> None:
    """`report` is the workbook that was written."""
    console.show_problems(checked.problems)
    if report is not None:
        console.show_files([report], folder)
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
            ("schemes", "dispositif"),
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
