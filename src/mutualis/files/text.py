"""The bytes of a file as text: UTF-8, else Windows-1252 with a warning."""

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


def read_text(root: Path, name: str) -> TextFile | Problem:
    """Read `name` under `root`."""
    path = root / name
    try:
        data = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return Problem("A03", Source(name), {"folder": str(root.resolve())})
    if data.startswith(_WORKBOOKS):
        return Problem("C04", Source(name))
    return decode(name, data)


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
    text = data.removeprefix(BOM).decode(encoding, errors="replace")
    if encoding == "utf-8":
        return TextFile(name, text)
    sample = next((word for word in text.replace(";", " ").split() if not word.isascii()), "")
    return TextFile(name, text, (Problem("C01", Source(name), {"sample": sample}),))
