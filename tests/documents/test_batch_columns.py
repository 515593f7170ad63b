"""A column of the recap or of the control is one entry: its place and the formulas follow."""

import io
import re
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from openpyxl import load_workbook

from mutualis.documents.batch import control, recap
from mutualis.documents.batch.book import render_batch
from mutualis.documents.batch.level_chart import write_levels
from mutualis.documents.batch.recap import RecapColumn
from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.columns import Column
from mutualis.documents.wording import invoices as wording
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.issuing.year_on_year import LevelChange, YearOnYear
from mutualis.domain.tariffs.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs.proration import Part
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

T = TypeVar("T")


def with_column(columns: dict[str, T], name: str, column: T, before: str) -> dict[str, T]:
    found: dict[str, T] = {}
    for key, value in columns.items():
        if key == before:
            found[name] = column
        found[key] = value
    return found


def test_a_new_column_is_one_entry(shipped: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    town = RecapColumn("Ville", lambda line: f"à {line.commune.name}", 21, "cellule")
    monkeypatch.setattr(recap, "COLUMNS", with_column(recap.COLUMNS, "town", town, "code"))
    people: Column[Any] = Column("Arrondi", lambda row: row.line.fee.population // 100, 9, "entier")
    monkeypatch.setattr(control, "COLUMNS", with_column(control.COLUMNS, "round", people, "level"))
    grid = shipped.tariffs.grids[2025]
    plan = plan_billing(shipped.communes, shipped.tariffs, grid)
    data = render_batch(
        plan,
        shipped.issuer,
        shipped.tariffs,
        date(2025, 3, 1),
        YearOnYear(2025),
        (),
        invoice_sheets=True,
    )
    book = load_workbook(io.BytesIO(data))
    sheet = book[wording.RECAP]
    where = {str(cell.value): cell.coordinate.rstrip("0123456789") for cell in sheet[1]}
    first = plan.invoices[0]
    assert (where["Ville"], where["Code INSEE"], where["Montant dû"]) == ("B", "C", "K")
    assert sheet["B2"].value == f"à {first.commune.name}"
    assert sheet.column_dimensions["B"].width == 21
    under = 2 + len(plan.invoices)
    assert (where["Déjà émis"], where["Reste"]) == ("L", "M")
    totals = [sheet[f"{letter}{under}"].value for letter in "KLM"]
    assert totals == [float(plan.total), 0, float(plan.total)]
    assert sheet[f"{where['Commune']}2"].hyperlink is not None
    assert sheet.freeze_panes == f"{where['SIREN']}2"
    last = 1 + len(plan.invoices)
    sheet = book[wording.CONTROL]
    where = {
        str(cell.value): cell.coordinate.rstrip("0123456789") for cell in sheet[control.HEADER_ROW]
    }
    cells = {title: sheet[f"{letter}5"].value for title, letter in where.items()}
    assert (where["Arrondi"], where["Niveau"], where["Verdict"]) == ("C", "D", "N")
    assert cells["Arrondi"] == first.fee.population // 100
    assert cells["Montant recalculé"] == '=ROUND(ROUND(IF(G5="",E5*F5,MIN(E5*F5,G5)),2),2)'
    assert not {"Part fixe", "Minimum", "Remises", "Parts"} & where.keys()
    for title, letter in (("Montant dû", "K"), ("Déjà émis", "L"), ("Reste", "M")):
        cell = f"'{wording.RECAP}'!${letter}$2:${letter}${last}"
        assert cells[title] == f"=INDEX({cell},MATCH(A5,'{wording.RECAP}'!$C$2:$C${last},0))"
    assert (cells["Écart"], cells["Écart du reste"]) == ("=ROUND(I5-H5,2)", "=ROUND(L5-(I5-K5),2)")
    assert cells["Verdict"] == '=IF(AND(J5=0,M5=0),"OK","ÉCART")'
    assert re.fullmatch(r'=IF\(COUNTIF\(N5:N\d+,"OK"\)=\d+,"OK","ÉCART"\)', sheet["C2"].value)
    total = control.HEADER_ROW + len(plan.fees) + 1
    assert [sheet[f"{letter}{total}"].value for letter in "HIJKLM"] == [
        f"=SUM({letter}5:{letter}{total - 1})" for letter in "HIJKLM"
    ]


def test_the_control_rounds_each_group_once(shipped: Workspace) -> None:
    """Two communes that became one: 1 × 0.125 and 1 × 0.125 are 0.13 + 0.13, not 0.25."""
    grid = shipped.tariffs.grids[2025]
    plan = plan_billing(shipped.communes, shipped.tariffs, grid)
    line = plan.invoices[0]
    level = replace(grid.levels["2A"], per_inhabitant=Decimal("0.125"))
    fee = compute_fee(level, 1)
    assert isinstance(fee, FeeBreakdown)
    fee = replace(fee, fixed=Decimal("0.001"), bound_floor=Decimal("0.002"))  # of no effect here
    parts = (Part(line.row, fee, group=0), Part(line.row, fee, group=1))
    billed = replace(line, fee=fee, parts=parts, granted=Decimal("0.01"))
    assert billed.target == Decimal("0.25")
    recap_of = recap.Recap(wording.RECAP, [billed])
    assert "granted" in recap_of.columns
    book = new_book("Essai", "Essai", date(2025, 3, 1))
    written = add_sheet(book, wording.CONTROL)
    control.write_control(written, plan, [recap_of], {wording.RECAP: "E9"})
    sheet: Any = load_workbook(io.BytesIO(save(book)))[wording.CONTROL]
    where = {
        str(cell.value): cell.coordinate.rstrip("0123456789") for cell in sheet[control.HEADER_ROW]
    }
    granted, part = f"{where['Remises']}5", where["Montant de la période"]
    assert sheet[granted].value == 0.01
    assert sheet[f"{where['Montant recalculé']}5"].value == (
        f"=ROUND(MAX((ROUND({part}6,2)+ROUND({part}7,2))-{granted},0),2)"
    )
    population, rate, fixed = (where[title] for title in ("Population", "Tarif", "Part fixe"))
    cap, floor, numerator, denominator = (
        where[title] for title in ("Plafond", "Minimum", "Parts", "sur")
    )
    assert [sheet[f"{at}6"].value for at in (population, rate, numerator, denominator)] == [
        *(1, 0.125, 1, 1)
    ]
    gross = f"({fixed}6+{population}6*{rate}6)"
    assert sheet[f"{part}6"].value == (
        f'=MAX(IF({cap}6="",{gross},MIN({gross},{cap}6)),{floor}6)*{numerator}6/{denominator}6'
    )
    assert sheet[f"{where['Verdict']}6"].value is None
    left = where["Reste"]
    here = [sheet[f"{where[title]}12"].value for title in ("Déjà émis", "Reste", "Écart du reste")]
    said = where["Déjà émis"]
    assert here == ["='Synthèse'!E9", f"=SUM({left}5:{left}7)", f"=ROUND({left}12-{said}12,2)"]


def test_the_chart_of_the_levels_draws_the_two_years() -> None:
    book = new_book("Essai", "Essai", date(2025, 3, 1))
    changes = (
        LevelChange("1", Decimal(10), Decimal(12)),
        LevelChange("2A", Decimal(5), Decimal(4)),
    )
    sheet = add_sheet(book, "Synthèse")
    after, chart = write_levels(sheet, 1, YearOnYear(2025, changes), 6)
    assert chart is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_col=5)]
    assert rows == [
        ["Niveau", None, "2024", "2025", "Écart"],
        ["Niveau 1", None, 10, 12, 2],
        ["Niveau 2A", None, 5, 4, -1],
        ["Total", None, 15, 16, 1],
    ]
    assert [(series.tx.v, series.val.numRef.f) for series in chart.series] == [
        ("2024", "'Synthèse'!$C$4:$C$5"),
        ("2025", "'Synthèse'!$D$4:$D$5"),
    ]
    assert after == 8, "an empty row below the total"
