"""Draft a level-3 quote: gather, refuse what the scheme does not allow, price, write."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mutualis.domain.checks import levels_are_real
from mutualis.domain.names import slug
from mutualis.domain.problems import Problem, in_order
from mutualis.domain.quotes import (
    Quote,
    WantedLine,
    check_membership,
    choose_grid,
    membership_on,
    price_lines,
    validity,
)
from mutualis.domain.refusals import Refusal
from mutualis.files import atomic
from mutualis.workflows.gathering import (
    checked,
    commune_rows,
    gather,
    missing_communes,
    without_errors,
)
from mutualis.workflows.outputs import relative


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    quote: Quote
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]


def draft_quote(
    root: Path,
    wanted: str,
    lines: Sequence[WantedLine],
    *,
    issued_on: date,
    year: int,
    service: str = "",
    subject: str = "",
    valid_days: int | None = None,
    out: Path | None = None,
) -> QuoteDraft:
    """Raises Refusal, UnusableData or NotWritten; writes nothing then."""
    from mutualis.documents.quote_book import render_quote

    workspace, warnings = gather(root)
    without_errors(missing_communes(workspace, year))
    rows = commune_rows(workspace, wanted, year)
    grid = choose_grid(workspace.tariffs, year)
    warnings += tuple(p for p in checked(workspace, grid) if p.code != "B08")
    warnings += tuple(levels_are_real(workspace, replace(grid, year=year)))
    own = workspace.tariffs.grids.get(year, grid)
    if own != grid:  # not voted yet: its prices are not used, but its levels are
        warnings += tuple(p for p in checked(workspace, own) if p.code != "B08")
    level = grid.on_quote
    if level is None:
        raise Refusal(
            f"La grille {grid.year} n'a pas de missions sur devis.",
            "ajouter à la grille un niveau avec ses prix par demi-journée (half_day)",
        )
    name = rows[0].name
    commune = check_membership(membership_on(rows, year, issued_on), name, level, year)
    on_the_day = workspace.communes.of_year(issued_on.year)
    if issued_on.year != year and on_the_day:
        # The mission is of another year: the commune must be a member on the day itself too.
        own_rows = [row for row in on_the_day if row.code_insee == commune.code_insee]
        member = membership_on(own_rows, issued_on.year, issued_on)
        check_membership(member, name, level, issued_on.year)
    priced = price_lines(lines, level, grid)
    days = workspace.issuer.quote_valid_days if valid_days is None else valid_days
    quote = Quote(
        number=None,
        year=year,
        issued_on=issued_on,
        valid_until=validity(issued_on, days),
        commune=commune,
        grid=grid,
        service=service,
        subject=subject,
        lines=priced,
    )
    data = render_quote(quote, workspace.issuer)
    if out is not None and out.suffix.lower() == ".xlsx":
        path = out
        atomic.write(path, data)
    else:
        folder = out if out is not None else root / "out" / str(year)
        name = f"devis-projet-{commune.code_insee}-{slug(commune.name)}.xlsx"
        path = atomic.write_new(folder / name, data)
    return QuoteDraft(quote, tuple(in_order(warnings)), (relative(root, path),))
