"""The files of `data` read once a process for the same bytes: most tests read all of the shipped
ones, a dozen times, and are about one of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from mutualis.domain.problems.problem import has_errors
from mutualis.files import workspace

# What each reader of `files.workspace` reads, which `tests/files/test_read_once.py` proves.
READERS = {
    "read_communes": "communes.*",
    "read_movements": "movements.*",
    "read_tariffs": "tariffs.*",
    "read_index": "cpi.*",
    "read_issuer": "issuer.*",
    "read_tables": "tables/*",
    "read_requests": "requests.*",
    "read_criteria": "criteria.*",
    "read_services": "services.*",
    "read_schemes": "departmental_schemes.*",
    "read_interventions": "interventions.*",
    "read_costs": "costs.*",
}
_MOST = 16  # readings kept of each

Reader = Callable[..., tuple[Any, list[Any]]]


@contextmanager
def reading_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, files in READERS.items():
            patch.setattr(workspace, name, _once(getattr(workspace, name), files))
        yield


def read_anew(patch: pytest.MonkeyPatch) -> None:
    """For tests of which the disk is at fault."""
    for name in READERS:
        patch.setattr(workspace, name, getattr(workspace, name).__wrapped__)


def _once(read: Reader, files: str) -> Reader:
    """The same, where its files are there to be read and have no error; else it is read anew."""
    known: dict[object, tuple[Any, tuple[Any, ...]]] = {}

    @wraps(read)
    def found(root: Path, *others: Any) -> tuple[Any, list[Any]]:
        try:
            paths = sorted((root / "data").glob(files))
            if not paths or not all(path.is_file() for path in paths):  # a pipe would wait
                return read(root, *others)
            key = (repr(others), *((path.name, path.read_bytes()) for path in paths))
        except OSError:
            return read(root, *others)
        if key not in known:
            value, problems = read(root, *others)
            if has_errors(problems):
                return value, problems
            if len(known) == _MOST:
                known.pop(next(iter(known)))
            known[key] = value, tuple(problems)
        value, kept = known[key]
        return value, [*kept]

    return found
