"""The lists of a decision: the ranking with its terms, the refusals, the months."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.listing import Column, write_listing
from mutualis.documents.excel.sheet import Value, page, put_row, widths
from mutualis.documents.wording import requests as words
from mutualis.documents.wording.ranking import rounded
from mutualis.domain.requests.criteria import Capacity
from mutualis.domain.requests.ranking import Departure, Outcome, Ranked, Refused, Session

_PAGE_OF_MONTHS = 12
_HEAD, _LINE = ("tête gauche", "tête droite"), ("cellule", "entier")
_LEFT = ("total libellé", "total entier")


def write_ranking(
    sheet: Worksheet,
    outcome: Outcome,
    departures: Sequence[Departure],
    title: str,
    footer: str,
) -> None:
    """One row a request planned: its rank, its score, its months."""
    columns = [
        Column("Rang", 6, "cellule centrée"),
        Column("Rang par critères", 9, "cellule centrée"),
        Column("Demande", 11),
        Column("Code INSEE", 8, "cellule centrée"),
        Column("Commune", 19, "cellule longue"),
        Column("Projet", 30, "cellule longue"),
        Column("Direction", 22, "cellule longue"),
        Column("Demi-journées", 9, "cellule centrée"),
        Column("Score sur 100", 8, "score"),
        Column("Mois", 20, "calcul"),
        Column("Échéance atteignable", 12, "date"),
        Column("Échéance souhaitée", 12, "date"),
        Column("Souhait", 9, "cellule centrée"),
        Column("Décision de la séance", 26, "cellule longue"),
    ]
    said = _said(departures)
    rows = [_planned(item, said.get(item.candidate.request.id)) for item in outcome.planned]
    write_listing(sheet, columns, rows, title=title, footer=footer, freeze="D2")


def _said(departures: Sequence[Departure]) -> dict[str, str]:
    """What the body decided of each request, in words, by its identifier."""
    return {d.request: f"{words.choice(d)} : {d.reason}" for d in departures}


def _planned(item: Ranked, decision: str | None) -> tuple[Value, ...]:
    request = item.candidate.request
    met = {True: "tenu", False: "dépassé", None: None}[item.is_met]
    return (
        item.rank,
        item.computed,
        request.id,
        item.candidate.code_insee,
        item.candidate.commune,
        request.project,
        request.directorate,
        request.total,
        rounded(item.score * 100, 2),
        words.months(item),
        item.attainable,
        request.wished,
        met,
        decision,
    )


def write_notes(
    sheet: Worksheet, session: Session, outcome: Outcome, title: str, footer: str
) -> None:
    """Every term of every request that has a score, planned or not, in order of the criteria."""
    columns = [
        Column("Rang par critères", 9, "cellule centrée"),
        Column("Demande", 11),
        Column("Commune", 22, "cellule longue"),
        Column("Date de la demande", 12, "date"),
    ]
    for criterion in session.criteria.active:
        columns.append(Column(f"{criterion.label} (x)", 12, "cellule centrée"))
        columns.append(Column(f"Note {criterion.measure.short}", 11, "note chiffrée"))
        columns.append(Column(f"Points {criterion.measure.short}", 11, "score"))
    columns.append(Column("Score sur 100", 9, "score"))
    scored = [item for item in outcome.everyone if item.score is not None]
    scored.sort(key=lambda item: (item.computed is None, item.computed or 0))
    rows = [_noted(item, item.score) for item in scored if item.score is not None]
    write_listing(sheet, columns, rows, title=title, footer=footer, freeze="C2")


def _noted(item: Ranked | Refused, score: Fraction) -> tuple[Value, ...]:
    terms: list[Value] = []
    for term in item.terms:
        value: Value = int(term.value) if term.value.denominator == 1 else rounded(term.value, 2)
        terms += [value, rounded(term.note, 4), rounded(term.share * 100, 2)]
    return (
        item.computed,
        item.candidate.request.id,
        item.candidate.commune,
        item.candidate.request.received,
        *terms,
        rounded(score * 100, 2),
    )


def write_refused(
    sheet: Worksheet,
    outcome: Outcome,
    departures: Sequence[Departure],
    title: str,
    footer: str,
) -> None:
    """One row a request not planned: why, what the body decided of it, what can be done."""
    columns = [
        Column("Demande", 12),
        Column("Code INSEE", 8, "cellule centrée"),
        Column("Commune", 22, "cellule longue"),
        Column("Projet", 34, "cellule longue"),
        Column("Rang par critères", 9, "cellule centrée"),
        Column("Pourquoi", 50, "cellule longue"),
        Column("Décision de la séance", 30, "cellule longue"),
        Column("La suite", 50, "cellule longue"),
    ]
    said = _said(departures)
    rows = [
        (
            item.candidate.request.id,
            item.candidate.code_insee,
            item.candidate.commune,
            item.candidate.request.project,
            item.computed,
            " ; ".join(reason.text for reason in item.reasons),
            said.get(item.candidate.request.id),
            " ; ".join(reason.remedy for reason in item.reasons),
        )
        for item in outcome.refused
    ]
    write_listing(sheet, columns, rows, title=title, footer=footer, freeze="B2")


def write_calendar(
    sheet: Worksheet, session: Session, outcome: Outcome, title: str, footer: str
) -> None:
    """The months of each directorate: capacity, what is promised, each request, what is left."""
    months = session.months
    widths(sheet, [44.0, *[9.0] * len(months)])
    put_row(
        sheet,
        1,
        ["Demi-journées par mois", *(f"{month[5:]}/{month[:4]}" for month in months)],
        ["tête gauche", *["tête droite"] * len(months)],
    )
    sheet.row_dimensions[1].height = 32
    row = 1
    names = sorted({*session.criteria.capacities, *session.booked})
    for name in names:
        for label, values, styles in _directorate(session, outcome, name):
            row += 1
            put_row(sheet, row, [label, *values], [styles[0], *[styles[1]] * len(months)])
    sheet.freeze_panes = "B2"
    sheet.print_area = f"A1:{letter(1 + len(months))}{row}"
    page(sheet, title=title, landscape=True, repeat="1:1", footer=footer)
    # A long calendar is printed over several pages side by side, each with its labels.
    sheet.page_setup.fitToWidth = -(-len(months) // _PAGE_OF_MONTHS)
    sheet.print_title_cols = "A:A"


def _directorate(
    session: Session, outcome: Outcome, name: str
) -> Iterator[tuple[str, list[int | None], tuple[str, str]]]:
    """A directorate begins with its capacity and ends with what is left of it."""
    capacity = session.criteria.capacities.get(name, Capacity(name, 0))
    left = {month: capacity.of(month) for month in session.months}
    yield f"{name} : capacité", list(left.values()), _HEAD
    promised = session.booked.get(name, {})
    if promised:
        yield "  déjà promises", [promised.get(month) for month in session.months], _LINE
    for month, half_days in promised.items():
        left[month] -= half_days
    for item in outcome.planned:
        request = item.candidate.request
        if request.directorate != name:
            continue
        taken = {slot.month: slot.half_days for slot in item.slots}
        yield (
            f"  {item.rank}. {request.id} {item.candidate.commune}",
            [taken.get(month) for month in session.months],
            _LINE,
        )
        for month, half_days in taken.items():
            left[month] -= half_days
    # Below zero where earlier meetings promised more than the directorate now gives.
    yield "  reste", list(left.values()), _LEFT
