"""Which departmental scheme covers a service, on which days, however it is written."""

from datetime import date

import pytest

from mutualis.domain.interventions.intervention import Intervention
from mutualis.domain.problems.problem import Source
from mutualis.domain.requests.checks import requests_are_covered, schemes_ended
from mutualis.domain.requests.request import Request, Requests, RequestState, scheme_of
from mutualis.domain.services.finder import ServiceFinder
from mutualis.domain.services.schemes import Coverage, Scheme, said
from mutualis.domain.services.service import Service, Services
from mutualis.domain.value import replace

AT = Source("data/services.csv")
CATALOGUE = Services(
    tuple(
        Service(theme, "3", name, AT, AT)
        for theme, name in (("Droit", "Conseil"), ("Plans", "Cartes, plans"), ("RH", "Conseil"))
    )
)
FIRST, LAST = date(2025, 3, 1), date(2025, 12, 31)
ATLAS = Scheme("Atlas", "Département", ("cartes plans",), FIRST, LAST)
OPEN = Scheme("Agence", "Département", ("Droit : Conseil", "Cartes, plans"))


def coverage(*schemes: Scheme, services: Services = CATALOGUE) -> Coverage:
    return Coverage(schemes, ServiceFinder(services))


def request(**changes: object) -> Request:
    facts = {"id": "P1", "received": date(2025, 6, 1), "commune": "A", "project": "p"}
    return Request(**{**facts, "service": "Cartes, plans", **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "covers"),
    [
        ("2025-02-28", False),
        ("2025-03-01", True),
        ("2025-12-31", True),
        ("2026-01-01", False),
    ],
)
def test_a_scheme_runs_from_its_first_to_its_last_day(day: str, covers: bool) -> None:
    found = coverage(ATLAS).of("Cartes, plans", date.fromisoformat(day))
    assert bool(found) is covers


def test_it_covers_the_days_that_are_all_its_own() -> None:
    known = coverage(ATLAS, OPEN)
    assert known.of("Cartes, plans", FIRST, LAST) == (ATLAS, OPEN)
    assert known.of("Cartes, plans", LAST, date(2026, 1, 1)) == (OPEN,)
    assert known.of("") == ()


def test_two_services_of_one_name_are_two() -> None:
    known = coverage(OPEN)
    assert known.of("droit : conseil", FIRST) == (OPEN,)
    assert known.of("RH : Conseil", FIRST) == ()


def test_without_a_catalogue_names_are_compared() -> None:
    known = coverage(ATLAS, services=Services())
    assert known.of("Cartes, Plans", FIRST) == (ATLAS,)
    assert list(known.problems()) == []


@pytest.mark.parametrize("name", ["Cadastre", "Conseil"])
def test_a_service_unknown_or_ambiguous(name: str) -> None:
    wrong = Scheme("Atlas", "Département", ("Cartes, plans", name))
    assert [problem.code for problem in coverage(wrong).problems()] == ["S09"]


@pytest.mark.parametrize(
    ("own", "start", "expected"),
    [
        ("", FIRST, "Atlas (Département)"),
        ("ATLAS", FIRST, "Atlas (Département)"),
        ("Atlas (Département)", FIRST, "Atlas (Département)"),
        ("Régie", FIRST, "Régie ; Atlas (Département)"),
        ("", date(2026, 1, 1), ""),
        ("Atlas", date(2026, 1, 1), "Atlas"),
    ],
)
def test_what_a_request_says_and_what_the_file_says_are_one(
    own: str, start: date, expected: str
) -> None:
    assert scheme_of(request(scheme=own), coverage(ATLAS), start) == expected


def test_a_request_made_before_the_scheme_is_not_covered() -> None:
    early = request(received=date(2025, 2, 28))
    assert scheme_of(early, coverage(ATLAS), FIRST) == ""


def test_a_scheme_on_two_rows_is_said_once() -> None:
    assert said((ATLAS, ATLAS, OPEN)) == "Atlas (Département) ; Agence (Département)"


def codes(requests: list[Request], known: Coverage, today: date) -> list[str]:
    rows = Requests.of(requests)
    found = [*requests_are_covered(rows, known, today), *schemes_ended(rows, known, today)]
    return [
        f"{problem.code} {problem.facts.get('requests', '').rpartition(' : ')[2]}".strip()
        for problem in found
    ]


AFTER = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("asked", "today", "expected"),
    [
        (request(), LAST, ["S13"]),
        (request(), AFTER, ["S12 P1"]),
        (request(service="Droit : Conseil", scheme="atlas"), AFTER, ["S12 P1"]),
        (request(service="Droit : Conseil"), AFTER, ["S12"]),
        (request(state=RequestState.DONE), AFTER, ["S12"]),
        (request(state=RequestState.DONE), LAST, []),
    ],
)
def test_what_check_says(asked: Request, today: date, expected: list[str]) -> None:
    assert codes([asked], coverage(ATLAS), today) == expected


def test_a_scheme_that_another_row_goes_on_with_is_not_over() -> None:
    renewed = Scheme("Atlas", "Département", ("Cartes, plans",), AFTER)
    for asked in (request(), request(service="Droit : Conseil", scheme="Atlas")):
        assert not [c for c in codes([asked], coverage(ATLAS, renewed), AFTER) if "S12" in c]


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        ((None, None), (None, None), True),
        ((None, LAST), (AFTER, None), False),
        ((None, LAST), (LAST, None), True),
        ((FIRST, None), (None, FIRST), True),
    ],
)
def test_two_rows_meet(
    first: tuple[date | None, date | None], second: tuple[date | None, date | None], meet: bool
) -> None:
    one, other = (Scheme("Atlas", "Département", ("x",), *days) for days in (first, second))
    assert one.meets(other) is meet
    assert other.meets(one) is meet


@pytest.mark.parametrize("origin", ["exemple", "Exemple, à remplacer", "inventé", "délibération"])
def test_what_is_said_to_be_invented_is_an_example(origin: str) -> None:
    """The same words in every file."""
    invented = origin != "délibération"
    service = replace(CATALOGUE.rows[0], directorate_source=origin)
    row = Intervention(FIRST, "25001", "A", "Conseil", "A", 1, AT, origin=origin)
    assert replace(ATLAS, origin=origin).is_example is invented
    assert request(origin=origin).is_example is invented
    assert row.is_example is invented
    assert service.has_example_directorate is invented
