"""A file of INSEE as it was downloaded: the CSV itself, or the archive that holds it.

An archive is read in memory, within bounds; nothing of it is written to disk.
"""

import zipfile
import zlib
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path, PurePosixPath

from mutualis.domain.problems.problem import Problem, Source
from mutualis.files.tables.text import TextFile, decode, read_bytes

MOST_BYTES = 64 * 2**20  # INSEE's largest table is under 3 MB
_ZIP, _OLD_WORKBOOK = b"PK", b"\xd0\xcf\x11\xe0"
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)


def read_insee(path: Path, member: str) -> TextFile | Problem:
    """The text of a file, or of the one whose name ends with `member` in an archive.

    A * in `member` stands for any text, such as a year.
    """
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        return _problem(path.name, member, "le fichier est bien plus gros que celui de l'INSEE")
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
        found = [info for info in names if fnmatch(info.filename.lower(), f"*{member.lower()}")]
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


def _problem(name: str, member: str, what: str) -> Problem:
    return Problem("N02", Source(name), {"what": what, "expected": member})
