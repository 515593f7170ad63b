"""The tables of data/, as texts name them: {communes_file} is the file that is there, the CSV or a
workbook in its place."""

from collections.abc import Mapping
from contextvars import ContextVar

NAMES: Mapping[str, str] = {
    f"{table}_file": f"data/{table}.csv"
    for table in ("communes", "movements", "services", "interventions", "requests", "costs")
}
_there: ContextVar[Mapping[str, str]] = ContextVar("tables", default=NAMES)


def files() -> Mapping[str, str]:
    """The name of each table, by that of its fact in a text."""
    return _there.get()


def tell_as(there: Mapping[str, str]) -> None:
    """Name the tables so, in all that is told from now on."""
    _there.set(there)
