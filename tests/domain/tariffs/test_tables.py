"""The table of a year, row by row, and what is said of each row that moved."""

from datetime import date
from decimal import Decimal

import pytest
from made import codes, grid, row

from mutualis.domain.communes.communes import PopulationBasis
from mutualis.domain.tariffs.fees import FeeBreakdown, NoPrice, amount_due, compute_fee, fee_of
from mutualis.domain.tariffs.grid import Bracket, Grid, Level, bracket_name
from mutualis.domain.tariffs.proration import Part
from mutualis.domain.tariffs.table import LockedTable, TableRow, replay, tariff_table
from mutualis.domain.tariffs.thresholds import edges, falls, next_threshold, thresholds
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace

MUNICIPAL = PopulationBasis.MUNICIPAL
TWO = Level(
    "2B",
    "exemple",
    per_inhabitant=Decimal(2),
    brackets=(Bracket(100, cap=Decimal(150)), Bracket(200, per_inhabitant=Decimal(1))),
)
GRID = grid(Level("1", "exemple"), TWO, Level("3", "exemple", half_day={"A": Decimal(400)}))
COMMUNES = ((row(people=90, level="2B"),),)

Told = tuple[str, str, str, str | None]


def told(own: Grid = GRID) -> list[Told]:
    return [
        (one.kind, one.level, one.key, None if one.amount is None else str(one.amount))
        for one in tariff_table(own, COMMUNES, MUNICIPAL)
    ]


def test_the_whole_table_of_a_small_grid() -> None:
    """150 € is reached at 75 inhabitants and passed at 76; one more than 200 has no price."""
    assert told() == [
        ("prix", "2B", "levels.2B.per_inhabitant", "2"),
        ("prix", "2B", "levels.2B.brackets.0.cap", "150"),
        ("prix", "2B", "levels.2B.brackets.1.per_inhabitant", "1"),
        ("prix", "3", "levels.3.half_day.A", "400"),
        ("borne", "2B", "brackets.0.up_to", "100"),
        ("borne", "2B", "brackets.1.up_to", "200"),
        ("seuil", "2B", "0", "0.00"),
        ("seuil", "2B", "1", "2.00"),
        ("seuil", "2B", "75", "150.00"),
        ("seuil", "2B", "76", "150.00"),
        ("seuil", "2B", "77", "150.00"),
        ("seuil", "2B", "99", "150.00"),
        ("seuil", "2B", "100", "150.00"),
        ("seuil", "2B", "101", "101.00"),
        ("seuil", "2B", "102", "102.00"),
        ("seuil", "2B", "199", "199.00"),
        ("seuil", "2B", "200", "200.00"),
        ("seuil", "2B", "201", None),
        ("seuil", "2B", "202", None),
        ("commune", "2B", "25001", "150.00"),
    ]


def test_an_open_bracket_has_no_bound() -> None:
    open_one = grid(replace(TWO, brackets=(Bracket(None, cap=Decimal(150)),)))
    (bound,) = (one for one in tariff_table(open_one, (), MUNICIPAL) if one.kind == "borne")
    assert (bound.amount, bound.shown_amount) == (None, "sans limite")


def test_a_commune_whose_wealth_is_not_known_is_left_out() -> None:
    weighted = replace(TWO, wealth=Wealth(Decimal(700), Decimal("0.5"), Decimal(2)))
    rows = tariff_table(grid(weighted), COMMUNES, MUNICIPAL)
    assert [one.key for one in rows if one.kind == "commune"] == []
    rich = ((row(people=90, level="2B", financial_potential=Decimal(90 * 350)),),)
    (own,) = (o for o in tariff_table(grid(weighted), rich, MUNICIPAL) if o.kind == "commune")
    assert own.amount == 90


def test_the_words_of_a_row() -> None:
    rows = {(one.kind, one.key): one for one in tariff_table(GRID, COMMUNES, MUNICIPAL)}
    titles = [
        rows["prix", "levels.3.half_day.A"].title,
        rows["borne", "brackets.0.up_to"].title,
        rows["seuil", "1"].title,
        rows["commune", "25001"].title,
    ]
    assert [title.replace("\u00a0", " ") for title in titles] == [
        "3, demi-journée A",
        "2B, tranche jusqu'à 100 habitants",
        "2B à 1 habitant",
        "2B pour Commune 25001 (25001)",
    ]
    assert rows["borne", "brackets.0.up_to"].shown_amount == "100 habitants"
    assert rows["seuil", "201"].shown_amount == "pas de prix"


# --- replay -----------------------------------------------------------------------------------


