"""Whether a quote pays for what was done, at each of its bounds; invented (« exemple »)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import HERE, grid, row

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes, PopulationBasis
from mutualis.domain.interventions.allocation import serve
from mutualis.domain.interventions.intervention import Intervention
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.missions.mission import Missions
from mutualis.domain.problems.problem import Source
from mutualis.domain.quotes.quote import Quote, WantedLine, price_lines
from mutualis.domain.quotes.records import Answer, IssuedQuote, MissionClosed, WorkDone
from mutualis.domain.quotes.work_done import Work
from mutualis.domain.services.service import Service, Services
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.usage.quote_coverage import quotes_cover
from mutualis.domain.value import replace

NUMBER = "D2025-0001"
ACCEPTED = date(2025, 4, 1)
ON_QUOTE = Level("3", "exemple", half_day={"A": Decimal(400), "B": Decimal(300)})
GRID = grid(Level("2A", "exemple", per_inhabitant=Decimal(1)), ON_QUOTE)
COMMUNES = Communes.of([row("25001"), row("25002")])


def cell(name: str, level: str = "3") -> Service:
    return Service("Rives", level, name, HERE, HERE)


SERVICES = Services((cell("Étude"), cell("Suivi"), cell("Conseil", "2A")), "services.csv")


def done(half_days: int, day: date = ACCEPTED, line: int = 2, **more: Any) -> Intervention:
    own = {"service": "Étude", "category": "A", "quote": NUMBER, "commune": "Commune 25001", **more}
    return Intervention(
        day=day, code_insee="", half_days=half_days, source=Source("i.csv", line), **own
    )


def missions(issuer: Issuer, *records: object, service: str = "Étude") -> Missions:
    """A quote of two half-days A, whose notes are those given."""
    lines = price_lines([WantedLine("A", "2", "Étude")], ON_QUOTE, GRID)
    commune = COMMUNES.of_year(2025)[0]
    start, end = date(2025, 3, 1), date(2025, 5, 30)
    quote = Quote(NUMBER, 2025, start, end, commune, GRID, service, "Étude", lines)
    act = Act(date(2025, 3, 1), "agent", "test", "")
    found = Missions([IssuedQuote("D", 1, act, issuer, None, quote)])
    for record in records:
        found.take(record)
    return found


ACT = Act(date(2025, 6, 30), "agent", "test", "")
YES = Answer(ACT, NUMBER, True, ACCEPTED, "le maire")
NO = replace(YES, accepted=False)


def noted(half_days: int, rank: int = 1) -> WorkDone:
    return WorkDone(ACT, NUMBER, Work(rank, ACCEPTED, "x", {"A": half_days}))


def closed(day: date) -> MissionClosed:
    return MissionClosed(ACT, NUMBER, day, "essai")


def told(found: Missions, *rows: Intervention, services: Services = SERVICES) -> list[str]:
    """The beginning of what is said of each row."""
    quotes = {number: m.issued.commune.code_insee for number, m in found.by_quote.items()}
    served, problems = serve(COMMUNES, services, PopulationBasis.MUNICIPAL, GRID, rows, quotes)
    assert problems == []
    wrong = list(quotes_cover(served, found, rows, services))
    assert {problem.code for problem in wrong} <= {"U10"}
    return [f"{problem.source.line} {problem.facts['what']}" for problem in wrong]


@pytest.fixture
def issuer(shipped: Any) -> Issuer:
    own = shipped.issuer
    assert isinstance(own, Issuer)
    return own


@pytest.mark.parametrize(("half_days", "is_covered"), [(1, True), (2, True), (3, False)])
def test_up_to_the_half_days_of_the_quote(half_days: int, is_covered: bool, issuer: Issuer) -> None:
    said = told(missions(issuer, YES, noted(half_days)), done(half_days))
    assert said == [] if is_covered else len(said) == 1


def test_the_row_that_goes_beyond_is_told_and_not_those_before(issuer: Issuer) -> None:
    """By day, then by line: 1 and 1 are the two of the quote, the third is beyond."""
    rows = [
        done(1, date(2025, 4, 3), 4),
        done(1, date(2025, 4, 2), 3),
        done(1, date(2025, 4, 2), 2),
    ]
    said = told(missions(issuer, YES, noted(2)), *rows)
    assert [text.split()[0] for text in said] == ["4"]
    assert "3 demi-journées" in said[0].replace("\u00a0", " ")


def test_each_category_has_its_own_half_days(issuer: Issuer) -> None:
    said = told(missions(issuer, YES, noted(2)), done(2), done(1, line=3, category="B"))
    assert [text.split()[0] for text in said] == ["3"]


@pytest.mark.parametrize(
    ("day", "is_covered"),
    [
        (date(2025, 3, 31), False),
        (ACCEPTED, True),
        (date(2025, 5, 31), True),
        (date(2025, 6, 1), False),
    ],
)
def test_from_the_day_of_the_answer_to_that_of_the_closure(
    day: date, is_covered: bool, issuer: Issuer
) -> None:
    found = missions(issuer, YES, noted(2), closed(date(2025, 5, 31)))
    assert (told(found, done(2, day)) == []) is is_covered


def test_the_other_reasons(issuer: Issuer) -> None:
    own = done(2)
    cases = {
        "no quote": (Missions([]), own),
        "other commune": (missions(issuer, YES), replace(own, commune="Commune 25002")),
        "other service": (missions(issuer, YES), replace(own, service="Suivi")),
        "no answer": (missions(issuer), own),
        "refused": (missions(issuer, NO), own),
        "nothing noted": (missions(issuer, YES), own),
        "noted otherwise": (missions(issuer, YES, noted(1)), own),
        "beyond what was closed": (
            missions(issuer, YES, noted(1), closed(date(2025, 6, 1))),
            own,
        ),
    }
    said = {name: told(found, given) for name, (found, given) in cases.items()}
    assert all(len(texts) == 1 for texts in said.values())
    assert len({texts[0] for texts in said.values()}) == len(cases)


def test_a_quote_for_no_service_is_for_any(issuer: Issuer) -> None:
    assert told(missions(issuer, YES, noted(2), service=""), done(2, service="Suivi")) == []


def test_without_a_catalogue_services_are_told_by_their_spelling(issuer: Issuer) -> None:
    found = missions(issuer, YES, noted(2))
    assert told(found, done(2, service="ETUDE"), services=Services()) == []
    assert len(told(found, done(2, service="Suivi"), services=Services())) == 1


def test_a_row_without_a_quote_is_of_no_quote(issuer: Issuer) -> None:
    assert told(missions(issuer, YES), done(9, quote="", service="Conseil")) == []


def test_a_quote_named_for_what_a_membership_gives(issuer: Issuer) -> None:
    """A number that is not in the register makes no mission of it, and is told otherwise."""
    one = told(Missions([]), done(1, service="Conseil"))
    other = told(Missions([]), done(1))
    assert len(one) == len(other) == 1
    assert one != other
