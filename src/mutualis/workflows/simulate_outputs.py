"""What a simulation is written as, for those who are to vote."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mutualis.domain.value import Struct
from mutualis.files.disk import sums
from mutualis.workflows.outputs import relative
from mutualis.workflows.printing import Printer
from mutualis.workflows.simulate import Simulation
from mutualis.workflows.simulate_years import Projection

if TYPE_CHECKING:
    from mutualis.documents.committee.subject import Subject

WORKBOOK, PAGE, PDF = ".xlsx", ".html", ".pdf"


class Wanted(Struct, frozen=True):
    """`page` is the one to move prices in; a printer makes the sheet. `out` is a folder, or a file
    whose name all take; `titles` are those of the baseline and of the scenario."""

    titles: tuple[str, str]
    day: date
    workbook: bool = False
    page: bool = False
    printer: Printer | None = None
    out: Path | None = None


def write_simulation(root: Path, result: Simulation, wanted: Wanted) -> tuple[str, ...]:
    """The files written, each beside one that somebody changed since; raises Refusal or
    NotWritten."""
    year = result.asked.year
    made = list(_made(root, result, wanted))
    return tuple(
        _put(root, year, f"simulation-{year}", end, data, wanted.out) for end, data in made
    )


def write_years(
    root: Path, result: Projection, supposed: str, day: date, out: Path | None
) -> tuple[str, ...]:
    """The workbook of several years; `supposed` says under what."""
    from mutualis.workflows.simulate_workbook import workbook_of_years

    first, last = result.asked.years[0], result.asked.years[-1]
    data = workbook_of_years(root, result, supposed, day)
    return (_put(root, first, f"projection-{first}-{last}", WORKBOOK, data, out),)


def _made(root: Path, result: Simulation, wanted: Wanted) -> Iterator[tuple[str, bytes]]:
    if wanted.workbook:
        from mutualis.workflows.simulate_workbook import workbook_of

        yield WORKBOOK, workbook_of(root, result, wanted.titles, wanted.day)
    if not (wanted.page or wanted.printer):
        return
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


def _put(root: Path, year: int, name: str, end: str, data: bytes, out: Path | None) -> str:
    if out is not None and out.suffix and not out.is_dir():
        path = out.with_suffix(end)
    else:
        path = (out if out is not None else root / "out" / str(year)) / f"{name}{end}"
    return relative(root, sums.write(root, path, data))
