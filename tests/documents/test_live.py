"""The calculation of the page, run by a JavaScript engine: it is the program's, to the cent."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
import quickjs
from hypothesis import given
from hypothesis import strategies as st

from mutualis.documents.committee.live import calculated, sliders
from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis, Settlement
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.problems.problem import Source
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.priced import price
from mutualis.domain.tariffs.grid import Bracket, Grid, IndexationRule, Level, Status
from mutualis.domain.tariffs.proration import DAY, FULL_YEAR, MONTH
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule

YEAR, ONE = 2026, timedelta(days=1)
LEVELS, HERE = ("", "1", "2A", "2B"), Source("exemple")
RUN = """
function run(given, prices) {
  const model = Calculation.load(JSON.parse(given));
  return JSON.stringify(Calculation.dues(model, JSON.parse(prices).map(BigInt)).map(String));
}
"""
rates = st.decimals(0, 20, places=2) | st.decimals(0, 5, places=5)
amounts = st.decimals(0, 9000, places=0) | st.decimals(0, 50, places=2)


@cache
def engine() -> quickjs.Context:
    context = quickjs.Context()
    code = (files("mutualis.documents.committee") / "calculation.js").read_text("utf-8")
    context.eval(code.replace("const Calculation", "var Calculation") + RUN)
    return context


def computed(dataset: Dataset, other: Dataset, codes: Sequence[str], year: int) -> list[Decimal]:
    """What each code comes to at the prices of `other`, by the page's own calculation."""
    given = calculated(dataset, codes, year)
    prices = {item.key: item.value for item in other.grid.prices()}
    scale = Decimal(given["scale"])
    units = [str(int(prices[item["key"]] * scale)) for item in sliders(dataset, dataset)]
    found = json.loads(engine().get("run")(json.dumps(given), json.dumps(units)))
    return [Decimal(due) / 100 for due in found]


@st.composite
def levels(draw: st.DrawFn) -> Mapping[str, Level]:
    bounds: list[int] = sorted(draw(st.sets(st.integers(1, 3000), max_size=2)))
    brackets = tuple(
        Bracket(
            bound,
            cap=draw(st.none() | amounts),
            per_inhabitant=draw(st.none() | rates),
            fixed=draw(st.none() | amounts),
            floor=draw(st.none() | amounts),
        )
        for bound in (*bounds, None)
    )
    wealth = Wealth(Decimal(draw(st.integers(1, 2000))), Decimal("0.8"), Decimal("1.2"))
    found = (
        Level("1", "exemple"),
        Level("2A", "exemple", per_inhabitant=draw(rates)),
        Level(
            "2B",
            "exemple",
            per_inhabitant=draw(st.none() | rates),
            brackets=brackets,
            wealth=draw(st.sampled_from((None, wealth))),
        ),
    )
    return {level.code: level for level in found}


@st.composite
def communes(draw: st.DrawFn) -> Communes:
    """Each whole or in two parts; the first may merge in the second during the year."""
    rows: list[CommuneYear] = []
    for rank in range(draw(st.integers(1, 4))):
        cut = draw(st.none() | st.dates(date(YEAR, 1, 2), date(YEAR, 12, 31)))
        spans = [(None, None)] if cut is None else [(None, cut - ONE), (cut, None)]
        for start, end in spans:
            people = draw(st.integers(0, 5000))
            row = CommuneYear(
                YEAR,
                f"2500{rank}",
                f"Exemple {rank}",
                "",
                people,
                people + draw(st.integers(0, 50)),
                draw(st.sampled_from(LEVELS)),
                HERE,
                HERE,
                start,
                end,
                draw(st.sampled_from(Settlement)),
                financial_potential=Decimal(draw(st.integers(0, 9_000_000))),
            )
            rows.append(row)
    moves = []
    if len({row.code_insee for row in rows}) > 1 and draw(st.booleans()):
        day = date(YEAR, draw(st.integers(1, 12)), draw(st.integers(1, 28)))
        if day > date(YEAR, 1, 1):
            rows = [row for row in rows if row.code_insee != "25000"]
            eve = day - ONE
            first = replace(rows[0], code_insee="25000", name="Exemple 0", start=None, end=eve)
            rows.insert(0, replace(first, level=draw(st.sampled_from(LEVELS))))
            moves = [
                Movement(
                    day, MovementKind.MERGER, "25000", "Exemple 0", "25001", "Exemple 1", "", HERE
                )
            ]
    return Communes.of(rows, movements=Movements.of(moves))


