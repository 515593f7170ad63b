"""The catalogue of problems: one entry a code, with its French message and remedy.

`docs/errors.md` is made from it, and a test keeps it, the fixtures of `tests/broken/` and the
documentation in step. One module a family, whose letter begins its codes.
"""

from mutualis.domain.problems.catalogue import (
    a_command,
    b_across_files,
    c_tables,
    c_texts,
    e_exports,
    i_index,
    l_locked_tables,
    m_movements,
    n_insee,
    r_requests,
    s_services,
    t_toml,
    u_usage,
)
from mutualis.domain.problems.catalogue.entry import About, Entry, Severity

FAMILIES = (
    a_command,
    b_across_files,
    c_tables,
    c_texts,
    e_exports,
    i_index,
    l_locked_tables,
    m_movements,
    n_insee,
    r_requests,
    s_services,
    t_toml,
    u_usage,
)
_ENTRIES: tuple[tuple[Entry, ...], ...] = tuple(family.ENTRIES for family in FAMILIES)
CATALOGUE = {entry.code: entry for entries in _ENTRIES for entry in entries}

__all__ = ["CATALOGUE", "About", "Entry", "Severity", "entry"]


def entry(code: str) -> Entry:
    return CATALOGUE[code]
