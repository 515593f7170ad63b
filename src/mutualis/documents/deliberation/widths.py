"""How wide the columns of a table are, whatever sets it."""

from mutualis.documents.deliberation.deliberation import DraftTable

_LETTER, _EDGES = 1.8, 4  # millimetres: a digit in 9 points, what is around a text


def figure_widths(table: DraftTable) -> list[float]:
    """Of each column but the first, in millimetres: its figures on one line, its title folded
    between words. The first has the rest."""
    rows = (*table.rows, table.total) if table.total else table.rows
    return [
        _EDGES
        + _LETTER * max(len(text) for text in (*column.title.split(), *(row[rank] for row in rows)))
        for rank, column in enumerate(table.columns)
        if rank
    ]