@st.composite
def years(draw: st.DrawFn) -> Dataset:
    vat = draw(st.none() | st.sampled_from(("20", "5.5", "0", "2.1")))
    rule = VatRule("", "", "S", (DatedRate(date(2000, 1, 1), Decimal(vat)),)) if vat else None
    tariffs = Tariffs(
        population=draw(st.sampled_from(PopulationBasis)),
        minimum_recovery=draw(st.sampled_from((Decimal(0), Decimal(15), Decimal("99.99")))),
        proration=draw(st.sampled_from((FULL_YEAR, MONTH, DAY))),
        before_vote="refuse",
        indexation=IndexationRule(base_year=YEAR),
        grids={YEAR: Grid(YEAR, Status.VOTED, "exemple", draw(levels()))},
        vat=rule,
    )
    return Dataset(YEAR, draw(communes()), tariffs, YEAR, YEAR)


@given(years(), st.data())
def test_the_page_computes_what_the_program_does(dataset: Dataset, data: Any) -> None:
    """At the prices that it was made with as at others."""
    drawn = {
        item.key: data.draw(rates if item.kind == "per_inhabitant" else amounts)
        for item in dataset.grid.prices()
    }
    for other in (dataset, dataset.with_prices(drawn)):
        dues = price(other).dues
        found = computed(dataset, other, [*dues], YEAR)
        assert found == [due.amount for due in dues.values()]


TITRE, AC = False, True
BY_HAND = (
    ("100 x 2,00 x 1,2 = 240,00, under the cap of 250", [[TITRE, [[100, "6/5"]]]], "240.00"),
    ("110 x 2,00 x 1,2 = 264,00, above it", [[TITRE, [[110, "6/5"]]]], "250.00"),
    ("the highest of three moments", [[TITRE, [[50, "1"]], [[70, "1"]], [[60, "1"]]]], "140.00"),
    ("two parts, 2,00 / 3 + 2,00 / 6, once", [[TITRE, [[1, "1/3"], [1, "1/6"]]]] * 16, "16.00"),
    ("half a cent, 2,00 x 1/400, goes up", [[AC, [[1, "1/400"]]]], "0.01"),
    ("the minimum itself is claimed", [[TITRE, [[15, "1/2"]]]], "15.00"),
    ("a cent less is not", [[TITRE, [[1499, "1/200"]]]], "0.00"),
    ("it is where it is withheld", [[AC, [[1499, "1/200"]]]], "14.99"),
    ("the last that owes says how", [[TITRE, [[5, "1/2"]]], [AC, [[5, "1/2"]]]], "10.00"),
    ("the other way round", [[AC, [[5, "1/2"]]], [TITRE, [[5, "1/2"]]]], "0.00"),
    ("one that owes nothing does not", [[AC, [[5, "1/2"]]], [TITRE, [[0, "1"]]]], "5.00"),
    ("nothing to owe", [[TITRE]], "0.00"),
)


@pytest.mark.parametrize(("groups", "due"), [case[1:] for case in BY_HAND])
def test_by_hand(groups: list[list[Any]], due: str) -> None:
    """At 2,00 € per inhabitant, capped at 250 €; debts from 15 €; no tax."""
    moments = [
        {
            "withheld": withheld,
            "moments": [
                [
                    [0, str(people), times.split("/") if "/" in times else [times, "1"], ["1", "1"]]
                    for people, times in moment
                ]
                for moment in own
            ],
        }
        for withheld, *own in groups
    ]
    given = {
        "scale": "100",
        "minimum": "1500",
        "vat": ["0", "1"],
        "brackets": [{"rate": 0, "fixed": None, "cap": 1, "floor": None}],
        "lines": [[moments]],
    }
    answer = engine().get("run")(json.dumps(given), json.dumps(["200", "25000"]))
    assert Decimal(json.loads(answer)[0]) / 100 == Decimal(due)


def test_what_one_owed_is_its_heirs_in_a_later_year() -> None:
    """600 x 2.00 and 400 x 2.00, which were two in 2026 and are one in 2027; 1 x 2.00, below 15 €,
    is not claimed."""
    level = Level("2A", "exemple", per_inhabitant=Decimal(2))
    rows = [
        CommuneYear(YEAR, code, code, "", people, people, "2A", HERE, HERE)
        for code, people in (("25001", 600), ("25002", 400), ("25003", 1))
    ]
    day, kind = date(YEAR + 1, 1, 1), MovementKind.MERGER
    moves = [
        Movement(day, kind, code, code, "25001", "25001", "", HERE) for code in ("25002", "25003")
    ]
    tariffs = Tariffs(
        PopulationBasis.MUNICIPAL,
        Decimal(15),
        FULL_YEAR,
        "refuse",
        IndexationRule(base_year=YEAR),
        {YEAR: Grid(YEAR, Status.VOTED, "exemple", {"2A": level})},
    )
    found = Communes.of(rows, movements=Movements.of(moves))
    dataset = Dataset(YEAR, found, tariffs, YEAR, YEAR)
    assert computed(dataset, dataset, ["25001"], YEAR + 1) == [Decimal(2000)]
    assert computed(dataset, dataset, ["25001", "25002"], YEAR) == [Decimal(1200), Decimal(800)]
