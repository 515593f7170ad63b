"""The bytes of a file, and its text: UTF-8 or UTF-16, else Windows-1252 with a warning."""

from dataclasses import dataclass
from pathlib import Path

from mutualis.domain.problems.problem import Problem, Source

BOM = b"\xef\xbb\xbf"
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class TextFile:
    """`name` is the path shown to people, relative to the workspace, with slashes."""

    name: str
    text: str
    problems: tuple[Problem, ...] = ()


def read_bytes(root: Path, name: str) -> bytes | Problem:
    """The bytes of `name` under `root`, or why they cannot be read."""
    path = root / name
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Problem("A03", Source(name), {"folder": str(root.resolve())})
    except OSError:
        kind = "un dossier porte ce nom" if path.is_dir() else "fichier ouvert ailleurs ou protégé"
        return Problem("A07", Source(name), {"why": kind})


def read_text(root: Path, name: str) -> TextFile | Problem:
    """The text of a table of `root`."""
    data = read_bytes(root, name)
    if isinstance(data, Problem):
        return data
    if data.startswith(_WORKBOOKS):
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
    text = without_mark(data).decode(encoding, errors="replace")
    if encoding != "cp1252":
        return TextFile(name, text)
    sample = next((word for word in text.replace(";", " ").split() if not word.isascii()), "")
    return TextFile(name, text, (Problem("C01", Source(name), {"sample": sample}),))
