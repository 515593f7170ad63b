"""An issued quote, and what happened to it since."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.issuer.issuer import Issuer, Signatory
from mutualis.domain.kinds import Kind
from mutualis.domain.quotes.quote import Quote
from mutualis.domain.quotes.work_done import Work


@dataclass(frozen=True, slots=True)
class IssuedQuote:
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


@dataclass(frozen=True, slots=True)
class Answer:
    """What the commune answered to a quote, on `day`; `by` is who, when it was noted.

    `decision` is by which act the body goes on with a commune that is no member any more.
    """

    act: Act
    quote: str
    accepted: bool
    day: date
    by: str
    decision: str = ""


@dataclass(frozen=True, slots=True)
class AnswerWithdrawn:
    """An answer noted by mistake: the quote waits for another one."""

    act: Act
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class WorkDone:
    """Half-days noted on an accepted quote."""

    act: Act
    quote: str
    work: Work


@dataclass(frozen=True, slots=True)
class WorkWithdrawn:
    """A work noted by mistake: its rank within the quote, and why it does not count."""

    act: Act
    quote: str
    rank: int
    reason: str


@dataclass(frozen=True, slots=True)
class MissionClosed:
    """An accepted quote ended on `day` before all was done: what is not done is released."""

    act: Act
    quote: str
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class ClosureWithdrawn:
    """A mission closed by mistake: it goes on."""

    act: Act
    quote: str
    reason: str
