"""Streams that never fail for want of a character, whatever the console's encoding, nor for being
closed; and what to say when the system refuses what is written."""

import codecs
import errno
import os
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from mutualis.domain.problems.refusals import NotWritten

_LIKE = {
    "€": "EUR",
    "→": "->",
    "…": "...",
    "×": "x",
    "’": "'",
    "–": "-",
    "—": "-",
    "œ": "oe",
    "Œ": "OE",
    "«": '"',
    "»": '"',
    "\u00a0": " ",
    "\u202f": " ",
    "\u2212": "-",
    "°": "o",
    "½": "1/2",
    "≥": ">=",
    "≤": "<=",
}


_WHY = {
    errno.ENOSPC: "le disque est plein",
    errno.EACCES: "accès refusé",
    errno.EIO: "erreur du disque",
}


def make_safe() -> None:
    """A character that the console lacks is written as the nearest one that it has."""
    _open_closed()
    codecs.register_error("mutualis", _nearest)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="mutualis")


def _open_closed() -> None:
    """A stream that was closed is the null device: no file that is opened next takes its place."""
    for fd, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null != fd:
                os.dup2(null, fd)
                os.close(null)
            setattr(sys, name, open(fd, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


@contextmanager
def showing() -> Iterator[None]:
    """Raises NotWritten where the answer cannot be shown; who only stopped reading is left so."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NotWritten("files.not_shown", error=_why(error)) from error


def flush() -> None:
    """What is shown has left this process; raises NotWritten where it cannot."""
    with showing():
        sys.stdout.flush()


def let_go() -> None:
    """What cannot be shown is given up: the interpreter would try again, and fail its own way."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, stream.fileno())
            os.close(null)


def system_error(error: OSError) -> NotWritten:
    """What the system refused elsewhere than where the program expects it."""
    why = _why(error)
    if error.filename is not None:
        why = f"{error.filename} : {why}"
    return NotWritten("files.system_refused", error=why, temporary=_temporary())


def _why(error: OSError) -> str:
    return _WHY.get(error.errno or 0, f"erreur {error.errno} du système")


def _temporary() -> str:
    try:
        return tempfile.gettempdir()
    except OSError:
        return os.environ.get("TMPDIR", "introuvable")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_ascii(char) for char in text), error.end


def _ascii(char: str) -> str:
    if char in _LIKE:
        return _LIKE[char]
    base = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return base or "?"
