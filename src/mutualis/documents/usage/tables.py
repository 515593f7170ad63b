"""The tables of the usage: their columns, by the names that the control and the charts ask for."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from mutualis.documents.excel.columns import Column, letter_of, place_of, summing
from mutualis.documents.excel.sheet import Value
from mutualis.documents.wording import usage as wording
from mutualis.domain.french.typography import short_date
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.interventions.quotas import QuotaUse
from mutualis.domain.problems.problem import Problem
from mutualis.domain.usage.usage import CategoryUse, Share, Usage, summed

_CENTRED, _LONG = "cellule centrée", "cellule longue"


@dataclass(frozen=True, slots=True)
class Block:
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


def _figure(
    title: str, value: Callable[[Share], Value], width: float, style: str = "euros"
) -> Column[Share]:
    return Column(title, value, width, style, lambda shares: value(summed(shares)))


SHARES: dict[str, Column[Share]] = {
    "label": Column("", lambda share: share.label, 39, _LONG, lambda _: "Total"),
    "interventions": _figure("Interventions", lambda share: share.interventions, 14, "entier"),
    "half_days": _figure("Demi-journées", lambda share: share.half_days, 14, "entier"),
    "membership_cost": _figure("Coût des adhésions", lambda share: share.membership_cost, 15),
    "mission_cost": _figure("Coût des missions", lambda share: share.mission_cost, 15),
    "cost": _figure("Coût total", lambda share: share.cost, 15),
    "fees": _figure("Cotisations", lambda share: share.fees, 15),
    "missions": _figure("Missions facturées", lambda share: share.missions, 15),
    "income": _figure("Recettes", lambda x: None if x.fees is None else x.income, 15),
    "balance": _figure("Solde", lambda share: share.balance, 15),
}
CATEGORIES: tuple[Column[CategoryUse], ...] = (
    Column("Catégorie", lambda x: f"Catégorie {x.category}", style=_LONG, total=lambda _: "Total"),
    summing("Demi-journées", lambda use: use.half_days, style="entier"),
    Column("Prix", lambda use: use.unit_price, style="euros"),
    summing("Coût", lambda use: use.cost),
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
DETAIL: dict[str, Column[Served]] = {
    "day": Column("Date", lambda item: item.intervention.day, 11, "date"),
    "commune": Column("Commune", lambda item: item.who, 26, _LONG, lambda _: "Total"),
    "level": Column("Niveau", lambda item: item.level or "aucun", 8, _CENTRED),
    "theme": Column("Thème", lambda item: item.theme, 24, _LONG),
    "service": Column("Prestation", lambda item: item.name, 42, _LONG),
    "paid_by": Column("Payé par", wording.paid_by, 12, _CENTRED),
    "directorate": Column("Direction", lambda item: item.directorate, 32, _LONG),
    "category": Column("Cat.", lambda item: item.intervention.category, 6, _CENTRED),
    "half_days": summing("Demi-journées", lambda item: item.half_days, 10, "entier"),
    "price": Column("Prix", lambda item: item.unit_price, 10, "euros"),
    "cost": summing("Coût", lambda item: item.cost, 12),
    "quote": Column("Devis", lambda item: item.intervention.quote, 12, _CENTRED),
    "subject": Column("Objet", lambda item: item.intervention.subject, 34, _LONG),
    "request": Column("Demande", lambda item: item.intervention.request, 18, _LONG, printed=False),
    "source": Column("Source", wording.source, 22, _LONG, printed=False),
}


def communes_of(usage: Usage) -> dict[str, Column[Share]]:
    """The columns of the communes, with the level of each at the end of the year."""
    levels = usage.levels
    figures = {name: replace(column, width=14) for name, column in SHARES.items()}
    label = figures.pop("label")
    return {
        "code": Column("Code INSEE", lambda share: share.key, 11, _CENTRED),
        "label": replace(label, title="Commune", width=26),
        "level": Column("Niveau", lambda share: levels.get(share.key, ""), 8, _CENTRED),
        **figures,
    }
