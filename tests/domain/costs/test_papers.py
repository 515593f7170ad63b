"""The papers of unit costs: statements by hand, laws, what proves them. All « exemple »."""

import csv
import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import HERE, issuer, row

from conftest import TESTS
from mutualis.domain.act import Act
from mutualis.domain.costs.cost import CostNature, CostRow, Costs, Vintage
from mutualis.domain.costs.paper import (
    CommuneStatement,
    CostPaper,
    PaperKind,
    faults,
    is_before_budget,
    notice_of,
    papers_of,
    statements_of,
)
from mutualis.domain.costs.received import received
from mutualis.domain.costs.unit_cost import UnitCosts, costs_of_year
from mutualis.domain.issuer.legal import Legal, Regime
from mutualis.domain.value import replace

ACT = Act(date(2026, 3, 1), "agent", "test", "")


def charge(directorate: str, category: str, amount: Decimal) -> CostRow:
    nature, kind = CostNature.STAFF, Vintage.ACCOUNTS
    return CostRow(2025, directorate, category, nature, kind, amount, 0, HERE)


def units(directorate: str, category: str, half_days: int) -> CostRow:
    nature, kind = CostNature.UNITS, Vintage.ACCOUNTS
    return CostRow(2025, directorate, category, nature, kind, Decimal(0), half_days, HERE)


def costs(*rows: CostRow) -> UnitCosts:
    return costs_of_year(Costs(rows, "costs.csv"), 2025)


def done(code: str, directorate: str, category: str, half_days: int, day: int = 1) -> Any:
    """What was done for a commune, with what a statement reads of it alone."""
    intervention = SimpleNamespace(
        day=date(2025, 1, day), category=category, is_example=False, half_days=half_days
    )
    return SimpleNamespace(
        intervention=intervention,
        name="Conseil",
        directorate=directorate,
        half_days=half_days,
        debtor=row(code),
        at_price=Decimal(0),
        on_quote=False,
    )


def paper(found: UnitCosts, work: Sequence[Any]) -> CostPaper:
    return statements_of(ACT, issuer(), found, received(work, found))


def golden() -> list[dict[str, str]]:
    with (TESTS / "golden/statements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def euros(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def test_statements_by_hand() -> None:
    """24 040 : 92 = 261.3043..., 18 513.60 : 100 = 185.136, 9 000.05 : 64 = 140.6257..., 10 : 3 =
    3.333...: each to the cent, half up, then times its half-days, exact."""
    lines = golden()
    known = [line for line in lines if line["units"]]
    found = costs(
        *(charge(x["directorate"], x["category"], euros(x["charges"])) for x in known),
        *(units(x["directorate"], x["category"], int(x["units"])) for x in known),
    )
    work = [done(x["commune"], x["directorate"], x["category"], int(x["half_days"])) for x in lines]
    made = paper(found, work)
    each = [line for one in made.statements for line in one.lines]
    assert [(x.unit_cost, x.at_cost) for x in each] == [
        (euros(x["unit_cost"]), euros(x["at_cost"])) if x["units"] else (None, None) for x in lines
    ]
    first, second = made.statements
    assert (first.half_days, first.uncosted, first.at_cost) == (6, 1, Decimal("1154.18"))
    assert (second.half_days, second.uncosted, second.at_cost) == (8, 0, Decimal("987.74"))
    assert list(faults(made)) == []


AMOUNTS = st.integers(0, 10**8).map(lambda cents: Decimal(cents).scaleb(-2))


@given(
    st.dictionaries(st.sampled_from("ABC"), st.tuples(AMOUNTS, st.integers(1, 400)), min_size=1),
    st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(1, 9), st.integers(1, 28)), max_size=9),
    st.randoms(use_true_random=False),
)
def test_whole_cents_and_no_order(
    figures: dict[str, tuple[Decimal, int]],
    work: list[tuple[str, int, int]],
    shuffler: random.Random,
) -> None:
    """Each unit cost in whole cents, half up; the sum of the lines; rows in any order."""
    rows = [charge("Droit", x, amount) for x, (amount, _) in figures.items()]
    rows += [units("Droit", x, half_days) for x, (_, half_days) in figures.items()]
    served = [done("25001", "Droit", category, n, day) for category, n, day in work]
    made = paper(costs(*rows), served)
    cents = {x: (2 * int(a * 100) + n) // (2 * n) for x, (a, n) in figures.items()}
    expected = sum(n * cents.get(category, 0) for category, n, _ in work)
    assert sum((int(one.at_cost * 100) for one in made.statements), 0) == expected
    shuffler.shuffle(rows)
    assert paper(costs(*rows), served).content == made.content
    assert list(faults(made)) == []


def one_paper() -> CostPaper:
    found = costs(charge("Droit", "A", Decimal(100)), units("Droit", "A", 8))
    return paper(found, [done("25001", "droit", "A", 2), done("25002", "Droit", "B", 1)])


def forged(made: CostPaper, **line: Any) -> CostPaper:
    first, *others = made.statements
    return replace(
        made, statements=(replace(first, lines=(replace(first.lines[0], **line),)), *others)
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda x: replace(x, published=()), "audit.unit_costs"),
        (lambda x: replace(x, published=(replace(x.published[0], cost=None),)), "audit.unit_costs"),
        (lambda x: replace(x, figures=x.figures[:1]), "audit.unit_costs"),
        (lambda x: forged(x, unit_cost=Decimal("12.51")), "audit.statement_line"),
        (lambda x: forged(x, unit_cost=None), "audit.statement_line"),
        (lambda x: forged(x, category="B"), "audit.statement_line"),
        (lambda x: forged(x, day=date(2024, 12, 31)), "audit.statement_year"),
        (lambda x: forged(x, half_days=0), "audit.statement_year"),
        (lambda x: forged(x, half_days=-1), "audit.statement_year"),
        (lambda x: replace(x, statements=x.statements[::-1]), "audit.statements"),
        (lambda x: replace(x, statements=x.statements[:1] * 2), "audit.statements"),
        (lambda x: replace(x, kind=PaperKind.NOTICE), "audit.statements"),
    ],
)
def test_a_forged_paper_is_found(change: Any, code: str) -> None:
    """100 : 8 = 12.50, found again from the charges and the units that the paper holds."""
    assert list(faults(one_paper())) == []
    assert code in {reason.code for reason in faults(change(one_paper()))}


