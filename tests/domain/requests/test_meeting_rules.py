"""What a meeting is refused for, what it promises, what changes from one record to the next."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from made import HERE, codes, grid, row
from test_meeting_proof import DAY, candidate, capacities, criteria, full, meeting, promised

from mutualis.domain.communes.communes import Communes, PopulationBasis
from mutualis.domain.communes.finder import CommuneFinder
from mutualis.domain.interventions.intervention import Intervention, Interventions
from mutualis.domain.problems.problem import Source
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.requests.calendar import Calendar, Promise, Slot, first_day, months_from
from mutualis.domain.requests.candidate import Obstacle, is_met, obstacles
from mutualis.domain.requests.checks import (
    communes_are_known,
    promises_fit,
    received_by,
    start_is_to_come,
)
from mutualis.domain.requests.criteria import Capacity, Criteria, Criterion
from mutualis.domain.requests.departures import Minutes, departure_problems, faults, idle_moves
from mutualis.domain.requests.measures import MEASURES, Facts
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.meeting_rules import check_meeting, differences
from mutualis.domain.requests.meeting_rules import stored as as_stored
from mutualis.domain.requests.promises import booked, not_begun, promises
from mutualis.domain.requests.ranking import Choice, Departure, Refused, Session, decide
from mutualis.domain.requests.request import Request, Requests, RequestState
from mutualis.domain.requests.session import session_of
from mutualis.domain.services.finder import ServiceFinder
from mutualis.domain.services.schemes import Coverage
from mutualis.domain.services.service import Service, Services
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.value import replace

EARLIER = promised()
KEPT = full(EARLIER)


def of_session(**more: Any) -> Callable[[Meeting], Meeting]:
    return lambda one: replace(one, session=replace(one.session, **more))


def refused(one: Meeting, earlier: list[Meeting]) -> str:
    try:
        check_meeting(one, earlier)
    except Refusal as refusal:
        return refusal.reason.code.removeprefix("meetings.") if refusal.message else "no text"
    return ""


def first(one: Meeting, **more: Any) -> Meeting:
    """The meeting with another first candidate."""
    own = one.session.candidates
    return of_session(candidates=(replace(own[0], **more), *own[1:]))(one)


@pytest.mark.parametrize(
    ("change", "earlier", "code"),
    [
        (lambda m: m, [EARLIER], ""),
        (lambda m: replace(m, act=replace(m.act, day=DAY)), [EARLIER], ""),
        (lambda m: replace(m, act=replace(m.act, day=date(2025, 2, 19))), [EARLIER], "to_come"),
        (lambda m: replace(m, elected=(), agents=()), [EARLIER], "no_members"),
        (lambda m: m, [EARLIER, replace(KEPT, year=2024)], "day_taken"),
        (lambda m: m, [EARLIER, KEPT], "published"),
        (lambda m: replace(m, correction="erreur"), [EARLIER, KEPT], ""),
        (lambda m: replace(m, correction="erreur"), [EARLIER], "nothing_to_correct"),
        (of_session(start="2025-01"), [EARLIER], "starts_before"),
        (of_session(day=date(2025, 2, 21)), [EARLIER], "other_day"),
        (of_session(year=2024), [EARLIER], "other_day"),
        (lambda m: m, [], "no_promise"),
        (lambda m: replace(m, communes=()), [EARLIER], "other_commune"),
        (lambda m: first(m, level="2A"), [EARLIER], "other_commune"),
        (lambda m: first(m, values={}), [EARLIER], "no_figure"),
        (
            of_session(
                criteria=Criteria((Criterion("x", Decimal(1), Decimal(0), Decimal(1)),), {}, 3)
            ),
            [EARLIER],
            "no_criterion",
        ),
        (
            lambda m: replace(m, departures=(*m.departures, Departure("P9", Choice.MOVE, "x", 1))),
            [EARLIER],
            "departure",
        ),
        (lambda m: replace(m, departures=m.departures[:1]), [EARLIER], "other_outcome"),
    ],
)
def test_a_record_that_does_not_hold(
    change: Callable[[Meeting], Meeting], earlier: list[Meeting], code: str
) -> None:
    assert refused(change(KEPT), earlier) == code


def test_the_month_of_the_meeting_may_be_planned() -> None:
    """From the month of the meeting on, never from one before it."""
    late = meeting(date(2025, 2, 24), [], Criteria(criteria(), capacities(), 2))
    for start, code in (("2025-02", ""), ("2025-01", "starts_before")):
        moved = of_session(start=start)(late)
        moved = replace(moved, outcome=decide(moved.session))
        assert refused(moved, []) == code


# --- what changes -----------------------------------------------------------------------------


def changes(new: Meeting, old: Meeting = KEPT) -> list[str]:
    found = differences(old, new)
    assert all(reason.text for reason in found)
    return [reason.code.removeprefix("meetings.") for reason in found]


def again(one: Meeting) -> Meeting:
    return replace(one, outcome=decide(one.session, one.departures))


def test_what_a_second_publication_would_change() -> None:
    own = KEPT.session
    assert changes(KEPT) == []
    assert changes(replace(KEPT, elected=("M. Martin",))) == ["member_gone", "member_come"]
    two = replace(KEPT, elected=("A", "B"))
    assert changes(replace(KEPT, elected=("B", "A")), two) == ["members_order"]
    swapped = replace(KEPT, departures=KEPT.departures[::-1])
    assert changes(swapped) == ["departures_order"]
    assert changes(replace(KEPT, departures=KEPT.departures[:1])) == ["departures"]
    assert changes(of_session(start="2025-04")(KEPT)) == ["start"]
    assert changes(of_session(criteria=replace(own.criteria, horizon=4))(KEPT)) == ["criteria"]
    assert changes(of_session(booked={})(KEPT)) == ["booked"]
    asked = replace(own.candidates[0].request, project="autre")
    assert changes(first(KEPT, request=asked)) == ["edited"]
    assert changes(of_session(promised=())(KEPT)) == ["data"]
    fewer = again(of_session(candidates=own.candidates[1:])(KEPT))
    assert "moved" in changes(fewer)
    assert "moved" in changes(KEPT, fewer)


def test_no_more_than_twelve_moves_are_told() -> None:
    by = Criteria(criteria(), {"U": Capacity("U", 50)}, 12)
    many = [candidate(f"P{n:02}", "25001", 100 + n, 1) for n in range(14)]
    old = meeting(DAY, many, by)
    found = changes(meeting(DAY, [], by), old)
    assert found == ["moved"] * 12 + ["more"]
    assert changes(meeting(DAY, [], by), meeting(DAY, many[:12], by)) == ["moved"] * 12


def test_the_register_keeps_no_text_of_the_file() -> None:
    place = Source("data/requests.csv", 3, excerpt="P1;...")
    asked = replace(KEPT.session.candidates[0].request, source=place, sources={"date": place})
    kept = as_stored(first(KEPT, request=asked).session)
    assert kept.candidates[0].request.source == Source("data/requests.csv", 3)
    assert kept.candidates[0].request.sources == {}


def test_what_a_meeting_says_of_a_request() -> None:
    assert KEPT.departure("P3") == KEPT.departures[0]
    assert KEPT.departure("P1") is None
    one, other = KEPT.communes[:2]
    assert KEPT.addressee(one) == one
    assert replace(KEPT, addressees={one.code_insee: other}).addressee(one) == other


# --- departures -------------------------------------------------------------------------------


def why(*departures: Departure) -> list[str]:
    found = [reason for _, reason in faults(KEPT.session, departures)]
    assert all(reason.text for reason in found)
    return [reason.code.removeprefix("requests.") for reason in found]


@pytest.mark.parametrize(
    ("departure", "code"),
    [
        (Departure("P1", Choice.MOVE, "x", 1), ""),
        (Departure("P1", Choice.MOVE, "x", 6), ""),  # six are ranked
        (Departure("P1", Choice.MOVE, "x", 7), "rank_beyond"),
        (Departure("P1", Choice.MOVE, "x"), "no_rank"),
        (Departure("P1", Choice.MOVE, "", 1), "no_reason"),
        (Departure("P1", Choice.REFUSE, "x"), ""),
        (Departure("P1", Choice.REFUSE, "x", 1), "rank_unwanted"),
        (Departure("P1", Choice.ACCEPT, "x"), "already_ranked"),
        (Departure("P6", Choice.ACCEPT, "x"), ""),
        (Departure("P6", Choice.MOVE, "x", 1), "not_ranked"),
        (Departure("P0", Choice.MOVE, "x", 1), "already_planned"),
        (Departure("P11", Choice.MOVE, "x", 1), "nearly_known"),
        (Departure("zzzzz", Choice.MOVE, "x", 1), "unknown"),
    ],
)
def test_a_departure_that_does_not_apply(departure: Departure, code: str) -> None:
    assert why(departure) == [code] * bool(code)


def test_departures_beside_one_another() -> None:
    one, two = (Departure(name, Choice.MOVE, "x", 1) for name in ("P1", "P2"))
    assert why(one, two) == ["rank_taken"]
    assert why(one, one) == ["twice"]
    refuse, accept = Departure("P2", Choice.REFUSE, "x"), Departure("P6", Choice.ACCEPT, "x")
    last = Departure("P1", Choice.MOVE, "x", 6)
    assert why(refuse, last) == ["rank_beyond"]
    assert why(refuse, accept, last) == []
    late = replace(KEPT.session.candidates[0].request, received=date(2025, 3, 1))
    session = first(KEPT, request=late).session
    found = [reason.code for _, reason in faults(session, [Departure("P1", Choice.ACCEPT, "x")])]
    assert found == ["requests.not_acceptable"]


def test_a_move_to_the_rank_that_it_has_anyway() -> None:
    ranks = {item.candidate.request.id: item.rank for item in decide(KEPT.session).planned}
    for rank, found in ((ranks["P1"], ["R11"]), (ranks["P1"] + 1, [])):
        moves = (Departure("P1", Choice.MOVE, "x", rank), Departure("P6", Choice.REFUSE, "x"))
        minutes = Minutes(DAY, ("A",), (), moves, (HERE, HERE))
        assert codes(idle_moves(KEPT.session, minutes)) == found
    minutes = Minutes(DAY, ("A",), (), (Departure("P9", Choice.REFUSE, "x"),), (HERE,))
    assert codes(departure_problems(KEPT.session, minutes)) == ["R11"]


# --- promises ---------------------------------------------------------------------------------


def requests(**states: RequestState) -> Requests:
    day = date(2025, 1, 2)
    return Requests.of(
        Request(name, day, "25002", "projet", state=state) for name, state in states.items()
    )


@pytest.mark.parametrize(
    ("state", "held", "ranked"),
    [
        (RequestState.TO_RANK, ["P0"], ["P0"]),
        (RequestState.UNDER_WAY, ["P0"], []),
        (RequestState.DONE, [], []),
        (RequestState.WITHDRAWN, [], []),
    ],
)
def test_a_promise_holds_until_the_request_is_over(
    state: RequestState, held: list[str], ranked: list[str]
) -> None:
    own = requests(P0=state)
    found = promises([object(), EARLIER], own)
    assert [promise.request for promise in found] == held
    assert [promise.request for promise in not_begun(found, own)] == ranked
    assert [p.request for p in promises([EARLIER], requests())] == ["P0"]  # its row is gone
    assert promises([EARLIER], own, own=EARLIER.key) == ()


def test_a_correction_frees_what_it_takes_back() -> None:
    (item,) = EARLIER.outcome.planned
    back = replace(EARLIER.outcome, planned=(), refused=(Refused(item.candidate, ()),))
    correction = replace(EARLIER, outcome=back)
    for state, held in ((RequestState.TO_RANK, 0), (RequestState.UNDER_WAY, 1)):
        assert len(promises([EARLIER, correction], requests(P0=state))) == held


def test_the_months_that_promises_take() -> None:
    slots = (Slot("2025-03", 2), Slot("2025-04", 1), Slot("2025-05", 9))
    one = Promise("P1", "A", "x", "U", DAY, slots)
    other = replace(one, request="P2", slots=slots[:1])
    assert booked([one, other], ("2025-03", "2025-04")) == {"U": {"2025-03": 4, "2025-04": 1}}
    assert one.attainable == date(2025, 5, 31)


@pytest.mark.parametrize(
    ("taken", "found"),
    [
        ({"U": {"2025-03": 10}}, []),
        ({"U": {"2025-03": 11}}, ["R16"]),
        ({"U": {"2025-04": 8}}, ["R16"]),  # seven that month
        ({"V": {"2025-03": 1}}, ["R16"]),
    ],
)
def test_promises_beyond_a_capacity(taken: dict[str, dict[str, int]], found: list[str]) -> None:
    assert codes(promises_fit(Criteria((), capacities(), 3), taken)) == found


# --- a session --------------------------------------------------------------------------------

GRID = grid(
    Level("2B", "exemple", per_inhabitant=Decimal(1)),
    Level("3", "exemple", requires="2B", half_day={"A": Decimal(1)}),
)
SERVICES = Services((Service("x", "3", "Étude", HERE, HERE, directorate="U"),), "s.csv")


def asked(name: str, commune: str = "Commune 25001", **more: Any) -> Request:
    own = {"service": "Étude", "half_days": {"A": 1}, **more}
    return Request(name, date(2025, 1, 2), commune, f"projet {name}", **own)


def session(*rows: Request, weights: dict[str, int], **more: Any) -> tuple[Session, list[str]]:
    by = []
    for name, measure in MEASURES.items():
        weight = Decimal(weights.get(name, 0))
        zero, one = map(Decimal, measure.points)
        by.append(Criterion(name, weight, zero, one, "acte", DAY))
    own = {
        "communes": Communes.of([row(level="2B", financial_potential=Decimal(50_000))]),
        "coverage": Coverage((), ServiceFinder(SERVICES)),
        "interventions": Interventions(),
        "basis": PopulationBasis.MUNICIPAL,
        **more,
    }
    found, problems = session_of(
        Requests.of(rows),
        Criteria(tuple(by), {"U": Capacity("U", 10)}, 3),
        GRID,
        "2025-03",
        (),
        None,
        **own,
    )
    return found, codes(problems)


def test_the_figures_of_a_candidate() -> None:
    busy = asked("P2", state=RequestState.UNDER_WAY)
    done = Intervention(date(2024, 5, 1), "25001", "", "Étude", "A", 3, HERE)
    weights = dict.fromkeys(MEASURES, 1)
    found, problems = session(
        asked("P1"), busy, weights=weights, interventions=Interventions((done,), "i.csv")
    )
    assert problems == []
    (one,) = found.candidates
    assert one.values == {"under_way": 1, "population": 100, "wealth": 500, "received": 30}
    assert set(one.details) == {"wealth", "received"}
    assert (one.level, one.required, one.request.directorate) == ("2B", ("2B",), "U")
    by_total, _ = session(asked("P1"), weights={"population": 1}, basis=PopulationBasis.TOTAL)
    assert by_total.candidates[0].values == {"population": 110}


@pytest.mark.parametrize(
    ("rows", "weights", "found"),
    [
        ((asked("P1"),), {"received": 1}, ["R06"]),  # no interventions are noted
        ((asked("P1"), asked("P2")), {"received": 1}, ["R06"]),  # once a commune
        ((asked("P1", "Nulle-Part"),), {}, ["R01"]),
        ((asked("P1", "Nulle-Part", service="Rien"),), {}, ["R01", "R12"]),
        ((asked("P1", directorate="V"),), {}, ["R03"]),
        ((asked("P2", "Nulle-Part", state=RequestState.UNDER_WAY),), {}, ["R01"]),
        ((asked("P2", "Nulle-Part", state=RequestState.DONE),), {}, []),
    ],
)
def test_what_a_session_lacks(
    rows: tuple[Request, ...], weights: dict[str, int], found: list[str]
) -> None:
    _, problems = session(*rows, weights=weights)
    assert sorted(problems) == found


def test_wealth_of_a_session() -> None:
    poor = Communes.of([row(level="2B", financial_potential=Decimal(100))])
    none = Communes.of([row(level="2B")])
    assert session(asked("P1"), weights={"wealth": 1}, communes=poor)[1] == ["R10"]
    assert session(asked("P1"), weights={"wealth": 1}, communes=none)[1] == ["R06"]
    finder = CommuneFinder(none)
    assert codes(communes_are_known(Requests.of([asked("P1", "x")]), finder)) == ["R01"]


@pytest.mark.parametrize(
    ("facts", "figures"),
    [
        (Facts(), {"wealth": "no_potential", "received": "no_interventions"}),
        (
            Facts(potential=Decimal(1), received=0),
            {"wealth": "no_population", "received": "no_population"},
        ),
        (
            Facts(population=3, potential=Decimal(1), received=2),
            {"wealth": Fraction(1, 3), "received": Fraction(2000, 3)},
        ),
    ],
)
def test_figures_that_lack(facts: Facts, figures: dict[str, object]) -> None:
    for name, wanted in figures.items():
        found = MEASURES[name].figure(facts)
        said = found.code.removeprefix("requests.") if isinstance(found, Reason) else found
        assert said == wanted
        assert MEASURES[name].value(facts) == (0 if isinstance(found, Reason) else found)


# --- days -------------------------------------------------------------------------------------


def test_days_of_requests() -> None:
    own = Requests.of([asked("P1")])
    assert codes(received_by(own, date(2025, 1, 2))) == []
    assert codes(received_by(own, date(2025, 1, 1))) == ["R15"]
    assert codes(start_is_to_come(HERE, "2025-03", date(2025, 3, 31))) == []
    assert codes(start_is_to_come(HERE, "2025-03", date(2025, 4, 1))) == ["R14"]
    assert is_met(None, DAY) is None
    assert is_met(DAY, DAY) is True
    assert is_met(date(2025, 2, 19), DAY) is False


@pytest.mark.parametrize(
    ("changed", "sitting", "found"),
    [
        ({}, None, []),
        ({"received": date(2025, 2, 28)}, None, []),
        ({"received": date(2025, 3, 1)}, None, [Obstacle.TOO_LATE]),
        ({"received": DAY}, DAY, []),
        ({"received": date(2025, 2, 21)}, DAY, [Obstacle.TOO_LATE]),
        ({"scheme": "x"}, None, [Obstacle.SCHEME]),
        ({"service": ""}, None, [Obstacle.INCOMPLETE]),
        ({"directorate": ""}, None, [Obstacle.INCOMPLETE]),
        ({"half_days": {}}, None, [Obstacle.INCOMPLETE]),
    ],
)
def test_obstacles(changed: dict[str, Any], sitting: date | None, found: list[Obstacle]) -> None:
    one = candidate("P1", "25001", 100, 1)
    own = replace(one, request=replace(one.request, **changed))
    assert [o.obstacle for o in obstacles(own, "2025-03", sitting)] == found
    stranger = replace(own, level="2A")
    first_one, *others = [o.obstacle for o in obstacles(stranger, "2025-03", sitting)]
    assert (first_one, others) == (Obstacle.NOT_A_MEMBER, found)
    anyone = replace(stranger, required=())
    assert [o.obstacle for o in obstacles(anyone, "2025-03", sitting)] == found


def calendar(half_days: int, **taken: int) -> Calendar:
    months = months_from("2025-03", 3)
    given = {month: taken.get(f"m{month[5:]}", 0) for month in months}
    return Calendar({"U": Capacity("U", half_days)}, months, {"U": given})


@pytest.mark.parametrize(
    ("taken", "half_days", "slots"),
    [
        ({}, 10, [("2025-03", 10)]),
        ({}, 11, [("2025-03", 10), ("2025-04", 1)]),
        ({}, 30, [("2025-03", 10), ("2025-04", 10), ("2025-05", 10)]),
        ({}, 31, []),
        ({"m03": 9}, 2, [("2025-03", 1), ("2025-04", 1)]),
        ({"m03": 10}, 1, [("2025-04", 1)]),
        ({"m03": 12}, 1, [("2025-04", 1)]),  # promised beyond what is given: nothing is left
        ({"m04": 10}, 11, []),  # a full month interrupts
        ({"m04": 10}, 10, [("2025-03", 10)]),
    ],
)
def test_a_calendar(taken: dict[str, int], half_days: int, slots: list[tuple[str, int]]) -> None:
    own = calendar(10, **taken)
    assert [(slot.month, slot.half_days) for slot in own.place("U", half_days)] == slots
    assert own.place("V", 1) == ()


def test_nothing_is_taken_where_nothing_is_placed() -> None:
    own = calendar(10)
    assert own.place("U", 31) == ()
    assert sum(slot.half_days for slot in own.place("U", 30)) == 30
    assert own.place("U", 1) == ()
    assert first_day("2025-12") == date(2025, 12, 1)


def test_a_closed_month_does_not_interrupt() -> None:
    months = months_from("2025-03", 3)
    own = Calendar({"U": Capacity("U", 10, {"2025-04": 0})}, months, {})
    found = [(slot.month, slot.half_days) for slot in own.place("U", 11)]
    assert found == [("2025-03", 10), ("2025-05", 1)]


# --- how departures change the order ----------------------------------------------------------


def of_three(*departures: Departure) -> tuple[list[tuple[str, int | None]], dict[str, Obstacle]]:
    """P1, P2, P3 in that order; P4 has a scheme, P5 is no member: who is planned, who is not."""
    asked = [candidate(f"P{n}", "25001", 200 - n, 1) for n in range(1, 4)]
    scheme = candidate("P4", "25001", 150, 1, scheme="Ingénierie")
    stranger = replace(candidate("P5", "25001", 150, 1), level="2A")
    by = Criteria(criteria(), {"U": Capacity("U", 50)}, 12)
    own = Session(2025, "2025-03", by, (*asked, scheme, stranger), day=DAY)
    outcome = decide(own, departures)
    return (
        [(item.candidate.request.id, item.computed) for item in outcome.planned],
        {item.candidate.request.id: item.reasons[0].obstacle for item in outcome.refused},
    )


OUT = {"P4": Obstacle.SCHEME, "P5": Obstacle.NOT_A_MEMBER}
IN_ORDER: list[tuple[str, int | None]] = [("P1", 1), ("P2", 2), ("P3", 3)]


@pytest.mark.parametrize(
    "departure",
    [
        Departure("P4", Choice.REFUSE, "x"),  # out already, for its own reason
        Departure("P4", Choice.MOVE, "x", 1),
        Departure("P5", Choice.ACCEPT, "x"),  # not a matter of judgement
        Departure("P1", Choice.ACCEPT, "x"),  # ranked already
        Departure("P1", Choice.MOVE, "x"),  # to no rank
        Departure("P9", Choice.MOVE, "x", 1),
        Departure("P9", Choice.ACCEPT, "x"),
    ],
)
def test_a_departure_that_does_not_apply_changes_nothing(departure: Departure) -> None:
    assert of_three(departure) == (IN_ORDER, OUT)


@pytest.mark.parametrize(
    ("departures", "planned", "refused"),
    [
        ([Departure("P1", Choice.REFUSE, "x", 1)], "P2 P3", {"P1": Obstacle.REFUSED}),
        ([Departure("P1", Choice.POSTPONE, "x", 1)], "P2 P3", {"P1": Obstacle.POSTPONED}),
        (
            [Departure("P1", Choice.MOVE, "x", 2), Departure("P3", Choice.MOVE, "x", 1)],
            "P3 P1 P2",
            {},
        ),
        (
            [Departure("P3", Choice.MOVE, "x", 1), Departure("P1", Choice.MOVE, "x", 2)],
            "P3 P1 P2",
            {},
        ),
        ([Departure("P3", Choice.MOVE, "x", 2)], "P1 P3 P2", {}),
        ([Departure("P3", Choice.MOVE, "x", 3)], "P1 P2 P3", {}),
        (
            [Departure("P1", Choice.MOVE, "x", 1), Departure("P1", Choice.REFUSE, "x")],
            "P2 P3",
            {"P1": Obstacle.REFUSED},
        ),
    ],
)
def test_a_departure_that_applies(
    departures: list[Departure], planned: str, refused: dict[str, Obstacle]
) -> None:
    order, out = of_three(*departures)
    assert " ".join(name for name, _ in order) == planned
    assert out == OUT | refused
    assert dict(order) == {name: computed for name, computed in IN_ORDER if name in planned}


def test_what_the_body_says_is_told() -> None:
    told = decide(
        KEPT.session,
        [
            Departure("P1", Choice.REFUSE, "hors sujet"),
            Departure("P2", Choice.POSTPONE, "trop tôt"),
        ],
    )
    said = {item.candidate.request.id: item.reasons[0].text for item in told.refused}
    assert "hors sujet" in said["P1"]
    assert "trop tôt" in said["P2"]


def test_a_session_refuses_what_came_after_its_meeting() -> None:
    late = replace(KEPT.session.candidates[0].request, received=date(2025, 2, 21))
    (own, *_) = first(KEPT, request=late).session.candidates
    assert [o.obstacle for o in KEPT.session.obstacles(own)] == [Obstacle.TOO_LATE]
    assert replace(KEPT.session, day=None).obstacles(own) == ()


def test_what_takes_two_months_is_attainable_at_the_end_of_the_second() -> None:
    by = Criteria(criteria(), {"U": Capacity("U", 10)}, 12)
    asked = candidate("P1", "25001", 100, 11, wished=date(2025, 4, 30))
    (item,) = meeting(DAY, [asked], by).outcome.planned
    assert item.attainable == date(2025, 4, 30)
    assert item.is_met
