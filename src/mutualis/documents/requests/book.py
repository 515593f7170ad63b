"""The decision of the prioritisation body as a workbook: summary, ranking, refusals, calendar."""

from collections.abc import Sequence
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.sheet import page, put, put_row, put_wide, widths
from mutualis.documents.requests.lists import (
    write_calendar,
    write_notes,
    write_ranking,
    write_refused,
)
from mutualis.documents.wording import requests as words
from mutualis.documents.wording.parties import marked
from mutualis.documents.wording.ranking import formula
from mutualis.domain.french.typography import number
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.ranking import Departure, Outcome, Session

_COLUMNS = (26.0, 12.0, 44.0, 26.0)
_LAST = len(_COLUMNS)


def render_meeting(meeting: Meeting) -> bytes:
    """The .xlsx of what a meeting decided, from the register's record alone."""
    title = words.meeting_title(meeting)
    return _render(
        meeting.session,
        meeting.outcome,
        meeting.issuer,
        title,
        made_on=meeting.act.day,
        meeting=meeting,
    )


def render_draft(session: Session, outcome: Outcome, issuer: Issuer, made_on: date) -> bytes:
    """The .xlsx of a ranking that no meeting has seen, marked PROJET."""
    return _render(session, outcome, issuer, words.draft_title(session), made_on=made_on)


def _render(
    session: Session,
    outcome: Outcome,
    issuer: Issuer,
    title: str,
    *,
    made_on: date,
    meeting: Meeting | None = None,
) -> bytes:
    book = new_book(issuer.name, title, made_on, mark=marked(issuer))
    state = "" if meeting else f" - {words.DRAFT}"
    sheet = add_sheet(book, "Décision" if meeting else words.DRAFT)
    _write_summary(sheet, session, outcome, issuer, title, made_on, meeting)
    foot = words.examples(session)
    departures = meeting.departures if meeting else ()
    write_ranking(add_sheet(book, "Classement"), outcome, departures, f"{title}{state}", foot)
    write_notes(add_sheet(book, "Notes"), session, outcome, f"{title}{state}", foot)
    write_refused(add_sheet(book, "Non planifiées"), outcome, departures, f"{title}{state}", foot)
    write_calendar(add_sheet(book, "Calendrier"), session, outcome, f"{title}{state}", foot)
    return save(book)


def _write_summary(
    sheet: Worksheet,
    session: Session,
    outcome: Outcome,
    issuer: Issuer,
    title: str,
    made_on: date,
    meeting: Meeting | None,
) -> None:
    widths(sheet, _COLUMNS)
    put(sheet, 1, 1, issuer.name, "intertitre")
    if meeting is None:
        put(sheet, 1, _LAST, words.DRAFT, "tampon")
    sheet.row_dimensions[1].height = 28
    put(sheet, 2, 1, title, "titre")
    sheet.row_dimensions[2].height = 28
    row = 3
    for text in words.state(session, made_on, meeting):
        put_wide(sheet, row, 1, _LAST, text, "paragraphe")
        row += 1
    notice = words.examples(session)
    if notice:
        put_wide(sheet, row + 1, 1, _LAST, notice, "alerte", 20)
        row += 2
    row += 1
    put(sheet, row, 1, words.tally(outcome), "gras")
    row += 2
    if meeting is not None:
        for heading, names in words.present(meeting):
            row = _present(sheet, row, heading, names)
        row = _departures(sheet, row, meeting.departures)
    row = _criteria(sheet, row, session)
    for text in words.rules():
        put_wide(sheet, row, 1, _LAST, text, "paragraphe")
        row += 1
    page(sheet, title="", one_page=False, footer=f"{issuer.name} - {title}")


def _present(sheet: Worksheet, row: int, heading: str, names: Sequence[str]) -> int:
    put(sheet, row, 1, heading, "intertitre")
    for name in names:
        row += 1
        put_wide(sheet, row, 1, _LAST, name, "paragraphe")
    return row + 2


def _departures(sheet: Worksheet, row: int, departures: Sequence[Departure]) -> int:
    put(sheet, row, 1, "Décisions qui s'écartent du classement", "intertitre")
    row += 1
    if not departures:
        put(sheet, row, 1, "aucune : le classement est suivi", "corps")
        return row + 2
    put_row(sheet, row, ("Demande", "Décision", "Raison", None), ("tête gauche",) * _LAST)
    for departure in departures:
        row += 1
        put(sheet, row, 1, departure.request, "cellule longue")
        put_wide(sheet, row, 2, 2, words.choice(departure), "cellule longue")
        put_wide(sheet, row, 3, _LAST, departure.reason, "cellule longue")
    return row + 2


def _criteria(sheet: Worksheet, row: int, session: Session) -> int:
    put(sheet, row, 1, "Critères", "intertitre")
    row += 1
    styles = ("tête gauche", "tête", "tête gauche", "tête gauche")
    put_row(sheet, row, ("Critère", "Poids", "Note", "Acte"), styles)
    for criterion in session.criteria.criteria:
        row += 1
        put(sheet, row, 1, criterion.label, "cellule longue")
        put(sheet, row, 2, number(criterion.weight), "cellule centrée")
        text = formula(criterion) if criterion.is_active else "sans effet : poids 0"
        put_wide(sheet, row, 3, 3, text, "cellule longue")
        put_wide(sheet, row, 4, 4, words.adopted(criterion), "cellule longue")
    return row + 2
