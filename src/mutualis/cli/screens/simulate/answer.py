"""A simulation as other programs read it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from mutualis.cli.screens.simulate.titles import baseline_title, descriptions, scenario_title
from mutualis.domain.changes.change import Effects
from mutualis.domain.memberships.plan import LevelTotal
from mutualis.domain.money import plain
from mutualis.domain.simulation.comparison import (
    Compared,
    Sum,
    by_class,
    movers,
    strata,
)
from mutualis.domain.simulation.differences import Difference
from mutualis.domain.simulation.thresholds import bounds_crossed, falls_of, near_bounds, shield
from mutualis.workflows.simulate import Hypothesis, Simulation


def of_simulation(result: Simulation, files: Sequence[str] = ()) -> dict[str, Any]:
    """The JSON contract of `simulate`."""
    solved = result.solved
    answer = {
        "simulation": True,
        "year": result.asked.year,
        "baseline": _side(result.baseline, baseline_title(result)),
        "scenario": _side(result.scenario, scenario_title(result)),
        "change": plain(result.change),
        "effects": _effects(Effects.sum(line.effects for line in result.lines)),
        "differences": [
            {
                "key": item.key,
                "label": item.label,
                "before": _value(item, item.before),
                "after": _value(item, item.after),
            }
            for item in result.differences
        ],
        "lines": [_line(line) for line in result.lines],
        "classes": {kind.value: _sum(total) for kind, total in by_class(result.lines).items()},
        "strata": [
            {"from": stratum.first, "to": stratum.last, **_sum(stratum.sum)}
            for stratum in strata(result.lines, result.strata)
        ],
        "movers": [line.code_insee for line in movers(result.lines, result.asked.top)],
        "thresholds": _thresholds(result),
        "files": list(files),
    }
    if solved is not None:
        answer["solved"] = {
            "key": solved.price.key,
            "target": plain(result.asked.target),
            "value": plain(solved.value),
            "total": plain(solved.total),
        }
    return answer


def _side(side: Hypothesis, title: str) -> dict[str, Any]:
    priced, dataset = side.priced, side.priced.dataset
    return {
        "year": priced.year,
        "title": title,
        "descriptions": descriptions(side),
        "grid_of": dataset.grid_of,
        "rows_of": dataset.rows_of,
        "rates": {str(year): f"{rate:f}" for year, rate in dataset.rates.items()},
        "vat": f"{dataset.vat:f}",
        "total": plain(priced.total),
        "by_level": by_level(priced.by_level),
    }


def by_level(totals: tuple[LevelTotal, ...]) -> dict[str, Any]:
    return {
        total.level: {
            "communes": total.communes,
            "population": total.population,
            "amount": plain(total.amount),
        }
        for total in totals
    }


def _line(line: Compared) -> dict[str, Any]:
    return {
        "code_insee": line.code_insee,
        "commune": line.name,
        "level_before": line.levels[0],
        "level_after": line.levels[1],
        "population": line.population,
        "before": plain(line.before),
        "after": plain(line.after),
        "change": plain(line.change),
        "effects": _effects(line.effects),
        "class": line.kind.value,
        "heir": line.heir or None,
    }


def _effects(effects: Effects) -> dict[str, str]:
    return {name: plain(amount) for name, amount in effects.by_name.items()}


def _sum(total: Sum) -> dict[str, Any]:
    before, after = total.per_inhabitant
    return {
        "communes": total.communes,
        "population": total.population,
        "before": plain(total.before),
        "after": plain(total.after),
        "change": plain(total.change),
        "per_inhabitant_before": plain(before),
        "per_inhabitant_after": plain(after),
    }


def _thresholds(result: Simulation) -> dict[str, Any]:
    priced = result.scenario.priced
    shielded, grid = shield(priced), priced.dataset.grid
    falling = {(fall.level, fall.population) for fall in falls_of(grid)}
    return {
        "bounds": [
            {
                "level": bound.level,
                "population": bound.population,
                "before": _amount(bound.before),
                "after": _amount(bound.after),
                "change": _amount(bound.change),
                "falls": (bound.level, bound.population) in falling,
            }
            for bound in bounds_crossed(grid)
        ],
        "near": [
            {
                "code_insee": item.due.row.code_insee,
                "level": item.bound.level,
                "population": item.bound.population - item.missing,
                "bound": item.bound.population,
                "amount": _amount(item.amount),
                "beyond": _amount(item.other),
            }
            for item in near_bounds(priced, result.asked.near)
        ],
        "shield": {
            "members": shielded.members,
            "shielded": shielded.shielded,
            "cost": plain(shielded.cost),
        },
    }


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _value(item: Difference, value: Decimal | str | None) -> str | None:
    if not isinstance(value, Decimal):
        return value
    return plain(value) if item.is_price else f"{value:f}"
