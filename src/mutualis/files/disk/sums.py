"""SHA256SUMS: the fingerprints of a folder's files as they were written, for `sha256sum -c`.

They also tell a file that somebody changed since: it is kept, and the new one is put beside it.
"""

import contextlib
import hashlib
import re
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

from mutualis.domain.problems.refusals import NotWritten
from mutualis.files.disk import atomic
from mutualis.files.disk.targets import check_output

NAME = "SHA256SUMS"
BESIDE = "-reecrit"  # and -reecrit-2… where that one was changed too
_BESIDE = re.compile(rf"(.+){BESIDE}(?:-\d+)?")
_LINE = re.compile(r"^([0-9a-f]{64}) [ *](.+)$")


class Folder:
    """Puts files in place and notes the fingerprint of each one; `close` writes the list down.

    A file that is not put again keeps the fingerprint of the day it was written: one that was
    changed or removed since is seen.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sums = dict(_read(path / NAME))

    @property
    def is_empty(self) -> bool:
        return not self._sums

    def __contains__(self, file: Path) -> bool:
        return self._name(file) in self._sums

    def put(self, file: Path, data: bytes) -> Path:
        """Write a file again, or beside it when it is no longer what was written here; returns
        where. Raises NotWritten, and leaves the old file and its fingerprint; Refusal for what no
        document may be written over.
        """
        check_output(file)
        return self.replace(next(path for path in _names(file) if self._may_go(path, data)), data)

    def replace(self, file: Path, data: bytes) -> Path:
        """The same over whatever is there."""
        atomic.write(file, data)
        self.note(file, data)
        return file

    def note(self, file: Path, data: bytes) -> None:
        """What a file should hold."""
        self._sums[self._name(file)] = _sum(data)

    def close(self) -> Path:
        """Write the list; returns its path."""
        path = self._path / NAME
        lines = [f"{digest}  {name}\n" for name, digest in sorted(self._sums.items())]
        atomic.write(path, "".join(lines).encode())
        return path

    def _name(self, file: Path) -> str:
        """From the folder, with slashes; whole when it lies elsewhere."""
        path = file.resolve()
        with contextlib.suppress(ValueError):
            path = path.relative_to(self._path.resolve())
        return path.as_posix()

    def _may_go(self, file: Path, data: bytes) -> bool:
        """Whether nothing is lost when the file goes: it was written here, or is `data` itself."""
        if not file.is_file():
            return True
        try:
            found = _sum(file.read_bytes())
        except OSError as error:
            raise atomic.not_written(file, error) from error
        return found in (self._sums.get(self._name(file)), _sum(data))


def write(root: Path, file: Path, data: bytes) -> Path:
    """Put a file that may be written again in place, or beside one that was changed since; returns
    where. The list is that of the workspace's `out`. Raises NotWritten.
    """
    folder = Folder(root / "out")
    path = folder.put(file, data)
    with contextlib.suppress(NotWritten):  # the file is there; the next one then goes beside it
        folder.close()
    return path


def write_missing(root: Path, file: Path, data: bytes) -> Path:
    """Put a file that is not there, and note one that a run cut short has put without its
    fingerprint; one that holds anything else is left as it is. Raises NotWritten.
    """
    try:
        is_another = file.is_file() and file.read_bytes() != data
    except OSError as error:
        raise atomic.not_written(file, error) from error
    return file if is_another else write(root, file, data)


def is_noted(root: Path, file: Path) -> bool:
    """Whether the list of the workspace's `out` has the fingerprint of a file."""
    return file in Folder(root / "out")


def kept(file: Path) -> Path | None:
    """The file that this one was put beside; None when it stands in its own place."""
    found = _BESIDE.fullmatch(file.stem)
    original = None if found is None else file.with_name(f"{found[1]}{file.suffix}")
    return original if original is not None and original.exists() else None


def _names(file: Path) -> Iterator[Path]:
    """A file's own name, then those beside it."""
    yield file
    yield file.with_name(f"{file.stem}{BESIDE}{file.suffix}")
    for rank in count(2):
        yield file.with_name(f"{file.stem}{BESIDE}-{rank}{file.suffix}")


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(path: Path) -> Mapping[str, str]:
    """The fingerprint of each name; nothing where there is no list yet, or one that is not ours."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return {}
    found = (_LINE.match(line) for line in text.splitlines())
    return {match[2]: match[1] for match in found if match}
