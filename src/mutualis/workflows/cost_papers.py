"""The papers of unit costs: made from the files, kept in the register, written out."""

from datetime import date
from functools import partial
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.conditions.conditions import OF_ISSUER, ToIssue, check_issuable
from mutualis.domain.costs.checks import notice_is_in_time
from mutualis.domain.costs.paper import (
    CostPaper,
    PaperKind,
    notice_of,
    papers_of,
    statements_of,
)
from mutualis.domain.costs.received import Received
from mutualis.domain.french.names import file_part
from mutualis.domain.french.typography import long_date
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.value import Struct, replace
from mutualis.files.disk import sums
from mutualis.files.disk.fingerprint import fingerprint
from mutualis.register import store
from mutualis.workflows.costs import year_costs
from mutualis.workflows.inputs import commune_rows, grid_of
from mutualis.workflows.outputs import check_not_lost, relative
from mutualis.workflows.printing import Printer


class Kept(Struct, frozen=True):
    """A paper and its rank among those of its year and kind in the register; `created` tells that
    this command added it, `replaces` is the day of the one before it."""

    paper: CostPaper
    version: int
    created: bool
    head: str = ""
    replaces: date | None = None


class Prepared(Struct, frozen=True):
    """A paper as the files give it; `only` is the code of the commune asked for, "" for all."""

    paper: CostPaper
    only: str
    warnings: tuple[Problem, ...]


def prepare(
    root: Path, year: int, kind: PaperKind, *, day: date, operator: str, commune: str = ""
) -> Prepared:
    """Raises UnusableData, Refusal for statements of a year where nothing was noted."""
    inputs = fingerprint(root)
    found = year_costs(root, year, before_budget=kind is PaperKind.NOTICE)
    workspace, warnings = found.workspace, found.warnings
    act = Act(day, operator, __version__, inputs)
    if kind is PaperKind.NOTICE:
        paper = notice_of(act, workspace.issuer, found.costs)
        warnings += tuple(notice_is_in_time(workspace.costs.file, year, day))
        return Prepared(paper, "", tuple(in_order(warnings)))
    grid_of(workspace, year)
    if not any(one.received for one in found.communes):
        raise Refusal("usage.nothing_served", year=found.year)
    only = ""
    if commune:
        row = commune_rows(workspace.communes, commune, year)[-1]
        only = (workspace.communes.debtor(row.code_insee, year) or row).code_insee
    each = (one.received or Received(one.debtor, ()) for one in found.communes)
    paper = statements_of(act, workspace.issuer, found.costs, each)
    return Prepared(paper, only, warnings)


def is_published(root: Path, paper: CostPaper, today: date) -> bool:
    """Whether the register holds the same already; raises Refusal for one that cannot be kept."""
    if paper.act.day > today:
        raise Refusal("usage.paper_to_come", day=long_date(paper.act.day))
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    if not _is_new(paper, ledger):
        return True
    if paper.has_examples and not paper.issuer.example:
        raise Refusal("usage.paper_invented", year=paper.year)
    asked = ToIssue.on(paper.act.day, paper.issuer, (), ledger.is_example)
    check_issuable(asked, OF_ISSUER)
    return False


def publish(root: Path, paper: CostPaper) -> Kept:
    """Keep a paper in the register, unless it is there already."""

    def records(ledger: Ledger) -> tuple[CostPaper, ...]:
        return (paper,) if _is_new(paper, ledger) else ()

    ledger, added = store.append(root, records)
    return replace(_last(ledger, *paper.key), created=bool(added))


def kept(root: Path, year: int, kind: PaperKind) -> Kept:
    """The last one published; raises Refusal where there is none."""
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    return _last(ledger, year, kind)


def _last(ledger: Ledger, year: int, kind: PaperKind) -> Kept:
    papers = papers_of(ledger.records, year, kind)
    if not papers:
        option = "--notice" if kind is PaperKind.NOTICE else "--record"
        raise Refusal("usage.paper_not_published", year=year, option=option)
    before = papers[-2].act.day if len(papers) > 1 else None
    return Kept(papers[-1], len(papers), created=False, head=ledger.head, replaces=before)


def _is_new(paper: CostPaper, ledger: Ledger) -> bool:
    """Raises Refusal for one that says otherwise, and is dated before the one that it replaces."""
    papers = papers_of(ledger.records, *paper.key)
    if not papers:
        return True
    last = papers[-1]
    if last.content == paper.content:
        return False
    if paper.act.day < last.act.day:
        raise Refusal("usage.paper_before", year=paper.year, day=long_date(last.act.day))
    return True


def write_paper(
    root: Path, one: Kept, printer: Printer, *, only: str = "", each: bool = True
) -> tuple[str, ...]:
    """The PDFs and the workbook, from the paper alone; `only` is the code of a commune, `each` asks
    for a PDF a commune. Raises Refusal where that commune has no statement, NotWritten."""
    paper, suffix = one.paper, f"-{one.version}" if one.version > 1 else ""
    folder = root / "out" / f"{paper.year}"
    if paper.kind is PaperKind.NOTICE:
        return _write_notice(root, one, printer, folder / f"couts-unitaires-{paper.year}{suffix}")
    return _write_statements(
        root, one, printer, folder / f"etats-annuels{suffix}", only=only, each=each
    )


def _write_notice(root: Path, one: Kept, printer: Printer, path: Path) -> tuple[str, ...]:
    from mutualis.documents.costs.notice import notice_book, notice_page

    page = printer.render(notice_page(one.paper, one.replaces))
    book = notice_book(one.paper, one.replaces)
    return (
        relative(root, sums.write(root, path.with_suffix(".pdf"), page)),
        relative(root, sums.write(root, path.with_suffix(".xlsx"), book)),
    )


def _write_statements(
    root: Path, kept: Kept, printer: Printer, folder: Path, *, only: str, each: bool
) -> tuple[str, ...]:
    from mutualis.documents.costs.record import record_book, record_page

    put, paper = partial(sums.write, root), kept.paper
    chosen = [one for one in paper.statements if only in ("", one.commune.code_insee)]
    if not chosen:
        raise Refusal("usage.no_statement", code=only, year=paper.year)
    pages = [
        (
            folder
            / f"etat-{paper.year}-{one.commune.code_insee}-{file_part(one.commune.name)}.pdf",
            record_page(paper, one, kept.replaces),
        )
        for one in chosen
    ]
    files = printer.write(pages, put=put) if each else ()
    if only:
        return files
    book = folder / f"etats-annuels-{paper.year}.xlsx"
    together = printer.print_together(book, [page for _, page in pages], put=put)
    first = (relative(root, put(book, record_book(paper, kept.replaces))),)
    return (*first, *files, *(() if together is None else (relative(root, together),)))
