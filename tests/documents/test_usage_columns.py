"""A column of the usage is one entry: the tables, the control and the charts follow."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from test_batch_columns import with_column

from mutualis.documents.excel.columns import Column
from mutualis.documents.usage import book, tables
from mutualis.documents.wording import usage as wording
from mutualis.domain.costs.received import Recourse
from mutualis.domain.interventions.allocation import serve
from mutualis.domain.interventions.quotas import quota_uses
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.usage.income import incomes
from mutualis.domain.usage.share import Share
from mutualis.domain.usage.usage import Usage
from mutualis.domain.workspace import Workspace
from render_once import render_anew


def made(shipped: Workspace) -> Usage:
    communes, services, tariffs = shipped.communes, shipped.services, shipped.tariffs
    grid = tariffs.grids[2025]
    served, _ = serve(communes, services, tariffs.population, grid, shipped.interventions.rows)
    found = incomes(communes, tariffs, grid, Ledger())
    quotas = quota_uses(communes, services, grid, served)
    return Usage(2025, grid, served, found, quotas, services)


def charts_of(sheet: Any) -> list[Any]:
    return list(sheet._charts)


def letters(sheet: Worksheet, row: int) -> dict[str, str]:
    return {str(cell.value): cell.coordinate.rstrip("0123456789") for cell in sheet[row]}


def head(sheet: Worksheet, title: str) -> int:
    """The row of the titles of a table of the summary."""
    return [cell.value for cell in sheet["A"]].index(title) + 2


def test_a_new_column_is_one_entry(shipped: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    render_anew(monkeypatch)
    mean: Column[Share] = Column("Moyenne", lambda share: share.half_days // 9, 17, "entier", len)
    with_mean = with_column(tables.SHARES, "mean", mean, "membership_at_price")
    monkeypatch.setattr(tables, "SHARES", with_mean)
    month: Column[Recourse] = Column(
        "Mois", lambda line: line.served.intervention.day.month, 7, "entier"
    )
    monkeypatch.setattr(tables, "DETAIL", with_column(tables.DETAIL, "month", month, "price"))
    usage = made(shipped)
    data = book.render_usage(usage, shipped.issuer, [], date(2025, 3, 1))
    workbook = load_workbook(io.BytesIO(data))
    summary, detail = workbook[wording.SUMMARY], workbook[wording.DETAIL]
    communes = workbook[wording.COMMUNES]

    level, theme = head(summary, "Par niveau"), head(summary, "Par thème")
    where = letters(summary, level)
    assert (where["Moyenne"], where["Au prix de la grille"], where["Dû"]) == ("D", "G", "J")
    assert summary.column_dimensions["D"].width == 17
    assert letters(summary, theme)["Missions facturées"] == "H", "no column for the fees"
    last = level + len(usage.by_level)
    assert [summary[f"{name}{last + 1}"].value for name in "DG"] == [
        len(usage.by_level),
        float(usage.total.at_price),
    ]
    assert letters(communes, 1)["Cotisations"] == "J"
    assert communes.freeze_panes == "C2"
    where = letters(detail, 1)
    assert (where["Mois"], where["Prix"], where["Au prix"]) == ("J", "K", "L")
    first = usage.served[0]
    assert [detail[f"{name}2"].value for name in "JK"] == [
        first.intervention.day.month,
        float(first.unit_price),
    ]

    sheet = workbook[wording.CONTROL]
    found = {row[0].value: (row[1].value, row[2].value) for row in sheet.iter_rows(min_row=4)}
    cost, fees, missions = (f"='{wording.SUMMARY}'!{name}{last + 1}" for name in "GHI")
    end, served = 1 + len(usage.by_commune), 1 + len(usage.served)
    themes = theme + len(usage.by_theme)
    products = f"=SUMPRODUCT('{wording.DETAIL}'!I2:I{served},'{wording.DETAIL}'!K2:K{served})"
    assert found == found | {
        "Au prix : demi-journées × prix, une intervention après l'autre": (cost, products),
        "Au prix : somme des communes": (cost, f"=SUM('{wording.COMMUNES}'!I2:I{end})"),
        "Cotisations : somme des communes": (fees, f"=SUM('{wording.COMMUNES}'!J2:J{end})"),
        "Cotisations : somme des niveaux": (
            fees,
            f"=SUM('{wording.SUMMARY}'!H{level + 1}:H{last})",
        ),
        "Missions facturées : somme des thèmes": (
            missions,
            f"=SUM('{wording.SUMMARY}'!H{theme + 1}:H{themes})",
        ),
    }
    assert [sheet[f"{name}4"].value for name in "DE"] == [
        "=ROUND(B4-C4,2)",
        '=IF(D4=0,"OK","ÉCART")',
    ]
    drawn = [x.val.numRef.f for chart in charts_of(summary) for x in chart.series]
    assert drawn[:4] == [
        *(f"'{wording.SUMMARY}'!${name}${level + 1}:${name}${last}" for name in "GJ"),
        *(f"'{wording.SUMMARY}'!${name}${theme + 1}:${name}${themes}" for name in "EF"),
    ]
