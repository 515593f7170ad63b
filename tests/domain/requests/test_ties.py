"""Who comes first where scores are equal, each rule against the ones after it."""

from datetime import date
from fractions import Fraction

import pytest

from mutualis.domain.requests.candidate import Candidate
from mutualis.domain.requests.ranking import sort_key
from mutualis.domain.requests.request import Request

EARLY, LATE = date(2025, 1, 1), date(2025, 1, 2)
HIGH, LOW = Fraction(2, 3), Fraction(1, 3)


def key(score: Fraction, day: date, code: str, name: str) -> tuple[object, ...]:
    request = Request(name, day, "x", "projet", "service", "U", {"A": 1})
    return sort_key(Candidate(request, code, "Commune", "2B", (), {}), score)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((HIGH, LATE, "25002", "P2"), (LOW, EARLY, "25001", "P1")),
        ((LOW, EARLY, "25002", "P2"), (LOW, LATE, "25001", "P1")),
        ((LOW, EARLY, "25001", "P2"), (LOW, EARLY, "25002", "P1")),
        ((LOW, EARLY, "25001", "P1"), (LOW, EARLY, "25001", "P2")),
    ],
    ids=["score", "day", "code", "identifier"],
)
def test_each_rule_prevails_over_those_after_it(
    first: tuple[Fraction, date, str, str], second: tuple[Fraction, date, str, str]
) -> None:
    assert key(*first) < key(*second)
