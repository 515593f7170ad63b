"""Make a level-3 quote: gather, refuse what the scheme does not allow, price, number, write."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.checks.lists import levels_are_real, signatory_is_known
from mutualis.domain.checks.services import levels_of_services_exist, uncertain_reading
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.names import slug
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.batch import check_sirens, number_quote
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.problems.refusals import NotWritten, Refusal
from mutualis.domain.quotes.quote import (
    Quote,
    WantedLine,
    check_membership,
    choose_grid,
    membership_on,
    price_lines,
    validity,
)
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import check_quote_day
from mutualis.domain.services.quoted import quoted_service
from mutualis.domain.tariffs.grid import Grid, Level
from mutualis.domain.workspace import Workspace
from mutualis.files.disk import atomic
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


@dataclass(frozen=True, slots=True)
class QuoteMade:
    """A quote and its file; `why_draft` says why a numbered one was asked for and not made."""

    quote: Quote
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]
    why_draft: str = ""


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
    out: Path | None = None,
    printer: Printer | None = None,
) -> QuoteMade:
    """Number and register a quote, then write it; a draft, or one on a grid whose act is still
    missing, has no number and is not registered.

    Raises Refusal, UnusableData or NotWritten; nothing is numbered or written then.
    """
    workspace, warnings = gather(root)
    inputs = fingerprint(root)
    without_errors(missing_communes(workspace, year))
    rows = commune_rows(workspace.communes, wanted, year)
    grid = choose_grid(workspace.tariffs, year)
    warnings += _warnings(workspace, grid, year)
    level = grid.on_quote
    if level is None:
        raise Refusal(
            f"La grille {grid.year} n'a pas de missions sur devis.",
            "ajouter à la grille un niveau avec ses prix par demi-journée (half_day)",
        )
    service, told = _service(workspace, grid, service)
    warnings += told
    days = workspace.issuer.quote_valid_days if valid_days is None else valid_days
    quote = Quote(
        number=None,
        year=year,
        issued_on=issued_on,
        valid_until=validity(issued_on, days),
        commune=_member(workspace, rows, level, year, issued_on),
        grid=grid,
        service=service,
        subject=subject,
        lines=price_lines(lines, level, grid),
    )
    why_draft = ""
    if not draft and grid.act_is_missing:
        why_draft = (
            f"la délibération de la grille {grid.year} est « à compléter », le devis reste un "
            f'projet, sans numéro (mutualis index {grid.year} --act "n° et date")'
        )
    if draft or why_draft:
        path = _write_draft(root, quote, workspace.issuer, out)
        files = (relative(root, path), *print_quote(printer, path, quote, workspace.issuer))
        return QuoteMade(quote, tuple(in_order(warnings)), files, why_draft)
    check_sirens([quote.commune])
    warnings += tuple(signatory_is_known(workspace))
    act = Act(issued_on, operator, __version__, inputs)
    issued, files = _issue(
        root, quote, workspace.issuer, act, today=today, out=out, printer=printer
    )
    return QuoteMade(issued.quote, tuple(in_order(warnings)), files)


def _warnings(workspace: Workspace, grid: Grid, year: int) -> tuple[Problem, ...]:
    """About the prices used and the levels of the year; raises UnusableData on an error."""
    warnings = [p for p in checked(workspace, grid) if p.code != "B08"]
    warnings.extend(levels_are_real(workspace, replace(grid, year=year)))
    own = workspace.tariffs.grids.get(year, grid)
    if own != grid:  # not voted yet: its prices are not used, but its levels are
        warnings.extend(p for p in checked(workspace, own) if p.code != "B08")
    return tuple(warnings)


def _service(workspace: Workspace, grid: Grid, wanted: str) -> tuple[str, tuple[Problem, ...]]:
    """The service as the catalogue names it; what was typed when there is no catalogue."""
    if not wanted or not workspace.services:
        return wanted, ()
    without_errors(tuple(levels_of_services_exist(workspace)))
    found = quoted_service(workspace.services, grid, wanted)
    return workspace.services.title(found), ((uncertain_reading(found),) if found.uncertain else ())


def _member(
    workspace: Workspace, rows: Sequence[CommuneYear], level: Level, year: int, issued_on: date
) -> CommuneYear:
    """The commune's row on the day of the quote; raises Refusal when it is no member then."""
    name = rows[0].name
    commune = check_membership(membership_on(rows, year, issued_on), name, level, year)
    on_the_day = workspace.communes.of_year(issued_on.year)
    if issued_on.year != year and on_the_day:
        # The mission is of another year: the commune must be a member on the day itself too.
        own_rows = [row for row in on_the_day if row.code_insee == commune.code_insee]
        member = membership_on(own_rows, issued_on.year, issued_on)
        check_membership(member, name, level, issued_on.year)
    return commune


def _write_draft(root: Path, quote: Quote, issuer: Issuer, out: Path | None) -> Path:
    from mutualis.documents.quotes.quote import render_quote

    data = render_quote(quote, issuer)
    if out is not None and out.suffix.lower() == ".xlsx":
        atomic.write(out, data)
        return out
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
    out: Path | None,
    printer: Printer | None,
) -> tuple[IssuedQuote, tuple[str, ...]]:
    """Register the quote under the next number, then write it."""
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    to_come = number_quote(quote, issuer, act, ledger).number
    own = _path(root, quote.year, to_come, None)
    check_unused(root, own, own.with_suffix(".pdf"))
    path = _file_of(root, quote.year, to_come, out)
    atomic.probe(path)
    if printer is not None:
        atomic.probe(path.with_suffix(".pdf"))

    def records(ledger: Ledger) -> tuple[IssuedQuote]:
        check_quote_day(act.day, today, ledger)
        return (number_quote(quote, issuer, act, ledger),)

    _, made = store.append(root, records)
    issued = next(record for record in made if isinstance(record, IssuedQuote))
    try:
        return issued, write_quote(root, issued, out, printer=printer)
    except NotWritten as error:
        raise NotWritten(
            f"{error.message} Le devis {issued.number} est enregistré, une fois pour toutes.",
            f"fermer le fichier, puis mutualis register render {issued.number}"
            f"{' --pdf' if printer else ''} (ne pas relancer quote)",
        ) from error


def write_quote(
    root: Path, issued: IssuedQuote, out: Path | None = None, *, printer: Printer | None = None
) -> tuple[str, ...]:
    """The workbook of an issued quote, and its PDF beside it, from the register alone."""
    from mutualis.documents.quotes.quote import render_quote

    path = _file_of(root, issued.year, issued.number, out)
    atomic.write(path, render_quote(issued.quote, issued.issuer))
    return (relative(root, path), *print_quote(printer, path, issued.quote, issued.issuer))


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
