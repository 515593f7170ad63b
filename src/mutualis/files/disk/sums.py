"""SHA256SUMS: the fingerprints of a folder's files as they were written, for `sha256sum -c`."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from mutualis.files.disk import atomic

NAME = "SHA256SUMS"
_LINE = re.compile(r"^([0-9a-f]{64}) [ *](.+)$")


class Folder:
    """Puts files in place and notes the fingerprint of each one; `close` writes the list down.

    A file that is not put again keeps the fingerprint of the day it was written: one that was
    changed or removed since is seen.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sums = dict(_read(path / NAME))

    def __contains__(self, file: Path) -> bool:
        return self._name(file) in self._sums

    def put(self, file: Path, data: bytes) -> None:
        """Raises NotWritten, and leaves the old file and its fingerprint."""
        atomic.write(file, data)
        self.note(file, data)

    def note(self, file: Path, data: bytes) -> None:
        """What a file should hold."""
        self._sums[self._name(file)] = hashlib.sha256(data).hexdigest()

    def close(self) -> Path:
        """Write the list; returns its path."""
        path = self._path / NAME
        lines = [f"{digest}  {name}\n" for name, digest in sorted(self._sums.items())]
        atomic.write(path, "".join(lines).encode())
        return path

    def _name(self, file: Path) -> str:
        return file.relative_to(self._path).as_posix()


def _read(path: Path) -> Mapping[str, str]:
    """The fingerprint of each name; nothing where there is no list yet, or one that is not ours."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return {}
    found = (_LINE.match(line) for line in text.splitlines())
    return {match[2]: match[1] for match in found if match}
