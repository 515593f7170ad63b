"""Files put in place whole: written aside, flushed to the disk, then renamed over the old one."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from mutualis.domain.refusals import NotWritten


def write(path: Path, data: bytes) -> None:
    """Write `data` at `path`, creating its folder; raises NotWritten and leaves the old file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            prefix=f".{path.stem[:40]}-", suffix=".tmp", dir=path.parent
        )
    except OSError as error:
        raise NotWritten(*_words(path, error)) from error
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        aside.replace(path)
    except OSError as error:
        raise NotWritten(*_words(path, error)) from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink()
    _flush_folder(path.parent)


def _words(path: Path, error: OSError) -> tuple[str, str]:
    if error.errno == errno.ENOSPC:
        return (
            f"Le disque est plein : {path} n'a pas été écrit.",
            "libérer de la place, puis relancer.",
        )
    if isinstance(error, PermissionError):
        return (
            f"{path} ne peut pas être remplacé : "
            "il est ouvert dans Excel, ou le dossier est protégé.",
            "fermer le fichier, puis relancer la même commande.",
        )
    return (
        f"{path} n'a pas pu être écrit ({error.strerror or error}).",
        "vérifier le dossier de sortie, ou en choisir un autre avec --out.",
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _flush_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
