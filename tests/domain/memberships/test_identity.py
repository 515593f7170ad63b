"""Whose fees they are and who owes them while communes merge, split and change their codes.

Golden tables first, by hand; then what holds of any communes: a movement of the next 1 January
moves no amount, only who owes it.
"""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, TESTS
from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.debtors import Known, groups_of
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.memberships.fees import fees_of
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.problems.problem import Source
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace
from mutualis.files.data.tariffs import read_tariffs

YEAR, NEXT = 2025, date(2026, 1, 1)
PRORATIONS = ("full_year", "month", "day")
NOWHERE = Source("exemple")
Key = tuple[str, str, date]  # situation, proration, day of issue


@cache
def tariffs(proration: str) -> Tariffs:
    """The shipped grid: 2A at 0,38, 2B at 3,28, at most 7 048, then 9 416 from 4 000 on."""
    found, problems = read_tariffs(ROOT)
    assert found is not None, problems
    return replace(found, proration=proration)


def table(name: str) -> list[dict[str, str]]:
    with (TESTS / "golden" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def row(code: str, level: str, population: int, *, year: int = YEAR) -> CommuneYear:
    basis = (year, code, code, f"{code}0001", population, population, level, NOWHERE, NOWHERE)
    return CommuneYear(*basis)


def lines(communes: Communes, proration: str, issued: date) -> tuple[BillingLine, ...]:
    rules = tariffs(proration)
    known = Known.of(communes, YEAR, issued)
    groups = groups_of(communes, YEAR, known.day)
    found = [fee.line for fee in fees_of(groups, rules, rules.grids[YEAR], known)]
    kept = [line for line in found if line is not None]
    return tuple(sorted(kept, key=lambda line: line.row.code_insee))


# --- by hand -----------------------------------------------------------------------------------


@cache
def situations() -> dict[str, Communes]:
    movements: dict[str, list[Movement]] = {}
    for r in table("identity_movements.csv"):
        begun, kind = date.fromisoformat(r["date_effet"]), MovementKind(r["type"])
        before, after = (r["code_avant"], r["commune_avant"]), (r["code_apres"], r["commune_apres"])
        moved = Movement(begun, kind, *before, *after, "", NOWHERE)
        movements.setdefault(r["situation"], []).append(moved)
    communes: dict[str, list[CommuneYear]] = {}
    for r in table("identity_communes.csv"):
        basis = row(r["code_insee"], r["niveau"], int(r["population"]), year=int(r["annee"]))
        start, end = day(r["date_debut"]), day(r["date_fin"])
        known = replace(basis, name=r["commune"], siren=r["siren"], start=start, end=end)
        communes.setdefault(r["situation"], []).append(known)
    return {
        name: Communes.of(own, movements=Movements.of(movements[name]))
        for name, own in communes.items()
    }


def expected() -> dict[Key, list[tuple[str, str, str, str]]]:
    """The code billed, the debtor's code and SIREN, the amount, by situation and day of issue."""
    found: dict[Key, list[tuple[str, str, str, str]]] = {}
    for r in table("identity.csv"):
        for proration in PRORATIONS if r["proration"] == "toutes" else (r["proration"],):
            for issued in r["emis_le"].split(", "):
                due = found.setdefault((r["situation"], proration, date.fromisoformat(issued)), [])
                if r["facturee"]:
                    due.append((r["facturee"], r["debitrice"], r["siren"], r["montant"]))
    return found


GOLDEN = expected()


@pytest.mark.parametrize("key", GOLDEN, ids=lambda key: f"{key[0]}, {key[1]}, {key[2]}")
def test_golden(key: Key) -> None:
    situation, proration, issued = key
    found = [
        (
            line.row.code_insee,
            line.commune.code_insee,
            line.commune.siren,
            str(line.amount).replace(".", ","),
        )
        for line in lines(situations()[situation], proration, issued)
    ]
    assert found == GOLDEN[key]


def test_every_situation_is_under_the_three_prorations() -> None:
    assert {(name, proration) for name, proration, _ in GOLDEN} == {
        (name, proration) for name in situations() for proration in PRORATIONS
    }


# --- what holds of any communes ----------------------------------------------------------------

CODES = ("25901", "25902", "25903")
ONE, OTHER, NEW = CODES[0], CODES[1], "25909"
# What happens on 1 January of the next year, to which heirs; CODES[2] may join them in the year.
EVENTS: dict[str, tuple[MovementKind, tuple[tuple[str, str], ...]]] = {
    "merger": (MovementKind.MERGER, ((ONE, OTHER), (OTHER, OTHER))),
    "old code": (MovementKind.NEW_COMMUNE, ((ONE, OTHER), (OTHER, OTHER))),
    "new code": (MovementKind.NEW_COMMUNE, ((ONE, NEW), (OTHER, NEW))),
    "recoded": (MovementKind.NEW_CODE, ((ONE, NEW),)),
    "split": (MovementKind.RESTORED, ((ONE, ONE), (ONE, NEW))),
    "leaves": (MovementKind.LEFT, ((ONE, ""),)),
    "joins": (MovementKind.JOINED, (("", NEW),)),
}


def moved(on: date, kind: MovementKind, pairs: Iterable[tuple[str, str]]) -> list[Movement]:
    return [Movement(on, kind, one, one, other, other, "", NOWHERE) for one, other in pairs]


LEVELS, PEOPLE = st.sampled_from(("", "1", "2A", "2B")), st.integers(0, 3_000)
DAYS_OF_THE_YEAR = st.dates(date(YEAR, 1, 2), date(YEAR, 12, 31))


@st.composite
def years(draw: st.DrawFn) -> tuple[list[CommuneYear], list[Movement]]:
    """The rows of the year; in some, CODES[2] joins ONE or OTHER on the way."""
    own = [row(code, draw(LEVELS), draw(PEOPLE)) for code in CODES]
    on = draw(st.none() | DAYS_OF_THE_YEAR)
    if on is None:
        return own, []
    heir = draw(st.sampled_from((ONE, OTHER)))
    ends = [
        replace(r, end=on - timedelta(days=1)) if r.code_insee in (heir, CODES[2]) else r
        for r in own
    ]
    begins = replace(row(heir, draw(LEVELS), draw(PEOPLE)), start=on)
    pairs = [(CODES[2], heir), (heir, heir)][: draw(st.sampled_from((1, 2)))]
    return [*ends, begins], moved(on, MovementKind.MERGER, pairs)


@given(
    year=years(),
    event=st.sampled_from(sorted(EVENTS)),
    proration=st.sampled_from(PRORATIONS),
    issued=st.dates(date(YEAR - 1, 7, 1), date(YEAR + 2, 12, 31)),
    people=PEOPLE,
)
def test_a_movement_of_the_next_1_january_moves_no_amount(
    year: tuple[list[CommuneYear], list[Movement]],
    event: str,
    proration: str,
    issued: date,
    people: int,
) -> None:
    own, earlier = year
    kind, pairs = EVENTS[event]
    merged = {m.code_before for m in earlier} - {m.code_after for m in earlier}
    there = {*CODES, *(after for _, after in pairs)} - merged - {""}
    gone = {before for before, _ in pairs} - {after for _, after in pairs}
    rows_after = [row(code, "2B", people, year=NEXT.year) for code in there - gone]
    later = Communes.of(
        [*own, *rows_after], movements=Movements.of([*earlier, *moved(NEXT, kind, pairs)])
    )
    without = lines(Communes.of(own, movements=Movements.of(earlier)), proration, issued)
    found = lines(later, proration, issued)
    assert [(x.row.code_insee, x.amount) for x in found] == [
        (x.row.code_insee, x.amount) for x in without
    ]
    heirs = {} if kind is MovementKind.LEFT or issued < NEXT else dict(reversed(pairs))
    assert [x.commune.code_insee for x in found] == [
        heirs.get(x.row.code_insee, x.row.code_insee) for x in found
    ]
