"""The usage of a year as a workbook: the summary and its charts, then every detail."""

from collections.abc import Sequence
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.listing import Column, write_listing
from mutualis.documents.excel.sheet import Value
from mutualis.documents.usage.charts import write_charts
from mutualis.documents.usage.control import write_usage_control
from mutualis.documents.usage.cover import share_values, write_usage_summary
from mutualis.documents.wording import usage as wording
from mutualis.domain.french.typography import short_date
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.problems.problem import Problem
from mutualis.domain.usage.usage import Usage, summed


def render_usage(usage: Usage, issuer: Issuer, alerts: Sequence[Problem], made_on: date) -> bytes:
    """The .xlsx; its cells depend on the arguments alone."""
    book = new_book(issuer.name, wording.title(usage), made_on)
    summary, charts, communes, quotas, detail, checks, control = (
        add_sheet(book, name)
        for name in (
            *(wording.SUMMARY, wording.CHARTS, wording.COMMUNES),
            *(wording.QUOTAS, wording.DETAIL, wording.ALERTS, wording.CONTROL),
        )
    )
    places = write_usage_summary(summary, usage, issuer, made_on)
    write_charts(charts, summary, places, usage)
    write_usage_control(control, usage, places)
    _write_communes(communes, usage)
    _write_quotas(quotas, usage)
    _write_detail(detail, usage)
    _write_alerts(checks, usage, alerts)
    return save(book)


def _listing(
    sheet: Worksheet,
    usage: Usage,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    freeze: str = "A2",
) -> None:
    title = f"{wording.title(usage)} - {sheet.title}"
    write_listing(sheet, columns, rows, title=title, footer=wording.examples(usage), freeze=freeze)


def _write_communes(sheet: Worksheet, usage: Usage) -> None:
    shares, levels = usage.by_commune, usage.levels
    styles = ("entier", "entier", *("euros",) * 7)
    totals = share_values(summed(shares))
    columns = [
        Column("Code INSEE", 11, "cellule centrée"),
        Column("Commune", 26, "cellule longue", "Total"),
        Column("Niveau", 8, "cellule centrée"),
        *(
            Column(title, 14, style, total)
            for title, style, total in zip(wording.SHARE_HEADER, styles, totals, strict=True)
        ),
    ]
    rows = [
        (share.key, share.label, levels.get(share.key, ""), *share_values(share))
        for share in shares
    ]
    _listing(sheet, usage, columns, rows, freeze="C2")


def _write_quotas(sheet: Worksheet, usage: Usage) -> None:
    columns = [
        Column("Code INSEE", 11, "cellule centrée"),
        Column("Commune", 26, "cellule longue"),
        Column("Niveau", 8, "cellule centrée"),
        Column("Prestation", 44, "cellule longue"),
        Column("Quota par an", 12, "entier"),
        Column("Utilisé", 10, "entier"),
        Column("Reste", 10, "entier"),
        Column("Dépassement", 13, "entier"),
        Column("Dates", 50, "calcul"),
    ]
    rows = [
        (
            use.commune.code_insee,
            use.commune.name,
            use.service.level,
            use.service.name,
            use.quota,
            use.used,
            use.left,
            use.exceeded or None,
            ", ".join(short_date(item.intervention.day) for item in use.requests),
        )
        for use in usage.quotas
    ]
    _listing(sheet, usage, columns, rows)


def _write_detail(sheet: Worksheet, usage: Usage) -> None:
    total = usage.total
    columns = [
        Column("Date", 12, "date"),
        Column("Commune", 26, "cellule longue", "Total"),
        Column("Niveau", 8, "cellule centrée"),
        Column("Thème", 24, "cellule longue"),
        Column("Prestation", 42, "cellule longue"),
        Column("Demande", 18, "cellule longue"),
        Column("Payé par", 14, "cellule centrée"),
        Column("Direction", 32, "cellule longue"),
        Column("Cat.", 6, "cellule centrée"),
        Column("Demi-journées", 10, "entier", total.half_days),
        Column("Prix", 11, "euros"),
        Column("Coût", 13, "euros", total.cost),
        Column("Devis", 14, "cellule centrée"),
        Column("Objet", 34, "cellule longue"),
        Column("Source", 22, "cellule longue"),
    ]
    _listing(sheet, usage, columns, [_detail(item) for item in usage.served], freeze="C2")


def _detail(item: Served) -> tuple[Value, ...]:
    row = item.intervention
    return (
        row.day,
        item.who,
        item.level or "aucun",
        item.theme,
        item.name,
        row.request,
        wording.paid_by(item),
        item.directorate,
        row.category,
        row.half_days,
        item.unit_price,
        item.cost,
        row.quote,
        row.subject,
        f"{row.origin + ', ' if row.origin else ''}ligne {row.source.line}",
    )


def _write_alerts(sheet: Worksheet, usage: Usage, alerts: Sequence[Problem]) -> None:
    columns = [
        Column("Code", 7, "cellule centrée"),
        Column("Où", 30, "cellule longue"),
        Column("Constat", 62, "cellule longue"),
        Column("À faire", 62, "cellule longue"),
    ]
    rows = [
        (problem.code, str(problem.source), problem.message, problem.remedy) for problem in alerts
    ]
    _listing(sheet, usage, columns, rows)
