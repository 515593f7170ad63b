"""Work that is timed inside one process, without what it takes to start: `inside.py NAME FOLDER`.

Each prints a line of JSON: the processor seconds of the work and of its reference, after their
results were compared.
"""

import csv
import gc
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time
from typing import TypeVar

from benchmarks.national import YEAR
from mutualis.documents.electronic.factur_x import render_xml
from mutualis.documents.paper.page import Page, page_of
from mutualis.documents.paper.paper import invoice_paper
from mutualis.documents.paper.press import Press
from mutualis.domain.communes.communes import Communes
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.memberships.plan import BillingLine, Issue
from mutualis.domain.tariffs.fees import NoPrice, compute_fee
from mutualis.domain.value import replace
from mutualis.files.data.communes import read_communes
from mutualis.files.data.tariffs import read_tariffs
from mutualis.files.workspace import load

T = TypeVar("T")
_DAY = date(YEAR, 3, 15)
Plain = list[dict[str, str]]
CENTS = {"1": 0, "2A": 38, "2B": 328}
CAPS = ((3999, 704_800), (10_000, 941_600))


def timed(work: Callable[[], T], times: int = 3) -> tuple[float, T]:
    """The least time of several, and the result."""
    best, result = float("inf"), None
    for _ in range(times):
        start = process_time()
        result = work()
        best = min(best, process_time() - start)
    assert result is not None
    return best, result


def plain_rows(folder: Path) -> Plain:
    with (folder / "data/communes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def plain_cents(rows: Plain) -> list[int]:
    """What each commune owes, in cents."""
    found = []
    for row in rows:
        people = int(row["population_municipale"])
        cents = people * CENTS[row["niveau"]]
        if row["niveau"] == "2B":
            cents = min(cents, next(cap for most, cap in CAPS if people <= most))
        found.append(cents)
    return found


def communes_of(folder: Path) -> Communes:
    communes, problems = read_communes(folder)
    assert not problems, problems[0]
    return communes


def loading(folder: Path) -> tuple[float, float]:
    """communes.csv with every check, beside csv.DictReader."""
    reference, plain = timed(lambda: plain_rows(folder))
    took, communes = timed(lambda: communes_of(folder))
    for row, said in zip(communes.rows, plain, strict=True):
        expected = (said["code_insee"], said["commune"], said["siren"], said["niveau"])
        assert (row.code_insee, row.name, row.siren, row.level) == expected
        assert row.municipal_population == int(said["population_municipale"])
    return took, reference


def fees(folder: Path) -> tuple[float, float]:
    """The fee of each commune, beside whole numbers of cents."""
    return _fees(folder, "amount")


def breakdowns(folder: Path) -> tuple[float, float]:
    """The same with what explains it."""
    return _fees(folder, "explanation")


def _fees(folder: Path, wanted: str) -> tuple[float, float]:
    plain = plain_rows(folder)
    communes = communes_of(folder)
    tariffs, problems = read_tariffs(folder)
    assert tariffs is not None, problems
    grid, rows = tariffs.grids[YEAR], communes.of_year(YEAR)
    reference, cents = timed(lambda: plain_cents(plain))

    def work() -> list[object]:
        made = (
            compute_fee(grid.levels[row.level], row.population(tariffs.population)) for row in rows
        )
        return [getattr(fee, wanted) for fee in made]

    took, _ = timed(work)
    made = (compute_fee(grid.levels[row.level], row.population(tariffs.population)) for row in rows)
    assert [int(fee.amount * 100) for fee in made if not isinstance(fee, NoPrice)] == cents
    return took, reference


def pdf(folder: Path) -> tuple[float, float]:
    """An invoice from what is due to its PDF with its data, beside its page set by Typst alone,
    as texts made beforehand; seconds of one."""
    workspace = load(folder).workspace
    assert workspace is not None
    plan = plan_billing(workspace.communes, workspace.tariffs, workspace.tariffs.grids[YEAR])
    plan = replace(plan, issue=Issue(_DAY, 1, "0" * 64))
    lines = [replace(line, number=f"F-{rank}") for rank, line in enumerate(plan.invoices)]
    press = Press({}, None)

    def page(line: BillingLine) -> Page:
        return page_of(invoice_paper(plan, line, workspace.issuer, _DAY))

    def seconds(work: Callable[[int], object], ranks: range) -> float:
        start = process_time()
        for rank in ranks:
            work(rank)
        return (process_time() - start) / len(ranks)

    for line in lines:
        electronic = page(line).electronic
        assert electronic is not None
        assert f"<ram:DuePayableAmount>{line.amount}<".encode() in render_xml(electronic)
    bare = [replace(page(line), electronic=None) for line in lines]
    press.set_one(page(lines[0]))  # what is read once
    # Typst remembers what it has set: each page is another one.
    alone = min(seconds(lambda rank: press.set_one(bare[rank]), range(at, at + 6)) for at in (1, 7))
    whole = (
        seconds(lambda rank: press.set_one(page(lines[rank])), range(at, at + 6)) for at in (20, 26)
    )
    return min(whole), alone


WORKS = {work.__name__: work for work in (loading, fees, breakdowns, pdf)}


if __name__ == "__main__":
    gc.set_threshold(100_000, 20, 100)  # as every command does
    seconds, beside = WORKS[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({"seconds": seconds, "reference": beside}))
