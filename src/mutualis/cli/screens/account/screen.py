"""One commune's account on the screen."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mutualis.cli.screens.account.answer import invoices_of
from mutualis.cli.screens.register.documents import effect_on_claim, name_of
from mutualis.cli.screens.register.unbilled import STATES
from mutualis.cli.terminal import console
from mutualis.documents.wording.missions import STATES as MISSION_STATES
from mutualis.domain.french.typography import count, euros, long_date, number, short_date
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim
from mutualis.domain.issuing.account import Left
from mutualis.domain.missions.mission import Mission, State
from mutualis.domain.money import ZERO
from mutualis.domain.quotes.work_done import totals
from mutualis.domain.register.accounting import TitreState, titre_state, to_enter
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Titre
from mutualis.workflows.account import CommuneAccount, CommuneUsage, YearAccount

_TITRES = {
    TitreState.WITHHELD: "retenue sur AC",
    TitreState.AWAITED: "attendu",
    TitreState.EXPORTED: "exporté, inconnu",
    TitreState.NEEDLESS: "sans objet",
}


def show(found: CommuneAccount) -> None:
    one = found.detailed
    person = f"{one.person.name} ({one.person.code_insee})"
    console.show(f"{person} : compte au {long_date(found.day)}", "bold")
    if found.asked is not None:
        asked = f"{found.asked.name} ({found.asked.code_insee})"
        console.show(f"{asked} est aujourd'hui {person}, dont voici le compte.")
    if len(found.years) > 1:
        _show_years(found)
    _show_amounts(one)
    _show_documents(one, found.ledger)
    _show_missions(one, found)
    _show_usage(one)
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
    account, sums = one.account, one.sums
    rows: list[tuple[str, Decimal]] = []
    if account is not None:
        entry = account.entry
        rows.append(("Dû pour l'année", entry.due))
        if entry.granted:
            rows += [("Remises accordées", -entry.granted), ("À demander", entry.target)]
    taken = (
        ("Facturé", sums.invoiced),
        ("Retenu sur l'AC", sums.withheld),
        ("Corrigé", -sums.corrected),
        ("Remis", -sums.granted),
        ("Remis, remise retirée depuis", -sums.withdrawn),
        ("Avoirs à qualifier", -sums.unqualified),
    )
    rows += [(label, amount) for label, amount in taken if amount]
    rows.append(("Valeur des documents", sums.balance))
    if account is not None and account.entry.stale:
        rows.append(("dont à annuler : le règlement a changé", account.entry.stale))
    left = None if account is None else (f"Reste ({_state(one)})", euros(account.entry.remaining))
    if account is not None or one.owned:
        console.show_table(
            (f"Adhésion {one.year}", "Montant"),
            [(label, euros(amount)) for label, amount in rows],
            right=(1,),
            total=left,
        )
    if one.missing:
        console.show(f"Dû {one.year} non calculé : {one.missing} ; le reste vient du registre.")
    elif account is not None and account.line is not None:
        console.show(f"Dû : {account.line.explanation}")
    elif one.free:
        console.show(f"Rien n'est dû : {one.free}.")
    if account is not None and account.is_example:
        console.show("Niveau d'adhésion d'exemple, inventé : ce montant ne décrit rien de réel.")
    if one.is_projected:
        console.show("La grille est projetée, non votée : rien ne peut en être émis.")


def _show_documents(one: YearAccount, ledger: Ledger) -> None:
    if not one.owned:
        console.show(f"Aucun document d'adhésion pour {one.year}.")
        return
    stale = frozenset[str]() if one.account is None else one.account.stale
    rows: list[tuple[str, ...]] = []
    for item in one.owned:
        name = name_of(item.document)
        if item.document.row.code_insee != one.person.code_insee:
            name += f" pour {item.document.row.name}"
        if item.number in stale and item.worth:
            name += ", à annuler"
        rows += _claim(item.document, name, ledger)
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
        effect = effect_on_claim(credit, ledger)
        if credit.number in ledger.withdrawn:
            effect += " retirée depuis"
        yield (
            f"- {credit.number}",
            f"{name_of(credit)} : {effect}",
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
        for invoice in invoices_of(mission, found)
        for row in _claim(invoice, f"facture de {mission.number}", found.ledger)
    ]
    if rows:
        _show_claims("Missions", rows)


def _show_usage(one: YearAccount) -> None:
    if one.usage_fails:
        console.show(f"Usage {one.year} : non calculé, mutualis usage {one.year} dit pourquoi.")
    if one.usage is None:
        return
    console.show(f"Usage {one.year} : {_done(one.usage)}")
    for use in one.usage.quotas:
        over = f", dépassé de {use.exceeded}" if use.exceeded else ""
        asked = count(use.used, "demande")
        console.show(f"  {use.service.name} : {asked} sur {use.quota}{over}")


def _done(usage: CommuneUsage) -> str:
    if not usage.served:
        return "aucune intervention notée"
    times, half_days = len(usage.served), count(usage.half_days, "demi-journée")
    quoted = f", dont {number(usage.on_quote)} sur devis" if usage.on_quote else ""
    return f"{half_days} en {count(times, 'intervention')}{quoted}"


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
    claims += [i for mission in one.missions for i in invoices_of(mission, found)]
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
