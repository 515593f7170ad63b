"""What a year costs and brings in, each table summing to the same total. All « exemple ».

A half-day A costs 400 €; 2A is 1 € an inhabitant, 100 for each of two communes.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import HERE, grid, row, tariffs

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes, PopulationBasis, Settlement
from mutualis.domain.interventions.allocation import serve
from mutualis.domain.interventions.intervention import Intervention
from mutualis.domain.invoices.invoice import MissionInvoice
from mutualis.domain.issuing.batch import (
    make_mission_batch,
    number_missions,
    number_quote,
    records_of,
)
from mutualis.domain.issuing.mission_batch import plan_missions
from mutualis.domain.issuing.plan import plan_issue
from mutualis.domain.kinds import Product
from mutualis.domain.problems.problem import Source
from mutualis.domain.quotes.quote import Quote, WantedLine, price_lines
from mutualis.domain.quotes.records import Answer, WorkDone
from mutualis.domain.quotes.work_done import Work
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.services.service import Service, Services
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.usage.income import Income, Incomes, incomes
from mutualis.domain.usage.share import Share, summed
from mutualis.domain.usage.usage import Usage
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

A, B = "25001", "25002"
ON_QUOTE = Level("3", "Sur devis", half_day={"A": Decimal(400), "B": Decimal(300)})
GRID = grid(Level("1", "Information"), Level("2A", "Conseil", per_inhabitant=Decimal(1)), ON_QUOTE)
TARIFFS = tariffs(GRID)
HOME: dict[str, Any] = {"postal_code": "25999", "city": "Valbois"}
COMMUNES = Communes.of([row(A, **HOME), row(B, **HOME), row("25003", level="", **HOME)])


def cell(name: str, theme: str, level: str, directorate: str = "") -> Service:
    return Service(theme, level, name, HERE, HERE, directorate=directorate)


SERVICES = Services(
    (
        cell("Conseil", "Rives", "2A", "U"),
        cell("Étude", "Ponts", "3", "V"),
        cell("Suivi", "Ponts", "3", "U"),
        cell("Podium", "Accueil", "3", "V"),
    ),
    "services.csv",
)


def done(service: str, line: int, commune: str = A, quote: str = "", n: int = 1) -> Intervention:
    place = Source("i.csv", line)
    return Intervention(
        date(2025, 3, 1), commune, "", service, "A", n, place, quote=quote, origin="exemple"
    )


def usage(*rows: Intervention, lines: tuple[Income, ...], **more: Any) -> Usage:
    served, problems = serve(COMMUNES, SERVICES, PopulationBasis.MUNICIPAL, GRID, rows)
    assert problems == []
    return Usage(2025, GRID, served, Incomes(lines, is_issued=False), (), SERVICES, **more)


def fee(code: str, amount: int = 100) -> Income:
    return Income(row(code), "2A", Decimal(amount), Product.MEMBERSHIP)


def mission(amount: int, service: str = "", quote: str = "") -> Income:
    return Income(row(A), "3", Decimal(amount), Product.MISSION, service, quote)


def figures(share: Share) -> tuple[object, ...]:
    return (
        share.key,
        share.interventions,
        share.half_days,
        share.membership_at_price,
        share.mission_at_price,
        share.fees,
        share.missions,
    )


YEAR = usage(
    done("Conseil", 2),
    done("Conseil", 3, B, n=2),
    done("Étude", 4, quote="D1", n=3),
    done("Conseil", 5, "25003"),
    lines=(fee(A), fee(B), mission(1200, "Étude", "D1")),
)


def test_the_five_tables() -> None:
    total = ("", 4, 7, 1600, 1200, 200, 1200)
    assert figures(YEAR.total) == total
    assert YEAR.total.at_price == 2800
    assert YEAR.total.paid == 1400
    assert YEAR.total.balance_at_price == -1400
    assert [figures(share) for share in YEAR.by_commune] == [
        (A, 2, 4, 400, 1200, 100, 1200),
        (B, 1, 2, 800, 0, 100, 0),
        ("25003", 1, 1, 400, 0, 0, 0),
    ]
    assert [figures(share) for share in YEAR.by_level] == [
        ("1", 0, 0, 0, 0, 0, 0),
        ("2A", 2, 3, 1200, 0, 200, 0),
        ("3", 1, 3, 0, 1200, 0, 1200),
        ("", 1, 1, 400, 0, 0, 0),
    ]
    assert [figures(share) for share in YEAR.by_theme] == [
        ("Rives", 3, 4, 1600, 0, None, 0),
        ("Ponts", 1, 3, 0, 1200, None, 1200),
    ]
    assert [figures(s)[::6] for s in YEAR.by_service] == [
        ("Conseil", 0),
        ("Étude", 1200),
    ]
    assert [figures(s)[::6] for s in YEAR.by_directorate] == [
        ("U", 0),
        ("V", 1200),
    ]
    for shares in (YEAR.by_commune, YEAR.by_level):
        assert figures(summed(shares)) == total
    assert figures(summed(YEAR.by_theme)) == ("", 4, 7, 1600, 1200, None, 1200)
    assert summed(YEAR.by_theme).balance_at_price is None
    assert figures(summed(())) == ("", 0, 0, 0, 0, 0, 0)


def test_the_half_days_by_category() -> None:
    one, other = YEAR.by_category
    assert (one.category, one.half_days, str(one.unit_price), str(one.at_price)) == (
        "A",
        7,
        "400",
        "2800.00",
    )
    assert (other.category, other.half_days, str(other.at_price)) == ("B", 0, "0")
    assert replace(YEAR, grid=grid()).by_category == ()


def test_the_levels_of_communes() -> None:
    assert YEAR.levels == {A: "2A", B: "2A", "25003": ""}


def test_what_is_said_beside() -> None:
    assert YEAR.examples == 4
    assert not YEAR.example_levels
    assert not YEAR.example_directorates
    invented = replace(row(A), level_source="exemple")
    assert replace(YEAR, incomes=Incomes((replace(fee(A), debtor=invented),), True)).example_levels
    assert YEAR.notes == ()
    told = replace(
        YEAR, commune=row(B), asked=row(A), prices_of=2024, other_years={2024: 2, 2023: 1}
    ).notes
    assert len(told) == 3
    assert "2023 : 1, 2024 : 2" in told[2]
    assert "(2024)" in replace(YEAR, other_years={2024: 2}).notes[0]


@pytest.mark.parametrize(
    ("income", "theme"),
    [
        (mission(500, "Podium"), "Accueil"),
        (mission(500, "étude"), "Ponts"),
        (mission(500, "", "D1"), "Ponts"),  # no service: what was done on the quote tells
        (mission(500, "Rien", "D1"), "Ponts"),
        (mission(500, "", "D9"), ""),
        (mission(500), ""),
    ],
)
def test_the_theme_of_a_mission(income: Income, theme: str) -> None:
    found = usage(done("Étude", 4, quote="D1"), lines=(income,))
    assert [share.key for share in found.by_theme if share.missions] == [theme]


def test_a_mission_of_several_themes_is_of_none() -> None:
    rows = (done("Étude", 4, quote="D1"), done("Podium", 5, quote="D1"))
    found = usage(*rows, lines=(mission(500, "", "D1"),))
    assert [share.key for share in found.by_theme if share.missions] == [""]


# --- what comes in ----------------------------------------------------------------------------

ACT = Act(date(2025, 6, 30), "agent", "test", "")


def figures_of(found: Incomes) -> list[tuple[object, ...]]:
    return [(x.debtor.code_insee, x.level, x.amount, x.product.value) for x in found.lines]


def test_the_draft_of_a_year_that_is_not_issued() -> None:
    """What is withheld is paid too; what is below the minimum is not."""
    rows = [row(A), row(B, settlement=Settlement.AC), row("25003", 14)]
    found = incomes(Communes.of(rows), TARIFFS, GRID, Ledger())
    assert not found.is_issued
    assert figures_of(found) == [(A, "2A", 100, "adhésion"), (B, "2A", 100, "adhésion")]
    assert found.memberships == 2
    assert found.to_invoice == 0
    assert figures_of(found.of({B})) == [(B, "2A", 100, "adhésion")]


def test_what_the_register_says_once_issued(shipped: Workspace) -> None:
    """100 inhabitants when issued, 200 now: 100 € came in. A quote of three half-days, two done,
    one invoiced: 400 € in, 400 € to invoice."""
    issue = plan_issue(COMMUNES, TARIFFS, 2025, Ledger(), ACT.day)
    ledger = Ledger(tuple(records_of(issue, Ledger(), shipped.issuer, ACT, 2025, "")))
    lines = price_lines([WantedLine("A", "3", "Étude")], ON_QUOTE, GRID)
    start, end = date(2025, 3, 1), date(2025, 5, 30)
    commune = COMMUNES.of_year(2025)[0]
    quote = Quote(None, 2025, start, end, commune, GRID, "Étude", "", lines)
    issued = number_quote(quote, shipped.issuer, ACT, ledger)
    answer = Answer(ACT, issued.number, True, date(2025, 4, 1), "le maire")
    first = WorkDone(ACT, issued.number, Work(1, date(2025, 4, 10), "x", {"A": 1}))
    ledger = Ledger((*ledger.records, issued, answer, first))
    plan = plan_missions(COMMUNES, TARIFFS, ledger, 2025, ACT.day)
    batch = make_mission_batch(plan, ledger, TARIFFS, shipped.issuer, ACT, 2025, COMMUNES.movements)
    documents = number_missions(plan, batch, ledger)
    then = WorkDone(ACT, issued.number, Work(2, date(2025, 4, 11), "x", {"A": 1}))
    ledger = Ledger((*ledger.records, batch, *documents, then))
    assert isinstance(documents[0], MissionInvoice)
    more = Communes.of([row(A, 200, **HOME), row(B, 200, **HOME)])
    found = incomes(more, TARIFFS, GRID, ledger)
    assert found.is_issued
    assert figures_of(found) == [
        (A, "2A", 100, "adhésion"),
        (B, "2A", 100, "adhésion"),
        (A, "3", 400, "mission"),
    ]
    assert [x.service for x in found.lines] == ["", "", "Étude"]
    assert found.to_invoice == 400
