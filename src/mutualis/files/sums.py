"""SHA256SUMS: the fingerprints of a folder's files, as `sha256sum -c` reads them."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from mutualis.files import atomic

NAME = "SHA256SUMS"
_LINE = re.compile(r"^([0-9a-f]{64}) [ *](.+)$")


def note(folder: Path, *, written: Sequence[Path], kept: Sequence[Path] = ()) -> Path:
    """Note the fingerprints of the files just written; returns the file of fingerprints.

    A file that was kept, or that is not told of and still there, keeps the fingerprint that it had
    when it was written: one changed since is seen.
    """
    path = folder / NAME
    before = read(path)
    fresh = {_name(folder, file) for file in written}
    known = {_name(folder, file) for file in kept} | before.keys()
    names = fresh | {name for name in known if (folder / name).is_file()}
    lines = [
        f"{_digest(folder / name) if name in fresh else before.get(name) or _digest(folder / name)}"
        f"  {name}\n"
        for name in sorted(names)
    ]
    atomic.write(path, "".join(lines).encode())
    return path


def read(path: Path) -> Mapping[str, str]:
    """The fingerprint of each name; nothing where there is no file yet, or one that is not ours."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return {}
    found = (_LINE.match(line) for line in text.splitlines())
    return {match[2]: match[1] for match in found if match}


def _name(folder: Path, file: Path) -> str:
    return file.relative_to(folder).as_posix()


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise atomic.not_written(path.with_name(NAME), error) from error
