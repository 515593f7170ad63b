"""The tables of the usage: their columns, by the names that the control and the charts ask for."""

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal

from mutualis.documents.excel.columns import Column, letter_of, place_of, summing
from mutualis.documents.excel.sheet import Value
from mutualis.documents.wording import usage as wording
from mutualis.domain.costs.received import Recourse
from mutualis.domain.french.typography import short_date
from mutualis.domain.interventions.quotas import QuotaUse
from mutualis.domain.money import ZERO
from mutualis.domain.problems.problem import Problem
from mutualis.domain.usage.share import CategoryUse, Share, summed
from mutualis.domain.usage.usage import Usage
from mutualis.domain.value import Struct, replace

_CENTRED, _LONG = "cellule centrée", "cellule longue"


class Block(Struct, frozen=True):
    """Where a table stands: its sheet, its columns, its title row and its last line, above its
    total."""

    sheet: str
    columns: Collection[str]
    head: int
    last: int

    def place(self, name: str) -> int:
        return place_of(self.columns, name)

    def total(self, name: str) -> str:
        return f"'{self.sheet}'!{letter_of(self.columns, name)}{self.last + 1}"

    def span(self, name: str) -> str:
        """The cells of a column."""
        letter = letter_of(self.columns, name)
        return f"'{self.sheet}'!{letter}{self.head + 1}:{letter}{self.last}"


def _known(lines: Sequence[Recourse]) -> Decimal | None:
    """What has a cost, None where nothing has one."""
    known = [line.at_cost for line in lines if line.at_cost is not None]
    return sum(known, ZERO) if known else None


def _figure(
    title: str, value: Callable[[Share], Value], width: float, style: str = "euros"
) -> Column[Share]:
    return Column(title, value, width, style, lambda shares: value(summed(shares)))


SHARES: dict[str, Column[Share]] = {
    "label": Column("", lambda share: share.label, 39, _LONG, lambda _: "Total"),
    "interventions": _figure("Interventions", lambda share: share.interventions, 13, "entier"),
    "half_days": _figure("Demi-journées", lambda share: share.half_days, 13, "entier"),
    "membership_at_price": _figure(
        "Adhésions, au prix", lambda share: share.membership_at_price, 13
    ),
    "mission_at_price": _figure("Missions, au prix", lambda share: share.mission_at_price, 13),
    "at_price": _figure("Au prix de la grille", lambda share: share.at_price, 13),
    "at_cost": _figure("Au coût réel", lambda share: share.at_cost, 13),
    "uncosted": _figure("½ j. sans coût", lambda share: share.uncosted, 9, "entier"),
    "fees": _figure("Cotisations", lambda share: share.fees, 14),
    "missions": _figure("Missions facturées", lambda share: share.missions, 13),
    "paid": _figure("Payé", lambda share: share.paid, 14),
    "balance": _figure("Solde, au coût réel", lambda share: share.balance, 13),
    "balance_at_price": _figure("Solde, au prix", lambda share: share.balance_at_price, 13),
}
CATEGORIES: tuple[Column[CategoryUse], ...] = (
    Column("Catégorie", lambda x: f"Catégorie {x.category}", style=_LONG, total=lambda _: "Total"),
    summing("Demi-journées", lambda use: use.half_days, style="entier"),
    Column("Prix", lambda use: use.unit_price, style="euros"),
    summing("Au prix de la grille", lambda use: use.at_price),
)
QUOTAS: tuple[Column[QuotaUse], ...] = (
    Column("Code INSEE", lambda use: use.commune.code_insee, 11, _CENTRED),
    Column("Commune", lambda use: use.commune.name, 26, _LONG),
    Column("Niveau", lambda use: use.service.level, 8, _CENTRED),
    Column("Prestation", lambda use: use.service.name, 44, _LONG),
    Column("Quota par an", lambda use: use.quota, 12, "entier"),
    Column("Utilisé", lambda use: use.used, 10, "entier"),
    Column("Reste", lambda use: use.left, 10, "entier"),
    Column("Dépassement", lambda use: use.exceeded or None, 13, "entier"),
    Column(
        "Dates",
        lambda use: ", ".join(short_date(item.intervention.day) for item in use.requests),
        50,
        "calcul",
    ),
)
ALERTS: tuple[Column[Problem], ...] = (
    Column("Code", lambda problem: problem.code, 7, _CENTRED),
    Column("Où", lambda problem: str(problem.source), 30, _LONG),
    Column("Constat", lambda problem: problem.message, 62, _LONG),
    Column("À faire", lambda problem: problem.remedy, 62, _LONG),
)
DETAIL: dict[str, Column[Recourse]] = {
    "day": Column("Date", lambda x: x.served.intervention.day, 10, "date"),
    "commune": Column("Commune", lambda x: x.served.who, 26, _LONG, lambda _: "Total"),
    "level": Column("Niveau", lambda x: x.served.level or "aucun", 7, _CENTRED),
    "theme": Column("Thème", lambda x: x.served.theme, 24, _LONG),
    "service": Column("Prestation", lambda x: x.served.name, 42, _LONG),
    "paid_by": Column("Payé par", lambda x: wording.paid_by(x.served), 11, _CENTRED),
    "directorate": Column("Direction", lambda x: x.served.directorate, 32, _LONG),
    "category": Column("Cat.", lambda x: x.served.intervention.category, 6, _CENTRED),
    "half_days": summing("Demi-journées", lambda x: x.served.half_days, 8, "entier"),
    "price": Column("Prix", lambda x: x.served.unit_price, 9, "euros"),
    "at_price": summing("Au prix", lambda x: x.served.at_price, 11),
    "unit_cost": Column("Coût unitaire", lambda x: x.unit_cost, 9, "euros"),
    "at_cost": Column("Au coût réel", lambda x: x.at_cost, 11, "euros", _known),
    "quote": Column("Devis", lambda x: x.served.intervention.quote, 11, _CENTRED),
    "subject": Column("Objet", lambda x: x.served.intervention.subject, 34, _LONG),
    "request": Column("Demande", lambda x: x.served.intervention.request, 18, _LONG, printed=False),
    "source": Column("Source", lambda x: wording.source(x.served), 22, _LONG, printed=False),
}


def shares_of(usage: Usage) -> dict[str, Column[Share]]:
    """The columns that the year has something to say in: without unit costs, the balance is at the
    grid's price; with them, against the real cost."""
    left_out = {"at_cost", "uncosted", "balance"}
    if usage.costs is not None:
        left_out = {"balance_at_price"} if usage.without_cost else {"balance_at_price", "uncosted"}
    columns = {name: column for name, column in SHARES.items() if name not in left_out}
    return columns | {"paid": replace(columns["paid"], title=wording.paid(usage))}


def detail_of(usage: Usage) -> dict[str, Column[Recourse]]:
    """The same for the interventions."""
    left_out = {"unit_cost", "at_cost"} if usage.costs is None else set()
    return {name: column for name, column in DETAIL.items() if name not in left_out}


def communes_of(usage: Usage) -> dict[str, Column[Share]]:
    """The columns of the communes, with the level of each at the end of the year. Beside the real
    cost, the page has no room for who pays what at the grid's price."""
    levels = usage.levels
    split = set() if usage.costs is None else {"membership_at_price", "mission_at_price"}
    figures = {name: item for name, item in shares_of(usage).items() if name not in split}
    label = figures.pop("label")
    return {
        "code": Column("Code INSEE", lambda share: share.key, 11, _CENTRED),
        "label": replace(label, title="Commune", width=26),
        "level": Column("Niveau", lambda share: levels.get(share.key, ""), 8, _CENTRED),
        **figures,
    }
