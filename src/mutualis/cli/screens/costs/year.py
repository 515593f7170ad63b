"""The unit costs of a year on the screen and to other programs."""

from decimal import Decimal
from typing import Any

from mutualis.cli.terminal import console
from mutualis.documents.costs.words import kinds
from mutualis.domain.costs.cost import CostRow
from mutualis.domain.costs.margins import CategoryMargin, Margin
from mutualis.domain.costs.received import Received
from mutualis.domain.costs.unit_cost import UnitCosts
from mutualis.domain.french import interventions as words
from mutualis.domain.french.typography import count, euros, number, signed_euros
from mutualis.domain.money import ZERO, plain
from mutualis.workflows.costs import CommuneCost, YearCosts


def show(found: YearCosts) -> None:
    costs = found.costs
    status = " et ".join(kinds(costs))
    console.show(f"Coûts {costs.year} : {status}", "bold")
    if any(row.is_example for row in costs.rows):
        console.show("Coûts d'exemple, inventés : ces résultats ne décrivent rien de réel.", "bold")
    _terms(costs)
    _prices(found)
    _communes(found)
    _balance(found)
    console.show_next(f"mutualis usage {costs.year}")


def _terms(costs: UnitCosts) -> None:
    """Each unit cost with its terms, a row of the file each."""
    rows: list[tuple[str, ...]] = []
    for line in costs.lines:
        rows.append((f"{line.directorate}, {line.category}", "", "", ""))
        for row in line.rows:
            figure = euros(row.amount) if row.nature.is_charge else f"{number(row.half_days)} ½ j."
            status = words.vintage(row.year, row.vintage.value)
            rows.append((f"  {row.nature.value}", str(row.source.line or ""), status, figure))
        if line.missing is not None:
            rows.append(("  pas de coût unitaire", "", "", words.why_no_cost(line.missing.value)))
        else:
            rows.append(("  = coût d'une demi-journée", "", "", _money(line.published)))
    console.show_table(("Terme", "Ligne", "Statut", ""), rows, right=(1, 3))


def _prices(found: YearCosts) -> None:
    """The unit costs beside the prices, by directorate then by category."""

    def cells(margin: Margin) -> tuple[str, ...]:
        cost = margin.cost
        return (
            cost.directorate,
            cost.category,
            number(cost.half_days),
            _money(cost.published),
            _money(margin.price),
            _signed(margin.each),
            _signed(margin.whole),
        )

    costs = found.costs
    console.show_table(
        ("Direction", "", "½ j.", "Coût", "Prix", "Marge", "En tout"),
        [cells(margin) for margin in found.margins.lines],
        right=(2, 3, 4, 5, 6),
        total=("Total", "", number(costs.half_days), "", "", "", _signed(found.margins.whole)),
    )
    console.show(
        f"Écart d'arrondi (charges moins unités au coût publié) : {signed_euros(costs.gap)}."
    )
    if any(category.price is not None for category in found.margins.categories):
        console.show_table(
            ("Catégorie", "½ j.", "Charges", "Prix", "Prix qui équilibre", "En tout"),
            [
                (
                    item.category,
                    number(item.half_days),
                    euros(item.charges),
                    _money(item.price),
                    _money(item.break_even),
                    _signed(item.whole),
                )
                for item in found.margins.categories
            ],
            right=(1, 2, 3, 4, 5),
        )


def _communes(found: YearCosts) -> None:
    """Those that were served: what they received, at the price and at cost, and what they paid."""
    served = [(c, c.received) for c in found.communes if c.received is not None]
    if not served:
        return
    issued = found.incomes is not None and found.incomes.is_issued
    whole = Received(served[0][1].debtor, tuple(x for _, one in served for x in one.lines))

    def cells(label: str, received: Received, paid: str) -> tuple[str, ...]:
        at_cost = euros(received.at_cost) if received.has_cost else ""
        uncosted = number(received.uncosted) if received.uncosted else ""
        amounts = (euros(received.at_price), at_cost)
        return (label, number(received.half_days), *amounts, uncosted, paid)

    console.show_table(
        ("Commune servie", "½ j.", "Au prix", "Au coût", "Sans coût", "Payé" if issued else "Dû"),
        [cells(c.debtor.name, received, euros(c.paid)) for c, received in served],
        right=(1, 2, 3, 4, 5),
        total=cells("Total", whole, ""),
    )


