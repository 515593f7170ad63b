"""A document with something of everything, by which templates are tried before they are needed."""

from collections.abc import Iterator
from datetime import date

from mutualis.documents.paper.page import Page
from mutualis.documents.paper.press import STYLE, shipped_templates

_TEXT = "Exemple"
_PART = {
    "title": _TEXT,
    "texts": [_TEXT],
    "columns": [{"title": _TEXT, "side": "left"}, {"title": _TEXT, "side": "right"}],
    "widths": [30],
    "rows": [[_TEXT, _TEXT]],
    "total": [_TEXT, _TEXT],
    "notes": [_TEXT],
}
_TABLE = {
    "title": _TEXT,
    "columns": [{"title": _TEXT, "side": "left"}, {"title": _TEXT, "side": "right"}],
    "rows": [[_TEXT, _TEXT]],
    "total": True,
    "notes": [_TEXT],
}
TEXTS = {
    "issuer": {"name": _TEXT, "lines": [_TEXT]},
    "debtor": {"name": _TEXT, "address": [_TEXT], "references": [_TEXT]},
    "heading": _TEXT,
    "made": _TEXT,
    "subject": _TEXT,
    "alert": _TEXT,
    "before": _TEXT,
    "footer": _TEXT,
    "watermark": _TEXT,
    "columns": [{"title": _TEXT, "side": "left"}, {"title": _TEXT, "side": "right"}],
    "rows": [[{"text": _TEXT, "span": 1}, {"text": _TEXT, "span": 1}]],
    "taxes": {"columns": [_TEXT] * 4, "rows": [[_TEXT] * 4]},
    "total": {"label": _TEXT, "amount": _TEXT},
    "letters": _TEXT,
    "in_letters": _TEXT,
    "reasons_title": _TEXT,
    "reasons": [_TEXT],
    "vat": _TEXT,
    "terms": [_TEXT],
    "payment": _TEXT,
    "signatures": [{"title": _TEXT, "lines": [_TEXT], "to_fill": [_TEXT]}],
    "answers": [{"title": _TEXT, "verdict": _TEXT, "details": [_TEXT]}],
    "sections": [
        {
            "title": _TEXT,
            "columns": [{"title": _TEXT, "side": "left"}],
            "rows": [[{"text": _TEXT, "span": 1}]],
            "total": {"label": _TEXT, "amount": _TEXT},
            "notes": [_TEXT],
        }
    ],
    "mark": _TEXT,
    "titles": [[_TEXT, _TEXT]],
    "left": [_TABLE],
    "right": [_TABLE],
    "tables": [_TABLE],
    "chart": {"title": _TEXT, "alt": _TEXT, "ends": _TEXT, "bars": [1000, -1000]},
    "salutation": _TEXT,
    "closing": [_TEXT],
    "criteria_title": _TEXT,
    "criteria": [_TEXT],
    "visas": [_TEXT],
    "grounds": [_TEXT],
    "decides": _TEXT,
    "articles": [_PART],
    "votes": _TEXT,
    "annexes_title": _TEXT,
    "annexes": [_PART],
    "parts": [
        {
            "title": _TEXT,
            "texts": [_TEXT],
            "tables": [
                {
                    "title": _TEXT,
                    "columns": [
                        {"title": _TEXT, "side": "left"},
                        {"title": _TEXT, "side": "right"},
                    ],
                    "widths": [1, 0],
                    "rows": [[_TEXT, _TEXT]],
                    "total": [_TEXT, _TEXT],
                }
            ],
            "bars": [
                {
                    "title": _TEXT,
                    "alt": _TEXT,
                    "names": [_TEXT, _TEXT],
                    "rows": [{"label": _TEXT, "bars": [{"length": 1000, "text": _TEXT}] * 2}],
                }
            ],
            "missing": [_TEXT],
            "sources": [_TEXT],
        }
    ],
}


def examples() -> Iterator[Page]:
    """One for each template."""
    for name in shipped_templates():
        if name != STYLE:
            yield Page(name.removesuffix(".typ"), _TEXT, _TEXT, date(2025, 1, 1), TEXTS)
