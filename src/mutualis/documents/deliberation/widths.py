"""How wide the columns of a table are, whatever sets it."""

from mutualis.documents.deliberation.deliberation import DraftTable

WIDTH = 174  # millimetres: an A4 page between its margins
_FIRST = 35  # those of the first column, at least
_LETTER, _THIN, _EDGES = 1.8, 0.9, 4  # a digit in 9 points, what parts two, around a text
_PARTS = frozenset("\u00a0\u202f,.-")


def figure_widths(table: DraftTable) -> list[float]:
    """Of each column but the first, in millimetres: its figures on one line, its title folded
    between words. The first has the rest, and so much that the others may have less."""
    rows = (*table.rows, table.total) if table.total else table.rows
    wanted = [
        _EDGES + max(map(_width, (*column.title.split(" "), *(row[rank] for row in rows))))
        for rank, column in enumerate(table.columns)
        if rank
    ]
    share = min(1, (WIDTH - _FIRST) / sum(wanted)) if wanted else 1
    return [width * share for width in wanted]


def _width(text: str) -> float:
    return sum(_THIN if letter in _PARTS else _LETTER for letter in text)