def again(own: Grid, people: int = 90, rows: tuple[TableRow, ...] = ()) -> list[str]:
    locked = LockedTable(2025, "t.csv", rows or tariff_table(GRID, COMMUNES, MUNICIPAL))
    now = ((row(people=people, level="2B"),),)
    return codes(replay(locked, own, now, MUNICIPAL))


def test_nothing_moved() -> None:
    assert again(GRID) == []


def test_what_moves_vanishes_or_comes() -> None:
    cheaper = grid(GRID.levels["1"], replace(TWO, per_inhabitant=Decimal("1.99")), GRID.levels["3"])
    # The price; 1 and 75 inhabitants (1,99; 149,25): from 76 on the cap holds.
    assert again(cheaper) == ["L01"] * 3
    # The price of level 3 is gone.
    assert again(grid(GRID.levels["1"], TWO)) == ["L02"]
    # Level 2B is gone: 3 prices, 2 bounds, 13 edges, 1 commune.
    assert again(grid(GRID.levels["1"], GRID.levels["3"])) == ["L02"] * 19
    rows = tariff_table(GRID, COMMUNES, MUNICIPAL)
    assert again(GRID, rows=rows[1:]) == ["L03"]
    assert again(GRID, rows=tuple(one for one in rows if one.kind != "seuil")) == []


def test_a_population_that_moves_is_told_with_its_amount() -> None:
    """The same 150 € for 91 inhabitants as for 90."""
    locked = LockedTable(2025, "t.csv", tariff_table(GRID, COMMUNES, MUNICIPAL))
    (found,) = replay(locked, GRID, ((row(people=91, level="2B"),),), MUNICIPAL)
    said = [found.facts[name].replace("\u00a0", " ") for name in ("before", "after")]
    assert said == ["150,00 € (90 habitants)", "150,00 € (91 habitants)"]


# --- where a price changes course -------------------------------------------------------------


def test_changes_of_regime() -> None:
    assert [(t.population, t.kind) for t in thresholds(TWO)] == [
        (76, "cap"),
        (101, "bound"),
        (201, "end"),
    ]
    assert edges(TWO)[:3] == [0, 1, 75]
    ways = [(0, 76), (75, 76), (76, 101), (200, 201), (201, None)]
    for population, following in ways:
        turn = next_threshold(TWO, population)
        assert (turn and turn.population) == following
    (fall,) = falls(TWO)
    assert (fall.population, str(fall.before), str(fall.after)) == (101, "150.00", "101.00")


def bracketed(*brackets: Bracket, rate: str = "2") -> Level:
    return Level("2B", "exemple", per_inhabitant=Decimal(rate), brackets=brackets)


@pytest.mark.parametrize(
    ("level", "found"),
    [
        (bracketed(Bracket(None, cap=Decimal(0))), [(1, "cap")]),
        (bracketed(Bracket(None, cap=Decimal(1))), [(1, "cap")]),
        (bracketed(Bracket(None, cap=Decimal(2))), [(2, "cap")]),
        (bracketed(Bracket(None, floor=Decimal(10))), [(6, "floor")]),
        (bracketed(Bracket(None, fixed=Decimal(4), floor=Decimal(10))), [(4, "floor")]),
        (bracketed(Bracket(None, fixed=Decimal(20), cap=Decimal(10))), []),  # from nobody on
        (bracketed(Bracket(9, cap=Decimal(20)), Bracket(None)), [(10, "bound")]),
        (bracketed(Bracket(9, cap=Decimal(18)), Bracket(None)), [(10, "bound")]),
        (bracketed(Bracket(9, cap=Decimal(17)), Bracket(None)), [(9, "cap"), (10, "bound")]),
        (bracketed(Bracket(9), Bracket(None, cap=Decimal(20))), [(10, "bound"), (11, "cap")]),
        (bracketed(Bracket(9), Bracket(None, cap=Decimal(18))), [(10, "bound")]),
        (bracketed(Bracket(None, cap=Decimal(1)), rate="0"), []),
        (bracketed(Bracket(None, floor=Decimal(6), cap=Decimal(6))), [(4, "floor")]),
        (bracketed(Bracket(0), Bracket(None)), [(1, "bound")]),
    ],
)
def test_where_caps_and_floors_bind(level: Level, found: list[tuple[int, str]]) -> None:
    assert [(turn.population, turn.kind) for turn in thresholds(level)] == found


@pytest.mark.parametrize(
    ("level", "found"),
    [
        (bracketed(Bracket(0), Bracket(None)), [0, 1, 2]),
        (bracketed(Bracket(9), Bracket(None)), [0, 1, 8, 9, 10, 11]),
        (bracketed(Bracket(None, cap=Decimal(20))), [0, 1, 10, 11, 12]),
        (bracketed(Bracket(9)), [0, 1, 8, 9, 10, 11]),
        (Level("1", "exemple"), [0, 1]),
    ],
)
def test_the_edges_of_a_level(level: Level, found: list[int]) -> None:
    assert edges(level) == found


