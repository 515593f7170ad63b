"""The catalogue of problems: one entry a code, with its French message and remedy.

`docs/errors.md` is made from it, and a test keeps it, the fixtures of `tests/broken/` and the
documentation in step. One module a family, whose letter begins its codes.
"""

from mutualis.domain.problems.catalogue import (
    across_files,
    index,
    insee,
    interventions,
    locked_tables,
    movements,
    request,
    requests,
    services,
    tables,
    toml,
)
from mutualis.domain.problems.catalogue.entry import Entry, Severity

FAMILIES = (
    request,
    across_files,
    tables,
    index,
    locked_tables,
    movements,
    insee,
    requests,
    services,
    toml,
    interventions,
)
_ENTRIES: tuple[tuple[Entry, ...], ...] = tuple(family.ENTRIES for family in FAMILIES)
CATALOGUE = {entry.code: entry for entries in _ENTRIES for entry in entries}

__all__ = ["CATALOGUE", "Entry", "Severity", "entry"]


def entry(code: str) -> Entry:
    return CATALOGUE[code]
