"""What was received, at cost, by service: figures by hand, invented (« exemple »)."""

from decimal import Decimal
from itertools import permutations
from types import SimpleNamespace
from typing import Any

import pytest
from made import row

from mutualis.domain.costs.received import Received, recourses
from mutualis.domain.costs.unit_cost import UnitCosts

# The published cost of a half-day of each directorate's category.
COSTS: Any = SimpleNamespace(
    lines=[
        SimpleNamespace(own=("droit", "A"), published=Decimal("261.30")),
        SimpleNamespace(own=("urbanisme", "B"), published=Decimal("194.58")),
        SimpleNamespace(own=("urbanisme", "C"), published=None),
    ]
)
# Of a service: what was done, in which directorate and category, whether on quote.
DONE = (
    ("Conseil", "Urbanisme", "B", 2, False),
    ("Avis", "Droit", "A", 3, False),
    ("Conseil", "Urbanisme", "C", 4, False),
    ("Avis", "Droit", "A", 1, True),
    ("Bornage", "Voirie", "A", 1, False),
)


def received(*done: tuple[str, str, str, int, bool]) -> Received:
    served: Any = [
        SimpleNamespace(
            name=name,
            directorate=directorate,
            intervention=SimpleNamespace(category=category),
            half_days=half_days,
            on_quote=on_quote,
        )
        for name, directorate, category, half_days, on_quote in done
    ]
    return Received(row(), tuple(recourses(served, COSTS)))


def test_by_service_the_most_half_days_first() -> None:
    """2 × 194.58 = 389.16 and 4 without a cost; (3 + 1) × 261.30 = 1 045.20; 1 without."""
    found = received(*DONE)
    parts = [(name, p.half_days, p.at_cost, p.uncosted) for name, p in found.by_service]
    assert parts == [
        ("Conseil", 6, Decimal("389.16"), 4),
        ("Avis", 4, Decimal("1045.20"), 0),
        ("Bornage", 1, Decimal(0), 1),
    ]
    assert [part.has_cost for _, part in found.by_service] == [True, True, False]
    assert (found.half_days, found.at_cost, found.uncosted) == (11, Decimal("1434.36"), 5)


def test_what_a_quote_pays_for_is_told_apart() -> None:
    quoted = received(*DONE).on_quote
    assert (quoted.half_days, quoted.at_cost, quoted.uncosted) == (1, Decimal("261.30"), 0)


@pytest.mark.parametrize("order", [*permutations(DONE)][::17])
def test_the_order_changes_no_part(order: Any) -> None:
    def parts(found: Received) -> list[tuple[str, int, Decimal]]:
        return [(name, part.half_days, part.at_cost) for name, part in found.by_service]

    found = received(*order)
    assert parts(found) == parts(received(*DONE))
    assert sum(part.at_cost for _, part in found.by_service) == found.at_cost


def test_without_unit_costs_nothing_is_worth_0() -> None:
    served: Any = received(*DONE).lines
    found = Received(row(), tuple(recourses([x.served for x in served], UnitCosts(2025, ()))))
    assert (found.has_cost, found.uncosted) == (False, 11)