def test_a_weighted_commune_has_the_bounds_alone() -> None:
    """Where a cap binds moves with each inhabitant."""
    level = replace(TWO, wealth=Wealth(Decimal(700), Decimal("0.5"), Decimal(2)))
    assert [turn.kind for turn in thresholds(level, Decimal(70_000))] == ["bound", "end"]
    assert [turn.kind for turn in thresholds(level)] == ["cap", "bound", "end"]
    assert [turn.kind for turn in thresholds(TWO, Decimal(70_000))] == ["cap", "bound", "end"]


# --- one fee ----------------------------------------------------------------------------------

ONE = Bracket(9, cap=Decimal(10), floor=Decimal(4), fixed=Decimal(1))


@pytest.mark.parametrize(
    ("people", "due", "cap", "floor"),
    [
        (0, "4", False, True),
        (1, "4", False, True),  # 3
        (2, "5", False, False),
        (4, "9", False, False),
        (5, "10", True, False),  # 11
        (9, "10", True, False),
    ],
)
def test_a_cap_and_a_floor(people: int, due: str, cap: bool, floor: bool) -> None:
    fee = compute_fee(bracketed(ONE), people)
    assert isinstance(fee, FeeBreakdown)
    assert (fee.amount, fee.cap is not None, fee.floor is not None) == (Decimal(due), cap, floor)


def test_what_binds_is_what_changes_the_amount() -> None:
    """At the very cap, or floor, nothing binds: 1 + 2 x 2 = 5."""
    for bracket in (Bracket(9, cap=Decimal(5)), Bracket(9, floor=Decimal(5))):
        fee = compute_fee(bracketed(replace(bracket, fixed=Decimal(1))), 2)
        assert isinstance(fee, FeeBreakdown)
        assert (fee.amount, fee.cap, fee.floor) == (Decimal(5), None, None)


def test_a_floor_is_the_least_even_above_the_cap() -> None:
    assert amount_due(bracketed(Bracket(9, cap=Decimal(5), floor=Decimal(7))), 9) == 7


@pytest.mark.parametrize(
    ("people", "rank", "amount"), [(9, 0, "18"), (10, 1, "10"), (20, 1, "20"), (21, None, None)]
)
def test_the_bracket_of_a_population(people: int, rank: int | None, amount: str | None) -> None:
    level = bracketed(Bracket(9), Bracket(20, per_inhabitant=Decimal(1)))
    fee = compute_fee(level, people)
    assert amount_due(level, people) == (None if amount is None else Decimal(amount))
    if rank is None:
        assert isinstance(fee, NoPrice)
        assert "20" in fee.reason
    else:
        assert isinstance(fee, FeeBreakdown)
        assert fee.bracket_rank == rank
        assert fee.bracket == bracket_name(level, rank)


def test_a_rate_of_zero_is_a_rate() -> None:
    assert amount_due(bracketed(Bracket(None, per_inhabitant=Decimal(0))), 9) == 0
    alone = Level("2B", "exemple", brackets=(Bracket(None, fixed=Decimal(9)),))
    assert amount_due(alone, 5) == 9


def test_brackets_in_words() -> None:
    level = bracketed(Bracket(9), Bracket(20), Bracket(None))
    found = [bracket_name(level, rank).replace("\u00a0", " ") for rank in range(3)]
    assert found == [
        "jusqu'à 9 habitants",
        "de 10 à 20 habitants",
        "à partir de 21 habitants",
    ]


def test_the_fee_of_a_row() -> None:
    for level, is_priced in (("", False), ("1", False), ("3", False), ("9", False), ("2B", True)):
        fee = fee_of(row(people=50, level=level), GRID, MUNICIPAL)
        assert (fee is not None) is is_priced
    fee = fee_of(row(people=50, level="2B"), GRID, PopulationBasis.TOTAL)
    assert isinstance(fee, FeeBreakdown)
    assert fee.population == 60


def steps(fee: FeeBreakdown | NoPrice) -> list[tuple[str, str, str]]:
    assert isinstance(fee, FeeBreakdown)
    return [(step.figure, str(step.value.normalize()), step.key) for step in fee.steps]


