"""One command at a time changes the data files of a workspace: it holds .mutualis.lock.

The system takes the lock back from a process that ends, however it ends: the file that stays
holds nothing, and says who took it last.
"""

import getpass
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from filelock import FileLock, Timeout

from mutualis.domain.problems.refusals import NotWritten
from mutualis.files.disk.atomic import not_written

NAME = ".mutualis.lock"
BUSY_SECONDS = 30
_LONGEST = 200
_Given = ParamSpec("_Given")
_Done = TypeVar("_Done")
_Workflow = Callable[Concatenate[Path, _Given], _Done]


def changes_data(workflow: _Workflow[_Given, _Done]) -> _Workflow[_Given, _Done]:
    """A workflow that changes the data files of its workspace does it alone; a dry run waits for
    nobody."""

    @wraps(workflow)
    def locked(root: Path, /, *args: _Given.args, **options: _Given.kwargs) -> _Done:
        if options.get("dry_run"):
            return workflow(root, *args, **options)
        with alone(root):
            return workflow(root, *args, **options)

    return locked


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """What the block reads stays as it is until it has written. Waits for another command.

    Raises NotWritten, with who holds the lock, when it waits too long.
    """
    if not (root / "data").is_dir():  # what reads the data says so better
        yield
        return
    path = root / NAME
    lock = FileLock(path, on_acquired=_sign)
    try:
        lock.acquire(timeout=BUSY_SECONDS)
    except Timeout as error:
        raise NotWritten("files.locked", holder=_holder(path), lock=NAME) from error
    except NotImplementedError as error:  # a share that knows no lock
        raise NotWritten("files.cannot_lock", path=str(path)) from error
    except OSError as error:
        raise not_written(path, error) from error
    try:
        yield
    finally:
        lock.release()


def _sign(handle: int) -> None:
    """Write who holds the lock, since when."""
    since = f"{datetime.now(UTC).astimezone():%d/%m/%Y %H:%M}"
    who = f"processus {os.getpid()} de {_account()} sur {platform.node()}, depuis le {since}"
    os.ftruncate(handle, 0)
    os.write(handle, who.encode())


def _holder(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")[:_LONGEST].strip() or "on ne sait qui"
    except OSError:  # Windows lets nobody read it
        return "on ne sait qui"


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
