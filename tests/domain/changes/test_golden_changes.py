"""Why what is due changes from 2025 to 2026, by hand: each cause, in each situation.

The grid of 2025 is the shipped one (2A at 0,38, 2B at 3,28, at most 7 048, then 9 416 from 4 000
inhabitants on), that of 2026 an example: 0,40, 3,31, 7 104 and 9 491. 15,00 is the minimum.
"""

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from conftest import TESTS
from mutualis.domain.changes.change import Change, Effects
from mutualis.domain.changes.past import counted
from mutualis.domain.changes.path import compare
from mutualis.domain.changes.side import Side
from mutualis.domain.communes.communes import (
    Communes,
    CommuneYear,
    PopulationBasis,
    Settlement,
)
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.problems.problem import Source
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.domain.workspace import Workspace

HERE = Source("exemple")
EFFECTS = ("full_year", "perimeter", "population", "level", "tariff")
PRORATIONS = ("full_year", "month", "day")
PRICES_2026 = {
    "levels.2A.per_inhabitant": "0.40",
    "levels.2B.per_inhabitant": "3.31",
    "levels.2B.brackets.0.cap": "7104",
    "levels.2B.brackets.1.cap": "9491",
}


def table(name: str) -> list[dict[str, str]]:
    with (TESTS / "golden" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def two_grids(tariffs: Tariffs, proration: str) -> Tariffs:
    grid = tariffs.grids[2025]
    levels = grid.with_prices({key: Decimal(value) for key, value in PRICES_2026.items()})
    grids = {2025: grid, 2026: replace(grid, year=2026, levels=levels)}
    return replace(tariffs, proration=proration, grids=grids)


def row(r: Mapping[str, str]) -> CommuneYear:
    people = int(r["population"])
    return CommuneYear(
        year=int(r["annee"]),
        code_insee=r["code_insee"],
        name=r["commune"],
        siren="",
        municipal_population=people,
        total_population=people + 999,
        level=r["niveau"],
        source=HERE,
        level_at=HERE,
        start=date.fromisoformat(r["date_debut"]) if r["date_debut"] else None,
        end=date.fromisoformat(r["date_fin"]) if r["date_fin"] else None,
        settlement=Settlement(r["reglement"] or "titre"),
    )


def movement(r: Mapping[str, str]) -> Movement:
    before, after = (r["code_avant"], r["commune_avant"]), (r["code_apres"], r["commune_apres"])
    kind = MovementKind(r["type"])
    return Movement(date.fromisoformat(r["date_effet"]), kind, *before, *after, "", HERE)


def situation(name: str) -> Communes:
    rows = [row(r) for r in table("changes_communes.csv") if r["situation"] == name]
    moves = [movement(r) for r in table("changes_movements.csv") if r["situation"] == name]
    return Communes.of(rows, movements=Movements.of(moves))


def amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


EXPECTED: dict[tuple[str, str], list[dict[str, str]]] = {}
for line in table("changes.csv"):
    for asked in PRORATIONS if line["proration"] == "toutes" else (line["proration"],):
        EXPECTED.setdefault((line["situation"], asked), []).append(line)


def figures(change: Change) -> tuple[object, ...]:
    effects = change.effects.by_name
    named = {name: effects[name] for name in EFFECTS}
    return change.code_insee, change.before, named, effects["wealth"], change.after


@pytest.mark.parametrize("key", EXPECTED, ids=", ".join)
def test_golden(key: tuple[str, str], shipped: Workspace) -> None:
    name, proration = key
    communes, tariffs = situation(name), two_grids(shipped.tariffs, proration)
    compared = compare(Side(communes, tariffs, 2025), Side(communes, tariffs, 2026))
    assert [figures(change) for change in compared.changes] == [
        (
            r["code_insee"],
            amount(r["avant"]),
            {name: amount(r[name]) for name in EFFECTS},
            Decimal(0),
            amount(r["apres"]),
        )
        for r in EXPECTED[key]
    ]


def test_every_situation_is_expected() -> None:
    assert {name for name, _ in EXPECTED} == {r["situation"] for r in table("changes_communes.csv")}


def test_the_real_communes_from_2024_to_2025(shipped: Workspace) -> None:
    """The 68 communes of 2024 and the 67 of 2025 (INSEE), by hand at the grid of 2025, an example
    of a 2024: Le Gratteris (161, 2A) has become part of Mamirolle (1 798, then 1 974, 2B)."""
    grid = shipped.tariffs.grids[2025]
    tariffs = replace(shipped.tariffs, grids={2024: replace(grid, year=2024), 2025: grid})
    before, after = (Side(shipped.communes, tariffs, year) for year in (2024, 2025))
    compared = compare(before, after)
    assert len(compared.changes) == 67
    assert (compared.before, compared.after) == (Decimal("103271.50"), Decimal("104107.98"))
    assert compared.effects == Effects(perimeter=Decimal("466.90"), population=Decimal("369.58"))
    # 161 × 0,38 + 1 798 × 3,28 = 5 958,62; 1 959 × 3,28 = 6 425,52; 1 974 × 3,28 = 6 474,72.
    mamirolle = next(change for change in compared.changes if change.code_insee == "25364")
    assert (mamirolle.before, mamirolle.after) == (Decimal("5958.62"), Decimal("6474.72"))
    assert mamirolle.effects == Effects(perimeter=Decimal("466.90"), population=Decimal("49.20"))


def test_a_level_that_the_earlier_grid_has_not_is_of_the_tariff(shipped: Workspace) -> None:
    """From 1 000 × 0,38 to 1 000 × 1,50: nothing tells what 2C would have been in 2025."""
    tariffs = two_grids(shipped.tariffs, "full_year")
    new = replace(tariffs.grids[2025].levels["2A"], code="2C", per_inhabitant=Decimal("1.50"))
    levels = {**tariffs.grids[2026].levels, "2C": new}
    tariffs = replace(
        tariffs, grids={**tariffs.grids, 2026: replace(tariffs.grids[2026], levels=levels)}
    )
    communes = situation("du 2A au 2B le 1er janvier 2026")
    rows = [replace(r, level="2C") if r.year == 2026 else r for r in communes.rows]
    communes = Communes.of(rows)
    compared = compare(Side(communes, tariffs, 2025), Side(communes, tariffs, 2026))
    assert compared.effects == Effects(population=Decimal("3.80"), tariff=Decimal("1131.20"))


def test_another_population_that_counts_is_of_the_population(shipped: Workspace) -> None:
    """1 500 by the municipal one, then 1 512 + 999 by the total one, at 3,28 then 3,31."""
    tariffs = two_grids(shipped.tariffs, "full_year")
    communes = situation("changement de code le 1er janvier 2026")
    total = replace(tariffs, population=PopulationBasis.TOTAL)
    compared = compare(Side(communes, tariffs, 2025), Side(communes, total, 2026))
    # 4 920,00; 2 511 × 3,28 = 8 236,08 capped at 7 048; then at 7 104.
    assert compared.effects == Effects(population=Decimal("2128.00"), tariff=Decimal("56.00"))


def test_two_readings_of_a_year_are_compared_day_by_day(shipped: Workspace) -> None:
    """At 2A until June and 2B since (1 830,00 by month); had it stayed at 2A: 380,00."""
    tariffs = two_grids(shipped.tariffs, "month")
    communes = situation("du 2A au 2B le 1er juillet 2026")
    stayed = Communes.of(
        replace(r, level="2A", end=None) for r in communes.rows if r.year == 2026 and not r.start
    )
    up = compare(Side(stayed, tariffs, 2026), Side(communes, tariffs, 2026))
    assert up.effects == Effects(level=Decimal("1455.00"))
    down = compare(Side(communes, tariffs, 2026), Side(stayed, tariffs, 2026))
    assert down.effects == Effects(level=Decimal("-1455.00"))


def test_amounts_are_with_tax_and_a_rate_is_of_the_tariff(shipped: Workspace) -> None:
    """At 20 % from 1 July 2026: 1 000 × 0,38 = 380,00; 1 010 × 0,38 = 383,80; at 0,40, 404,00, and
    80,80 of tax. The minimum is on what is with tax: 37 × 0,38 = 14,06 is recovered at 20 %."""
    tariffs = two_grids(shipped.tariffs, "full_year")
    rule = VatRule("membership", "", "S", (DatedRate(date(2026, 7, 1), Decimal(20)),))
    rows = [row(table("changes_communes.csv")[0])]
    here = replace(rows[0], year=2025, level="2A", start=None, end=None)
    for people, later, effects in (
        (1000, 1010, Effects(population=Decimal("3.80"), tariff=Decimal("101.00"))),
        (37, 37, Effects(tariff=Decimal("17.76"))),  # 14,80 and 2,96, from nothing
    ):
        communes = Communes.of([counted(here, people), counted(replace(here, year=2026), later)])
        taxed = replace(tariffs, vat=rule)
        compared = compare(Side(communes, taxed, 2025), Side(communes, taxed, 2026))
        assert compared.effects == effects


def test_the_tax_is_rounded_once_for_all_that_a_person_owes(shipped: Workspace) -> None:
    """Two communes of 103 inhabitants merge on 1 January 2027, before 2026 is issued: 2 × 337,84 in
    2025, 2 × 340,93 = 681,86 in 2026, and 20 % of it, 136,37; of each, it would be 68,19 twice."""
    rule = VatRule("membership", "", "S", (DatedRate(date(2026, 1, 1), Decimal(20)),))
    tariffs = replace(two_grids(shipped.tariffs, "full_year"), vat=rule)
    here = replace(row(table("changes_communes.csv")[0]), level="2B", start=None, end=None)
    rows = [
        replace(counted(here, 103), year=year, code_insee=code)
        for year in (2025, 2026)
        for code in ("25901", "25902")
    ]
    merger = Movement(
        date(2027, 1, 1), MovementKind.MERGER, "25901", "A", "25902", "B", "exemple", HERE
    )
    communes = Communes.of(rows, movements=Movements.of([merger]))
    (change,) = compare(
        Side(communes, tariffs, 2025), Side(communes, tariffs, 2026, date(2027, 2, 1))
    ).changes
    assert (change.before, change.after) == (Decimal("675.68"), Decimal("818.23"))
    assert change.effects == Effects(tariff=Decimal("142.55"))


WEALTH = Wealth(Decimal(1000), Decimal("0.8"), Decimal("1.2"))


def weighed(tariffs: Tariffs, *years: int) -> Tariffs:
    """2B follows wealth in these years: 1 000 € per inhabitant is the average."""
    grids = dict(tariffs.grids)
    for year in years:
        levels = {**grids[year].levels}
        levels["2B"] = replace(levels["2B"], wealth=WEALTH)
        grids[year] = replace(grids[year], levels=levels)
    return replace(tariffs, grids=grids)


def wealthy(communes: Communes, potentials: Mapping[tuple[int, str], int]) -> Communes:
    rows = [
        replace(r, financial_potential=Decimal(potentials[r.year, r.code_insee]))
        for r in communes.rows
    ]
    return Communes.of(rows, movements=communes.movements)


def test_a_coefficient_that_is_voted_is_of_the_wealth(shipped: Workspace) -> None:
    """1 010 × 3,31 = 3 343,10 at 1 100 € per inhabitant: × 1,1 is 3 677,41."""
    tariffs = weighed(two_grids(shipped.tariffs, "full_year"), 2026)
    communes = situation("du 2A au 2B le 1er janvier 2026")
    communes = wealthy(communes, {(2025, "25901"): 1, (2026, "25901"): 1_111_000})
    compared = compare(Side(communes, tariffs, 2025), Side(communes, tariffs, 2026))
    assert compared.effects == Effects(
        population=Decimal("3.80"),
        level=Decimal("2929.00"),
        tariff=Decimal("30.30"),
        wealth=Decimal("334.31"),
    )


def test_a_commune_that_gets_richer_keeps_its_coefficient_until_then(shipped: Workspace) -> None:
    """0,9 in 2025, then 1,3 bounded to 1,2: 1 000 × 3,28 × 0,9 = 2 952,00; 1 010 × 3,28 × 0,9 =
    2 981,52; 1 010 × 3,31 × 0,9 = 3 008,79; 1 010 × 3,31 × 1,2 = 4 011,72."""
    tariffs = weighed(two_grids(shipped.tariffs, "full_year"), 2025, 2026)
    communes = situation("du 2A au 2B le 1er janvier 2026")
    rows = [replace(r, level="2B") for r in communes.rows]
    communes = wealthy(Communes.of(rows), {(2025, "25901"): 900_000, (2026, "25901"): 1_313_000})
    compared = compare(Side(communes, tariffs, 2025), Side(communes, tariffs, 2026))
    assert compared.before == Decimal("2952.00")
    assert compared.effects == Effects(
        population=Decimal("29.52"), tariff=Decimal("27.27"), wealth=Decimal("1002.93")
    )


def test_a_wealth_that_was_not_known_is_as_it_is_now(shipped: Workspace) -> None:
    """At level 1 in 2025 nothing needs it. 1 010 × 3,28 × 1,1 = 3 644,08; × 3,31, 3 677,41."""
    tariffs = weighed(two_grids(shipped.tariffs, "full_year"), 2025, 2026)
    communes = situation("du 2A au 2B le 1er janvier 2026")
    first, then = communes.rows
    rows = replace(first, level="1"), replace(then, financial_potential=Decimal(1_111_000))
    compared = compare(
        Side(Communes.of(rows), tariffs, 2025), Side(Communes.of(rows), tariffs, 2026)
    )
    assert compared.effects == Effects(level=Decimal("3644.08"), tariff=Decimal("33.33"))


def test_merged_communes_have_the_wealth_of_both(shipped: Workspace) -> None:
    """300 at 0,38 and 1 800 at 3,28 × 0,9 owe 114,00 + 5 313,60. Together 1 620 000 + 375 000 is
    950 € per inhabitant: 2 100 × 3,28 × 0,95 = 6 543,60, and 2 130 are as wealthy each:
    6 637,08, then 6 697,785 at 3,31. In 2026, 2 130 000 is 1 000 each: 7 050,30."""
    tariffs = weighed(two_grids(shipped.tariffs, "full_year"), 2025, 2026)
    potentials = {(2025, "25901"): 375_000, (2025, "25902"): 1_620_000, (2026, "25902"): 2_130_000}
    communes = wealthy(situation("fusion le 1er janvier 2026"), potentials)
    compared = compare(Side(communes, tariffs, 2025), Side(communes, tariffs, 2026))
    assert compared.before == Decimal("5427.60")
    assert compared.effects == Effects(
        perimeter=Decimal("1116.00"),
        population=Decimal("93.48"),
        tariff=Decimal("60.71"),
        wealth=Decimal("352.51"),
    )