def test_the_steps_of_a_fee() -> None:
    assert steps(compute_fee(bracketed(ONE), 2)) == [
        ("population", "2", ""),
        ("per_inhabitant", "2", "levels.2B.per_inhabitant"),
        ("fixed", "1", "levels.2B.brackets.0.fixed"),
        ("gross", "5", ""),
        ("cap", "1E+1", "levels.2B.brackets.0.cap"),
        ("floor", "4", "levels.2B.brackets.0.floor"),
    ]
    own_rate = bracketed(Bracket(9), Bracket(None, per_inhabitant=Decimal(1)))
    assert steps(compute_fee(own_rate, 10))[1] == (
        "per_inhabitant",
        "1",
        "levels.2B.brackets.1.per_inhabitant",
    )
    bare = Level("2A", "exemple", per_inhabitant=Decimal(1))
    assert steps(compute_fee(bare, 3))[1][2] == "levels.2A.per_inhabitant"
    (first, *_) = compute_fee(bare, 3).steps  # type: ignore[union-attr]
    assert (first.name, first.unit) == ("Population", "habitants")


@pytest.mark.parametrize(
    ("potential", "coefficient", "bound"),
    [
        (350, "0.5", None),  # 3,50 € an inhabitant over 7
        (349, "0.5", "wealth_floor"),
        (700, "1", None),
        (1400, "2", None),
        (1401, "2", "wealth_ceiling"),
    ],
)
def test_the_steps_of_wealth(potential: int, coefficient: str, bound: str | None) -> None:
    wealth = Wealth(Decimal(7), Decimal("0.5"), Decimal(2))
    level = Level("2A", "exemple", per_inhabitant=Decimal(1), wealth=wealth)
    fee = compute_fee(level, 100, Decimal(potential))
    assert isinstance(fee, FeeBreakdown)
    assert fee.shown_coefficient == Decimal(coefficient)
    names = [name for name, *_ in steps(fee)]
    shown = ["potential", "wealth_average", "wealth_ratio", *([bound] if bound else []), "weighted"]
    assert names[3:] == shown
    assert "potentiel financier" in fee.explanation
    plain = compute_fee(level, 100)
    assert isinstance(plain, FeeBreakdown)
    assert [plain.coefficient, plain.shown_coefficient, plain.amount] == [None, None, 100]
    assert "potentiel" not in plain.explanation
    assert wealth.ratio(Decimal(1), 0) == 1
    assert "Niveau 2A" in wealth.rule("2A")


@pytest.mark.parametrize(
    ("bracket", "people", "text"),
    [
        (Bracket(9), 2, "2 habitants × 2,00 € = 4,00 €"),
        (
            Bracket(9, fixed=Decimal(1)),
            2,
            "1,00 € + 2 habitants × 2,00 € = 5,00 €",
        ),
        (
            Bracket(9, cap=Decimal(10)),
            9,
            "9 habitants × 2,00 € = 18,00 €, plafonné à 10,00 € (jusqu'à 9 habitants)",
        ),
        (
            Bracket(9, floor=Decimal(10)),
            2,
            "2 habitants × 2,00 € = 4,00 €, porté au minimum de 10,00 € (jusqu'à 9 habitants)",
        ),
    ],
)
def test_a_fee_in_words(bracket: Bracket, people: int, text: str) -> None:
    fee = compute_fee(bracketed(bracket), people)
    assert isinstance(fee, FeeBreakdown)
    assert fee.explanation.replace("\u00a0", " ") == text


def test_a_weighted_fee_in_words() -> None:
    """90 x 2 = 180; 350 € an inhabitant over 700 is 1/2."""
    wealth = Wealth(Decimal(700), Decimal("0.1"), Decimal(2))
    level = Level("2A", "exemple", per_inhabitant=Decimal(2), wealth=wealth)
    fee = compute_fee(level, 90, Decimal(31_500))
    assert isinstance(fee, FeeBreakdown)
    assert fee.explanation.replace("\u00a0", " ") == (
        "90 habitants × 2,00 € = 180,00 €, × 0,5 (potentiel financier : 31 500,00 € ÷ "
        "90 habitants ÷ 700,00 €) = 90,00 €"
    )


def test_a_part_in_words() -> None:
    whole = Part(row(people=50, level="2B"), fee_of_50())
    text = "50 habitants × 2,00 € = 100,00 €"
    said = whole.explanation(Decimal(100)).replace("\u00a0", " ")
    assert said == f"Commune 25001, niveau 2B : {text}"
    half = replace(
        whole, row=replace(whole.row, start=date(2025, 7, 1)), numerator=6, denominator=12
    )
    said = half.explanation(Decimal(50)).replace("\u00a0", " ")
    assert said == (
        f"Commune 25001, niveau 2B, du 1er juillet au 31 décembre 2025 : {text}, × 6/12 = 50,00 €"
    )


def fee_of_50() -> FeeBreakdown:
    fee = compute_fee(TWO, 50)
    assert isinstance(fee, FeeBreakdown)
    return fee
