"""The draft deliberation as it is given to its template."""

from typing import Any

from mutualis.documents.deliberation.deliberation import Deliberation, DraftPart
from mutualis.documents.deliberation.widths import figure_widths
from mutualis.documents.paper.page import Page


def deliberation_page(draft: Deliberation) -> Page:
    name, *lines = draft.issuer
    texts = {
        "issuer": {"name": name, "lines": lines},
        "watermark": draft.mark,
        "footer": draft.footer,
        "heading": draft.heading,
        "made": draft.numbered,
        "subject": draft.subject,
        "visas": list(draft.visas),
        "grounds": list(draft.grounds),
        "decides": draft.decides,
        "articles": [_part(part) for part in draft.articles],
        "votes": draft.votes,
        "signatures": [{"title": title, "lines": [], "to_fill": []} for title in draft.signatures],
        "annexes_title": draft.annexes_title,
        "annexes": [_part(part) for part in draft.annexes],
    }
    return Page("deliberation", draft.title, name, draft.day, texts)


def _part(part: DraftPart) -> dict[str, Any]:
    """A part without a table has no columns; `widths` are those of all but the first, in
    millimetres."""
    table = part.table
    return {
        "title": part.title,
        "texts": list(part.texts),
        "columns": []
        if table is None
        else [
            {"title": column.title, "side": "right" if column.is_figure else "left"}
            for column in table.columns
        ],
        "widths": [] if table is None else figure_widths(table),
        "rows": [] if table is None else [list(row) for row in table.rows],
        "total": [] if table is None else list(table.total),
        "notes": list(part.notes),
    }
