"""INSEE's donnees_communes.csv: the populations of every commune, alone or in the zip."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mutualis.domain.names import fold
from mutualis.domain.problems import Problem, Source
from mutualis.files import cells
from mutualis.files.csv_table import Row, header_of, read_table
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
        commune = _commune(row, is_coded=is_coded)
        if isinstance(commune, InseeCommune):
            found.setdefault(commune.code_insee, commune)
        else:
            problems.append(commune)
    return found, problems


def _commune(row: Row, *, is_coded: bool) -> InseeCommune | Problem:
    if is_coded:
        code, name = row["COM"].text, row["Commune"].text
    else:
        # Overseas, the department has three characters and the whole code still five.
        department, rank = row["CODDEP"].text.zfill(2), row["CODCOM"].text.zfill(3)
        code, name = (department + rank[len(department) - 2 :]), row["COM"].text
    municipal = cells.read(row["PMUN"], cells.whole_number)
    total = cells.read(row["PTOT"], cells.whole_number)
    if isinstance(municipal, Problem):
        return municipal
    if isinstance(total, Problem):
        return total
    return InseeCommune(code.zfill(5).upper(), name, municipal, total)


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
