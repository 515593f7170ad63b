"""The page of a commune's account, as it is given to its template.

It says what the screen says, but for what only the body needs: titres, exports, accounts.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from mutualis.documents.paper.page import Page, head
from mutualis.documents.wording import account as words
from mutualis.documents.wording.missions import STATES
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.typography import euros, long_date, number
from mutualis.domain.invoices.invoice import Claim
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.commune_account import CommuneAccount, YearAccount
from mutualis.domain.quotes.work_done import totals
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.value import Struct

_DOCUMENTS = ("Date", "Montant", "Valeur")
_QUOTES = ("Devis", "État", "Montant", "Demi-journées", "Faites", "À facturer")
_UNCOSTED = ("Prestation", "Demi-journées")
_LEFT = ("Date", "État", "Direction", "Cat.")  # the columns of words; the others are figures


class _Head(Struct, frozen=True):
    issuer: Issuer
    commune: CommuneYear
    heading: str
    made: str
    object_line: str
    alert: str
    before: str
    footer: str


def account_page(found: CommuneAccount, issuer: Issuer) -> Page:
    """The page of the detailed year."""
    one, day = found.detailed, long_date(found.day)
    heading = f"État du compte au {day}"
    top = _Head(
        issuer=issuer,
        commune=one.person,
        heading=heading,
        made=f"Année {one.year}",
        object_line=f"Objet : services mutualisés, compte de l'année {one.year}",
        alert=words.NO_INVOICE,
        before=" ".join(filter(None, (words.as_on(found), words.NOT_PAYMENTS))),
        footer=f"{issuer.name} - Compte {one.year} au {day} - {one.person.name}",
    )
    return Page(
        template="account",
        title=f"{heading} - {one.person.name}, {one.year}",
        author=issuer.name,
        day=found.day,
        texts={**head(top), "sections": [*_sections(one, found)]},
    )


def _sections(one: YearAccount, found: CommuneAccount) -> Iterator[dict[str, Any]]:
    yield from _membership(one, found.ledger)
    yield from _missions(one, found)
    yield from _usage(one)
    if told := [*words.coming(one)]:
        yield section("Et après", (), (), notes=told)


def _membership(one: YearAccount, ledger: Ledger) -> Iterator[dict[str, Any]]:
    account = one.account
    rows = [(label, euros(amount)) for label, amount in words.amounts(one)]
    none = "" if one.owned else f"Aucun document d'adhésion pour {one.year}."
    told = (*words.calculation(one), words.not_computed(one), words.becomes(one), none)
    remaining = "" if account is None else euros(account.entry.remaining)
    yield section(
        f"Adhésion {one.year}", ("Compte", "Montant"), rows, notes=told, remaining=remaining
    )
    claims = [
        row for item in one.owned for row in _claim(item.document, words.what(item, one), ledger)
    ]
    if claims:
        yield section("Documents d'adhésion", ("Document", *_DOCUMENTS), claims)


def _claim(claim: Claim, name: str, ledger: Ledger) -> Iterator[Sequence[str]]:
    """A document, then what takes off it."""
    yield (
        f"{claim.number}, {name}",
        long_date(claim.act.day),
        euros(claim.amount),
        euros(ledger.remaining(claim.number)),
    )
    for credit in ledger.credits_of(claim.number):
        yield (
            f"dont {credit.number}, {words.taken_off(credit, ledger)}",
            long_date(credit.act.day),
            euros(credit.amount),
            "",
        )


def _missions(one: YearAccount, found: CommuneAccount) -> Iterator[dict[str, Any]]:
    if not one.missions:
        return
    quotes = [
        (
            mission.number,
            STATES[mission.state(found.day)],
            euros(mission.issued.amount),
            number(sum(mission.accepted.values())),
            number(sum(totals(mission.works).values())),
            euros(mission.to_invoice),
        )
        for mission in one.missions
    ]
    yield section("Missions sur devis", _QUOTES, quotes)
    claims = [
        row
        for mission in one.missions
        for invoice in found.invoices_of(mission)
        for row in _claim(invoice, words.mission_invoice(mission), found.ledger)
    ]
    if claims:
        yield section("Factures des missions", ("Document", *_DOCUMENTS), claims)


def _usage(one: YearAccount) -> Iterator[dict[str, Any]]:
    title = f"À quoi sert l'adhésion : reçu en {one.year}"
    if one.usage_fails:
        yield section(title, (), (), notes=(words.USAGE_UNKNOWN,))
    if one.usage is None:
        return
    usage, received = one.usage, one.usage.received
    done = words.done(usage)
    told = [
        " ".join((f"{done[0].upper()}{done[1:]}.", *words.valued(usage))),
        *(f"{words.quota(use)}." for use in usage.quotas),
        " ".join(words.invented(usage)),
    ]
    has_costs = usage.costs is not None
    columns = ("Prestation", "Demi-journées", "Au coût") if has_costs else _UNCOSTED
    rows = [
        (name, number(part.half_days), words.at_cost(part))[: len(columns)]
        for name, part in (() if received is None else received.by_service)
    ]
    part = section(title, columns, rows, notes=told)
    if received is not None and has_costs:
        part["total"] = {"label": "Valeur reçue", "amount": words.at_cost(received)}
    yield part


def section(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    notes: Sequence[str] = (),
    remaining: str = "",
) -> dict[str, Any]:
    """A title, a table where there are rows, what remains where it is known, sentences."""
    return {
        "title": title,
        "columns": [
            {"title": name, "side": "right" if rank and name not in _LEFT else "left"}
            for rank, name in enumerate(columns)
        ],
        "rows": [[{"text": text, "span": 1} for text in row] for row in rows],
        "total": {"label": "Reste" if remaining else "", "amount": remaining},
        "notes": [text for text in notes if text],
    }
