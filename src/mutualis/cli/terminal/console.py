"""The screen: results on stdout, messages on stderr. Only `long_table` knows rich too."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, TextIO, cast

import msgspec
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mutualis.cli.terminal.long_table import print_long
from mutualis.cli.terminal.streams import showing
from mutualis.domain.french.typography import NBSP, count
from mutualis.domain.problems.catalogue import About, Severity, entry
from mutualis.domain.problems.problem import Problem
from mutualis.domain.problems.refusals import Interrupted, Refusal, UnusableData
from mutualis.progress import Task

MOST_PER_CODE = 5
MOST_PDFS = 3  # of a folder, named one by one
BAR = 30
_TASKS = {
    Task.COMMUNES: "Lecture des communes",
    Task.REGISTER_READ: "Lecture du registre",
    Task.REGISTER_WRITTEN: "Écriture du registre",
    Task.PROOF: "Vérification du registre",
    Task.INVOICES: "Essai des factures",
    Task.WORKBOOK: "Écriture du classeur",
    Task.PDF: "PDF",
}
LONG = 50  # rows that rich sets at once
_JOIN = "\ue000"  # of one column, and no space to rich
_TIED = "\ue001"  # a space that no line is folded at: before « : », within « … »
_LOOSE = re.compile(r" (?=[:;?!»](?!\w))|(?<=«) ")
_BREAK = "\x1f"  # where a cell may be folded: of no width, and a space to rich
_progress: list[int] = []  # the widths of the bar that is shown, the last one last
WORDS = {Severity.ERROR: "erreur", Severity.WARNING: "avertissement"}
_ENDINGS = {2: "erreur", 4: "erreur", 70: "panne"}
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}
_MOST_EXCERPT = 110
# Control characters but the newline; what nobody sees; marks that turn the direction of a text.
_HYPHEN = re.compile(r"(?<=[^\W\d_]{2})-(?=[^\W\d_]{2})")
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)


class _Joining:
    """A stream that writes the spaces which `_text` hid from rich."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with showing():
            return self._stream.write(
                text.replace(_JOIN, NBSP).replace(_TIED, " ").replace(_BREAK, "")
            )

    def flush(self) -> None:
        with showing():
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _console(stderr: bool = False) -> Console:
    _clear_progress()
    stream = cast("TextIO", _Joining(sys.stderr if stderr else sys.stdout))
    return Console(file=stream, markup=False, highlight=False, emoji=False)


def _text(text: str, style: str = "") -> Text:
    """What is shown. Rich would fold a line at a no-break space as at any other, and before a
    colon."""
    return Text(_LOOSE.sub(_TIED, safe(text).replace(NBSP, _JOIN)), style=style)


def _cell(text: str) -> Text:
    """What a table shows. Too long for its column, « Roche-lez-Beaupré » is folded at a hyphen."""
    shown = _text(text)
    shown.plain = _HYPHEN.sub(f"-{_BREAK}", shown.plain)
    return shown


def safe(text: str) -> str:
    """The control, invisible and direction characters of a file's text, which could deceive, each
    shown as the sign of a character that cannot be."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def show(text: str = "", style: str | None = None) -> None:
    """A line of the result. It is not folded when it does not go to a terminal."""
    console = _console()
    console.print(_text(text, style or ""), soft_wrap=not console.is_terminal)


def tell(text: str = "", style: str | None = None) -> None:
    """A line of a message, on stderr."""
    console = _console(stderr=True)
    console.print(_text(text, style or ""), soft_wrap=not console.is_terminal)


def show_json(answer: Any) -> None:
    """The answer for other programs, in ASCII so that no encoding can harm it."""
    _clear_progress()
    with showing():
        # Python's encoder that indents is five times as slow as its plain one and what indents it.
        print(msgspec.json.format(json.dumps(answer, ensure_ascii=True), indent=2))


def show_table(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Sequence[int] = (),
    total: Sequence[str] | None = None,
) -> None:
    """A table; an empty `header` gives none.

    `right` are the columns aligned to the right, `total` a last row set apart.
    """
    rows, console = list(rows), _console()
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_header=bool(header)
    )
    for rank, name in enumerate(header):
        table.add_column(
            _text(name),
            justify="right" if rank in right else "left",
            no_wrap=rank in right,
            overflow="fold",
        )
    if header and total is None and len(rows) > LONG:
        print_long(console, table, [[_cell(cell).plain for cell in row] for row in rows])
        return
    for row in rows:
        table.add_row(*(_cell(cell) for cell in row))
    if total is not None:
        table.add_section()
        table.add_row(*(_cell(cell) for cell in total), style="bold")
    console.print(table)


def tell_problems(problems: Sequence[Problem], *, brief: bool = False) -> None:
    """The problems, each with its excerpt and remedy; `brief`, beside an answer, leaves the
    excerpts out, and has one line for all that is invented."""
    examples = [p for p in problems if brief and entry(p.code).about is About.EXAMPLE]
    others = [p for p in problems if p not in examples]
    for text, style in problem_lines(others, brief=brief):
        tell(text, style)
    if examples:
        tell(invented(examples), "yellow")


def invented(problems: Sequence[Problem]) -> str:
    """« Exemple : dossier d'exemple, interventions données en exemple (41 interventions). »"""
    told = []
    for code, own in by_code(problems).items():
        title, counted = entry(code).title, own[0].facts.get("count", "")
        told.append(f"{title[:1].lower()}{title[1:]}{f' ({counted})' if counted else ''}")
    return f"Exemple : {', '.join(told)}."


