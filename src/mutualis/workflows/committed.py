"""What a command has registered for good, said whatever failed after."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mutualis.domain.problems.refusals import NotWritten, Refusal
from mutualis.register import attempts

if TYPE_CHECKING:
    from mutualis.domain.register.records import Record


def begin() -> None:
    """A command begins: what another one of this process did is no more its own."""
    attempts.forget()


def told(cause: Refusal) -> Refusal:
    """The `cause`, followed by what the command has registered before it, if anything."""
    if not attempts.is_any():
        return cause
    from mutualis.register import store

    try:
        made = store.committed()
    except NotWritten as unknown:
        return unknown
    return _after(cause, made) if made else cause


def _after(cause: Refusal, made: "Sequence[Record]") -> NotWritten:
    from mutualis.domain.costs.paper import CostPaper, PaperKind
    from mutualis.domain.french.typography import long_date
    from mutualis.domain.invoices.batch import Batch
    from mutualis.domain.invoices.credit_note import CreditNote
    from mutualis.domain.quotes.records import IssuedQuote
    from mutualis.domain.register.records import Exported, Numbered
    from mutualis.domain.requests.meeting import Meeting

    numbers = [record.number for record in made if isinstance(record, Numbered)]
    commands = ", ".join(f"mutualis register render {number}" for number in numbers)
    match made[0]:
        case Batch() if numbers:
            first, last = numbers[0], numbers[-1]
            return NotWritten("issued.invoices", cause=cause, first=first, last=last)
        case CreditNote():
            names = " et ".join(numbers)
            return NotWritten("issued.credit", cause=cause, numbers=names, commands=commands)
        case IssuedQuote(number=number):
            return NotWritten("issued.quote", cause=cause, number=number, command=commands)
        case Exported():
            return NotWritten("titres.export_not_written", cause=cause)
        case CostPaper(year=year, kind=kind):
            option = "--notice" if kind is PaperKind.NOTICE else "--record"
            return NotWritten("issued.costs", cause=cause, year=year, option=option)
        case Meeting(day=day):
            return NotWritten("issued.meeting", cause=cause, day=long_date(day))
    return NotWritten("issued.noted", cause=cause)
