"""A meeting is proved by its figures and its decisions, never by the words kept beside them."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import fields, replace

from conftest import TESTS
from mutualis.domain.act import Act
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.problems.problem import Source
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.requests.calendar import Promise
from mutualis.domain.requests.candidate import Candidate, Objection
from mutualis.domain.requests.criteria import Capacity, Criteria, Criterion
from mutualis.domain.requests.measures import MEASURES
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.meeting_rules import check_meeting, differences
from mutualis.domain.requests.ranking import Choice, Departure, Session, decide
from mutualis.domain.requests.request import Request
from mutualis.register import codec
from rewording import say_otherwise

DAY = date(2025, 2, 20)
START = "2025-03"
WEIGHTS = {"waiting": 2, "under_way": 1, "population": 1, "wealth": 1}
# Inhabitants and potentiel financier of four communes, projects that they have under way.
COMMUNES = {
    "25001": (1200, 1_140_000, 1),
    "25002": (800, 720_000, 0),
    "25003": (3100, 3_720_000, 2),
    "25004": (640, 512_000, 1),
}


def commune(code: str) -> CommuneYear:
    people, potential, _ = COMMUNES[code]
    return CommuneYear(
        2025,
        code,
        f"Commune {code}",
        "",
        people,
        people + 10,
        "2B",
        Source("data/communes.csv"),
        Source("data/communes.csv"),
        financial_potential=Decimal(potential),
    )


def candidate(name: str, code: str, days: int, half_days: int, **changes: Any) -> Candidate:
    people, potential, under_way = COMMUNES[code]
    received = date(2025, 3, 1) - timedelta(days=days)
    asked = Request(name, received, code, "projet", "service", "U", {"A": half_days})
    values = {
        "under_way": Fraction(under_way),
        "population": Fraction(people),
        "wealth": Fraction(potential, people),
    }
    asked = replace(asked, **changes)
    return Candidate(asked, code, f"Commune {code}", "2B", ("2B",), values)


def promised() -> Meeting:
    """An earlier meeting, which planned one request."""
    return meeting(
        date(2025, 1, 16), [candidate("P0", "25002", 90, 6)], Criteria(criteria(), capacities(), 2)
    )


def criteria() -> tuple[Criterion, ...]:
    found = []
    for name, weight in WEIGHTS.items():
        zero, one = MEASURES[name].points
        found.append(Criterion(name, Decimal(weight), Decimal(zero), Decimal(one), "acte"))
    return tuple(found)


def capacities() -> dict[str, Capacity]:
    return {"U": Capacity("U", 10, {"2025-04": 7})}


def meeting(
    day: date,
    candidates: list[Candidate],
    by: Criteria,
    departures: tuple[Departure, ...] = (),
    **of_session: Any,
) -> Meeting:
    session = Session(2025, START, by, tuple(candidates), day=day, **of_session)
    return Meeting(
        act=Act(date(2025, 2, 24), "Camille", "0.1.0", "empreinte"),
        year=2025,
        day=day,
        elected=("Mme Dupont",),
        agents=("M. Blin",),
        session=session,
        departures=departures,
        outcome=decide(session, departures),
        issuer=stored().issuer,
        signatory=None,
        communes=tuple(commune(code) for code in COMMUNES),
    )


def full(earlier: Meeting) -> Meeting:
    """A meeting whose every figure counts: the months are full, and one month more would hold the
    request that is too large."""
    (item,) = earlier.outcome.planned
    promise = Promise("P0", "Commune 25002", "projet", "U", earlier.day, item.slots)
    return meeting(
        DAY,
        [
            candidate("P1", "25001", 150, 2),
            candidate("P2", "25002", 100, 3),
            candidate("P3", "25003", 60, 4),
            candidate("P4", "25004", 120, 5),
            candidate("P5", "25001", 80, 4),
            candidate("P6", "25002", 40, 6, scheme="Ingénierie"),
            candidate("P7", "25003", 20, 15),
        ],
        Criteria(criteria(), capacities(), 3),
        (
            Departure("P3", Choice.MOVE, "urgence", 1),
            Departure("P5", Choice.POSTPONE, "terrain non acquis"),
        ),
        booked={"U": {START: 6}},
        promised=(promise,),
    )


def stored() -> Meeting:
    """A meeting as the first program wrote it."""
    text = (TESTS / "registers/meeting-1.json").read_text("utf-8")
    meeting = codec.load("meeting", text)
    assert isinstance(meeting, Meeting)
    return meeting


def test_both_are_proved() -> None:
    earlier = promised()
    check_meeting(earlier, ())
    check_meeting(full(earlier), [earlier])
    check_meeting(stored(), ())


# --- words ------------------------------------------------------------------------------------


@pytest.fixture
def reworded(monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """A meeting written before every sentence of the domain changed."""
    before = full(promised())
    say_otherwise(monkeypatch)
    for name, measure in MEASURES.items():
        changed = replace(measure, label="autrement", meaning="autrement", unit="a")
        monkeypatch.setitem(MEASURES, name, changed)
    return before


def test_other_words_leave_the_proof_content(reworded: Meeting) -> None:
    again = decide(reworded.session, reworded.departures)
    said = [objection.text for item in again.refused for objection in item.reasons]
    assert {text[0] for text in said} == {"¿"}, "every sentence is patched"
    check_meeting(reworded, [promised()])
    check_meeting(stored(), ())


def test_other_words_are_no_difference(reworded: Meeting) -> None:
    again = replace(reworded, outcome=decide(reworded.session, reworded.departures))
    assert differences(reworded, again) == []


def test_stored_sentences_are_never_compared() -> None:
    kept = stored()

    def without_words(value: Any) -> Any:
        """The same record, its sentences blank."""
        if isinstance(value, Objection):
            return replace(value, text="", remedy="")
        if isinstance(value, Candidate):
            blank = replace(value.request, project="")
            return replace(value, commune="", details={}, request=blank)
        if isinstance(value, tuple):
            return tuple(without_words(item) for item in value)
        if isinstance(value, Struct):
            parts = {f.name: without_words(getattr(value, f.name)) for f in fields(value)}
            return replace(value, **parts)
        return value

    check_meeting(replace(kept, outcome=without_words(kept.outcome)), ())
    check_meeting(replace(kept, session=without_words(kept.session)), ())


# --- figures ----------------------------------------------------------------------------------

# What proves nothing: who wrote, where a value was read, what is printed. `received_years` tells
# how far the balance looks, which no criterion of the meeting asks.
UNPROVED = {"act", "issuer", "signatory", "source", "sources", "first_at", "first_month"}
UNPROVED |= {"details", "text", "remedy", "received_years", "adopted_on", "level_at"}


def changed(value: Any, place: str) -> Any:
    """A figure one unit away; None for what is not one."""
    if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool):
        return value + 1
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, str) and place.endswith((".month", ".start")):
        return f"{value[:5]}{int(value[5:]) + 1:02d}"
    return None


def changes(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """The value with each of its figures changed, one at a time, and the place of the change."""
    if isinstance(value, dict):
        for key, item in value.items():
            for where, other in changes(item, f"{place}.{key}"):
                yield where, {**value, key: other}
    elif isinstance(value, tuple):
        for rank, item in enumerate(value):
            for where, other in changes(item, f"{place}.{rank}"):
                yield where, (*value[:rank], other, *value[rank + 1 :])
    elif isinstance(value, Struct):
        for name in {field.name for field in fields(value)} - UNPROVED:
            for where, other in changes(getattr(value, name), f"{place}.{name}"):
                yield where, replace(value, **{name: other})
    elif (other := changed(value, place)) is not None:
        yield place, other


def test_each_figure_is_proved() -> None:
    earlier = promised()
    kept = full(earlier)
    tried, unproved = set(), []
    for place, other in changes(kept):
        tried.add(place.rpartition(".")[2])
        try:
            check_meeting(other, [earlier])
        except Refusal:
            continue
        unproved.append(place)
    assert {"score", "note", "share", "rank", "computed", "value", "weight", "half_days"} <= tried
    assert {"month", "start", "horizon", "zero_at", "one_at", "received", "2025-04"} <= tried
    assert {"population", "wealth", "municipal_population", "financial_potential"} <= tried
    # The population that does not count.
    assert [place for place in unproved if not place.endswith(".total_population")] == []


def test_who_was_elected_and_who_was_an_agent_is_a_difference() -> None:
    kept = promised()
    same_people = replace(kept, elected=("M. Blin",), agents=("Mme Dupont",))
    of_before = replace(kept, members=kept.present, elected=(), agents=())
    for other in (same_people, of_before):
        assert [why.code for why in differences(kept, other)] == ["meetings.members_order"]
    gone = replace(kept, agents=())
    assert [why.code for why in differences(kept, gone)] == ["meetings.member_gone"]


def test_a_meeting_of_nobody_is_no_meeting() -> None:
    for kept in (promised(), replace(promised(), agents=())):
        check_meeting(kept, [])
    with pytest.raises(Refusal) as refused:
        check_meeting(replace(promised(), elected=(), agents=()), [])
    assert refused.value.reason.code == "meetings.no_members"
