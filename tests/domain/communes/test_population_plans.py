"""The rows of a year from those of the year before, INSEE's figures and the movements."""

from datetime import date

import pytest
from made import codes, move, row

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.legal_population import LegalPopulation
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.communes.population_answers import Answers
from mutualis.domain.communes.population_plan import known_codes, plan_update
from mutualis.domain.communes.population_update import ChangeKind, PopulationUpdate
from mutualis.domain.problems.problem import Source
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.value import replace

A, B, C, D = "25001", "25002", "25003", "25004"
NEW_YEAR, MID_YEAR = date(2026, 1, 1), date(2026, 7, 1)


def insee(code: str, people: int = 120, name: str = "") -> LegalPopulation:
    name = name or f"Commune {code}"
    return LegalPopulation(code, name, people, people + 10, Source("insee.csv", 3))


def plan(
    rows: list[CommuneYear],
    listed: list[LegalPopulation],
    *moves: Movement,
    merged: dict[str, str] | None = None,
    sirens: dict[str, str] | None = None,
) -> PopulationUpdate:
    """Of 2026."""
    found = Movements.of(moves)
    communes = Communes.of(rows, movements=found)
    answers = Answers(merged or {}, sirens or {})
    return plan_update(communes, {one.code_insee: one for one in listed}, 2026, answers, found)


def told(update: PopulationUpdate) -> list[tuple[str, str, int]]:
    return [
        (change.kind.value, change.row.code_insee, change.row.municipal_population)
        for change in update.changes
    ]


def gone(update: PopulationUpdate) -> list[tuple[str, str, bool]]:
    return [(item.commune.code_insee, item.successor, item.told) for item in update.gone]


BEFORE = [row(A, level="2B", siren="212500011", siret="21250001100018"), row(B)]


def test_a_year_that_has_no_row_yet() -> None:
    update = plan(BEFORE, [insee(A, 120), insee(B, 90)])
    assert told(update) == [("added", A, 120), ("added", B, 90)]
    new = update.changes[0].row
    assert (new.year, new.level, new.total_population) == (2026, "2B", 130)
    assert new.siret == "21250001100018"
    assert update.moved
    assert not any((update.gone, update.recoded, update.to_complete, update.without_siren))


def test_a_part_of_the_year_before_is_carried_as_a_whole_year() -> None:
    halves = [
        row(A, level="2A", end=date(2025, 6, 30)),
        row(A, level="2B", start=date(2025, 7, 1)),
    ]
    (change,) = plan(halves, [insee(A)]).changes
    assert (change.row.level, change.row.start, change.row.end) == ("2B", None, None)


def test_a_year_whose_rows_are_there() -> None:
    now = [row(A, 120, year=2026), row(B, 80, year=2026)]
    update = plan([*BEFORE, *now], [insee(A, 120), insee(B, 90)])
    assert told(update) == [("unchanged", A, 120), ("updated", B, 90)]
    assert update.moved
    assert len(update.of_kind(ChangeKind.SAME)) == 1
    assert not plan([*BEFORE, *now], [insee(A, 120), insee(B, 80)]).moved


@pytest.mark.parametrize(("siren", "siret"), [("212500011", "21250001100018"), ("212500029", "")])
def test_a_siret_of_another_siren_goes(siren: str, siret: str) -> None:
    change, _ = plan(BEFORE, [insee(A), insee(B)], sirens={A: siren}).changes
    assert (change.row.siren, change.row.siret) == (siren, siret)


def refused(*given: object, **more: object) -> str:
    with pytest.raises(Refusal) as raised:
        plan(*given, **more)  # type: ignore[arg-type]
    assert raised.value.message
    return raised.value.reason.code.removeprefix("populations.")


def test_who_has_disappeared_is_asked_about() -> None:
    assert refused(BEFORE, [insee(A)]) == "gone"
    now = [row(B, year=2026)]
    assert refused([*BEFORE, *now], [insee(A)]) == "gone_with_rows"
    assert refused([*BEFORE, *now], [insee(A)], merged={B: A}) == "merged_with_rows"
    assert refused(BEFORE, [insee(A), insee(B)], merged={C: A}) == "merged_unknown"
    assert refused(BEFORE, [insee(A)], merged={B: C}) == "heir_not_listed"
    three = [*BEFORE, row(C)]
    listed = [insee(A), insee(B)]
    assert refused(three, listed, merged={C: B, B: A}) == "heir_merged"
    assert refused(BEFORE, [insee(A), insee(B)], sirens={C: "212500037"}) == "useless_siren"


def test_a_merger_that_the_officer_tells() -> None:
    update = plan(BEFORE, [insee(A, 220)], merged={B: A})
    assert told(update) == [("added", A, 220)]
    assert gone(update) == [(B, A, False)]
    assert [one.code_insee for one in update.successors] == [A]
    assert codes(update.warnings()) == []
    # INSEE still counts it apart: its inhabitants would be lost.
    update = plan(BEFORE, [insee(A), insee(B)], merged={B: A})
    assert codes(update.warnings()) == ["N08"]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2025, 12, 31), [(B, A, True)]),
        (NEW_YEAR, [(B, A, True)]),
        (date(2026, 1, 2), []),  # INSEE still has it: it begins the year
    ],
)
def test_a_merger_that_the_file_tells(day: date, found: list[tuple[str, str, bool]]) -> None:
    moves = [move(day, B, A), move(day, A, A)]
    assert gone(plan(BEFORE, [insee(A), insee(B)], *moves)) == found


