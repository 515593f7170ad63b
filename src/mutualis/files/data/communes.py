"""data/communes.csv: one commune in one year a row."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from mutualis.domain.communes.communes import Communes, CommuneYear, Settlement, disjoint
from mutualis.domain.french.names import fold
from mutualis.domain.french.typography import short_date
from mutualis.domain.problems.problem import Problem
from mutualis.files.tables import cells
from mutualis.files.tables.input_table import parse_input, read_input
from mutualis.files.tables.row_reader import RowReader, total_row
from mutualis.files.tables.table import Cell, FileRow, Table
from mutualis.progress import Task, each

NAME = "data/communes.csv"
REQUIRED = (
    "annee",
    "code_insee",
    "commune",
    "siren",
    "population_municipale",
    "population_totale",
    "niveau",
)
OPTIONAL = (
    "date_debut",
    "date_fin",
    "reglement",
    "source_niveau",
    "date_source",
    "siret",
    "code_service",
    "engagement",
    "code_tiers",
    "adresse",
    "code_postal",
    "ville",
    "courriel",
    "potentiel_financier",
)
_DAYS = ("date_debut", "date_fin", "date_source")
_TEXTS = ("adresse", "ville", "code_service", "engagement", "code_tiers")
RETIRED = ("successeur",)  # what movements.csv says now; an empty column is left alone
_MAY_BE_EMPTY = ("siren", "niveau")  # B15 asks for the SIREN of who is billed
_NEEDED = tuple(column for column in REQUIRED if column not in _MAY_BE_EMPTY)


def read_communes(root: Path) -> tuple[Communes, list[Problem]]:
    """The communes of communes.csv, or of communes.xlsx in its place."""
    return _communes(*read_input(root, NAME, REQUIRED, (*OPTIONAL, *RETIRED)))


def parse_communes(name: str, data: bytes) -> tuple[Communes, list[Problem]]:
    """The communes of bytes that may not be in the file `name` yet."""
    return _communes(name, parse_input(name, data, REQUIRED, (*OPTIONAL, *RETIRED)))


def _communes(name: str, table: Table) -> tuple[Communes, list[Problem]]:
    problems = list(table.problems)
    rows: list[CommuneYear] = []
    for row in each(Task.COMMUNES, table.rows, len(table.rows)):
        commune, wrong = _commune(row)
        problems.extend(wrong)
        if commune is not None:
            rows.append(commune)
    problems.extend(_overlaps(rows))
    problems.extend(_renamed(rows))
    return Communes.of(rows, name), problems


def _commune(row: FileRow) -> tuple[CommuneYear | None, list[Problem]]:
    total = total_row(row)
    if total is not None:
        return None, [total]
    reader = RowReader(row, _NEEDED, row.text("commune"))
    year = reader.read("annee", cells.year)
    code = reader.read("code_insee", cells.insee_code)
    name = reader.read("commune", cells.text)
    siren = reader.read("siren", cells.siren)
    municipal = reader.read("population_municipale", cells.whole_number)
    total_population = reader.read("population_totale", cells.whole_number)
    start, end, level_day = (reader.read(column, cells.day) for column in _DAYS)
    settlement = reader.read("reglement", settlement_of)
    siret = reader.read("siret", cells.siret)
    if siret and siren and not siret.startswith(siren):
        facts = {"siret": siret, "siren": siren}
        reader.problems.append(Problem("C26", row.place("siret"), facts))
    level = reader.text("niveau")
    address, city, service, commitment, debtor = (reader.text(column) for column in _TEXTS)
    reader.problems.extend(_retired(row, code, name, year, end))
    potential = reader.read("potentiel_financier", cells.money)
    if (
        year is None
        or code is None
        or name is None
        or municipal is None
        or total_population is None
        or reader.problems
    ):
        return None, [*reader.warnings, *reader.problems]
    commune = CommuneYear(
        year=year,
        code_insee=code,
        name=name,
        siren=siren or "",
        municipal_population=municipal,
        total_population=total_population,
        level=level.upper(),
        source=row.place("code_insee"),
        level_at=row.place("niveau"),
        start=start,
        end=end,
        settlement=settlement or Settlement.TITRE,
        level_source=row.text("source_niveau"),
        siret=siret or "",
        service_code=service,
        commitment=commitment,
        address=address,
        postal_code=row.text("code_postal"),
        city=city,
        financial_potential=potential,
        debtor_code=debtor,
        level_day=level_day,
    )
    first, last = commune.first_day, commune.last_day
    if first > last or first.year != year or last.year != year:
        source = row.place("date_debut" if start else "date_fin")
        facts = {"start": short_date(first), "end": short_date(last), "year": str(year)}
        return None, [*reader.warnings, Problem("C22", source, facts)]
    return commune, reader.warnings


def settlement_of(cell: Cell) -> Settlement | Problem:
    for settlement in Settlement:
        if fold(cell.text) == fold(settlement):
            return settlement
    facts = {"value": cell.text[:40], "column": "reglement", "known": "titre, AC"}
    return Problem("C21", cell.source, facts)


def _overlaps(rows: Iterable[CommuneYear]) -> list[Problem]:
    """A second row of a commune in a year whose period overlaps an earlier one's."""
    seen: dict[tuple[int, str], list[CommuneYear]] = {}
    problems = []
    for row in rows:
        earlier = seen.setdefault((row.year, row.code_insee), [])
        clash = next((other for other in earlier if not disjoint([other, row])), None)
        if clash is not None:
            facts = {
                "code": row.code_insee,
                "commune": row.name,
                "year": str(row.year),
                "line": str(clash.source.line),
                "detail": _difference(clash, row),
            }
            problems.append(Problem("C16", row.source, facts))
        earlier.append(row)
    return problems


def _renamed(rows: Iterable[CommuneYear]) -> Iterator[Problem]:
    """A code that goes with another name than the year before."""
    last: dict[str, CommuneYear] = {}
    for row in sorted(rows, key=lambda row: row.year):
        before = last.get(row.code_insee)
        if before is not None and fold(before.name) != fold(row.name):
            facts = {
                "code": row.code_insee,
                "name": row.name,
                "year": str(row.year),
                "other": before.name,
                "other_year": str(before.year),
            }
            yield Problem("C17", row.source, facts)
        last[row.code_insee] = row


def _difference(one: CommuneYear, other: CommuneYear) -> str:
    different = []
    if one.municipal_population != other.municipal_population:
        different.append(f"populations {one.municipal_population} et {other.municipal_population}")
    if one.level != other.level:
        different.append(f"niveaux « {one.level} » et « {other.level} »")
    return f" ({', '.join(different)})" if different else ""


def _retired(
    row: FileRow, code: str | None, name: str | None, year: int | None, end: date | None
) -> Iterator[Problem]:
    """M12, with the row of movements.csv that says what the old column said: the day after the
    last one of the commune."""
    heir = row.text("successeur")
    if heir and year is not None:
        day = (date(year, 12, 31) if end is None else end) + timedelta(days=1)
        said = f"{day.isoformat()};fusion;{code or ''};{name or ''};{heir};;"
        yield Problem("M12", row.place("successeur"), {"row": said})
