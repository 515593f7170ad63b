"""What `register export`, `titres` and `unbilled` answer."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, euros, short_date
from mutualis.domain.issuing.mission_batch import Unbilled
from mutualis.domain.money import ZERO, plain
from mutualis.workflows.register_export import Exported, Recorded


def show_export(exported: Exported, folder: Path) -> None:
    console.show(f"{count(exported.rows, 'ligne')} pour le logiciel financier", "bold")
    console.show_files([exported.file], folder)
    console.show_next("après la prise en charge, mutualis register titres --from FICHIER")


def show_titres(recorded: Recorded) -> None:
    added = count(len(recorded.added), "titre noté", "titres notés")
    console.show(f"{added}, {recorded.known} déjà connus", "bold")
    console.show_next("mutualis register verify")


def unbilled_answer(items: Sequence[Unbilled], year: int) -> dict[str, Any]:
    """The JSON contract of `register unbilled`."""
    return {
        "year": year,
        "works": [
            {
                "quote": item.mission.number,
                "code_insee": item.mission.issued.commune.code_insee,
                "commune": item.mission.issued.commune.name,
                "date": item.work.day.isoformat(),
                "half_days": dict(item.work.half_days),
                "certified_by": item.work.certified_by,
                "amount": plain(item.amount),
                "attached": item.work.day.year <= year,
            }
            for item in items
        ],
        "total": plain(_attached(items, year)),
    }


def show_unbilled(items: Sequence[Unbilled], year: int) -> None:
    if not items:
        console.show(f"Rien n'est fait et non facturé pour {year}.")
        console.show_next("mutualis quotes list")
        return
    console.show_table(
        ("Devis", "Commune", "Fait le", "Demi-journées", "Montant", "À rattacher"),
        [
            (
                item.mission.number,
                item.mission.issued.commune.name,
                short_date(item.work.day),
                item.text,
                euros(item.amount),
                ("" if item.work.day.year <= year else "non : ") + str(item.work.day.year),
            )
            for item in items
        ],
        right=(4,),
        total=("Total", "", f"fait en {year} ou avant", "", euros(_attached(items, year)), ""),
    )
    years = dict.fromkeys(item.mission.issued.year for item in items)
    console.show_next(" ; ".join(f"mutualis bill {year} --quotes --issue" for year in years))


def _attached(items: Sequence[Unbilled], year: int) -> Decimal:
    """What belongs to the year or to one before."""
    return sum((item.amount for item in items if item.work.day.year <= year), ZERO)
