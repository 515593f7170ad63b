"""A file of INSEE as it was downloaded: the CSV itself, or the archive that holds it.

An archive is read in memory, within bounds; nothing of it is written to disk.
"""

import zipfile
import zlib
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path, PurePosixPath

from mutualis.domain.problems.problem import Problem, Source
from mutualis.files.tables.text import MOST_BYTES, TextFile, decode, read_bytes

_ZIP, _OLD_WORKBOOK = b"PK", b"\xd0\xcf\x11\xe0"
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)


def read_insee(path: Path, member: str) -> TextFile | Problem:
    """The text of a file, or of the one named `member` in an archive.

    A * in `member` stands for any text, such as a year.
    """
    data = read_bytes(path.parent, path.name)
    if isinstance(data, Problem):
        return data
    if data.startswith(_OLD_WORKBOOK):
        return _problem(path.name, member, "c'est un classeur Excel")
    if not data.startswith(_ZIP):
        return decode(path.name, data)
    try:
        return _unpacked(path.name, data, member)
    except (RuntimeError, NotImplementedError):  # what zipfile raises for a password, a method
        return _problem(path.name, member, "l'archive est protégée ou compressée autrement")
    except _UNREADABLE:
        return _problem(path.name, member, "l'archive est abîmée ou incomplète")


def _unpacked(name: str, data: bytes, member: str) -> TextFile | Problem:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = [info for info in archive.infolist() if not info.is_dir()]
        found = _members(names, member.lower())
        if not found:
            if any(info.filename == "[Content_Types].xml" for info in names):
                return _problem(name, member, "c'est un classeur Excel")
            return _problem(name, member, f"l'archive ne contient pas {member}")
        if len(found) > 1:
            return _problem(name, member, f"l'archive contient {len(found)} fichiers {member}")
        info = found[0]
        if info.file_size > MOST_BYTES:
            return _problem(name, member, f"{member} est bien plus gros que celui de l'INSEE")
        with archive.open(info) as file:
            text = file.read(MOST_BYTES + 1)  # a size that lies is not believed
        if len(text) > MOST_BYTES:
            return _problem(name, member, f"{member} est bien plus gros que celui de l'INSEE")
        return decode(f"{name}/{PurePosixPath(info.filename).name}", text)


def _members(names: list[zipfile.ZipInfo], member: str) -> list[zipfile.ZipInfo]:
    """Those of that very name, else those whose name ends so: meta_donnees_communes.csv is another
    file. What macOS lays beside each file under its name is none."""
    own = [(info, PurePosixPath(info.filename.lower())) for info in names]
    files = [(i, p) for i, p in own if "__macosx" not in p.parts and not p.name.startswith("._")]
    exact = [info for info, path in files if fnmatch(path.name, member)]
    return exact or [info for info, path in files if fnmatch(path.name, f"*{member}")]


def _problem(name: str, member: str, what: str) -> Problem:
    return Problem("N02", Source(name), {"what": what, "expected": member})