def _balance(found: YearCosts) -> None:
    balance = found.balance
    if balance is None or found.incomes is None:
        if not found.is_notice:
            console.show(f"Pas de grille ou de communes en {found.year} : rien n'est comparé.")
        return
    origin = "registre" if found.incomes.is_issued else "lot en brouillon"
    missions = sum(item.amount > 0 for item in found.incomes.lines if item.quote)
    console.show_table(
        ("Année", "Montant"),
        [
            ("Charges", euros(balance.charges)),
            (f"Cotisations ({origin})", euros(balance.fees)),
            (f"Missions ({count(missions, 'facture')})", euros(balance.missions)),
        ],
        right=(1,),
        total=("Recettes moins charges", signed_euros(balance.difference)),
    )


def answer(found: YearCosts) -> dict[str, Any]:
    """The JSON contract of `costs`."""
    balance = found.balance
    return {
        "year": found.year,
        "accounts": found.costs.accounts,
        "is_final": found.costs.is_final,
        "categories": [_line(margin) for margin in found.margins.lines],
        "prices": [_category(item) for item in found.margins.categories],
        "communes": [_commune(commune, noted=found.notes_work) for commune in found.communes],
        "charges": plain(found.costs.charges),
        "rounding_gap": plain(found.costs.gap),
        "balance": None
        if balance is None
        else {
            "charges": plain(balance.charges),
            "fees": plain(balance.fees),
            "missions": plain(balance.missions),
            "difference": plain(balance.difference),
            "to_cover": plain(balance.to_cover),
        },
    }


def _commune(commune: CommuneCost, *, noted: bool) -> dict[str, Any]:
    received, none = commune.received, 0 if noted else None
    return {
        "code_insee": commune.debtor.code_insee,
        "commune": commune.debtor.name,
        "half_days": none if received is None else received.half_days,
        "at_price": _nothing(noted=noted) if received is None else plain(received.at_price),
        "at_cost": _nothing(noted=noted) if received is None else _at_cost(received),
        "half_days_without_cost": none if received is None else received.uncosted,
        "paid": plain(commune.paid),
    }


def _nothing(*, noted: bool) -> str | None:
    return plain(ZERO) if noted else None


def _at_cost(received: Received) -> str | None:
    return plain(received.at_cost) if received.has_cost else None


def _line(margin: Margin) -> dict[str, Any]:
    cost = margin.cost
    return {
        "direction": cost.directorate,
        "category": cost.category,
        "terms": [_term(row) for row in cost.rows],
        "charges": plain(cost.charges),
        "half_days": cost.half_days,
        "unit_cost": _plain(cost.published),
        "no_cost": None if cost.missing is None else cost.missing.value,
        "rounding_gap": plain(cost.gap),
        "price": _plain(margin.price),
        "margin": _plain(margin.each),
        "whole_margin": _plain(margin.whole),
    }


def _term(row: CostRow) -> dict[str, Any]:
    return {
        "nature": row.nature.value,
        "year": row.year,
        "status": row.vintage.value,
        "amount": plain(row.amount) if row.nature.is_charge else None,
        "half_days": None if row.nature.is_charge else row.half_days,
        "line": row.source.line,
        "source": row.origin,
    }


def _category(item: CategoryMargin) -> dict[str, Any]:
    return {
        "category": item.category,
        "charges": plain(item.charges),
        "half_days": item.half_days,
        "price": _plain(item.price),
        "break_even": _plain(item.break_even),
        "whole_margin": _plain(item.whole),
    }


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else euros(amount)


def _signed(amount: Decimal | None) -> str:
    return "" if amount is None else signed_euros(amount)


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)
