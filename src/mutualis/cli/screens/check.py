"""What `check` answers: every problem, and what was read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count
from mutualis.domain.problems.catalogue import About, Severity, entry
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
        "proposals": [*checked.proposals],
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


MOST_LINES, _WIDE = 30, 80
_AFTER = 3  # what was read, how many problems, what to do next


def show(checked: Checked, report: str | None, folder: Path, *, whole: bool) -> None:
    """`report` is the workbook that was written; what does not fit on a screen is summed up, unless
    the `whole` is asked for."""
    lines = [*console.problem_lines(checked.problems)]
    after = _AFTER + bool(checked.proposals)
    fits = whole or sum(_folded(text) for text, _ in lines) + after <= MOST_LINES
    if fits:
        console.show_problems(checked.problems)
    else:
        _show_in_short(checked.problems)
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
    if checked.proposals:
        console.show(f"En attente : {', '.join(checked.proposals)} (à renommer, ou à supprimer).")
    found = f"{count(checked.errors, 'erreur')}, {count(checked.warnings, 'avertissement')}."
    console.show(found, "bold")
    if checked.errors:
        to_do = "corriger les erreurs, puis relancer mutualis check"
    else:
        to_do = "mutualis bill ANNÉE"
    detail = "" if fits else " ; chaque ligne en cause, et quoi faire : mutualis check --all"
    console.show_next(to_do + detail)


def _folded(text: str) -> int:
    """On how many lines of a terminal a text stands."""
    return max(1, -(-len(text) // _WIDE))


def _show_in_short(problems: Sequence[Problem]) -> None:
    """What blocks, and what issuing will refuse, with what to do; one line for all that is
    invented; then what is worth knowing, a line a code."""
    errors = [p for p in problems if p.severity is Severity.ERROR]
    others = [p for p in problems if p.severity is not Severity.ERROR]
    about = {kind: [p for p in others if entry(p.code).about is kind] for kind in About}
    for heading, found in (("Bloque", errors), ("Bloquera l'émission", about[About.ISSUING])):
        if found:
            console.show(f"{heading} :", "bold")
            for text, style in console.problem_lines(found, brief=True):
                console.show(text, style)
    if about[About.EXAMPLE]:
        console.show(console.invented(about[About.EXAMPLE]), "bold")
    if about[About.FAULT]:
        console.show("À savoir :", "bold")
        for code, own in console.by_code(about[About.FAULT]).items():
            times = f" × {len(own)}" if len(own) > 1 else ""
            console.show(f"  [{code}]{times} {entry(code).title} ({own[0].source})")
