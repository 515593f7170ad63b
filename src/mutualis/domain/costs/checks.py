"""What the costs must agree with, and what must be said beside them: U22 to U26, U30, U31."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from mutualis.domain.costs.cost import CostRow, Costs, Vintage
from mutualis.domain.costs.paper import last_day_of_budget
from mutualis.domain.costs.unit_cost import UnitCosts
from mutualis.domain.french import interventions as words
from mutualis.domain.french.names import fold, read_as, suggestions
from mutualis.domain.french.typography import long_date
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.services.service import Services


def notice_is_in_time(file: str, year: int, day: date) -> Iterator[Problem]:
    """U31: a notice made when the budget of its year had to be adopted already. A grid says by
    which act it was voted, not when: that tells nothing."""
    last = last_day_of_budget(year)
    if day > last:
        facts = {"year": str(year), "day": long_date(day), "last": long_date(last)}
        yield Problem("U31", Source(file), facts)


def costs_are_sound(
    costs: Costs, found: UnitCosts, services: Services, categories: Collection[str]
) -> Iterator[Problem]:
    """What is to be said of the unit costs of a year; `categories` are those of its grid."""
    yield from vintages_agree(found)
    yield from units_are_known(found)
    yield from directorates_are_known(found, services)
    yield from categories_have_prices(found, categories)
    yield from costs_are_real(costs.file, found.rows)


def vintages_agree(found: UnitCosts) -> Iterator[Problem]:
    """U22: a row of the budget in a year that the accounts have closed; a notice before the budget
    mixes them by its nature."""
    own = [row for row in found.rows if row.year == found.year]
    if found.accounts is not None or not any(r.vintage is Vintage.ACCOUNTS for r in own):
        return
    for row in own:
        if row.vintage is Vintage.BUDGET:
            facts = {
                "year": str(row.year),
                "directorate": row.directorate,
                "category": row.category,
                "nature": row.nature.value,
            }
            yield Problem("U22", row.at("statut"), facts)


def units_are_known(found: UnitCosts) -> Iterator[Problem]:
    """U23: a directorate's category whose cost cannot be found."""
    for line in found.lines:
        if line.missing is not None:
            facts = {
                "year": str(found.year),
                "directorate": line.directorate,
                "category": line.category,
                "why": words.why_no_cost(line.missing.value),
                "how": words.how_to_cost(line.missing.value),
            }
            yield Problem("U23", line.rows[0].source, facts)


def directorates_are_known(found: UnitCosts, services: Services) -> Iterator[Problem]:
    """U24, once a name; nothing is said in a workspace without a catalogue of directorates."""
    known = {fold(row.directorate): row.directorate for row in services.rows if row.directorate}
    if not known:
        return
    told: set[str] = set()
    for row in found.rows:
        name = fold(row.directorate)
        if name not in known and name not in told:
            told.add(name)
            guess = read_as(suggestions(row.directorate, known.values(), limit=1))
            facts = {"directorate": row.directorate, "guess": guess}
            yield Problem("U24", row.at("direction"), facts)


def categories_have_prices(found: UnitCosts, categories: Collection[str]) -> Iterator[Problem]:
    """U25, once a category; nothing is said where the grid has no half-days."""
    told: set[str] = set()
    for row in found.rows if categories else ():
        if row.category not in categories and row.category not in told:
            told.add(row.category)
            facts = {
                "category": row.category,
                "year": str(found.year),
                "known": ", ".join(categories),
            }
            yield Problem("U25", row.at("categorie"), facts)


def costs_are_real(file: str, rows: Iterable[CostRow]) -> Iterator[Problem]:
    """U26, in one warning."""
    invented = [row for row in rows if row.is_example]
    if invented:
        first = min(invented, key=lambda row: row.source.line or 0)
        facts = {"count": words.cost_rows(len(invented))}
        yield Problem("U26", Source(file, first.source.line, field="source"), facts)


def units_cover(found: UnitCosts, served: Iterable[Served]) -> Iterator[Problem]:
    """U30: more done for communes than was given to all."""
    done: Mapping[tuple[str, str], int] = _done(served)
    for line in found.lines:
        own = done.get((fold(line.directorate), line.category), 0)
        if line.units is not None and own > line.half_days:
            facts = {
                "year": str(found.year),
                "directorate": line.directorate,
                "category": line.category,
                "done": words.half_days(own),
                "units": str(line.half_days),
            }
            yield Problem("U30", line.units.at("demi_journees"), facts)


def _done(served: Iterable[Served]) -> Counter[tuple[str, str]]:
    done: Counter[tuple[str, str]] = Counter()
    for item in served:
        done[fold(item.directorate), item.intervention.category] += item.half_days
    return done
