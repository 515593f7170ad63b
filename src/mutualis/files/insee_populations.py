"""INSEE's donnees_communes.csv: the populations of every commune, alone or in the zip."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mutualis.domain.names import fold
from mutualis.domain.problems import Problem, Source
from mutualis.files import cells
from mutualis.files.csv_table import header_of, read_table
from mutualis.files.table import Cell, Row
from mutualis.files.text import TextFile, decode, read_bytes

MEMBER = "donnees_communes.csv"
WHERE = "www.insee.fr, chercher « populations de référence », fichier donnees_communes.csv"
_ZIP = b"PK\x03\x04"
_MOST_BYTES = 100_000_000
# Two layouts: COM is the name in the first one, the whole code in the second.
_NAMED = ("CODDEP", "CODCOM", "COM", "PMUN", "PTOT")
_CODED = ("COM", "Commune", "PMUN", "PTOT")


@dataclass(frozen=True, slots=True)
class InseeCommune:
    code_insee: str
    name: str
    municipal_population: int
    total_population: int


def read_populations(path: Path) -> tuple[Mapping[str, InseeCommune], list[Problem]]:
    """The communes of the file by code, and what is wrong with it."""
    file = _text(path)
    if isinstance(file, Problem):
        return {}, [file]
    titles = {fold(title) for title in header_of(file.text).replace(",", ";").split(";")}
    is_coded = fold("Commune") in titles
    table = read_table(file, _CODED if is_coded else _NAMED)
    problems = list(table.problems)
    found: dict[str, InseeCommune] = {}
    for row in table.rows:
        commune, wrong = _commune(row, is_coded=is_coded)
        problems.extend(wrong)
        if commune is not None:
            found.setdefault(commune.code_insee, commune)
    return found, problems


def _commune(row: Row, *, is_coded: bool) -> tuple[InseeCommune | None, list[Problem]]:
    named = "Commune" if is_coded else "COM"
    code = cells.insee_code(_code(row, is_coded=is_coded))
    name: str | Problem = Problem("C15", row[named].source, {"row": "la commune", "column": named})
    if row[named].text:
        name = cells.read(row[named], cells.text)
    municipal = cells.read(row["PMUN"], cells.whole_number)
    total = cells.read(row["PTOT"], cells.whole_number)
    if (
        isinstance(code, Problem)
        or isinstance(name, Problem)
        or isinstance(municipal, Problem)
        or isinstance(total, Problem)
    ):
        read = (code, name, municipal, total)
        return None, [value for value in read if isinstance(value, Problem)]
    return InseeCommune(code, name, municipal, total), []


def _code(row: Row, *, is_coded: bool) -> Cell:
    """The whole code, with the zeros that Excel takes away."""
    if is_coded:
        return Cell(row["COM"].text.zfill(5), row["COM"].source)
    # Overseas, the department has three characters and the whole code still five.
    department, rank = row["CODDEP"].text.zfill(2), row["CODCOM"].text.zfill(3)
    return Cell(department + rank[len(department) - 2 :], row["CODCOM"].source)


def _text(path: Path) -> TextFile | Problem:
    data = read_bytes(path.parent, path.name)
    if isinstance(data, Problem):
        return data
    if not data.startswith(_ZIP):
        return decode(path.name, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = (item for item in archive.infolist() if _is_wanted(item))
            wanted = next(members, None)
            if wanted is None:
                why = f"l'archive ne contient pas {MEMBER}"
                return Problem("A07", Source(path.name), {"why": why})
            return decode(f"{path.name}/{MEMBER}", archive.read(wanted))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        return Problem("A07", Source(path.name), {"why": "l'archive est abîmée"})


def _is_wanted(item: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(item.filename).name.lower()
    return name == MEMBER and item.file_size <= _MOST_BYTES
