"""What a simulation is written as, for those who are to vote."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mutualis.files.disk import sums
from mutualis.workflows.outputs import relative
from mutualis.workflows.printing import Printer
from mutualis.workflows.simulate import Simulation

if TYPE_CHECKING:
    from mutualis.documents.committee.subject import Subject

PAGE, PDF = ".html", ".pdf"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`page` is the one to move prices in; a printer makes the sheet. `out` is a folder, or a file
    whose name all take; `titles` are those of the baseline and of the scenario."""

    titles: tuple[str, str]
    day: date
    page: bool = False
    printer: Printer | None = None
    out: Path | None = None


def write_simulation(root: Path, result: Simulation, wanted: Wanted) -> tuple[str, ...]:
    """The files written, each beside one that somebody changed since; raises Refusal or
    NotWritten."""
    path = _path(root, result.asked.year, wanted.out)
    made = [(path.with_name(path.name + end), data) for end, data in _made(result, wanted)]
    return tuple(relative(root, sums.write(root, file, data)) for file, data in made)


def _made(result: Simulation, wanted: Wanted) -> Iterator[tuple[str, bytes]]:
    subject = _subject(result, wanted)
    if wanted.page:
        from mutualis.documents.committee.web import render_web

        yield PAGE, render_web(subject)
    if wanted.printer is not None:
        from mutualis.documents.committee.sheet import sheet_page

        yield PDF, wanted.printer.render(sheet_page(subject))


def _subject(result: Simulation, wanted: Wanted) -> "Subject":
    from mutualis.documents.committee.subject import Subject

    return Subject(
        issuer=result.issuer,
        day=wanted.day,
        baseline=result.baseline.priced,
        scenario=result.scenario.priced,
        titles=wanted.titles,
        differences=result.differences,
        lines=result.lines,
        near=result.asked.near,
        top=result.asked.top,
    )


def _path(root: Path, year: int, out: Path | None) -> Path:
    """Without its end."""
    if out is not None and out.suffix and not out.is_dir():
        return out.with_suffix("")
    folder = out if out is not None else root / "out" / str(year)
    return folder / f"simulation-{year}"
