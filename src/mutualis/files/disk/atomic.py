"""Files put in place whole: written aside, flushed to the disk, then renamed over the old one."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from mutualis.domain.problems.refusals import NotWritten
from mutualis.files.disk import aside as asides
from mutualis.files.disk.targets import check_output, check_plain

_CODES = {
    errno.ENOSPC: "files.disk_full",
    errno.EROFS: "files.read_only",
    errno.EEXIST: "files.no_folder",
    errno.ENOTDIR: "files.no_folder",
    errno.EISDIR: "files.is_a_folder",
    errno.ENAMETOOLONG: "files.name_too_long",
}


def write(path: Path, data: bytes) -> Path:
    """Write a document at `path`, creating its folder, and return it; raises NotWritten and leaves
    the old file, Refusal for what no document may be written over."""
    check_output(path)
    return write_data(path, data)


def write_data(path: Path, data: bytes) -> Path:
    """The same for a file of data, from a command that edits it."""
    check_plain(path)
    try:
        put(path, data)
    except OSError as error:
        raise not_written(path, error) from error
    return path


def put(path: Path, data: bytes, *, new: bool = False) -> None:
    """What `write` does; an error of the system is left to who knows the file by another name.

    Raises FileExistsError where the file is to be `new` and is there.
    """
    aside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        asides.sweep(path.parent)
        handle, name = tempfile.mkstemp(asides.SUFFIX, asides.prefix(), path.parent)
        aside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask())
        if new:
            _take(path, aside)
        aside.replace(path)  # two names of one file: this leaves both
    finally:
        if aside is not None:
            asides.remove(aside)
    _flush_folder(path.parent)


def write_new(path: Path, data: bytes) -> Path:
    """Write `data` at `path`, or at the first free name after it (-2, -3…); returns that name.

    Two programs never write the same one.
    """
    candidate, rank = path, 2
    while True:
        try:
            check_output(candidate)
            put(candidate, data, new=True)
        except FileExistsError as error:
            if not candidate.exists():  # it is a folder of the path that is a file
                raise not_written(candidate, error) from error
            candidate = path.with_name(f"{path.stem}-{rank}{path.suffix}")
            rank += 1
        except OSError as error:
            raise not_written(candidate, error) from error
        else:
            return candidate


def _take(path: Path, aside: Path) -> None:
    """Give a whole file a name that nobody else has taken."""
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # this disk knows no links
        path.open("xb").close()


def not_written(path: Path, error: OSError) -> NotWritten:
    """What an error of the system means for the file that was to be written."""
    code = _CODES.get(error.errno or 0)
    if code is not None:
        return NotWritten(code, path=str(path))
    if isinstance(error, PermissionError):
        lock = path.with_name(f"~${path.name}")  # what Excel puts beside a workbook that it opens
        if lock.exists():
            return NotWritten("files.open_in_excel", path=str(path), lock=lock.name)
        return NotWritten("files.held", path=str(path))
    return NotWritten("files.system_error", path=str(path), number=error.errno or 0)


def umask() -> int:
    """The rights that a new file does not get."""
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


def probe(path: Path) -> None:
    """Raises NotWritten when `path` could not be written now, Refusal when it never may: tried
    before numbers are taken."""
    check_output(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        asides.sweep(path.parent)
        handle, name = tempfile.mkstemp(asides.SUFFIX, asides.prefix(), path.parent)
        os.close(handle)
        Path(name).unlink()
        if path.exists():  # Windows refuses to open what Excel holds
            path.open("r+b").close()
    except OSError as error:
        raise NotWritten("files.nothing_recorded", cause=not_written(path, error)) from error
