"""What a titre may be: of one debtor, of its exercice, not before its document."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import TypeGuard

from mutualis.domain.french.typography import short_date
from mutualis.domain.invoices.credit_note import CreditNote, NegativeStatement
from mutualis.domain.invoices.invoice import Invoice
from mutualis.domain.kinds import Nature
from mutualis.domain.problems.refusals import Fact, Reason
from mutualis.domain.register.records import Titre

Titled = Invoice | CreditNote


def has_titre(document: object) -> TypeGuard[Titled]:
    """Whether a document may have a titre or a mandat: what is withheld has none."""
    return isinstance(document, Titled) and not isinstance(document, NegativeStatement)


def last_day_of(exercice: int) -> date:
    """The last day on which a titre of an exercice may be issued: the journée complémentaire."""
    return date(exercice + 1, 1, 31)


def is_mandated(credit: CreditNote, nature: Nature | None, titre: Titre | None) -> bool:
    """Whether a mandat pays a credit, `titre` being that of its invoice: a remise always, a
    correction once the exercice of the titre is closed, by the credit's own or by its day."""
    if nature is Nature.REMISE:
        return True
    if titre is None:
        return False
    return titre.exercice < credit.exercice or credit.act.day > last_day_of(titre.exercice)


def faults_of(titre: Titre, document: Titled, at: str) -> Iterator[Reason]:
    """What is wrong with a titre by itself; `at` tells people where it was read."""
    own, day, known = document.exercice, titre.titre_day, titre.act.day
    facts: dict[str, Fact] = {"at": at, "titre": titre.titre, "exercice": titre.exercice}
    facts |= {"own": own, "issued": short_date(document.act.day)}
    if titre.exercice < own:
        yield Reason("titres.before_exercice", facts)
    if titre.exercice > known.year:
        yield Reason("titres.exercice_to_come", facts)
    if day is None:
        return
    facts["day"] = short_date(day)
    if day < document.act.day:
        yield Reason("titres.before_document", facts)
    elif day > known:
        yield Reason("titres.to_come", facts)
    elif not date(titre.exercice, 1, 1) <= day <= last_day_of(titre.exercice):
        yield Reason("titres.outside_exercice", facts)


def sharing(
    last: Mapping[str, Titre], new: Collection[str], series_of: Callable[[str], str]
) -> Iterator[tuple[Titre, Titre]]:
    """The titres of the documents `new`, each beside another that bears its number in its
    exercice; `last` is the titre of each document, `series_of` what its number is one of."""
    held: dict[tuple[str, int, str], list[Titre]] = {}
    for number, titre in last.items():
        key = (series_of(number), titre.exercice, titre.titre.upper().lstrip("0"))
        held.setdefault(key, []).append(titre)
    for titres in held.values():
        for titre in titres:
            if titre.document in new:
                yield from ((titre, other) for other in titres if other is not titre)


def series_of(document: Titled, nature: Nature | None, titre: Titre | None) -> str:
    """What the number of its titre is one of: titres, those that reduce others, mandats."""
    if not isinstance(document, CreditNote):
        return "titre"
    return "mandat" if is_mandated(document, nature, titre) else "reduction"
