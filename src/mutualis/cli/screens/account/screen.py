"""One commune's account on the screen."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from mutualis.cli.screens.register.unbilled import STATES
from mutualis.cli.terminal import console
from mutualis.documents.wording import account as words
from mutualis.documents.wording.missions import STATES as MISSION_STATES
from mutualis.domain.french.typography import euros, long_date, number, short_date
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim
from mutualis.domain.issuing.account import Left
from mutualis.domain.issuing.commune_account import CommuneAccount, YearAccount
from mutualis.domain.missions.mission import Mission, State
from mutualis.domain.money import ZERO
from mutualis.domain.quotes.work_done import totals
from mutualis.domain.register.accounting import TitreState, titre_state, to_enter
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Titre

_TITRES = {
    TitreState.WITHHELD: "retenue sur AC",
    TitreState.AWAITED: "attendu",
    TitreState.EXPORTED: "exporté, inconnu",
    TitreState.NEEDLESS: "sans objet",
}


def show(found: CommuneAccount, files: Sequence[str], folder: Path) -> None:
    one = found.detailed
    console.show(f"{words.person(one)} : compte au {long_date(found.day)}", "bold")
    if found.asked is not None:
        console.show(words.as_on(found))
    if len(found.years) > 1:
        _show_years(found)
    _show_amounts(one)
    _show_documents(one, found.ledger)
    _show_missions(one, found)
    _show_usage(one)
    for text in words.coming(one):
        console.show(text)
    console.show_files(files, folder)
    console.show_next(" ; ".join(_next(one, found)))


def _show_years(found: CommuneAccount) -> None:
    console.show_table(
        ("Année", "Dû", "Documents", "Reste", "État", "À facturer"),
        [
            (
                str(one.year),
                _euros(None if one.account is None else one.account.entry.due),
                euros(one.sums.balance),
                _euros(None if one.account is None else one.account.entry.remaining),
                _state(one),
                euros(_to_invoice(one)) if _to_invoice(one) else "",
            )
            for one in found.years
        ],
        right=(1, 2, 3, 5),
    )


def _euros(amount: Decimal | None) -> str:
    return "" if amount is None else euros(amount)


def _to_invoice(one: YearAccount) -> Decimal:
    return sum((mission.to_invoice for mission in one.missions), ZERO)


def _state(one: YearAccount) -> str:
    if one.account is None:
        return "non calculé"
    return "rien à émettre" if one.left is None else STATES[one.left]


def _show_amounts(one: YearAccount) -> None:
    """What is due beside what the documents are worth, and what remains."""
    account, rows = one.account, words.amounts(one)
    left = None if account is None else (f"Reste ({_state(one)})", euros(account.entry.remaining))
    if rows:
        console.show_table(
            (f"Adhésion {one.year}", "Montant"),
            [(label, euros(amount)) for label, amount in rows],
            right=(1,),
            total=left,
        )
    if one.missing:
        console.show(f"Dû {one.year} non calculé : {one.missing} ; le reste vient du registre.")
    for text in words.calculation(one):
        console.show(text)


def _show_documents(one: YearAccount, ledger: Ledger) -> None:
    if not one.owned:
        console.show(f"Aucun document d'adhésion pour {one.year}.")
        return
    rows = [
        row for item in one.owned for row in _claim(item.document, words.what(item, one), ledger)
    ]
    _show_claims("Adhésion", rows)


def _show_claims(title: str, rows: Sequence[Sequence[str]]) -> None:
    console.show_table(
        (title, "Document", "Date", "Montant", "Valeur", "Titre"), rows, right=(3, 4)
    )


def _claim(claim: Claim, name: str, ledger: Ledger) -> Iterator[tuple[str, ...]]:
    """A document, then what takes off it."""
    yield (
        claim.number,
        name,
        short_date(claim.act.day),
        euros(claim.amount),
        euros(ledger.remaining(claim.number)),
        _titre(claim, ledger),
    )
    for credit in ledger.credits_of(claim.number):
        yield (
            f"- {credit.number}",
            words.taken_off(credit, ledger),
            short_date(credit.act.day),
            euros(credit.amount),
            "",
            _own_titre(credit, ledger),
        )


def _titre(claim: Claim, ledger: Ledger) -> str:
    """« n° 1240 (2026), remplace le n° 1234 »."""
    last = ledger.titre_of(claim.number)
    return _TITRES[titre_state(claim, ledger)] if last is None else _last_titre(last, ledger)


def _own_titre(credit: CreditNote, ledger: Ledger) -> str:
    """The titre or mandat of a credit, or that it is still to be entered."""
    last = ledger.titre_of(credit.number)
    if last is not None:
        return _last_titre(last, ledger)
    if credit not in to_enter(ledger):
        return ""
    is_exported = ledger.finance.exported(credit.number) is not None
    return "exporté, inconnu" if is_exported else "à saisir"


def _last_titre(last: Titre, ledger: Ledger) -> str:
    before = ledger.finance.history(last.document)
    others = dict.fromkeys(t.titre for t, _ in before if t.titre != last.titre)
    replaced = f", remplace le n° {', '.join(others)}" if others else ""
    return f"n° {last.titre} ({last.exercice}){replaced}"


def _show_missions(one: YearAccount, found: CommuneAccount) -> None:
    if not one.missions:
        return
    console.show_table(
        ("Devis", "Montant", "État", "Demi-journées", "Faites", "À facturer"),
        [
            (
                mission.number,
                euros(mission.issued.amount),
                MISSION_STATES[mission.state(found.day)],
                number(sum(mission.accepted.values())),
                number(sum(totals(mission.works).values())),
                euros(mission.to_invoice),
            )
            for mission in one.missions
        ],
        right=(1, 3, 4, 5),
    )
    rows = [
        row
        for mission in one.missions
        for invoice in found.invoices_of(mission)
        for row in _claim(invoice, words.mission_invoice(mission), found.ledger)
    ]
    if rows:
        _show_claims("Missions", rows)


def _show_usage(one: YearAccount) -> None:
    if one.usage_fails:
        console.show(words.usage_fails(one.year))
    if one.usage is None:
        return
    usage, received = one.usage, one.usage.received
    console.show(f"Usage {one.year} : {words.done(usage)}")
    if received is not None and usage.costs is not None:
        console.show_table(
            ("Prestation", "½ j.", "Au coût"),
            [
                (name, number(part.half_days), words.at_cost(part))
                for name, part in received.by_service
            ],
            right=(1, 2),
            total=("Reçu", number(received.half_days), words.at_cost(received)),
        )
    for text in (*words.valued(usage), *words.invented(usage)):
        console.show(text)
    for use in usage.quotas:
        console.show(words.quota(use))


def _next(one: YearAccount, found: CommuneAccount) -> Iterator[str]:
    """What is to be done, then how an amount is explained."""
    code, year, account = one.person.code_insee, one.year, one.account
    if not one.is_priced or (account is None and one.sums.balance):
        yield "mutualis check"
    for item in one.owned:
        for credit in item.unqualified:
            yield f"mutualis credit {credit} --qualify remise, ou correction"
    if one.left in (Left.TO_ISSUE, Left.CORRECTION):
        yield f"mutualis bill {year} --commune {code}"
    yield from _next_of_missions(one.missions, found)
    claims: list[Claim] = [item.document for item in one.owned]
    claims += [i for mission in one.missions for i in found.invoices_of(mission)]
    if any(titre_state(claim, found.ledger) is TitreState.AWAITED for claim in claims):
        yield "mutualis register export, puis register titres"
    numbers = {claim.number for claim in claims}
    given = found.ledger.finance.unanswered
    credits_left = [c.number for c in to_enter(found.ledger) if c.refers_to in numbers]
    if any(number not in given for number in credits_left):
        yield "mutualis register export --reductions, puis register titres"
    if any(number in given for number in (*numbers, *credits_left)):
        yield "après la prise en charge, mutualis register titres NUMÉRO TITRE"
    if account is None:
        yield f"mutualis register list --commune {code}"
    else:
        owing = [fee.group.row.code_insee for fee in account.fees if fee.line is not None]
        explained = (f"mutualis explain {c} {year}" for c in owing or [account.row.code_insee])
        yield f"pourquoi ce montant : {', '.join(explained)}"


def _next_of_missions(missions: Sequence[Mission], found: CommuneAccount) -> Iterator[str]:
    for mission in missions:
        if mission.state(found.day) is State.WAITING:
            yield f"à la réponse de la commune : mutualis quotes accept {mission.number}"
        if mission.overbilled:
            yield f'mutualis credit {mission.overbilled[0]} --reason "…" --replace'
    for year in dict.fromkeys(m.issued.year for m in missions if m.waiting):
        yield f"mutualis bill {year} --quotes"