def test_insee_may_be_ahead_of_a_merger_of_the_year() -> None:
    moves = [move(MID_YEAR, B, A), move(MID_YEAR, A, A)]
    assert gone(plan(BEFORE, [insee(A, 220)], *moves)) == [(B, A, True)]


def test_a_commune_nouvelle_under_a_new_code() -> None:
    """Its SIREN is its own: nobody has given it yet."""
    moves = [move(NEW_YEAR, code, D, MovementKind.NEW_COMMUNE) for code in (A, B)]
    update = plan(BEFORE, [insee(D, 220)], *moves)
    assert told(update) == [("added", D, 220)]
    assert gone(update) == [(A, D, True), (B, D, True)]
    assert [one.code_insee for one in update.to_complete] == [D]
    assert [one.code_insee for one in update.without_siren] == [D]
    given = plan(BEFORE, [insee(D, 220)], *moves, sirens={D: "212500045"})
    assert given.without_siren == ()
    assert given.changes[0].row.siren == "212500045"


def test_a_commune_nouvelle_under_an_old_code_has_another_number() -> None:
    moves = [
        move(NEW_YEAR, A, A, MovementKind.NEW_COMMUNE),
        move(NEW_YEAR, B, A, MovementKind.NEW_COMMUNE),
    ]
    update = plan(BEFORE, [insee(A, 220, "Valexemple")], *moves)
    (change,) = update.changes
    assert (change.row.siren, change.row.siret, change.row.level) == ("", "", "2B")
    assert [one.code_insee for one in update.without_siren] == [A]
    assert [name for _, name in update.renamed] == ["Valexemple"]


def test_a_commune_whose_code_moves_keeps_what_it_is() -> None:
    update = plan(BEFORE, [insee(D), insee(B)], move(NEW_YEAR, A, D, MovementKind.NEW_CODE))
    assert told(update) == [("added", B, 120), ("added", D, 120)]
    assert [(one.code_insee, old) for one, old in update.recoded] == [(D, A)]
    assert update.changes[1].row.siren == "212500011"
    assert update.gone == ()


@pytest.mark.parametrize(
    ("day", "left"),
    [(date(2025, 6, 1), [(A, "", False)]), (NEW_YEAR, [(A, "", False)]), (MID_YEAR, [])],
)
def test_a_commune_that_leaves_the_body_is_not_asked_about(
    day: date, left: list[tuple[str, str, bool]]
) -> None:
    leaving = replace(move(day, A, "", MovementKind.LEFT), name_after="")
    update = plan(BEFORE, [insee(A), insee(B)], leaving)
    assert gone(update) == left
    assert len(update.changes) == (1 if left else 2)
    if left:
        assert update.gone[0].departure == leaving


def test_one_that_came_back_is_there() -> None:
    away = move(date(2025, 3, 1), A, "", MovementKind.LEFT)
    back = move(date(2025, 9, 1), "", A, MovementKind.JOINED)
    assert gone(plan(BEFORE, [insee(A), insee(B)], away, back)) == []


def test_one_that_was_split_has_no_heir() -> None:
    moves = [move(NEW_YEAR, A, code) for code in (B, C)] + [move(NEW_YEAR, B, B)]
    update = plan(BEFORE, [insee(B), insee(C)], *moves)
    assert gone(update) == [(A, "", False)]


@pytest.mark.parametrize(
    ("day", "added"),
    [(date(2025, 1, 1), False), (date(2025, 1, 2), True), (NEW_YEAR, True), (MID_YEAR, False)],
)
def test_a_commune_restored_since_the_year_before_began(day: date, added: bool) -> None:
    moves = [move(day, A, code, MovementKind.RESTORED) for code in (A, D)]
    update = plan(BEFORE, [insee(A), insee(B), insee(D)], *moves)
    assert (D in [change.row.code_insee for change in update.changes]) is added


def test_a_row_begun_by_a_movement_of_the_year_is_kept() -> None:
    """INSEE cannot know its figures."""
    now = [
        row(A, 100, year=2026, end=date(2026, 6, 30)),
        row(A, 999, year=2026, start=MID_YEAR),
        row(B, year=2026, end=date(2026, 6, 30)),
    ]
    moves = [move(MID_YEAR, B, A), move(MID_YEAR, A, A)]
    update = plan([*BEFORE, *now], [insee(A, 120), insee(B, 90)], *moves)
    assert told(update) == [("updated", A, 120), ("kept", A, 999), ("updated", B, 90)]


def test_a_file_with_the_very_figures_of_another_year() -> None:
    """Three communes, whose figures are those of 2025: two would be too few to tell."""
    three = [row(code, 100) for code in (A, B, C)]
    update = plan(three, [insee(code, 100) for code in (A, B, C)])
    assert update.same_as == {2025: 3}
    assert codes(update.warnings()) == ["N07"]
    assert plan(three[:2], [insee(A, 100), insee(B, 100)]).same_as == {}
    assert plan(three, [insee(A, 100), insee(B, 100), insee(C, 101)]).same_as == {}


def test_the_communes_that_an_update_may_be_about() -> None:
    rows = [row(A), row(B, year=2024), row(C, year=2026)]
    moves = [
        move(MID_YEAR, C, D, MovementKind.NEW_CODE),
        move(date(2025, 5, 1), A, "25009", MovementKind.RESTORED),
        move(date(2025, 5, 1), A, A, MovementKind.RESTORED),
    ]
    assert known_codes(Communes.of(rows), 2026, Movements.of(moves)) == {A, C, D, "25009"}
