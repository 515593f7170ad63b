"""The titres and mandats that the finance software gave back, recorded beside their documents."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.problems.catalogue import Severity
from mutualis.domain.problems.problem import Problem, has_errors
from mutualis.domain.problems.refusals import (
    Fact,
    Reason,
    Refusal,
    UnreadableRequest,
    UnusableData,
)
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.accounting import to_enter
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record, Titre, TitreWithdrawn
from mutualis.domain.register.titre_rules import (
    Titled,
    faults_of,
    has_titre,
    series_of,
    sharing,
)
from mutualis.domain.value import Struct, replace
from mutualis.files.received.titres import TitreRow, read_titres
from mutualis.register import store
from mutualis.workflows.register import ledger_of


class Entered(Struct, frozen=True):
    """A titre recorded now, what it replaces, the documents of the same debtor that share it."""

    titre: Titre
    replaced: Titre | None
    beside: tuple[str, ...]


class Recorded(Struct, frozen=True):
    """`known` counts the titres that were there already, `to_enter` the credits that may now be
    exported."""

    entered: tuple[Entered, ...]
    known: int
    to_enter: int
    warnings: tuple[Problem, ...]


def titres_of_file(path: Path) -> tuple[list[TitreRow], list[Problem]]:
    """The rows of a file of titres; raises UnusableData with every problem."""
    if not path.exists():
        raise UnreadableRequest("files.not_found", path=str(path))
    rows, problems = read_titres(path)
    if has_errors(problems):
        raise UnusableData([p for p in problems if p.severity is Severity.ERROR])
    return rows, problems


def record_titres(
    root: Path,
    rows: Sequence[TitreRow],
    *,
    exercice: int,
    day: date,
    operator: str,
    file: str = "",
    warnings: Sequence[Problem] = (),
) -> Recorded:
    """Add the titres to the register, as new rows; the same one twice is recorded once.

    `exercice` is that of the rows that name none. Raises Refusal with everything that is wrong
    with them; nothing is recorded then.
    """
    act = Act(day, operator, __version__, "")
    entered: list[Entered] = []

    def build(ledger: Ledger) -> Sequence[Record]:
        entered[:] = _entered(ledger, _titres(rows, ledger, act, exercice), file)
        return [item.titre for item in entered]

    if not ledger_of(root).records:
        raise Refusal("titres.empty")
    ledger, _ = store.append(root, build)
    left = sum(ledger.finance.exported(credit.number) is None for credit in to_enter(ledger))
    return Recorded(tuple(entered), len(rows) - len(entered), left, tuple(warnings))


def withdraw_titre(root: Path, number: str, *, reason: str, day: date, operator: str) -> Titre:
    """Take back a titre noted by mistake; returns it. Raises Refusal when there is none."""
    found: list[Titre] = []

    def build(ledger: Ledger) -> Sequence[Record]:
        titre = ledger.titre_of(number)
        if titre is None:
            raise Refusal("titres.none_known", number=number)
        found.append(titre)
        return (TitreWithdrawn(Act(day, operator, __version__, ""), number, reason),)

    if not ledger_of(root).records:
        raise Refusal("titres.none_known", number=number)
    store.append(root, build)
    return found[0]


def _titres(
    rows: Sequence[TitreRow], ledger: Ledger, act: Act, exercice: int
) -> Iterator[tuple[TitreRow, Titre]]:
    """The titres that the register does not hold yet; what a row leaves out is as it was."""
    for row in rows:
        known = ledger.titre_of(row.document)
        same = known is not None and known.titre == row.titre
        same = same and row.exercice in (None, known.exercice if known else None)
        document = ledger.by_number.get(row.document)
        titre = Titre(
            act,
            row.document,
            known.exercice if same and known else row.exercice or exercice,
            row.titre,
            row.bordereau or (known.bordereau if same and known else ""),
            row.day or (known.titre_day if same and known else None),
            "" if document is None else document.commune.siren,
        )
        if known is None or replace(titre, act=known.act, debtor=known.debtor) != known:
            yield row, titre


def _entered(
    ledger: Ledger, titres: Iterator[tuple[TitreRow, Titre]], file: str
) -> Iterator[Entered]:
    """Raises Refusal with the reasons of every row."""
    reasons: list[Reason] = []
    new: dict[str, Titre] = {}
    places: dict[str, str] = {}
    for row, titre in titres:
        at = row.document if row.line is None else f"{file}:{row.line} {row.document}"
        document = ledger.by_number.get(row.document)
        if has_titre(document):
            new[row.document], places[row.document] = titre, at
            reasons += faults_of(titre, document, at)
        else:
            reasons.append(_without_titre(row.document, ledger, at))
    last = {**ledger.finance.last, **new}
    documents = {n: d for n in last if has_titre(d := ledger.by_number.get(n))}
    beside: dict[str, list[str]] = {}
    for titre, other in sharing(last, new, lambda n: _series(documents[n], ledger, last)):
        shared, own = documents[other.document].commune, documents[titre.document].commune
        if (shared.siren or shared.code_insee) == (own.siren or own.code_insee):
            beside.setdefault(titre.document, []).append(other.document)
            continue
        facts: dict[str, Fact] = {"at": places[titre.document], "titre": titre.titre}
        facts |= {"exercice": titre.exercice, "other": other.document, "commune": shared.name}
        reasons.append(Reason("titres.of_two_debtors", facts))
    if reasons:
        raise Refusal("titres.refused", details=reasons)
    for number, titre in new.items():
        yield Entered(titre, ledger.titre_of(number), tuple(beside.get(number, ())))


def _series(document: Titled, ledger: Ledger, last: Mapping[str, Titre]) -> str:
    nature = ledger.natures.get(document.number)
    return series_of(document, nature, last.get(document.refers_to or ""))


def _without_titre(number: str, ledger: Ledger, at: str) -> Reason:
    document = ledger.by_number.get(number)
    code = "titres.of_a_quote" if isinstance(document, IssuedQuote) else "titres.of_a_statement"
    return Reason("titres.of_nothing" if document is None else code, {"at": at})
