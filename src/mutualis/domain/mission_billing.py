"""The batch of a year's missions: what was done on its quotes and is not invoiced yet.

Prices come from the quotes alone; the debtor is the commune as its data now say, since a SIRET
or an engagement may have been given after the quote.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mutualis.domain.billing import EVERYTHING, Issue, Selection
from mutualis.domain.communes import Communes, CommuneYear, PopulationBasis
from mutualis.domain.ledger import Ledger
from mutualis.domain.missions import Mission
from mutualis.domain.money import ZERO
from mutualis.domain.records import Document
from mutualis.domain.refusals import Refusal
from mutualis.domain.tariffs import Level
from mutualis.domain.typography import euros, long_date
from mutualis.domain.works import BilledWork, Work
from mutualis.domain.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MissionLine:
    """What one quote is billed now; `act` is the deliberation of its grid."""

    commune: CommuneYear
    level: Level
    act: str
    work: BilledWork
    number: str | None = None

    @property
    def amount(self) -> Decimal:
        return self.work.amount

    @property
    def explanation(self) -> str:
        return self.work.explanation


@dataclass(frozen=True, slots=True)
class MissionLeft:
    """Works done that are not billed now, and why, in words."""

    quote: str
    commune: CommuneYear
    amount: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class MissionPlan:
    """`lines` in the order of INSEE codes, then of quotes."""

    year: int
    basis: PopulationBasis
    lines: tuple[MissionLine, ...]
    left: tuple[MissionLeft, ...] = ()
    selection: Selection = EVERYTHING
    issue: Issue | None = None

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def example_levels(self) -> int:
        return sum(line.commune.is_example for line in self.lines)


@dataclass(frozen=True, slots=True)
class Unbilled:
    """A work done that no standing invoice bills, and what it comes to."""

    mission: Mission
    work: Work
    amount: Decimal

    @property
    def text(self) -> str:
        """« 2 A, 1 B »: half-days by category."""
        return ", ".join(f"{n} {category}" for category, n in self.work.half_days.items())


def plan_missions(
    workspace: Workspace, ledger: Ledger, year: int, selection: Selection = EVERYTHING
) -> MissionPlan:
    """The invoices of the quotes of a year, a quote an invoice.

    Works of an invoice wholly credited since are billed again only when their commune is named,
    and nothing more is billed on a quote that an invoice bills above what was done.
    """
    tariffs = workspace.tariffs
    lines, left = [], []
    for mission in ledger.missions.by_quote.values():
        quote = mission.issued.quote
        if quote.year != year or not mission.unbilled:
            continue
        commune = debtor(workspace.communes, quote.commune)
        if selection.communes and commune.code_insee not in selection.communes:
            continue
        named = bool(selection.communes)
        works = tuple(w for w in mission.unbilled if named or w.rank not in mission.freed)
        reason = _why_not(mission, works, tariffs.minimum_recovery)
        if reason:
            left.append(MissionLeft(mission.number, commune, mission.to_invoice, reason))
        else:
            lines.append(line_of_mission(mission, works, commune))
    lines.sort(key=lambda line: (line.commune.code_insee, line.work.quote))
    return MissionPlan(year, tariffs.population, tuple(lines), tuple(left), selection)


def plan_replacement(
    workspace: Workspace, ledger: Ledger, credit: Document, invoice: Document
) -> MissionPlan:
    """The invoice that takes the place of a credited one: what is done on its quote by now.

    Raises Refusal when nothing is, or when it would be the same invoice again.
    """
    after = Ledger((*ledger.records, credit), ledger.closing, ledger.head)
    mission = after.missions.of(invoice.work.quote if invoice.work else "")
    if mission.overbilled or not mission.unbilled:
        why = (
            f"{mission.overbilled[0]} facture un travail retiré depuis"
            if mission.overbilled
            else "aucune demi-journée réalisée ne reste à facturer"
        )
        raise Refusal(
            f"Devis {mission.number} : {why}. Rien n'a été émis.",
            "relancer sans --replace, ou noter d'abord ce qui a été fait (mutualis quotes done)",
        )
    commune = debtor(workspace.communes, mission.issued.commune)
    line = line_of_mission(mission, mission.unbilled, commune)
    if line.work == invoice.work and commune == invoice.commune:
        raise Refusal(
            f"Les données redonnent la facture {invoice.number} à l'identique : rien à corriger.",
            "retirer d'abord le travail mal noté (mutualis quotes done NUMÉRO --cancel RANG), ou "
            "relancer sans --replace pour seulement annuler",
        )
    return MissionPlan(
        invoice.year,
        workspace.tariffs.population,
        (line,),
        selection=Selection(communes=frozenset({commune.code_insee})),
    )


def line_of_mission(mission: Mission, works: tuple[Work, ...], commune: CommuneYear) -> MissionLine:
    grid = mission.issued.quote.grid
    level = grid.on_quote
    if level is None:
        raise AssertionError(f"{mission.number} was priced by no level")
    return MissionLine(commune, level, grid.act, mission.bill(works))


def debtor(communes: Communes, quoted: CommuneYear) -> CommuneYear:
    """The commune of a quote as its year's data now say, or its successor; else as quoted."""
    for rows in communes.by_debtor(quoted.year):
        if any(row.code_insee == quoted.code_insee for row in rows):
            return rows[-1]
    return quoted


def check_works_before(lines: tuple[MissionLine, ...], day: date) -> None:
    """Raises Refusal for an invoice dated before the works that it bills."""
    last = max((work.day for line in lines for work in line.work.works), default=day)
    if day < last:
        raise Refusal(
            f"Des demi-journées du {long_date(last)} seraient facturées le {long_date(day)}, "
            "avant d'être faites : rien n'a été émis.",
            f"émettre au plus tôt le {long_date(last)} (--date)",
        )


def line_of_document(document: Document) -> MissionLine:
    """The line of an issued invoice; raises Refusal when it is not what its snapshot gives."""
    work = document.work
    if work is None or work.amount != document.amount:
        raise Refusal(
            f"La facture {document.number} ne correspond plus à son propre calcul.",
            "ne rien émettre ; mutualis register verify",
        )
    return MissionLine(document.commune, document.level, document.grid_act, work, document.number)


def unbilled(ledger: Ledger, year: int) -> Iterator[Unbilled]:
    """The works that no invoice bills, done up to the end of a year or on its quotes."""
    for mission in ledger.missions.by_quote.values():
        for work in mission.unbilled:
            if work.day.year <= year or mission.issued.year == year:
                yield Unbilled(mission, work, mission.bill((work,)).amount)


def _why_not(mission: Mission, works: tuple[Work, ...], minimum: Decimal) -> str:
    if mission.overbilled:
        number = mission.overbilled[0]
        return (
            f"{number} facture un travail retiré depuis : d'abord mutualis credit {number} "
            '--reason "…" --replace'
        )
    if not works:
        numbers = ", ".join(document.number for document in mission.cancelled)
        return f"facture {numbers} annulée ; nommer la commune (--commune) pour refacturer"
    amount = mission.bill(works).amount
    if amount < minimum:
        return f"{euros(amount)}, sous le seuil de recouvrement de {euros(minimum)}"
    return ""
