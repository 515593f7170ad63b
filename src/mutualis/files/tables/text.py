"""The bytes of a file, and its text: UTF-8 or UTF-16, else Windows-1252 with a warning."""

import errno
import os
import stat
from pathlib import Path

from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.value import Struct
from mutualis.files.tables.readings import windows_1252

BOM = b"\xef\xbb\xbf"
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
WORKBOOKS = (".xlsx", ".ods")
PROPOSED = "-propose.xlsx"  # the end of the name of a table made to take the place of a workbook
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MOST_BYTES = 64 * 2**20  # INSEE's largest table is under 3 MB
_KINDS = {
    stat.S_IFIFO: "un tube nommé",
    stat.S_IFCHR: "un périphérique",
    stat.S_IFBLK: "un périphérique",
    stat.S_IFSOCK: "une prise réseau",
}
_GONE = (errno.ENOENT, errno.ENOTDIR)


class TextFile(Struct, frozen=True):
    """`name` is the path shown to people, relative to the workspace, with slashes."""

    name: str
    text: str
    problems: tuple[Problem, ...] = ()


def is_present(path: Path) -> bool:
    """Whether something has this name, a broken link too: what cannot be read is not absent."""
    return os.path.lexists(path)


def names_in(root: Path, folder: str) -> list[str] | Problem:
    """The names in a folder, in order; none where it is not there, or why it cannot be read."""
    if not is_present(root / folder):
        return []
    try:
        return sorted(path.name for path in (root / folder).iterdir())
    except OSError as error:
        return _unreadable(root, folder, error)


def read_bytes(root: Path, name: str) -> bytes | Problem:
    """The bytes of the plain file `name` under `root`, or why they cannot be read.

    What is no plain file is never opened: a pipe would wait for ever, a device never end.
    """
    path = root / name
    try:
        status = path.stat()
        kind = stat.S_IFMT(status.st_mode)
        if kind == stat.S_IFDIR:
            return Problem("A07", Source(name), {"why": "un dossier porte ce nom"})
        if kind != stat.S_IFREG:
            return Problem("A08", Source(name), {"what": _KINDS.get(kind, "autre chose")})
        if status.st_size > MOST_BYTES:
            return too_big(name, status.st_size)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return _unreadable(root, name, error)
    return too_big(name, len(data)) if len(data) > MOST_BYTES else data


def too_big(name: str, size: int, most: int = MOST_BYTES) -> Problem:
    """A10, for a file or what it unpacks to."""
    facts = {"size": str(-(-size // 2**20)), "most": str(most // 2**20)}
    return Problem("A10", Source(name), facts)


def _unreadable(root: Path, name: str, error: OSError) -> Problem:
    path = root / name
    if error.errno == errno.ELOOP:
        return Problem("A09", Source(name), {"what": "un lien qui tourne en rond"})
    if error.errno in _GONE and path.is_symlink():
        return Problem("A09", Source(name), {"what": "un lien vers un fichier qui n'existe pas"})
    if error.errno in _GONE and not is_present(path):
        return Problem("A03", Source(name), {"folder": str(root.resolve())})
    if isinstance(error, PermissionError):
        return Problem("A11", Source(name))
    return Problem("A07", Source(name), {"why": f"erreur {error.errno} du système"})


def read_text(root: Path, name: str) -> TextFile | Problem:
    """The text of a table of `root`."""
    data = read_bytes(root, name)
    if isinstance(data, Problem):
        return data
    if data.startswith(_PACKED):
        return Problem("C04", Source(name))
    if not _is_text(data):
        return Problem("C03", Source(name))
    return decode(name, data)


def without_mark(data: bytes) -> bytes:
    """The bytes after a byte-order mark."""
    for mark in (BOM, *_UTF16):
        data = data.removeprefix(mark)
    return data


def encoding_of(data: bytes) -> str:
    """utf-16 by its mark, utf-8 where the bytes are; else cp1252, which reads nearly anything and
    so comes last."""
    if data[:2] in _UTF16:
        return _UTF16[data[:2]]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _is_text(data: bytes) -> bool:
    """Whether the bytes are a text: no NUL, which UTF-16 without its mark is full of."""
    try:
        return "\0" not in without_mark(data).decode(encoding_of(data))
    except UnicodeDecodeError:  # UTF-16 cut short, or bytes that Windows-1252 does not have
        return encoding_of(data) == "cp1252" and b"\0" not in data


def decode(name: str, data: bytes) -> TextFile:
    """The text without its byte-order mark; a Windows-1252 file says what it was read as."""
    encoding = encoding_of(data)
    if encoding != "cp1252":
        return TextFile(name, without_mark(data).decode(encoding, errors="replace"))
    text = windows_1252(without_mark(data))
    sample = next((word for word in text.replace(";", " ").split() if not word.isascii()), "")
    return TextFile(name, text, (Problem("C01", Source(name), {"sample": sample}),))
