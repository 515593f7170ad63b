"""The files that a run writes aside: named after it, so that those of a dead run are swept."""

import contextlib
import os
import platform
import re
import shutil
import time
import zlib
from functools import cache
from pathlib import Path

SUFFIX = ".tmp"
# Without its run: as an earlier program named it.
_NAME = re.compile(r"\.mutualis-(?:([0-9a-f]{8})-(\d+)-)?.*\.tmp")
_LONGEST = 86400  # seconds: no file is aside for so long, where nothing is known of its run


def prefix() -> str:
    """What the name of a file of this run begins with: its machine, its process."""
    return f".mutualis-{_machine()}-{os.getpid()}-"


def is_aside(path: Path) -> bool:
    return _NAME.fullmatch(path.name) is not None


def remove(path: Path) -> None:
    """Remove a file of this run, if it is still there; what the system refuses twice is left to
    the next run."""
    for _ in range(2):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            return


def sweep(folder: Path) -> None:
    """Remove what dead runs left in a folder, once a run."""
    _sweep(folder.absolute())


@cache
def _sweep(folder: Path) -> None:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for left in [Path(entry.path) for entry in entries if _is_dead(entry)]:
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink()


def _is_dead(entry: "os.DirEntry[str]") -> bool:
    name = _NAME.fullmatch(entry.name)
    if name is None:
        return False
    if time.time() - entry.stat(follow_symlinks=False).st_mtime > _LONGEST:
        return True
    # On Windows, asking for a process by os.kill would end it.
    return name[1] == _machine() and os.name == "posix" and not _is_running(int(name[2]))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _machine() -> str:
    return f"{zlib.crc32(platform.node().encode()):08x}"
