"""The batch of a year's missions: what was done on its quotes and is not invoiced yet.

Prices come from the quotes alone; the debtor is what the commune has become on the day of issue, as
its data then say: a merger, a SIRET or an engagement may have come after the quote.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from mutualis.domain.citations import Citations
from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis
from mutualis.domain.communes.debtors import is_same_person, owing
from mutualis.domain.french.typography import euros, long_date, short_date
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import MissionInvoice
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.memberships.plan import EVERYTHING, Issue, Selection
from mutualis.domain.missions.mission import Mission
from mutualis.domain.money import ZERO
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.quotes.taxes import taxed
from mutualis.domain.quotes.work_done import BilledWork, Work
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct, field


class MissionLine(Struct, frozen=True):
    """What one quote is billed now; `act` is the deliberation of its grid, `billed` the commune of
    the quote where another owes it by now."""

    commune: CommuneYear
    level: Level
    act: str
    work: BilledWork
    number: str | None = None
    billed: CommuneYear | None = None

    @property
    def amount(self) -> Decimal:
        return self.work.amount

    @property
    def explanation(self) -> str:
        return self.work.explanation


class MissionLeft(Struct, frozen=True):
    """Works done that are not billed now, and why."""

    quote: str
    commune: CommuneYear
    amount: Decimal
    why: Reason

    @property
    def reason(self) -> str:
        return self.why.text


class MissionPlan(Struct, frozen=True):
    """`lines` in the order of INSEE codes, then of quotes."""

    year: int
    basis: PopulationBasis
    lines: tuple[MissionLine, ...]
    left: tuple[MissionLeft, ...] = ()
    selection: Selection = EVERYTHING
    issue: Issue | None = None
    citations: Mapping[str, Citations] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def example_levels(self) -> int:
        return sum(line.commune.is_example for line in self.lines)


class Unbilled(Struct, frozen=True):
    """A work done that no standing invoice bills, and what it comes to."""

    mission: Mission
    work: Work
    amount: Decimal

    @property
    def text(self) -> str:
        """« 2 A, 1 B »: half-days by category."""
        return ", ".join(f"{n} {category}" for category, n in self.work.half_days.items())


def plan_missions(
    communes: Communes,
    tariffs: Tariffs,
    ledger: Ledger,
    year: int,
    day: date,
    selection: Selection = EVERYTHING,
) -> MissionPlan:
    """The invoices of the quotes of a year as issued on `day`, a quote an invoice.

    Works of an invoice wholly credited since are billed again only when their commune is named,
    and nothing more is billed on a quote that an invoice bills above what was done.
    """
    lines, left = [], []
    for mission in ledger.missions.by_quote.values():
        quote = mission.issued.quote
        if quote.year != year or not mission.unbilled:
            continue
        commune = debtor(communes, quote.commune, day)
        named = bool({commune.code_insee, quote.commune.code_insee} & selection.communes)
        if selection.communes and not named:
            continue
        works = mission.unbilled if named else mission.waiting
        kept_back = tuple(work for work in mission.unbilled if work not in works)
        why = _why_not(mission, works, tariffs.minimum_recovery)
        if why is not None:
            left.append(_left(mission, works, commune, why))
        elif works:
            lines.append(line_of_mission(mission, works, commune))
        if kept_back and not mission.overbilled:
            again = Reason(
                "missions.left_cancelled",
                {
                    "numbers": ", ".join(document.number for document in mission.cancelled),
                    "year": year,
                    "commune": quote.commune.code_insee,
                },
            )
            left.append(_left(mission, kept_back, commune, again))
    lines.sort(key=lambda line: (line.commune.code_insee, line.work.quote))
    return MissionPlan(year, tariffs.population, tuple(lines), tuple(left), selection)


def _left(
    mission: Mission, works: tuple[Work, ...], commune: CommuneYear, why: Reason
) -> MissionLeft:
    amount = mission.bill(works).amount if works else ZERO
    return MissionLeft(mission.number, commune, amount, why)


def plan_replacement(
    communes: Communes,
    basis: PopulationBasis,
    ledger: Ledger,
    credit: CreditNote,
    invoice: MissionInvoice,
) -> MissionPlan:
    """The invoice that takes the place of a credited one: what is done on its quote by now.

    Raises Refusal when nothing is, or when it would be the same invoice again.
    """
    after = Ledger((*ledger.records, credit), ledger.closing, ledger.head)
    number, own = invoice.work.quote, invoice.work.ranks
    before, mission = ledger.missions.of(number), after.missions.of(number)
    # What others billed and was waived stays so; beside a wrong invoice, only its own works count.
    works = tuple(
        work
        for work in mission.unbilled
        if work.rank in own or not (mission.overbilled or work.rank in before.freed)
    )
    commune = debtor(communes, mission.issued.commune, credit.act.day)
    if own <= {work.rank for work in works} and commune == invoice.commune:
        raise Refusal("missions.same_invoice", invoice=invoice.number, number=number)
    if not works:
        raise Refusal("missions.nothing_left", number=number)
    line = line_of_mission(mission, works, commune)
    return MissionPlan(
        invoice.year,
        basis,
        (line,),
        selection=Selection(communes=frozenset({commune.code_insee})),
    )


def line_of_mission(mission: Mission, works: tuple[Work, ...], commune: CommuneYear) -> MissionLine:
    grid = mission.issued.quote.grid
    level = grid.on_quote
    if level is None:
        raise AssertionError(f"{mission.number} was priced by no level")
    quoted = mission.issued.commune
    billed = None if is_same_person(commune, quoted) else quoted
    return MissionLine(commune, level, grid.act, mission.bill(works), billed=billed)


def doubts(lines: tuple[MissionLine, ...], communes: Communes, day: date) -> Iterator[Reason]:
    """Who owes an invoice and is in no row of the year, without a movement that says why."""
    for line in lines:
        code, years = line.commune.code_insee, (line.commune.year, day.year)
        if communes.movements.absence(code, day) is not None:
            continue
        for year in dict.fromkeys(years):
            rows = communes.of_year(year)
            if all(row.code_insee != code for row in rows) and (rows or year == years[0]):
                yield Reason(
                    "missions.debtor_unknown",
                    {
                        "number": line.work.quote,
                        "commune": line.commune.name,
                        "code": code,
                        "year": year,
                    },
                )


def check_debtors(lines: tuple[MissionLine, ...], communes: Communes, day: date) -> None:
    """Raises Refusal for an invoice to a commune that the files have lost: it may exist no more."""
    lost = list(doubts(lines, communes, day))
    if lost:
        raise Refusal("missions.debtor_lost", details=lost)


def debtor(communes: Communes, quoted: CommuneYear, day: date) -> CommuneYear:
    """What the commune of a quote has become on a day, as its data then say; else as quoted."""
    return owing(communes, quoted, quoted.first_day, day)


def check_works_before(lines: tuple[MissionLine, ...], day: date) -> None:
    """Raises Refusal for an invoice dated before the works that it bills."""
    last = max((work.day for line in lines for work in line.work.works), default=day)
    if day < last:
        raise Refusal("missions.billed_before_done", last=long_date(last), day=long_date(day))


def taxed_otherwise(
    lines: tuple[MissionLine, ...], ledger: Ledger, issuer: Issuer
) -> Iterator[Reason]:
    """The quotes whose VAT is not that of the day of the last work billed."""
    for line in lines:
        quote = ledger.missions.of(line.work.quote).issued.quote
        day = max(work.day for work in line.work.works)
        if taxed(quote.lines, quote.service, issuer, day) != quote.lines:
            facts = {"quote": line.work.quote, "day": short_date(day)}
            yield Reason("missions.taxed_otherwise", facts)


def check_taxes(lines: tuple[MissionLine, ...], ledger: Ledger, issuer: Issuer) -> None:
    """Raises Refusal for an invoice whose VAT has changed since the quote."""
    wrong = list(taxed_otherwise(lines, ledger, issuer))
    if wrong:
        raise Refusal("missions.vat_has_changed", details=wrong)


def line_of_document(document: MissionInvoice) -> MissionLine:
    """The line of an issued invoice; raises Refusal when it is not what its snapshot gives."""
    work = document.work
    if work.amount != document.amount:
        raise Refusal("issuing.not_its_calculation", number=document.number)
    return MissionLine(
        document.commune,
        document.level,
        document.grid_act,
        work,
        document.number,
        document.billed,
    )


def unbilled(ledger: Ledger, year: int) -> Iterator[Unbilled]:
    """The works that no invoice bills, done up to the end of a year or on its quotes.

    Works of an invoice wholly credited since are no revenue to come.
    """
    for mission in ledger.missions.by_quote.values():
        for work in mission.waiting:
            if work.day.year <= year or mission.issued.year == year:
                yield Unbilled(mission, work, mission.bill((work,)).amount)


def _why_not(mission: Mission, works: tuple[Work, ...], minimum: Decimal) -> Reason | None:
    if mission.overbilled:
        return Reason("missions.left_overbilled", {"number": mission.overbilled[0]})
    if not works:
        return None
    amount = mission.bill(works).amount
    if amount < minimum:
        return Reason(
            "missions.left_below_minimum", {"amount": euros(amount), "minimum": euros(minimum)}
        )
    return None
