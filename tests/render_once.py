"""Workbooks rendered once a process from the same values: most tests make the same batch to ask one
thing of it, or of the register beside it."""

import importlib
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

import pytest

# Where workflows find what renders a workbook. What a test calls by itself renders anew.
RENDERERS = {
    "mutualis.documents.batch.book": ("render_batch",),
    "mutualis.documents.excel.communes_template": ("render_template",),
    "mutualis.documents.excel.proposal": ("render_proposal",),
    "mutualis.documents.quotes.credit_note": ("render_credit",),
    "mutualis.documents.quotes.mission": ("render_missions",),
    "mutualis.documents.quotes.quote": ("render_quote",),
    "mutualis.documents.requests.book": ("render_meeting", "render_draft"),
    "mutualis.documents.usage.book": ("render_usage",),
    "mutualis.workflows.simulate_workbook": ("render_simulation", "render_projection"),
}
_MOST = 64  # workbooks kept of each

Render = Callable[..., bytes]


@contextmanager
def rendering_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module, names in RENDERERS.items():
            for name in names:
                render = getattr(importlib.import_module(module), name)
                patch.setattr(f"{module}.{name}", _once(render))
        yield


def render_anew(patch: pytest.MonkeyPatch) -> None:
    """For tests that change how a workbook is made, count what it takes, or compare two of them."""
    for module in RENDERERS.keys() & sys.modules.keys():
        for name in RENDERERS[module]:
            render = getattr(sys.modules[module], name)
            patch.setattr(sys.modules[module], name, getattr(render, "__wrapped__", render))


def _once(render: Render) -> Render:
    """The same bytes where every value is the same, down to each field. The first that is found
    again is made again too, and compared."""
    known: dict[bytes, bytes] = {}
    proved = False

    @wraps(render)
    def found(*values: object, **others: object) -> bytes:
        nonlocal proved
        try:
            key = pickle.dumps((values, others), pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, TypeError, AttributeError):
            return render(*values, **others)
        if key not in known:
            if len(known) == _MOST:
                known.pop(next(iter(known)))
            known[key] = render(*values, **others)
        elif not proved:
            assert render(*values, **others) == known[key], f"{render.__name__} is not pure"
            proved = True
        return known[key]

    return found
