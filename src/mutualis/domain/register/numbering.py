"""The number of a document: made by the issuer's format, checked against what software takes."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from mutualis.domain.costs.paper import CostPaper
from mutualis.domain.french.typography import long_date
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.kinds import Kind
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.findings import Finding, finding
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Numbered, Record
from mutualis.domain.requests.meeting import Meeting

NUMBER = re.compile(r"[A-Z0-9_/+-]{1,20}")
MOST_DAYS = 400  # between two documents: a year, and the weeks by which one may be late
MOST_YEARS = 2  # between the last grid and a first document


def document_number(issuer: Issuer, kind: Kind, year: int, rank: int) -> str:
    """Raises Refusal when it is too long or has other characters (EN 16931 has no limit; ours
    is that of the finance software).
    """
    made = issuer.number(kind, year, rank)
    if not NUMBER.fullmatch(made):
        raise Refusal("numbering.unsuitable", number=made)
    return made


def next_numbers(
    issuer: Issuer, kind: Kind, year: int, quantity: int, ledger: Ledger
) -> list[tuple[int, str]]:
    """The next ranks of a series and their numbers, none of them taken; raises Refusal else."""
    first = ledger.next_rank(issuer.series(kind, year))
    found = [
        (rank, document_number(issuer, kind, year, rank)) for rank in range(first, first + quantity)
    ]
    check_free([number for _, number in found], ledger)
    return found


def check_free(numbers: Sequence[str], ledger: Ledger) -> None:
    """Raises Refusal when a number is already in the register."""
    taken = [number for number in numbers if number in ledger.by_number]
    if taken:
        raise Refusal("numbering.taken", number=taken[0])


def check_exercice(exercice: int, day: date) -> None:
    """Raises Refusal for an accounting year that is neither the date's nor the one before.

    A document may still belong to the year that closes; until when is the accountant's to say.
    """
    if exercice not in (day.year, day.year - 1):
        raise Refusal(
            "numbering.exercice",
            exercice=exercice,
            day=long_date(day),
            year=day.year,
            before=day.year - 1,
        )


def check_day(day: date, today: date, ledger: Ledger) -> None:
    """Raises Refusal for a date to come, or before the last issued one: numbers follow dates."""
    if day > today:
        raise Refusal("numbering.to_come", day=long_date(day), today=long_date(today))
    last = ledger.last_day
    if last is not None and day < last:
        raise Refusal("numbering.before_last", day=long_date(day), last=long_date(last))


def check_quote_day(day: date, today: date, ledger: Ledger) -> None:
    """The same for a quote: quotes have their own series, so their own order."""
    if day > today:
        raise Refusal("numbering.quote_to_come", day=long_date(day))
    last = ledger.last_quote_day
    if last is not None and day < last:
        raise Refusal("numbering.before_last_quote", day=long_date(day), last=long_date(last))


def doubt_of_clock(today: date, ledger: Ledger, years: Sequence[int]) -> Refusal | None:
    """Why the clock may be wrong, by what is known: the last document and the `years` of the grids.

    Documents follow in order of date: one dated 2035 would block all others until then.
    """
    last = max((record.act.day for record in (*ledger.numbered, *ledger.meetings)), default=None)
    day, typed = long_date(today), f"{today:%d/%m/%Y}"
    if last is not None and today > last + timedelta(MOST_DAYS):
        return Refusal("numbering.clock_after_last", today=day, typed=typed, last=long_date(last))
    if last is None and years and today.year > max(years) + MOST_YEARS:
        return Refusal("numbering.clock_after_grids", today=day, typed=typed, year=max(years))
    if years and today.year < min(years) - 1:
        return Refusal("numbering.clock_before_grids", today=day, typed=typed, year=min(years))
    return None


def check_clock(today: date, ledger: Ledger, years: Sequence[int]) -> None:
    """Raises Refusal for a doubtful clock whose date nobody has confirmed by typing it."""
    doubt = doubt_of_clock(today, ledger, years)
    if doubt is not None:
        raise doubt


def mixed(records: Sequence[tuple[int, Record]]) -> Iterator[Finding]:
    """What is of an example beside what is real: a register is one or the other."""
    first: bool | None = None
    for seq, record in records:
        if isinstance(record, Numbered | Batch | Meeting | CostPaper):
            first = record.issuer.example if first is None else first
            if record.issuer.example != first:
                yield finding(seq, getattr(record, "number", None), "audit.mixed")
