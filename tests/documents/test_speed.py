"""The standing benchmark: what the data of an invoice cost beside its page set by Typst alone.

In the time of the processor, the least of several, so that a busy machine says the same.
"""

from collections.abc import Sequence
from datetime import date
from time import process_time

from mutualis.documents.paper.page import Page, page_of
from mutualis.documents.paper.paper import invoice_paper
from mutualis.documents.paper.press import Press
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.memberships.plan import Issue
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

DAY = date(2025, 3, 15)


def seconds(pages: Sequence[Page]) -> float:
    """To set them, each a text that was never set before: Typst remembers."""
    press = Press({}, None)
    start = process_time()
    for page in pages:
        press.set_one(page)
    return process_time() - start


def test_the_data_cost_little_beside_the_page(shipped: Workspace) -> None:
    plan = plan_billing(shipped.communes, shipped.tariffs, shipped.tariffs.grids[2025])
    plan = replace(plan, issue=Issue(DAY, 1, "0" * 64))
    lines = [replace(line, number=f"F-{rank}") for rank, line in enumerate(plan.invoices)]
    pages = [page_of(invoice_paper(plan, line, shipped.issuer, DAY)) for line in lines]
    assert all(page.electronic for page in pages)
    seconds(pages[:2])  # what is read once
    bare = [replace(page, electronic=None) for page in pages]
    alone = min(seconds(bare[at : at + 6]) for at in (2, 8, 14))
    with_data = min(seconds(pages[at : at + 6]) for at in (20, 26, 32))
    assert with_data < 2.5 * alone