def test_the_same_content_on_another_day_is_the_same() -> None:
    made = one_paper()
    assert replace(made, act=replace(ACT, day=date(2026, 3, 2))).content == made.content
    assert forged(made, half_days=3).content != made.content
    cited = replace(made.issuer, legal=Legal(Regime.PROVIDED))
    assert replace(made, issuer=cited).content != made.content
    moved = replace(made, figures=tuple(replace(x, line=9) for x in made.figures))
    assert moved.content == made.content


def test_nothing_received_is_worth_nothing_and_what_has_no_cost_is_not_known() -> None:
    idle = CommuneStatement(row("25001"))
    assert (idle.half_days, idle.at_cost, idle.has_cost) == (0, Decimal(0), True)
    assert [one.has_cost for one in one_paper().statements] == [True, False]


def test_the_last_of_a_year_and_kind() -> None:
    found = costs(charge("Droit", "A", Decimal(100)), units("Droit", "A", 8))
    notice, made = notice_of(ACT, issuer(), found), one_paper()
    records = ("another record", notice, made, replace(made, year=2024))
    assert papers_of(records, 2025, PaperKind.STATEMENTS) == (made,)
    assert papers_of(records, 2025, PaperKind.NOTICE) == (notice,)


@pytest.mark.parametrize(
    ("day", "before"),
    [(date(2025, 4, 15), True), (date(2025, 4, 16), False), (date(2024, 12, 1), True)],
)
def test_before_the_budget(day: date, *, before: bool) -> None:
    found = costs(charge("Droit", "A", Decimal(100)), units("Droit", "A", 8))
    made = notice_of(replace(ACT, day=day), issuer(), found)
    assert is_before_budget(made) is before


def test_what_is_invented_is_known() -> None:
    made = one_paper()
    assert not made.has_examples
    assert forged(made, is_example=True).has_examples
    figures = (replace(made.figures[0], is_example=True), *made.figures[1:])
    assert replace(made, figures=figures).has_examples
    invented = CommuneStatement(replace(row("25009"), level_source="exemple"))
    assert replace(made, statements=(invented,)).has_examples


def test_a_paper_holds_what_it_was_made_from() -> None:
    """Each row of charges or units comes back; who, when and under which accounts too."""
    rows = (charge("Droit", "A", Decimal(100)), units("Droit", "A", 8))
    found = replace(costs(*rows), accounts=2024)
    own = issuer()
    for made in (notice_of(ACT, own, found), statements_of(ACT, own, found, ())):
        assert (made.act, made.issuer, made.year, made.accounts) == (ACT, own, 2025, 2024)
        assert made.statements == ()
        assert made.costs == replace(found, lines=made.costs.lines)
        assert [(x.year, x.vintage, x.line) for x in made.figures] == [
            (2025, Vintage.ACCOUNTS, HERE.line),
            (2025, Vintage.ACCOUNTS, HERE.line),
        ]
        assert [
            (x.directorate, x.category, x.nature, x.amount, x.half_days) for x in made.figures
        ] == [(x.directorate, x.category, x.nature, x.amount, x.half_days) for x in rows]
        assert not made.has_examples
    invented = replace(rows[0], origin="exemple")
    assert notice_of(ACT, own, costs(invented, rows[1])).has_examples


def test_a_line_says_what_was_done() -> None:
    made = one_paper()
    line = made.statements[0].lines[0]
    assert (line.day, line.service, line.directorate) == (date(2025, 1, 1), "Conseil", "droit")
    assert (line.category, line.half_days, line.is_example) == ("A", 2, False)
    work = done("25001", "Droit", "A", 1)
    work.intervention.is_example = True
    assert paper(costs(), [work]).statements[0].lines[0].is_example


def test_a_fault_says_whose_it_is() -> None:
    def told(made: CostPaper) -> list[str]:
        return [reason.text.replace("\u00a0", " ") for reason in faults(made)]

    made = one_paper()
    assert told(replace(made, published=()))[0] == (
        "les coûts unitaires de 2025 ne sont pas ceux que donnent leurs charges et unités"
    )
    assert told(forged(made, unit_cost=Decimal("12.51"))) == [
        "Commune 25001, « Conseil » : 12,51 € n'est pas le coût unitaire publié"
    ]
    assert told(forged(made, unit_cost=None)) == [
        "Commune 25001, « Conseil » :  n'est pas le coût unitaire publié"
    ]
    assert told(forged(made, day=date(2024, 12, 31))) == [
        "Commune 25001, « Conseil » : un recours d'une autre année que 2025, ou sans demi-journée"
    ]
    assert told(replace(made, statements=made.statements[::-1])) == [
        "les états annuels de 2025 ne sont pas un par commune, dans l'ordre des codes"
    ]
