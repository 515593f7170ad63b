"""What holds of the change between any two priced years, whatever happened between them."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from test_golden_changes import HERE, PRORATIONS, two_grids, weighed

from conftest import ROOT
from mutualis.domain.changes.change import Effects
from mutualis.domain.changes.path import compare
from mutualis.domain.changes.side import Side
from mutualis.domain.communes.communes import (
    Communes,
    CommuneYear,
    PopulationBasis,
    Settlement,
)
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.issuing.plan import plan_issue
from mutualis.domain.memberships.plan import total
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.files.data.tariffs import read_tariffs

CODES = ("25901", "25902", "25903")
TAXED = VatRule(
    "membership",
    "",
    "S",
    (DatedRate(date(2025, 7, 1), Decimal(20)), DatedRate(date(2026, 3, 1), Decimal("5.5"))),
)
FIRST, LAST = date(2024, 12, 1), date(2027, 1, 31)


@cache
def grids() -> Tariffs:
    found, problems = read_tariffs(ROOT)
    assert found is not None, problems
    return two_grids(found, "full_year")


@st.composite
def rows_of(draw: st.DrawFn, code: str, year: int) -> list[CommuneYear]:
    """One row, or two that follow each other, of the whole year or a part of it."""
    bounds = sorted(draw(st.sets(st.dates(date(year, 1, 2), date(year, 12, 31)), max_size=2)))
    spans = list(
        zip(
            (None, *bounds),
            (*(day - timedelta(days=1) for day in bounds), None),
            strict=True,
        )
    )
    kept = draw(st.lists(st.sampled_from(spans), max_size=len(spans), unique=True))
    rows = []
    for start, end in kept:
        level = draw(st.sampled_from(("", "1", "2A", "2B")))
        municipal = draw(st.integers(0, 60) | st.integers(0, 9_000))
        settlement = draw(st.sampled_from(Settlement))
        people = municipal, municipal + draw(st.integers(0, 900))
        key = (year, code, code, "", *people, level, HERE, HERE)
        wealth = Decimal(draw(st.integers(0, 9_000_000)))
        row = CommuneYear(*key, start=start, end=end, settlement=settlement)
        rows.append(replace(row, financial_potential=wealth))
    return rows


def movements() -> st.SearchStrategy[Movement]:
    code = st.sampled_from(CODES)
    return st.builds(
        lambda day, kind, before, after: Movement(day, kind, before, "", after, "", "", HERE),
        st.sampled_from((date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1)))
        | st.dates(FIRST, LAST),
        st.sampled_from(MovementKind),
        code,
        code,
    )


@st.composite
def workspaces(draw: st.DrawFn, years: tuple[int, ...] = (2025, 2026)) -> Communes:
    rows = [row for code in CODES for year in years for row in draw(rows_of(code, year))]
    return Communes.of(rows, movements=Movements.of(draw(st.lists(movements(), max_size=3))))


@st.composite
def rules(draw: st.DrawFn) -> Tariffs:
    """The two grids under some settings."""
    both = grids()
    return replace(
        draw(st.sampled_from((both, weighed(both, 2025), weighed(both, 2025, 2026)))),
        proration=draw(st.sampled_from(PRORATIONS)),
        population=draw(st.sampled_from(PopulationBasis)),
        minimum_recovery=Decimal(draw(st.sampled_from((0, 15, 500)))),
        vat=draw(st.sampled_from((None, TAXED))),
    )


@st.composite
def sides(draw: st.DrawFn) -> tuple[Side, Side]:
    """Two years of one file, or two files of any years, priced by rules of their own."""
    before, after = (Side(draw(workspaces()), draw(rules()), year) for year in (2025, 2026))
    if draw(st.booleans()):
        before = replace(before, communes=after.communes)
    day = draw(st.none() | st.dates(FIRST, LAST))
    if draw(st.booleans()):
        return before, replace(after, day=day)
    return replace(before, day=day), replace(after, year=2025, day=day)


@given(sides())
def test_the_effects_add_up_to_the_change(both: tuple[Side, Side]) -> None:
    compared = compare(*both)
    for change in compared.changes:
        assert change.effects.total == change.amount
    assert compared.effects.total == compared.after - compared.before


@given(sides())
def test_one_person_s_change_is_the_one_among_all(both: tuple[Side, Side]) -> None:
    everyone = compare(*both).changes
    for code in (*CODES, "99999"):
        own = tuple(change for change in everyone if change.code_insee == code)
        assert compare(*both, only=code).changes == own


@given(sides())
def test_each_side_is_what_bill_claims(both: tuple[Side, Side]) -> None:
    compared = compare(*both)
    for side, found in zip(both, (compared.before, compared.after), strict=True):
        plan = plan_issue(side.communes, side.tariffs, side.year, Ledger(), side.day).billing
        assert found == total((*plan.invoices, *plan.withheld))


@given(sides())
def test_the_other_way_round_the_change_is_the_opposite(
    both: tuple[Side, Side],
) -> None:
    before, after = both
    if before.year != after.year:  # an earlier year is taken as it ended, whichever it is
        after = replace(after, day=None)
    there, back = compare(before, after), compare(after, before)
    assert there.effects.total == -back.effects.total


@given(workspaces(), rules(), st.sampled_from((2025, 2026)))
def test_a_year_beside_itself_has_no_change(
    communes: Communes, tariffs: Tariffs, year: int
) -> None:
    same = Side(communes, tariffs, year)
    assert all(change.effects == Effects() for change in compare(same, same).changes)


@given(workspaces((2026,)), rules(), rules())
def test_with_the_same_rows_only_the_rules_explain_it(
    communes: Communes, tariffs: Tariffs, others: Tariffs
) -> None:
    """Levels, periods and members are the same."""
    for change in compare(Side(communes, tariffs, 2026), Side(communes, others, 2026)).changes:
        assert {name for name, amount in change.effects.by_name.items() if amount} <= {
            "population",
            "tariff",
            "wealth",
        }
