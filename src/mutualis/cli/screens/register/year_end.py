"""What `register unbilled` says for the accounts of the year."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import euros, short_date, signed_euros
from mutualis.domain.issuing.year_end import Attached, ToDo
from mutualis.domain.kinds import Product
from mutualis.domain.money import ZERO, plain
from mutualis.workflows.unbilled import LeftToClaim


def answer(left: LeftToClaim) -> dict[str, Any]:
    """Its part of the JSON contract."""
    return {
        "to_attach": [
            {
                "product": item.product.value,
                "withheld": item.withheld,
                "account": item.account,
                "amount": plain(item.amount),
                "corrections": plain(item.corrections),
                "below_minimum": plain(item.below_minimum),
            }
            for item in left.attached
        ],
        "to_attach_total": plain(_sum(item.amount for item in left.attached)),
        "deferred": [
            {
                "year": item.year,
                "withheld": item.withheld,
                "account": left.deferred_account,
                "amount": plain(item.amount),
            }
            for item in left.deferred
        ],
        "to_do": [
            {
                "quote": item.mission.number,
                "code_insee": item.mission.issued.commune.code_insee,
                "commune": item.mission.issued.commune.name,
                "accepted": None
                if item.mission.answer is None
                else item.mission.answer.day.isoformat(),
                "half_days": item.half_days,
                "amount": plain(item.amount),
            }
            for item in left.to_do
        ],
    }


def show(left: LeftToClaim) -> None:
    year = left.year
    if left.attached:
        console.show(
            f"À rattacher à l'exercice {year} : ce qu'aucun de ses documents ne dit", "bold"
        )
        _show_attached(left)
        if left.memberships is not None and left.memberships.unqualified:
            console.show("Les comptes à qualifier n'y sont pas comptés.")
    for item in left.deferred:
        what = "retenues sur AC" if item.withheld else "factures"
        console.show(
            f"Produits constatés d'avance à la clôture {year} : {euros(item.amount)} de {what} "
            f"{item.year} (compte {left.deferred_account})."
        )
    if left.to_do:
        console.show(f"Devis acceptés, pas encore faits au 31 décembre {year}", "bold")
        _show_to_do(left.to_do)


def _show_attached(left: LeftToClaim) -> None:
    amounts = [(x.amount, x.corrections, x.below_minimum) for x in left.attached]
    console.show_table(
        ("Produit", "Compte", "À rattacher", "À corriger", "Sous le seuil"),
        [
            (
                _product(item),
                item.account,
                euros(item.amount),
                signed_euros(item.corrections),
                euros(item.below_minimum),
            )
            for item in left.attached
        ],
        right=(2, 3, 4),
        total=(
            "Total",
            "",
            euros(_sum(a for a, _, _ in amounts)),
            signed_euros(_sum(c for _, c, _ in amounts)),
            euros(_sum(b for _, _, b in amounts)),
        ),
    )


def _product(item: Attached) -> str:
    if item.product is Product.MISSION:
        return "Missions faites"
    return "Adhésions, retenues sur AC" if item.withheld else "Adhésions, par titre"


def _show_to_do(found: tuple[ToDo, ...]) -> None:
    console.show_table(
        ("Devis", "Commune", "Accepté le", "Reste à faire", "Montant"),
        [
            (
                item.mission.number,
                item.mission.issued.commune.name,
                "" if item.mission.answer is None else short_date(item.mission.answer.day),
                ", ".join(f"{n} {category}" for category, n in item.half_days.items()),
                euros(item.amount),
            )
            for item in found
        ],
        right=(4,),
        total=("Total", "", "", "", euros(_sum(item.amount for item in found))),
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
