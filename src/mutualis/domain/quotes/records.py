"""An issued quote, and what happened to it since."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.issuer.issuer import Issuer, Signatory
from mutualis.domain.kinds import Kind
from mutualis.domain.quotes.quote import Quote
from mutualis.domain.quotes.work_done import Work
from mutualis.domain.value import Struct


class IssuedQuote(Struct, frozen=True):
    """A numbered quote: its own grid and prices are in it, whatever the grid becomes."""

    series: str
    rank: int
    act: Act
    issuer: Issuer
    signatory: Signatory | None
    quote: Quote

    kind: ClassVar[Kind] = Kind.QUOTE
    refers_to: ClassVar[None] = None

    @property
    def number(self) -> str:
        return self.quote.number or ""

    @property
    def year(self) -> int:
        return self.quote.year

    @property
    def commune(self) -> CommuneYear:
        return self.quote.commune

    @property
    def amount(self) -> Decimal:
        return self.quote.total

    @property
    def net(self) -> Decimal:
        return self.quote.net


class Answer(Struct, frozen=True):
    """What the commune answered to a quote, on `day`; `by` is who, when it was noted.

    `decision` is by which act the body goes on with a commune that is no member any more.
    """

    act: Act
    quote: str
    accepted: bool
    day: date
    by: str
    decision: str = ""


class AnswerWithdrawn(Struct, frozen=True):
    """An answer noted by mistake: the quote waits for another one."""

    act: Act
    quote: str
    reason: str


class WorkDone(Struct, frozen=True):
    """Half-days noted on an accepted quote."""

    act: Act
    quote: str
    work: Work


class WorkWithdrawn(Struct, frozen=True):
    """A work noted by mistake: its rank within the quote, and why it does not count."""

    act: Act
    quote: str
    rank: int
    reason: str


class MissionClosed(Struct, frozen=True):
    """An accepted quote ended on `day` before all was done: what is not done is released."""

    act: Act
    quote: str
    day: date
    reason: str


class ClosureWithdrawn(Struct, frozen=True):
    """A mission closed by mistake: it goes on."""

    act: Act
    quote: str
    reason: str
