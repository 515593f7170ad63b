"""A folder that appears whole or not at all: filled aside, then renamed into place."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mutualis.domain.problems.refusals import Refusal
from mutualis.files.disk import aside as asides
from mutualis.files.disk.atomic import not_written, umask

_MOST_SHOWN = 3


def check_free(folder: Path) -> None:
    """Raises Refusal unless `folder` is to be created, or is there and empty; NotWritten when
    that cannot be known."""
    try:
        if not folder.exists():
            return
        if not folder.is_dir():
            raise Refusal("init.folder_is_a_file", folder=str(folder))
        names = sorted(item.name for item in folder.iterdir())
    except OSError as error:
        raise not_written(folder, error) from error
    if names:
        shown = ", ".join(names[:_MOST_SHOWN]) + ("…" if len(names) > _MOST_SHOWN else "")
        raise Refusal("init.folder_not_empty", folder=str(folder.resolve()), names=shown)


@contextmanager
def building(folder: Path) -> Iterator[Path]:
    """A folder to fill by `put`, which becomes `folder` when the block ends well.

    Otherwise nothing is left, neither it nor the folders above that were made for it. Raises
    Refusal when `folder` is not free, NotWritten when it cannot be written.
    """
    check_free(folder)
    target = folder.resolve()
    made: list[Path] = []
    aside: Path | None = None
    placed = False
    try:
        for parent in reversed([p for p in target.parents if not p.exists()]):
            parent.mkdir()
            made.append(parent)
        asides.sweep(target.parent)
        aside = Path(tempfile.mkdtemp(asides.SUFFIX, asides.prefix(), target.parent))
        aside.chmod(0o777 & ~umask())
        yield aside
        check_free(folder)
        try:
            _place(aside, target)
        except OSError:
            check_free(folder)  # somebody has filled it meanwhile
            raise
        placed = True
    except OSError as error:
        # Of a file too: it is in the folder aside, which nobody has heard of.
        raise not_written(folder, error) from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
        if not placed:
            for parent in reversed(made):
                with contextlib.suppress(OSError):
                    parent.rmdir()


def _place(aside: Path, target: Path) -> None:
    """Rename it; into a folder that is there, which keeps its rights, item by item or none."""
    if not target.exists():
        aside.rename(target)
        return
    items = sorted(aside.iterdir(), key=lambda item: (item.is_file(), item.name))
    try:
        for item in items:
            # A folder first: of two programs, only one can rename its own into place.
            item.rename(target / item.name)
    except BaseException:  # Ctrl-C too
        for item in reversed([item for item in items if not item.exists()]):
            (target / item.name).rename(item)
        raise
