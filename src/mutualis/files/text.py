"""The bytes of a file, and its text: UTF-8, else Windows-1252 with a warning."""

from dataclasses import dataclass
from pathlib import Path

from mutualis.domain.problems import Problem, Source

BOM = b"\xef\xbb\xbf"
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
    return decode(name, data)


def without_mark(data: bytes) -> bytes:
    return data.removeprefix(BOM)


def encoding_of(data: bytes) -> str:
    """utf-8 where the bytes are, else cp1252, which reads nearly anything and so comes second."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decode(name: str, data: bytes) -> TextFile:
    """The text without its byte-order mark; a Windows-1252 file says what it was read as."""
    encoding = encoding_of(data)
    text = without_mark(data).decode(encoding, errors="replace")
    if encoding == "utf-8":
        return TextFile(name, text)
    sample = next((word for word in text.replace(";", " ").split() if not word.isascii()), "")
    return TextFile(name, text, (Problem("C01", Source(name), {"sample": sample}),))
