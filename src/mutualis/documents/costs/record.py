"""The « état annuel » of a commune: each recourse to the services, in units, at the unit cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mutualis.documents.account.account_page import section
from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.columns import Column, summing
from mutualis.documents.excel.listing import write_listing
from mutualis.documents.paper.page import Page, head
from mutualis.documents.wording import citations, parties
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.costs.received import Received, Recourse
from mutualis.domain.costs.unit_cost import UnitCosts
from mutualis.domain.french import interventions as words
from mutualis.domain.french.typography import count, euros, long_date, number, short_date
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.money import ZERO

_CENTRED, _LONG = "cellule centrée", "cellule longue"
_ALERT = "Cet état n'est pas une facture : rien n'est à payer sur cette page."
_BASIS = (
    "Chaque recours aux services est converti en unités (demi-journées d'agent) et compté au coût "
    "unitaire de sa direction et de sa catégorie (article D. 5211-16 du code général des "
    "collectivités territoriales)."
)


@dataclass(frozen=True, slots=True)
class _Head:
    issuer: Issuer
    commune: CommuneYear
    heading: str
    made: str
    object_line: str
    alert: str
    before: str
    footer: str


def record_page(one: Received, costs: UnitCosts, issuer: Issuer, day: date) -> Page:
    """The statement of one commune."""
    heading, name = f"État annuel {costs.year}", one.debtor.name
    top = _Head(
        issuer=issuer,
        commune=one.debtor,
        heading=heading,
        made=f"Fait le {long_date(day)}",
        object_line=f"Objet : recours aux services mutualisés en {costs.year}",
        alert=_ALERT,
        before=" ".join((_BASIS, _vintages(costs), *citations.regime(issuer), *_examples([one]))),
        footer=f"{issuer.name} - {heading} - {name}",
    )
    rows = [
        (
            short_date(line.served.intervention.day),
            line.served.name,
            line.served.directorate,
            line.served.intervention.category,
            number(line.units),
            "sans coût" if line.unit_cost is None else euros(line.unit_cost),
            "" if line.at_cost is None else euros(line.at_cost),
        )
        for line in one.lines
    ]
    columns = ("Prestation", "Date", "Direction", "Cat.", "½ j.", "Coût unitaire", "Au coût")
    ordered = [(row[1], row[0], *row[2:]) for row in rows]
    part = section("Recours aux services", columns, ordered, notes=_notes(one))
    total = euros(one.at_cost) if one.has_cost else "sans coût connu"
    part["total"] = {"label": f"Total : {count(one.half_days, 'demi-journée')}", "amount": total}
    texts = {**head(top), "sections": [part]}
    return Page("account", f"{heading} - {name}", issuer.name, day, texts)


def record_book(found: Sequence[Received], costs: UnitCosts, issuer: Issuer, day: date) -> bytes:
    """All the statements as a list; its cells depend on the arguments alone."""
    title = f"États annuels {costs.year}"
    book = new_book(issuer.name, title, day, mark=parties.marked(issuer, ""))
    sheet = add_sheet(book, "Recours")
    lines = [line for one in found for line in one.lines]
    footer = " ".join(_examples(found))
    write_listing(sheet, _COLUMNS, lines, title=title, footer=footer, freeze="Date")
    return save(book)


def _sum(lines: Sequence[Recourse]) -> Decimal:
    return sum((line.at_cost or ZERO for line in lines), ZERO)


_COLUMNS: tuple[Column[Recourse], ...] = (
    Column("Commune", lambda x: x.served.debtor.name, 20, _LONG, lambda _: "Total"),
    Column("Code INSEE", lambda x: x.served.debtor.code_insee, 11, _CENTRED),
    Column("Date", lambda x: x.served.intervention.day, 12, "date"),
    Column("Prestation", lambda x: x.served.name, 34, _LONG),
    Column("Direction", lambda x: x.served.directorate, 26, _LONG),
    Column("Catégorie", lambda x: x.served.intervention.category, 10, _CENTRED),
    summing("½ journées", lambda x: x.units, width=11, style="entier"),
    Column("Coût unitaire", lambda x: x.unit_cost, 12, "euros"),
    Column("Au coût", lambda x: x.at_cost, 12, "euros", _sum),
)


def _vintages(costs: UnitCosts) -> str:
    kinds = " et ".join(words.vintage(*vintage) for vintage in costs.vintages)
    return f"Coûts : {kinds}."


def _examples(found: Sequence[Received]) -> list[str]:
    invented = any(line.served.intervention.is_example for one in found for line in one.lines)
    return ["EXEMPLE : interventions inventées."] if invented else []


def _notes(one: Received) -> tuple[str, ...]:
    if not one.uncosted:
        return ()
    return (f"Sans coût unitaire, donc hors du total : {count(one.uncosted, 'demi-journée')}.",)
