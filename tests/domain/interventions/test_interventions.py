"""Who pays for an intervention, at which level, how often; what goes beyond. All « exemple ».

2A gives « Conseil » three times a year and « Étude » for two half-days; 2B gives « Conseil »
without a limit; « Étude » goes on as a mission, open to 2B.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import HERE, codes, grid, move, row

from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis
from mutualis.domain.communes.finder import CommuneFinder
from mutualis.domain.communes.movements import Movement, Movements
from mutualis.domain.interventions.allocation import Served, same_request, serve
from mutualis.domain.interventions.checks import (
    check_served,
    interventions_are_real,
    quotas_hold,
    requests_are_short,
    rows_are_different,
)
from mutualis.domain.interventions.intervention import Intervention, Interventions
from mutualis.domain.interventions.lookup import cells_of, commune_of, price_of
from mutualis.domain.interventions.quotas import quota_uses
from mutualis.domain.interventions.received import received
from mutualis.domain.interventions.upgrade import beyond_quota, to_join, to_quote
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.services.finder import ServiceFinder
from mutualis.domain.services.service import Service, Services
from mutualis.domain.tariffs.grid import Bracket, Level
from mutualis.domain.value import replace

A, B = "25001", "25002"
GRID = grid(
    Level("1", "exemple"),
    Level("2A", "exemple", includes=("1",), per_inhabitant=Decimal(1), half_days_per_request=2),
    Level(
        "2B",
        "exemple",
        includes=("2A",),
        brackets=(Bracket(1000, per_inhabitant=Decimal(3)),),
    ),
    Level("3", "exemple", requires="2B", half_day={"A": Decimal(400), "B": Decimal(300)}),
)


def cell(name: str, level: str, quota: int | None = None, **more: Any) -> Service:
    return Service("Rives", level, name, HERE, HERE, quota=quota, **more)


SERVICES = Services(
    (
        cell("Conseil", "2A", 3),
        cell("Conseil", "2B"),
        cell("Étude", "2A"),
        cell("Étude", "3", directorate="U"),
        cell("Podium", "3"),
        cell("Veille", "1"),
    ),
    "services.csv",
)


def done(
    service: str = "Conseil",
    day: date = date(2025, 3, 1),
    line: int = 2,
    half_days: int = 1,
    commune: str = A,
    **more: Any,
) -> Intervention:
    own = {"category": "A", "commune": "", **more}
    place = Source("data/interventions.csv", line)
    return Intervention(day, commune, service=service, half_days=half_days, source=place, **own)


def served(
    *rows: Intervention,
    level: str = "2A",
    communes: tuple[CommuneYear, ...] = (),
    moves: tuple[Movement, ...] = (),
    services: Services = SERVICES,
    quotes: dict[str, str] | None = None,
) -> tuple[Served, ...]:
    found = Communes.of(communes or (row(A, level=level),), movements=Movements.of(moves))
    items, problems = serve(found, services, PopulationBasis.MUNICIPAL, GRID, rows, quotes)
    assert problems == []
    return items


def one(*rows: Intervention, **more: Any) -> Served:
    (item,) = served(*rows, **more)
    return item


# --- which it is ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "level", "quote", "applies", "on_quote", "included"),
    [
        ("Conseil", "2A", "", "2A", False, True),
        ("Conseil", "2B", "", "2B", False, True),
        ("Conseil", "1", "", "2A", False, False),  # the lowest that has it
        ("Conseil", "", "", "2A", False, False),
        ("Conseil", "2A", "D1", "2A", False, True),  # a number alone makes no mission of it
        ("Étude", "2A", "", "2A", False, True),
        ("Étude", "2A", "D1", "3", True, False),
        ("Podium", "2B", "", "3", True, False),  # nothing but a quote gives it
        ("Podium", "2B", "D1", "3", True, False),
        ("Veille", "2B", "", "1", False, True),
    ],
)
def test_which_cell_applies(
    service: str, level: str, quote: str, applies: str, on_quote: bool, included: bool
) -> None:
    item = one(done(service, quote=quote), level=level)
    assert item.service is not None
    assert (item.service.level, item.on_quote, item.is_included) == (applies, on_quote, included)


def test_a_quote_of_the_commune_makes_a_mission_of_anything() -> None:
    item = one(done("Conseil", quote="D1"), quotes={"D1": A})
    assert (item.on_quote, item.service is not None, item.quotable) == (True, True, "")
    other = one(done("Conseil", quote="D1"), quotes={"D1": B})
    assert not other.on_quote


def test_without_a_catalogue_a_number_tells_a_mission() -> None:
    mission, own = (one(done("x", quote=q), services=Services()) for q in ("D1", ""))
    assert (mission.on_quote, own.on_quote) == (True, False)
    assert mission.service is own.service is None
    assert (own.name, own.theme, own.directorate, own.is_included) == ("x", "", "", True)


def test_what_it_costs_and_who_does_it() -> None:
    item = one(done("Étude", half_days=3, category="B", quote="D1"))
    assert (item.at_price, item.half_days, item.directorate, item.theme) == (
        Decimal(900),
        3,
        "U",
        "Rives",
    )
    assert item.quotable == "Étude"


@pytest.mark.parametrize(("people", "joinable"), [(1000, ("1", "2A", "2B")), (1001, ("1", "2A"))])
def test_the_memberships_that_have_a_price(people: int, joinable: tuple[str, ...]) -> None:
    assert one(done(), communes=(row(A, people),)).joinable == joinable


def test_problems_of_a_row_are_told_together() -> None:
    communes = Communes.of([row(A)])
    bad = done("Rien", commune="99999", category="Catégorie b")
    items, problems = serve(communes, SERVICES, PopulationBasis.MUNICIPAL, GRID, [bad])
    assert items == ()
    assert sorted(codes(problems)) == ["U01", "U03", "U04"]
    price = price_of(bad, GRID)
    assert isinstance(price, Problem)
    assert "« B »" in price.facts["guess"] or "B" in price.facts["guess"]
    none = price_of(bad, grid())
    assert isinstance(none, Problem)
    assert none.facts["known"] == "aucune"
    finder = CommuneFinder(Communes.of([row(A), row(B)]))
    two = commune_of(replace(bad, code_insee=A, commune="Commune 25002"), finder)
    assert isinstance(two, Problem)
    assert two.code == "U02"
    assert cells_of(bad, ServiceFinder(Services())) == ()


# --- over a year ------------------------------------------------------------------------------

HALVES = (
    row(A, level="2A", end=date(2025, 6, 30)),
    row(A, level="2B", start=date(2025, 7, 1)),
)


@pytest.mark.parametrize(("day", "level"), [(date(2025, 6, 30), "2A"), (date(2025, 7, 1), "2B")])
def test_the_level_of_the_very_day(day: date, level: str) -> None:
    item = one(done("Conseil", day), communes=HALVES)
    assert (item.level, item.last_level) == (level, "2B")


def test_who_left_in_the_year_is_no_member_at_its_end() -> None:
    item = one(done("Conseil", date(2025, 8, 1)), communes=HALVES[:1])
    assert (item.level, item.last_level, item.commune.level) == ("", "", "2A")


@pytest.mark.parametrize(
    ("day", "code", "level"), [(date(2025, 6, 30), A, "2A"), (date(2025, 7, 1), B, "2B")]
)
def test_after_a_merger_the_successor_is_served(day: date, code: str, level: str) -> None:
    middle = date(2025, 7, 1)
    communes = (
        row(A, level="2A", end=date(2025, 6, 30)),
        row(B, level="2A", end=date(2025, 6, 30)),
        row(B, level="2B", start=middle),
    )
    moves = (move(middle, A, B), move(middle, B, B))
    item = one(done("Conseil", day), communes=communes, moves=moves)
    assert (item.commune.code_insee, item.level, item.named) == (code, level, A)
    assert (item.debtor.code_insee, item.codes) == (B, frozenset((A, B)))
    assert (item.who == "Commune 25001") is (code == A)


def test_in_order_of_day_then_line() -> None:
    rows = [done(line=4), done(line=3), done(day=date(2025, 2, 1), line=9)]
    assert [item.intervention.source.line for item in served(*rows)] == [9, 3, 4]


# --- quotas -----------------------------------------------------------------------------------


def used(*rows: Intervention, level: str = "2A") -> tuple[int, int, int, list[str]]:
    """What was used of three, what is left, what is beyond, and the problems."""
    communes = Communes.of([row(A, level=level)])
    (use,) = quota_uses(communes, SERVICES, GRID, served(*rows, level=level))
    return use.used, use.left, use.exceeded, codes(quotas_hold([use], GRID))


def conseils(count: int, **more: Any) -> list[Intervention]:
    return [done(line=line, **more) for line in range(2, 2 + count)]


@pytest.mark.parametrize(
    ("count", "found"),
    [
        (0, (0, 3, 0, [])),
        (2, (2, 1, 0, [])),
        (3, (3, 0, 0, [])),
        (4, (4, 0, 1, ["U05"])),
        (5, (5, 0, 2, ["U05", "U05"])),
    ],
)
def test_a_quota_at_its_edge(count: int, found: tuple[int, int, int, list[str]]) -> None:
    assert used(*conseils(count)) == found


def test_the_rows_of_one_request_count_once() -> None:
    assert used(*conseils(4, request="dossier"))[0] == 1
    assert used(*conseils(4, request="Dossier"), done(line=9, request="dossier "))[0] == 1


def test_what_another_service_or_a_quote_gives_does_not_count() -> None:
    assert used(done("Veille"), done("Étude", line=3))[0] == 0
    communes = Communes.of([row(A)])
    mission = served(done(quote="D1"), quotes={"D1": A})
    (use,) = quota_uses(communes, SERVICES, GRID, mission)
    assert use.used == 0


def test_a_level_without_a_limit_has_no_quota() -> None:
    communes = Communes.of([row(A, level="2B"), row(B, level="")])
    assert quota_uses(communes, SERVICES, GRID, ()) == ()


# --- what goes beyond -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("half_days", "found"), [((2,), []), ((3,), ["U06"]), ((1, 1), []), ((1, 2), ["U06"])]
)
def test_the_half_days_of_a_request(half_days: tuple[int, ...], found: list[str]) -> None:
    rows = [
        done("Étude", line=line, half_days=n, request="dossier")
        for line, n in enumerate(half_days, 2)
    ]
    items = served(*rows)
    assert codes(requests_are_short(items, GRID)) == found
    assert len(list(same_request(items))) == 1


def test_only_what_is_beyond_is_to_be_quoted() -> None:
    """2 of A, then 1 of B and 2 of A: beyond two are 1 B and 2 A."""
    rows = [
        done("Étude", line=2, half_days=2, request="x"),
        done("Étude", line=3, half_days=1, request="x", category="B"),
        done("Étude", line=4, half_days=2, request="x"),
    ]
    (found,) = requests_are_short(served(*rows, level="2A"), GRID)
    assert found.source.line == 3
    joined = [replace(item, debtor=replace(item.debtor, level="2B")) for item in served(*rows)]
    (found,) = requests_are_short(joined, GRID)
    assert "--line B:1" in found.facts["how"]
    assert "--line A:2" in found.facts["how"]


def test_a_level_without_a_limit_of_half_days() -> None:
    rows = served(done("Étude", half_days=9), level="2B")
    assert codes(requests_are_short(rows, GRID)) == []
    assert codes(requests_are_short(served(done("Étude", half_days=9), level=""), GRID)) == []


@pytest.mark.parametrize(
    ("item", "level", "found"),
    [
        (done("Conseil"), "2A", []),
        (done("Conseil"), "1", ["U08"]),
        (done("Conseil"), "", ["U07"]),
        (done("Podium"), "2B", ["U09"]),
        (done("Podium"), "", ["U09", "U07"]),
        (done("Podium", quote="D1"), "", []),
        (done("Podium", quote="D1"), "2A", []),
    ],
)
def test_what_a_membership_does_not_give(item: Intervention, level: str, found: list[str]) -> None:
    assert codes(check_served(served(item, level=level), (), GRID)) == found


def test_a_row_that_says_the_same_as_another() -> None:
    first = done()
    for other, found in (
        (done(line=3), ["U12"]),
        (done(line=3, half_days=2), []),
        (done(line=3, subject="x"), []),
        (done(line=3, day=date(2025, 3, 2)), []),
    ):
        assert codes(rows_are_different(served(first, other))) == found


def test_what_is_invented_is_told_once() -> None:
    rows = [done(), done(line=3, origin="Exemple"), done(line=4, origin="exemple")]
    (found,) = interventions_are_real("i.csv", rows)
    assert (found.code, found.source.line) == ("U11", 3)
    assert codes(interventions_are_real("i.csv", rows[:1])) == []


# --- the way up -------------------------------------------------------------------------------


def test_the_way_to_a_quote() -> None:
    """A member of 2B may have one; 2A may join; one too large for 2B may not; without a level on
    quote there is none."""
    open_one = to_quote(one(done("Étude"), level="2B"), GRID)
    assert '--service "Étude"' in open_one
    assert "adhérer" not in open_one
    assert "adhérer au niveau 2B" in to_quote(one(done("Étude")), GRID)
    large = to_quote(one(done("Étude"), communes=(row(A, 1001),)), GRID)
    assert "n'est pas ouvert" in large
    assert to_quote(one(done("Étude")), grid()) == "en tenir compte avec la commune"
    since = one(done("Étude"), communes=HALVES)
    assert "adhérer" not in to_quote(since, GRID)
    quoted = replace(since, quotable='Étude "bis"')
    assert '--service "…"' in to_quote(quoted, GRID)


def test_the_way_beyond_a_quota() -> None:
    assert "niveau 2B" in beyond_quota(one(done()), GRID)
    assert "est depuis au niveau 2B" in beyond_quota(one(done(), communes=HALVES), GRID)
    large = one(done(), communes=(row(A, 1001),))
    assert beyond_quota(large, GRID) == to_quote(large, GRID)
    assert beyond_quota(one(done(), level="2B"), GRID) == to_quote(one(done(), level="2B"), GRID)
    study = one(done("Podium"))
    assert beyond_quota(study, GRID) == to_quote(study, GRID)


def test_the_memberships_to_join() -> None:
    assert "2A ou 2B" in to_join(one(done(), level="1"), GRID)
    assert "aucun niveau" in to_join(replace(one(done(), level="1"), joinable=()), GRID)
    assert to_join(one(done("x"), services=Services()), GRID) == "en tenir compte avec la commune"
    left = one(done(day=date(2025, 3, 1)), communes=(replace(HALVES[0], level=""), HALVES[1]))
    assert "est depuis au niveau 2B" in to_join(left, GRID)


# --- what was received ------------------------------------------------------------------------


def test_the_years_before_a_month() -> None:
    """The two years before 1 March 2025: 1 March 2023 is in, 1 March 2025 is not."""
    days = [date(2023, 2, 28), date(2023, 3, 1), date(2025, 2, 28), date(2025, 3, 1)]
    rows = [done(day=day, line=n, half_days=10**n) for n, day in enumerate(days)]
    finder = CommuneFinder(Communes.of([row(A)]))
    given = Interventions(tuple(rows), "i.csv")
    assert received(given, finder, date(2025, 3, 1), 2) == ({A: 110}, [])
    assert received(Interventions(), finder, date(2025, 3, 1), 2) == (None, [])


def test_what_a_merged_commune_received_is_its_successors() -> None:
    day = date(2025, 1, 1)
    communes = Communes.of(
        [row(A, year=2024), row(B, year=2024), row(B)],
        movements=Movements.of([move(day, A, B), move(day, B, B)]),
    )
    rows = (done(day=date(2024, 6, 1)), done(day=date(2024, 6, 1), commune="99999"))
    found, problems = received(
        Interventions(rows, "i.csv"), CommuneFinder(communes), date(2025, 3, 1), 1
    )
    assert found == {B: 1}
    assert codes(problems) == ["U01"]


def test_the_rows_of_a_file() -> None:
    rows = (done(day=date(2025, 3, 1), quote="D1"), done(day=date(2024, 3, 1), quote="D1"), done())
    given = Interventions(rows, "i.csv")
    assert given.years == [2024, 2025]
    assert given.of_year(2024) == (rows[1],)
    assert list(given.of_quote("D1")) == [rows[1], rows[0]]
    assert rows[0].at("devis") == rows[0].source
    assert replace(rows[0], places={"devis": HERE}).at("devis") == HERE
