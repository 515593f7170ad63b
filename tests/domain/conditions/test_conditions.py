"""What may be issued: each condition, all of them at once, and what an example is rid of."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mutualis.domain.checks.issuable import as_real, issuer_may_issue, year_may_be_issued
from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.conditions.conditions import (
    CONDITIONS,
    ToIssue,
    check_issuable,
    is_complete,
    lacks,
)
from mutualis.domain.french.names import is_invented, is_left_to_fill, is_of_several
from mutualis.domain.issuer.issuer import Issuer, Signatory
from mutualis.domain.kinds import Kind
from mutualis.domain.problems.problem import Source
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.tariffs.grid import Grid, Level, Status
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

SIGNATORY = Signatory("Camille Exemple", "La Présidente", "", date(2020, 1, 1), None)
ROW = CommuneYear(
    year=2025,
    code_insee="25901",
    name="Valbois",
    siren="212590103",
    municipal_population=100,
    total_population=102,
    level="2A",
    source=Source("data/communes.csv", 2),
    level_at=Source("data/communes.csv", 2),
    level_source="Convention n° 4",
    postal_code="25900",
    city="Valbois",
)
GRID = Grid(2025, Status.VOTED, "Délibération n° 12", {"2A": Level("2A", "Conseils")})

Change = Callable[[ToIssue], ToIssue]


@pytest.fixture
def asked(shipped: Workspace) -> ToIssue:
    """Everything there: a street is not asked."""
    issuer = replace(shipped.issuer, signatories=(SIGNATORY,), address=())
    return ToIssue(issuer, (SIGNATORY,), shipped.tariffs, GRID, (ROW,), (ROW,))


def issuer(**changes: Any) -> Change:
    return lambda asked: replace(asked, issuer=replace(asked.issuer, **changes))


def signed(**changes: Any) -> Change:
    return lambda asked: replace(asked, signatories=(replace(SIGNATORY, **changes),))


def grid(**changes: Any) -> Change:
    return lambda asked: replace(asked, grid=replace(GRID, **changes))


def labelled(text: str) -> Change:
    return grid(levels={"2A": Level("2A", text)})


def of_level(origin: str) -> Change:
    return lambda asked: replace(asked, rows=(replace(ROW, level_source=origin),))


def owed(**changes: Any) -> Change:
    return lambda asked: replace(asked, debtors=(ROW, replace(ROW, **changes)))


# One for each condition, and each way of breaking it.
BROKEN: tuple[tuple[Change, str], ...] = (
    (issuer(name="Exemple de communauté"), "B28"),
    (issuer(name="À compléter"), "B28"),
    (issuer(postal_code=""), "B24"),
    (issuer(city="à compléter"), "B24"),
    (lambda asked: replace(asked, signatories=()), "B13"),
    (signed(name="à compléter"), "B10"),
    (signed(name=" "), "B10"),
    (signed(capacity="La Présidente ou le Président"), "B10"),
    (grid(status=Status.PROJECTED, act="à compléter"), "B12"),
    (grid(act="à compléter"), "B07"),
    (grid(act=" "), "B07"),
    (grid(example=True), "B26"),
    (labelled("Exemple : conseils"), "B27"),
    (labelled(""), "B27"),
    (of_level("exemple"), "B08"),
    (of_level("Exemple (inventé)"), "B08"),
    (of_level("inventé pour l'essai"), "B08"),
    (owed(siren=""), "B15"),
    (owed(postal_code=""), "B25"),
    (owed(city=""), "B25"),
)


def codes(asked: ToIssue) -> list[str]:
    return [problem.code for problem in lacks(asked, CONDITIONS)]


def test_nothing_lacks(asked: ToIssue) -> None:
    assert codes(asked) == []
    check_issuable(asked)


@pytest.mark.parametrize(("change", "code"), BROKEN)
def test_each_condition(asked: ToIssue, change: Change, code: str) -> None:
    broken = change(asked)
    assert codes(broken) == [code]
    with pytest.raises(Refusal) as refused:
        check_issuable(broken)
    (told,) = refused.value.reason.details
    assert (refused.value.reason.code, told.code) == ("issuing.lacking", "issuing.lack")
    assert told.facts["how"]
    check_issuable(issuer(example=True)(broken))  # an example is rid of it


def test_all_at_once(asked: ToIssue) -> None:
    for change in (
        *(issuer(name="Exemple", postal_code=""), signed(name="")),
        *(of_level("exemple"), owed(siren="", city="")),
    ):
        asked = change(asked)
    levels = {"2A": Level("2A", "Exemple")}
    asked = replace(asked, grid=replace(GRID, act="", example=True, levels=levels))
    expected = {"B28", "B24", "B10", "B07", "B26", "B27", "B08", "B15", "B25"}
    assert set(codes(asked)) == expected
    with pytest.raises(Refusal) as refused:
        check_issuable(asked)
    assert len(refused.value.reason.details) == len(expected)


def test_what_corrects_needs_no_grid(asked: ToIssue) -> None:
    assert codes(replace(asked, tariffs=None, grid=None, rows=())) == []


@pytest.mark.parametrize("example", [False, True])
def test_a_register_is_an_example_or_real(asked: ToIssue, example: bool) -> None:
    own = issuer(example=example)(asked)
    for recorded in (None, example):
        check_issuable(replace(own, recorded=recorded))
    with pytest.raises(Refusal) as refused:
        check_issuable(replace(own, recorded=not example))
    assert len(refused.value.reason.details) == 1


def test_the_numbers_of_an_example(shipped: Workspace) -> None:
    real = shipped.issuer
    example = replace(real, example=True)
    for kind in Kind:
        number, series = real.number(kind, 2025, 3), real.series(kind, 2025)
        assert example.number(kind, 2025, 3) == f"EX{number}"
        assert example.series(kind, 2025) == f"EX{series}"
        assert not number.startswith("EX")


@pytest.mark.parametrize(("change", "code"), BROKEN)
def test_check_tells_the_same(
    shipped: Workspace, asked: ToIssue, change: Change, code: str
) -> None:
    """In a year of one commune, whatever breaks what is issued is told before."""
    broken = change(asked)
    assert broken.grid is not None
    own = replace(broken.debtors[-1], level_source=broken.rows[0].level_source)
    workspace = replace(
        shipped,
        issuer=replace(broken.issuer, signatories=tuple(broken.signatories)),
        communes=Communes.of([own]),
    )
    told = (*issuer_may_issue(workspace), *year_may_be_issued(workspace, broken.grid))
    assert [problem.code for problem in told] == [code]
    example = replace(workspace, issuer=replace(workspace.issuer, example=True))
    of_example = (*issuer_may_issue(example), *year_may_be_issued(example, broken.grid))
    assert {problem.code for problem in of_example} == {"B29"}
    assert as_real(example) == workspace


def test_a_commune_without_a_level_is_not_asked(shipped: Workspace) -> None:
    row = replace(ROW, level="", siren="", city="")
    workspace = replace(shipped, communes=Communes.of([row]))
    assert list(year_may_be_issued(workspace, GRID)) == []


@pytest.mark.parametrize(
    ("text", "is_left"),
    [
        *(("", True), (" - ", True), ("à compléter", True), ("A COMPLETER (vote)", True)),
        *(("Exemple : conseils", True), ("exemple", True), ("Camille Exemple", False)),
        *(("Communauté d'exemple", False), ("Exemplarité", False), ("25900", False)),
    ],
)
def test_what_is_left_to_fill(text: str, is_left: bool) -> None:
    assert is_left_to_fill(text) is is_left


@pytest.mark.parametrize(
    ("capacity", "is_open"),
    [
        *(("La Présidente ou le Président", True), ("Le Maire OU la Maire", True)),
        *(("Le Président", False), ("Le Vice-président aux routes", False), ("", False)),
    ],
)
def test_a_choice_left_to_make(capacity: str, is_open: bool) -> None:
    assert is_of_several(capacity) is is_open


@pytest.mark.parametrize(
    ("origin", "invented"),
    [
        *(("exemple", True), ("Exemple (inventé)", True), ("Inventé", True), ("", False)),
        *(("Délibération du 4 mars", False), ("convention", False), ("init", False)),
    ],
)
def test_an_invented_level(origin: str, invented: bool) -> None:
    assert is_invented(origin) is invented


def test_an_address_is_a_postal_code_and_a_town(shipped: Workspace) -> None:
    real: Issuer = replace(shipped.issuer, address=())
    for party in (real, ROW):
        assert is_complete(party)
        assert not is_complete(replace(party, postal_code=""))
        assert not is_complete(replace(party, city=""))