def by_code(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.code, []).append(problem)
    return found


def show_problems(problems: Sequence[Problem]) -> None:
    """The same on stdout, where problems are the result that was asked for."""
    for text, style in problem_lines(problems):
        show(text, style)


def problem_lines(
    problems: Sequence[Problem], *, brief: bool = False
) -> Iterable[tuple[str, str | None]]:
    """Lines of text with their style: at most a few problems per code and file, then a count."""
    shown: dict[tuple[str, str], int] = {}
    total: dict[tuple[str, str], int] = {}
    for problem in problems:
        key = (problem.code, problem.source.file)
        total[key] = total.get(key, 0) + 1
    for problem in problems:
        key = (problem.code, problem.source.file)
        shown[key] = shown.get(key, 0) + 1
        whole = entry(problem.code).whole
        if not whole and shown[key] > MOST_PER_CODE:
            continue
        head = f"{WORDS[problem.severity]}[{problem.code}] {problem.source.place} : "
        yield head + problem.message, _COLOURS[problem.severity]
        if problem.source.excerpt is not None and not brief and not whole:
            for line in excerpt_lines(problem):
                yield line, "dim"
        last_of_code = shown[key] == total[key] or (not whole and shown[key] == MOST_PER_CODE)
        if not whole or last_of_code or entry(problem.code).remedy == "{how}":
            yield f"  À faire : {problem.remedy}", None
        if last_of_code and not whole and total[key] > MOST_PER_CODE:
            more = total[key] - MOST_PER_CODE
            yield f"  … et {count(more, 'autre')} [{problem.code}] dans {key[1]}", None


def excerpt_lines(problem: Problem) -> list[str]:
    """The faulty line as it stands, and a caret under the fault."""
    source = problem.source
    text = (source.excerpt or "").replace("\t", " ")
    if source.caret is None:
        return [f"    {text[:_MOST_EXCERPT]}"]
    start = max(0, source.caret - 60) if len(text) > _MOST_EXCERPT else 0
    window = text[start : start + _MOST_EXCERPT]
    before, after = "…" if start else "", "…" if start + _MOST_EXCERPT < len(text) else ""
    width = max(1, min(source.width, len(window) - (source.caret - start)))
    mark = " " * (source.caret - start + len(before)) + "^" * width
    return [f"    {before}{window}{after}", f"    {mark}"]


def tell_refusal(refusal: Refusal) -> None:
    """Why the command stops, and what to do."""
    if isinstance(refusal, UnusableData):
        tell_problems(refusal.problems)
        errors = sum(problem.severity is Severity.ERROR for problem in refusal.problems)
        tell(f"{count(errors, 'erreur')} : rien n'a été calculé ni écrit.", "bold")
        return
    if isinstance(refusal, Interrupted):
        tell(f"\n{refusal.message}")
        return
    word = _ENDINGS.get(refusal.exit_code, "refus")
    tell(f"{word} : {refusal.message}", "bold red")
    if refusal.remedy:
        tell(f"  À faire : {refusal.remedy}")


def show_files(files: Sequence[str], folder: Path) -> None:
    """The files written in a workspace, as seen from where the command was typed."""
    pages = Counter(PurePosixPath(file).parent for file in files if file.endswith(".pdf"))
    many = {parent for parent, number in pages.items() if number > MOST_PDFS}
    for file in files:
        if not (file.endswith(".pdf") and PurePosixPath(file).parent in many):
            show(f"Écrit : {(folder / file).as_posix()}", "bold")
    for parent in sorted(many):
        show(f"Écrits : {pages[parent]} PDF dans {(folder / parent).as_posix()}", "bold")
    tell_kept(files, folder)


def tell_kept(files: Sequence[str], folder: Path) -> None:
    """The files that were not written over, since somebody changed them."""
    from mutualis.workflows.outputs import kept_instead

    for file in files:
        kept = kept_instead(folder, file)
        if kept is not None:
            tell(
                f"avertissement : {(folder / kept).as_posix()} n'est plus tel que mutualis l'a "
                f"écrit : il est gardé, le nouveau est à côté ({PurePosixPath(file).name}).",
                _COLOURS[Severity.WARNING],
            )
            tell("  À faire : reprendre ce qui y a été saisi, puis le renommer ou le supprimer.")


def tell_progress(task: Task, done: int, total: int) -> None:
    """How far a work is, as a bar that goes away at its end."""
    # Characters that every console has.
    bar = ("#" * (BAR * done // total)).ljust(BAR, ".")
    text = f"{_TASKS[task]} : [{bar}] {done} sur {total}"
    print(f"\r{text}", end="", flush=True, file=sys.stderr)
    _progress.append(len(text))
    if done == total:
        _clear_progress()


def _clear_progress() -> None:
    """Take the bar away, so that what is said next has its line."""
    if _progress:
        blank = " " * _progress[-1]
        _progress.clear()
        print(f"\r{blank}\r", end="", flush=True, file=sys.stderr)


def show_next(text: str) -> None:
    show(f"Ensuite : {text}")
