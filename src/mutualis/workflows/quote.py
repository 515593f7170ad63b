"""Make a level-3 quote: gather, refuse what the scheme does not allow, price, number, write."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.checks.services import levels_of_services_exist, uncertain_reading
from mutualis.domain.conditions.conditions import (
    CONDITIONS,
    act_is_filled_in,
    lacking,
    lacks,
)
from mutualis.domain.french.names import slug
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.batch import check_quoted_once, number_quote, quote_to_issue
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.quotes.membership import Applicant, check_applicant
from mutualis.domain.quotes.quote import (
    Quote,
    WantedLine,
    choose_grid,
    price_lines,
    validity,
    within,
)
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.quotes.taxes import check_taxes, taxed
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import check_quote_day
from mutualis.domain.services.quoted import quoted_service
from mutualis.domain.services.schemes import Scheme, covered, said
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.value import Struct, replace
from mutualis.domain.workspace import Workspace
from mutualis.files.disk import atomic, sums
from mutualis.files.disk.fingerprint import fingerprint
from mutualis.register import store
from mutualis.workflows.inputs import (
    checked,
    commune_rows,
    gather,
    missing_communes,
    without_errors,
)
from mutualis.workflows.outputs import check_not_lost, check_unused, relative
from mutualis.workflows.printing import Printer, print_quote


class QuoteMade(Struct, frozen=True):
    """A quote and its files; `why_draft` is why a numbered one was asked for and not made.

    `scheme` names the departmental schemes that cover its service on its day.
    """

    quote: Quote
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]
    why_draft: Reason | None = None
    scheme: str = ""


def make_quote(
    root: Path,
    wanted: str,
    lines: Sequence[WantedLine],
    *,
    issued_on: date,
    today: date,
    year: int,
    operator: str,
    draft: bool = False,
    service: str = "",
    subject: str = "",
    valid_days: int | None = None,
    again: bool = False,
    out: Path | None = None,
    printer: Printer | None = None,
) -> QuoteMade:
    """Number and register a quote, then write it; a draft, or one on a grid whose act is still
    missing, has no number and is not registered. The same one twice is refused unless `again`.

    Raises Refusal, UnusableData or NotWritten; nothing is numbered or written then.
    """
    workspace, warnings = gather(root)
    issuer, inputs = workspace.issuer, fingerprint(root)
    days = issuer.quote_valid_days if valid_days is None else valid_days
    quote, told = _priced(workspace, wanted, lines, year, issued_on, days, service)
    quote = replace(quote, subject=subject)
    warnings += told
    schemes = _schemes(workspace, quote)
    scheme = said(schemes)
    for one in schemes[:1]:
        warnings += tuple(covered(f"« {quote.service} »", schemes, one.services_at))
    if draft or (quote.grid.act_is_missing and not issuer.example):
        why = None if draft else _why_draft(quote, issuer)
        path = _write_draft(root, quote, issuer, out)
        files = (relative(root, path), *print_quote(printer, path, quote, issuer))
        return QuoteMade(quote, tuple(in_order(warnings)), files, why, scheme)
    act = Act(issued_on, operator, __version__, inputs)
    issued, files = _issue(
        root, quote, issuer, act, today=today, again=again, out=out, printer=printer
    )
    return QuoteMade(issued.quote, tuple(in_order(warnings)), files, scheme=scheme)


def _why_draft(quote: Quote, issuer: Issuer) -> Reason:
    """The act that its grid has not yet, and all else that a number will ask."""
    asked = quote_to_issue(quote, issuer, quote.issued_on, Ledger())
    others = (one for one in CONDITIONS if one is not act_is_filled_in)
    facts, details = {"year": quote.grid.year}, lacking(lacks(asked, others))
    return Reason("quote.act_missing", facts, details)


def _priced(
    workspace: Workspace,
    wanted: str,
    lines: Sequence[WantedLine],
    year: int,
    issued_on: date,
    valid_days: int,
    service: str,
) -> tuple[Quote, tuple[Problem, ...]]:
    """The quote of what was typed, without a number, and the warnings about it."""
    without_errors(missing_communes(workspace, year))
    rows = commune_rows(workspace.communes, wanted, year)
    grid = choose_grid(workspace.tariffs, year)
    warnings = _warnings(workspace, grid, year)
    level = grid.on_quote
    if level is None:
        raise Refusal("grids.no_missions", year=grid.year)
    service, told = _service(workspace, grid, service)
    applicant = Applicant(rows[0], year, within(year, issued_on), level)
    quote = Quote(
        number=None,
        year=year,
        issued_on=issued_on,
        valid_until=validity(issued_on, valid_days),
        commune=check_applicant(applicant, workspace.communes, issued_on),
        grid=grid,
        service=service,
        subject="",
        lines=taxed(price_lines(lines, level, grid), service, workspace.issuer, issued_on),
    )
    check_taxes(quote.lines)
    return quote, (*warnings, *told)


def _warnings(workspace: Workspace, grid: Grid, year: int) -> tuple[Problem, ...]:
    """About the prices used and the levels of the year; raises UnusableData on an error."""
    warnings = checked(workspace, grid)
    own = workspace.tariffs.grids.get(year, grid)
    if own != grid:  # not voted yet: its prices are not used, but its levels are
        warnings = (*(p for p in warnings if p.code != "B08"), *checked(workspace, own))
    return warnings


def _service(workspace: Workspace, grid: Grid, wanted: str) -> tuple[str, tuple[Problem, ...]]:
    """The service as the catalogue names it; what was typed when there is no catalogue."""
    if not wanted or not workspace.services:
        return wanted, ()
    without_errors(tuple(levels_of_services_exist(workspace)))
    found = quoted_service(workspace.services, grid, wanted)
    return workspace.services.title(found), ((uncertain_reading(found),) if found.uncertain else ())


def _schemes(workspace: Workspace, quote: Quote) -> tuple[Scheme, ...]:
    """The departmental schemes for its service on its day; raises UnusableData on one that names
    a service which the catalogue has not."""
    if not quote.service:
        return ()
    coverage = workspace.coverage
    without_errors(tuple(coverage.problems()))
    return coverage.of(quote.service, quote.issued_on)


def _write_draft(root: Path, quote: Quote, issuer: Issuer, out: Path | None) -> Path:
    from mutualis.documents.quotes.quote import render_quote

    data = render_quote(quote, issuer)
    if out is not None and out.suffix.lower() == ".xlsx":
        return sums.write(root, out, data)
    folder = out if out is not None else root / "out" / str(quote.year)
    name = f"devis-projet-{quote.commune.code_insee}-{slug(quote.commune.name)}.xlsx"
    return atomic.write_new(folder / name, data)


def _issue(
    root: Path,
    quote: Quote,
    issuer: Issuer,
    act: Act,
    *,
    today: date,
    again: bool,
    out: Path | None,
    printer: Printer | None,
) -> tuple[IssuedQuote, tuple[str, ...]]:
    """Register the quote under the next number, then write it."""
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    if not again:
        check_quoted_once(quote, ledger)
    to_come = number_quote(quote, issuer, act, ledger).number
    own = _path(root, quote.year, to_come, None)
    check_unused(root, own, own.with_suffix(".pdf"))
    path = _file_of(root, quote.year, to_come, out)
    atomic.probe(path)
    if printer is not None:
        atomic.probe(path.with_suffix(".pdf"))

    def records(ledger: Ledger) -> tuple[IssuedQuote]:
        check_quote_day(act.day, today, ledger)
        if not again:
            check_quoted_once(quote, ledger)
        return (number_quote(quote, issuer, act, ledger),)

    _, made = store.append(root, records)
    issued = next(record for record in made if isinstance(record, IssuedQuote))
    return issued, write_quote(root, issued, out, printer=printer)


def write_quote(
    root: Path, issued: IssuedQuote, out: Path | None = None, *, printer: Printer | None = None
) -> tuple[str, ...]:
    """The workbook of an issued quote, and its PDF beside it, from the register alone."""
    from mutualis.documents.quotes.quote import render_quote

    path = _file_of(root, issued.year, issued.number, out)
    written = sums.write(root, path, render_quote(issued.quote, issued.issuer))
    return (relative(root, written), *print_quote(printer, path, issued.quote, issued.issuer))


def quote_path(root: Path, issued: IssuedQuote) -> Path:
    """Where the workbook of an issued quote goes, unless it is asked for elsewhere."""
    return _path(root, issued.year, issued.number, None)


def _file_of(root: Path, year: int, number: str, out: Path | None) -> Path:
    if out is not None and out.suffix.lower() == ".xlsx":
        return out
    return _path(root, year, number, out)


def _path(root: Path, year: int, number: str, out: Path | None) -> Path:
    folder = out if out is not None else root / "out" / str(year) / "devis"
    return folder / f"{number.replace('/', '-')}.xlsx"
