"""data/requests.csv: one request of a commune a row; a workspace may do without it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from mutualis.domain.french.names import fold, nearest
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.quotes.quote import MOST_HALF_DAYS
from mutualis.domain.requests.request import FILE as NAME
from mutualis.domain.requests.request import Request, Requests, RequestState
from mutualis.files.tables import cells
from mutualis.files.tables.input_table import is_there, read_input
from mutualis.files.tables.row_reader import RowReader, total_row
from mutualis.files.tables.table import Cell, CellPlaces, FileRow

HALF_DAYS = "demi_journees_"
_ALIKE = "demi_jour*"  # what is a column of half-days, whatever its category
_NEEDED = ("id", "date", "commune", "projet")
REQUIRED = (*_NEEDED, "service", "direction")
_FREE = ("projet", "service", "dispositif_departemental", "source")
OPTIONAL = ("echeance_souhaitee", "dispositif_departemental", "etat", "source")


def read_requests(
    root: Path, categories: Sequence[str] | None
) -> tuple[Requests | None, list[Problem]]:
    """The requests of the file; None when there is none.

    `categories` are those of the grids, None when nobody could read them: half-days are then left
    aside.
    """
    if not is_there(root, NAME):
        return None, []
    given = _half_day_columns(categories or ())
    name, table = read_input(root, NAME, REQUIRED, (*given.values(), *OPTIONAL, _ALIKE))
    problems = list(table.problems)
    if categories is not None and table.rows:
        problems.extend(_wrong_categories(name, table.rows, given))
    requests: list[Request] = []
    for row in table.rows:
        request, wrong = _request(row, given)
        problems.extend(wrong)
        if request is not None:
            requests.append(request)
    problems.extend(_doubles(requests))
    return Requests.of(requests), problems


def columns(categories: Iterable[str]) -> tuple[str, ...]:
    """The titles of a whole file, as they are to be written."""
    return (*REQUIRED, *_half_day_columns(categories).values(), *OPTIONAL)


def _half_day_columns(categories: Iterable[str]) -> Mapping[str, str]:
    """The column of each category: demi_journees_a."""
    return {category: f"{HALF_DAYS}{category.lower()}" for category in categories}


def _wrong_categories(
    name: str, rows: Sequence[FileRow], given: Mapping[str, str]
) -> Iterator[Problem]:
    """R17 for half-days in a column of no category, C06 where no category has its column.

    An empty column is only told when it resembles one that is missing (C23).
    """
    known = columns(given)
    strangers = [title for title in rows[0].columns if title not in known]
    missing = [column for column in given.values() if column not in rows[0].columns]
    if given and len(missing) == len(given) and not strangers:
        facts = {"column": missing[0], "guess": "", "how": f"ajouter une colonne « {missing[0]} »."}
        yield Problem("C06", Source(name, 1), facts)
    for title in strangers:
        close = nearest(title, missing, limit=1)
        filled = next((row[title] for row in rows if row[title].text), None)
        if filled is not None:
            facts = {
                "column": title,
                "known": ", ".join(given) or "aucune",
                "guess": f" Vouliez-vous dire « {close[0]} » ?" if close else "",
            }
            yield Problem("R17", filled.source, facts)
        elif close:
            yield Problem("C23", Source(name, 1), {"column": title, "guess": close[0]})


def _request(row: FileRow, given: Mapping[str, str]) -> tuple[Request | None, list[Problem]]:
    total = total_row(row, apart=_FREE)
    if total is not None:
        return None, [total]
    reader = RowReader(row, _NEEDED, row["id"].text)
    name = reader.read("id", lambda cell: cells.number_given(cell, "demande"))
    received = reader.read("date", cells.day)
    commune = reader.read("commune", cells.text)
    project = reader.read("projet", cells.text)
    service = reader.text("service")
    directorate = reader.text("direction")
    days = {key: reader.read(column, _half_days) for key, column in given.items()}
    wished = reader.read("echeance_souhaitee", cells.day)
    scheme = reader.text("dispositif_departemental")
    state = reader.read("etat", _state)
    origin = reader.text("source")
    if name is None or received is None or commune is None or project is None or reader.problems:
        return None, reader.problems
    request = Request(
        id=name.upper(),
        received=received,
        commune=commune,
        project=project,
        service=service,
        directorate=directorate,
        half_days={key: value for key, value in days.items() if value},
        wished=wished,
        scheme=scheme,
        state=state or RequestState.TO_RANK,
        origin=origin,
        source=row["id"].source,
        sources=CellPlaces(row),
    )
    return request, []


def _half_days(cell: Cell) -> int | Problem:
    value = cells.whole_number(cell, "un nombre entier de demi-journées")
    if isinstance(value, int) and value > MOST_HALF_DAYS:
        what = f"un nombre de demi-journées d'au plus {MOST_HALF_DAYS}"
        return Problem("C13", cell.source, {"value": cell.text[:40], "what": what, "guess": ""})
    return value


def _state(cell: Cell) -> RequestState | Problem:
    for state in RequestState:
        if fold(cell.text) == fold(state):
            return state
    known = ", ".join(RequestState)
    facts = {"value": cell.text[:40], "column": "etat", "known": known}
    return Problem("C21", cell.source, facts)


def _doubles(requests: Iterable[Request]) -> Iterator[Problem]:
    """An identifier given twice: explanations and decisions name a request by it alone."""
    seen: dict[str, Request] = {}
    for request in requests:
        other = seen.setdefault(request.id, request)
        if other is not request:
            facts = {"id": request.id, "line": str(other.source.line)}
            yield Problem("R02", request.source, facts)
