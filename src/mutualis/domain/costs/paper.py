"""The papers of unit costs as they are made known (CGCT, D. 5211-16): the notice, the statements.

A paper holds the rows that it was computed from, so that each of its figures can be found again
from it alone.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import EXAMPLE, CommuneYear
from mutualis.domain.costs.cost import CostNature, CostRow, Vintage
from mutualis.domain.costs.unit_cost import UnitCosts, costs_of_rows
from mutualis.domain.french.names import fold
from mutualis.domain.french.typography import euros
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.money import EXACT, ZERO
from mutualis.domain.problems.problem import Source
from mutualis.domain.problems.refusals import Reason
from mutualis.domain.value import Struct, replace

if TYPE_CHECKING:
    from mutualis.domain.costs.received import Received

# CGCT, L. 1612-2: the last day to adopt a budget, and that of a year when the councils are renewed.
_LAST_DAY, _LAST_DAY_OF_RENEWAL = (4, 15), (4, 30)
_RENEWAL, _EVERY = 2020, 6  # municipal councils: 2020, 2026, 2032…


class PaperKind(StrEnum):
    """The unit costs made known before the budget, or the yearly statement of each commune."""

    NOTICE = "notice"
    STATEMENTS = "statements"


class CostFigure(Struct, frozen=True):
    """A row of costs.csv as a paper keeps it: its figure, and the line it stood in."""

    year: int
    directorate: str
    category: str
    nature: CostNature
    vintage: Vintage
    amount: Decimal
    half_days: int
    line: int | None
    is_example: bool = False

    @classmethod
    def of(cls, row: CostRow) -> "CostFigure":
        return cls(
            row.year,
            row.directorate,
            row.category,
            row.nature,
            row.vintage,
            row.amount,
            row.half_days,
            row.source.line,
            row.is_example,
        )

    @property
    def row(self) -> CostRow:
        return CostRow(
            self.year,
            self.directorate,
            self.category,
            self.nature,
            self.vintage,
            self.amount,
            self.half_days,
            Source("", self.line),
            origin=EXAMPLE if self.is_example else "",
        )


class PublishedCost(Struct, frozen=True):
    """The cost of a half-day as it is made known, in euros; None where there is none."""

    directorate: str
    category: str
    cost: Decimal | None


class StatementLine(Struct, frozen=True):
    """One recourse to a service, in half-days, at the published cost; None where it has none."""

    day: date
    service: str
    directorate: str
    category: str
    half_days: int
    unit_cost: Decimal | None
    is_example: bool = False

    @property
    def at_cost(self) -> Decimal | None:
        """In euros, exact."""
        if self.unit_cost is None:
            return None
        return EXACT.multiply(Decimal(self.half_days), self.unit_cost)


class CommuneStatement(Struct, frozen=True):
    """What a commune had recourse to in a year, in order of time; nothing is a statement too."""

    commune: CommuneYear
    lines: tuple[StatementLine, ...] = ()

    @property
    def half_days(self) -> int:
        return sum(line.half_days for line in self.lines)

    @property
    def at_cost(self) -> Decimal:
        """In euros, without what has no cost."""
        return sum((line.at_cost or ZERO for line in self.lines), ZERO)

    @property
    def uncosted(self) -> int:
        """The half-days that have no cost."""
        return sum(line.half_days for line in self.lines if line.unit_cost is None)

    @property
    def has_cost(self) -> bool:
        """Whether its value is known, in part at least: nothing is worth 0."""
        return self.uncosted < self.half_days or not self.lines


class CostPaper(Struct, frozen=True):
    """A notice, or the statements of a year. `figures` and `accounts` are those of its unit costs,
    `published` what they come to; `statements` are in the order of INSEE codes, none in a notice.
    Several of one year and kind follow each other: the last one holds."""

    act: Act
    kind: PaperKind
    year: int
    issuer: Issuer
    figures: tuple[CostFigure, ...]
    accounts: int | None
    published: tuple[PublishedCost, ...]
    statements: tuple[CommuneStatement, ...] = ()

    @property
    def key(self) -> tuple[int, PaperKind]:
        return self.year, self.kind

    @property
    def costs(self) -> UnitCosts:
        """Its unit costs, computed again."""
        return costs_of_rows(self.year, [figure.row for figure in self.figures], self.accounts)

    @property
    def has_examples(self) -> bool:
        """Whether something of it is invented."""
        return any(figure.is_example for figure in self.figures) or any(
            one.commune.is_example or any(line.is_example for line in one.lines)
            for one in self.statements
        )

    @property
    def content(self) -> tuple[object, ...]:
        """What it makes known: two papers of the same content are the same."""
        figures = (replace(figure, line=None) for figure in self.figures)
        each = ((one.commune.code_insee, one.commune.name, one.lines) for one in self.statements)
        return (*self.key, self.accounts, self.issuer.legal, self.published, *figures, *each)


def papers_of(records: Iterable[object], year: int, kind: PaperKind) -> tuple[CostPaper, ...]:
    """Those of a year that records hold, in their order: the last one holds."""
    papers = (record for record in records if isinstance(record, CostPaper))
    return tuple(paper for paper in papers if paper.key == (year, kind))


def last_day_of_budget(year: int) -> date:
    """Until when the budget of a year may be adopted."""
    is_renewal = (year - _RENEWAL) % _EVERY == 0
    return date(year, *(_LAST_DAY_OF_RENEWAL if is_renewal else _LAST_DAY))


def is_before_budget(paper: CostPaper) -> bool:
    """Whether it is dated on a day when the budget may still be to come."""
    return paper.act.day <= last_day_of_budget(paper.year)


def published_of(costs: UnitCosts) -> tuple[PublishedCost, ...]:
    return tuple(PublishedCost(x.directorate, x.category, x.published) for x in costs.lines)


def notice_of(act: Act, issuer: Issuer, costs: UnitCosts) -> CostPaper:
    return _paper(act, PaperKind.NOTICE, issuer, costs, ())


def statements_of(
    act: Act, issuer: Issuer, costs: UnitCosts, found: "Iterable[Received]"
) -> CostPaper:
    """`found` is what each beneficiary received, which may be nothing."""
    statements = tuple(CommuneStatement(one.debtor, tuple(_lines(one))) for one in found)
    return _paper(act, PaperKind.STATEMENTS, issuer, costs, statements)


def _paper(
    act: Act,
    kind: PaperKind,
    issuer: Issuer,
    costs: UnitCosts,
    statements: tuple[CommuneStatement, ...],
) -> CostPaper:
    figures, published = tuple(map(CostFigure.of, costs.rows)), published_of(costs)
    return CostPaper(act, kind, costs.year, issuer, figures, costs.accounts, published, statements)


def _lines(received: "Received") -> Iterator[StatementLine]:
    for line in received.lines:
        done = line.served.intervention
        yield StatementLine(
            done.day,
            line.served.name,
            line.served.directorate,
            done.category,
            line.units,
            line.unit_cost,
            done.is_example,
        )


def faults(paper: CostPaper) -> Iterator[Reason]:
    """What a paper says that its own rows do not give."""
    if paper.published != published_of(paper.costs):
        yield Reason("audit.unit_costs", {"year": paper.year})
    known = {(fold(x.directorate), x.category): x.cost for x in paper.published}
    for one in paper.statements:
        for line in one.lines:
            own = known.get((fold(line.directorate), line.category))
            if line.unit_cost != own:
                facts = {
                    "commune": one.commune.name,
                    "service": line.service,
                    "amount": "" if line.unit_cost is None else euros(line.unit_cost),
                }
                yield Reason("audit.statement_line", facts)
            if line.day.year != paper.year or line.half_days < 1:
                facts = {
                    "commune": one.commune.name,
                    "service": line.service,
                    "year": str(paper.year),
                }
                yield Reason("audit.statement_year", facts)
    codes = [one.commune.code_insee for one in paper.statements]
    if codes != sorted(set(codes)) or (codes and paper.kind is PaperKind.NOTICE):
        yield Reason("audit.statements", {"year": paper.year})
