"""The records of the register: what was issued, and what happened to it since."""

from datetime import date

from mutualis.domain.act import Act
from mutualis.domain.costs.paper import CostPaper
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import Document
from mutualis.domain.kinds import ExportKind, Nature
from mutualis.domain.quotes.records import (
    Answer,
    AnswerWithdrawn,
    ClosureWithdrawn,
    IssuedQuote,
    MissionClosed,
    WorkDone,
    WorkWithdrawn,
)
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.value import Struct

Numbered = Document | IssuedQuote


class Backup(Struct, frozen=True):
    """A copy that was made of the register when it ended with `head`."""

    act: Act
    file: str
    head: str


class Titre(Struct, frozen=True):
    """The titre de recettes that the finance software issued for an invoice; for a credit note,
    the titre that reduces it or the mandat that pays it.

    `debtor` is the SIREN that it is made out to; registers of before, where nothing was asked of
    a titre, leave it empty.
    """

    act: Act
    document: str
    exercice: int
    titre: str
    bordereau: str
    titre_day: date | None
    debtor: str = ""


class TitreWithdrawn(Struct, frozen=True):
    """The titre of a document, noted by mistake: it has none, or not yet."""

    act: Act
    document: str
    reason: str


class Exported(Struct, frozen=True):
    """The documents that were handed to the finance software, as they stood then, in which file."""

    act: Act
    what: ExportKind
    file: str
    documents: tuple[str, ...]


class RemiseWithdrawn(Struct, frozen=True):
    """The decision by which a remise counts no more; its credit note stays."""

    act: Act
    credit: str
    decision: str
    reason: str


class CreditQualified(Struct, frozen=True):
    """What a partial credit note of a register of before was, and by which act if it is known."""

    act: Act
    credit: str
    nature: Nature
    decision: str = ""


Record = (
    Batch
    | Document
    | IssuedQuote
    | Answer
    | AnswerWithdrawn
    | WorkDone
    | WorkWithdrawn
    | MissionClosed
    | ClosureWithdrawn
    | Backup
    | Titre
    | TitreWithdrawn
    | Exported
    | Meeting
    | RemiseWithdrawn
    | CreditQualified
    | CostPaper
)
