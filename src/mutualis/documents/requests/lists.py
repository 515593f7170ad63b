"""The lists of a decision: the ranking with its terms, the refusals, the months."""

from collections.abc import Callable, Iterator, Sequence

from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.columns import Column
from mutualis.documents.excel.listing import write_listing
from mutualis.documents.excel.sheet import Value, page, put_row, widths
from mutualis.documents.wording import requests as words
from mutualis.documents.wording.ranking import rounded
from mutualis.domain.requests.candidate import Term
from mutualis.domain.requests.criteria import Capacity, Criterion
from mutualis.domain.requests.ranking import Departure, Outcome, Ranked, Refused, Session

_CENTRED, _LONG = "cellule centrée", "cellule longue"
_MET = {True: "tenu", False: "dépassé", None: None}
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
    columns: list[Column[Ranked]] = [
        Column("Rang", lambda item: item.rank, 6, _CENTRED),
        Column("Rang par critères", lambda item: item.computed, 9, _CENTRED),
        Column("Demande", lambda item: item.candidate.request.id, 11),
        Column("Code INSEE", lambda item: item.candidate.code_insee, 8, _CENTRED),
        Column("Commune", lambda item: item.candidate.commune, 19, _LONG),
        Column("Projet", lambda item: item.candidate.request.project, 30, _LONG),
        Column("Direction", lambda item: item.candidate.request.directorate, 22, _LONG),
        Column("Demi-journées", lambda item: item.candidate.request.total, 9, _CENTRED),
        Column("Score sur 100", _score, 8, "score"),
        Column("Mois", words.months, 26, "calcul"),
        Column("Échéance atteignable", lambda item: item.attainable, 12, "date"),
        Column("Échéance souhaitée", lambda item: item.candidate.request.wished, 12, "date"),
        Column("Souhait", lambda item: _MET[item.is_met], 9, _CENTRED),
        Column("Décision de la séance", _said(departures), 26, _LONG),
    ]
    write_listing(sheet, columns, outcome.planned, title=title, footer=footer, freeze="Code INSEE")


def _said(departures: Sequence[Departure]) -> Callable[[Ranked | Refused], Value]:
    """What the body decided of a request, in words."""
    said = {d.request: f"{words.choice(d)} : {d.reason}" for d in departures}
    return lambda item: said.get(item.candidate.request.id)


def _score(item: Ranked | Refused) -> Value:
    return None if item.score is None else rounded(item.score * 100, 2)


def write_notes(
    sheet: Worksheet, session: Session, outcome: Outcome, title: str, footer: str
) -> None:
    """Every term of every request that has a score, planned or not, in order of the criteria."""
    columns: list[Column[Ranked | Refused]] = [
        Column("Rang par critères", lambda item: item.computed, 9, _CENTRED),
        Column("Demande", lambda item: item.candidate.request.id, 11),
        Column("Commune", lambda item: item.candidate.commune, 22, _LONG),
        Column("Date de la demande", lambda item: item.candidate.request.received, 12, "date"),
        *(column for criterion in session.criteria.active for column in _terms(criterion)),
        Column("Score sur 100", _score, 9, "score"),
    ]
    scored = [item for item in outcome.everyone if item.score is not None]
    scored.sort(key=lambda item: (item.computed is None, item.computed or 0))
    write_listing(sheet, columns, scored, title=title, footer=footer, freeze="Commune")


def _terms(criterion: Criterion) -> tuple[Column[Ranked | Refused], ...]:
    """The figure, the note and the points of one criterion."""

    def term(item: Ranked | Refused) -> Term:
        return next(term for term in item.terms if term.name == criterion.name)

    def figure(item: Ranked | Refused) -> Value:
        value = term(item).value
        return int(value) if value.denominator == 1 else rounded(value, 2)

    short = criterion.measure.short
    return (
        Column(f"{criterion.label} (x)", figure, 12, _CENTRED),
        Column(f"Note {short}", lambda item: rounded(term(item).note, 4), 11, "note chiffrée"),
        Column(f"Points {short}", lambda item: rounded(term(item).share * 100, 2), 11, "score"),
    )


def write_refused(
    sheet: Worksheet,
    outcome: Outcome,
    departures: Sequence[Departure],
    title: str,
    footer: str,
) -> None:
    """One row a request not planned: why, what the body decided of it, what can be done."""
    columns: list[Column[Refused]] = [
        Column("Demande", lambda item: item.candidate.request.id, 12),
        Column("Code INSEE", lambda item: item.candidate.code_insee, 8, _CENTRED),
        Column("Commune", lambda item: item.candidate.commune, 22, _LONG),
        Column("Projet", lambda item: item.candidate.request.project, 34, _LONG),
        Column("Rang par critères", lambda item: item.computed, 9, _CENTRED),
        Column("Pourquoi", lambda item: " ; ".join(x.text for x in item.reasons), 50, _LONG),
        Column("Décision de la séance", _said(departures), 30, _LONG),
        Column("La suite", lambda item: " ; ".join(x.remedy for x in item.reasons), 50, _LONG),
    ]
    write_listing(sheet, columns, outcome.refused, title=title, footer=footer, freeze="Code INSEE")


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
