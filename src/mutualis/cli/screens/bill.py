"""What a batch is to other programs and on the screen, drafted or issued."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mutualis.domain.memberships.plan import BillingLine, BillingPlan


def contract(plan: "BillingPlan", status: str, files: Sequence[str]) -> dict[str, Any]:
    """The JSON contract of `bill`."""
    from mutualis.domain.money import plain

    return {
        "year": plan.year,
        "status": status,
        "grid_status": plan.grid.status.value,
        "population_basis": plan.basis.value,
        "lines": [_line(line) for line in plan.invoices],
        "by_level": {
            level.level: {
                "communes": level.communes,
                "population": level.population,
                "amount": plain(level.amount),
            }
            for level in plan.by_level
        },
        "total": plain(plan.total),
        "withheld": [_line(line) for line in plan.withheld],
        "below_minimum": [_line(line) for line in plan.below_minimum],
        "not_billed": [
            {
                "code_insee": item.commune.code_insee,
                "commune": item.commune.name,
                "level": item.commune.level,
                "reason": item.reason,
            }
            for item in plan.not_billed
        ],
        "example_levels": plan.example_levels,
        "files": list(files),
    }


def _line(line: "BillingLine") -> dict[str, Any]:
    from mutualis.domain.money import plain

    commune, fee = line.commune, line.fee
    return {
        "number": line.number,
        "code_insee": commune.code_insee,
        "commune": commune.name,
        "siren": commune.siren,
        "level": fee.level.code,
        "population": fee.population,
        "rate": plain(fee.rate),
        "gross": plain(fee.gross),
        "cap": None if fee.cap is None else plain(fee.cap),
        "amount": plain(line.amount),
        "explanation": line.explanation,
        **({} if line.is_simple else {"parts": _parts(line), "deducted": plain(line.deducted)}),
    }


def _parts(line: "BillingLine") -> list[dict[str, Any]]:
    from mutualis.domain.money import plain

    return [
        {
            "commune": part.row.name,
            "level": part.fee.level.code,
            "population": part.fee.population,
            "from": part.row.first_day.isoformat(),
            "to": part.row.last_day.isoformat(),
            "share": f"{part.numerator}/{part.denominator}",
            "amount_of_year": plain(part.fee.amount),
        }
        for part in line.parts
    ]


def show_levels(plan: "BillingPlan") -> None:
    """The table of a batch by level."""
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import euros, number

    people = sum(level.population for level in plan.by_level)
    console.show_table(
        ("Niveau", "Services", "Communes", "Population", "Montant"),
        [
            (
                level.level,
                level.label,
                number(level.communes),
                number(level.population),
                euros(level.amount),
            )
            for level in plan.by_level
        ],
        right=(2, 3, 4),
        total=("Total", "", number(len(plan.invoices)), number(people), euros(plan.total)),
    )
