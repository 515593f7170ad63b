"""What may happen to a mission.

The rules that a command obeys before it adds a record are those that `verify` checks again.
"""

from datetime import date

from mutualis.domain.french.typography import count, long_date
from mutualis.domain.invoices.invoice import MissionInvoice
from mutualis.domain.missions.mission import Mission, Missions
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.quote import MOST_HALF_DAYS
from mutualis.domain.quotes.records import Answer, IssuedQuote, WorkDone, WorkWithdrawn
from mutualis.domain.quotes.work_done import Work, totals


def check_record(missions: Missions, record: object) -> None:
    """Raises Refusal when a record breaks the rules of its mission, as it is before it."""
    if isinstance(record, IssuedQuote):
        check_prices(record)
    elif isinstance(record, Answer):
        check_answer(missions.of(record.quote), record.accepted, record.day, record.act.day)
    elif isinstance(record, WorkDone):
        check_work(missions.of(record.quote), record.work, record.act.day)
    elif isinstance(record, WorkWithdrawn):
        check_withdrawal(missions.of(record.quote), record.rank)
    elif isinstance(record, MissionInvoice):
        check_billed(missions.of(record.work.quote), record)


def check_prices(issued: IssuedQuote) -> None:
    """Raises Refusal when a price is not the one of the quote's own grid."""
    quote = issued.quote
    level = quote.grid.on_quote
    for line in quote.lines:
        if level is None or level.half_day.get(line.category) != line.unit_price:
            raise Refusal(
                f"le prix de la catégorie {line.category} n'est pas celui de la grille "
                f"{quote.grid.year}"
            )


def check_answer(mission: Mission, accepted: bool, day: date, today: date) -> None:
    """Raises Refusal for a second answer, and for an acceptance out of the quote's validity."""
    number, quote = mission.number, mission.issued.quote
    if mission.answer is not None:
        what = "accepté" if mission.answer.accepted else "refusé"
        raise Refusal(
            f"Le devis {number} a déjà été {what} le {long_date(mission.answer.day)} : rien n'a "
            "été noté.",
            f"mutualis quotes show {number} ; pour d'autres travaux, un nouveau devis",
        )
    if day > today:
        raise Refusal(
            f"La réponse du {long_date(day)} est à venir : rien n'a été noté.",
            "donner la date de la réponse de la commune (--date)",
        )
    if day < quote.issued_on:
        raise Refusal(
            f"La réponse du {long_date(day)} précède le devis {number} du "
            f"{long_date(quote.issued_on)} : rien n'a été noté.",
            "donner la date de la réponse de la commune (--date)",
        )
    if accepted and day > quote.valid_until:
        raise Refusal(
            f"Le devis {number} a expiré le {long_date(quote.valid_until)} : il ne peut plus être "
            f"accepté le {long_date(day)}.",
            "établir un nouveau devis (mutualis quote) ; si la commune a répondu avant, donner la "
            "date de sa réponse (--date)",
        )


def check_work(mission: Mission, work: Work, today: date) -> None:
    """Raises one Refusal for all that is wrong with half-days to be noted."""
    number = mission.number
    answer = mission.answer
    if answer is None or not answer.accepted:
        state = "n'est pas encore accepté" if answer is None else "a été refusé"
        raise Refusal(
            f"Le devis {number} {state} : rien n'a été noté.",
            f"noter d'abord l'accord de la commune : mutualis quotes accept {number}"
            if answer is None
            else "établir un nouveau devis (mutualis quote)",
        )
    wrong = []
    if work.day > today:
        wrong.append(f"la date du {long_date(work.day)} est à venir")
    if work.day < answer.day:
        wrong.append(
            f"le {long_date(work.day)} précède l'accord de la commune, du {long_date(answer.day)}"
        )
    accepted, done = mission.accepted, totals(mission.works)
    for category, quantity in work.half_days.items():
        left = accepted.get(category, 0) - done.get(category, 0)
        if category not in accepted:
            known = ", ".join(accepted)
            wrong.append(f"le devis n'a pas de catégorie « {category} » (catégories : {known})")
        elif not 1 <= quantity <= MOST_HALF_DAYS:
            wrong.append(f"catégorie {category} : {quantity} n'est pas un nombre de demi-journées")
        elif quantity > left:
            wrong.append(
                f"catégorie {category} : {count(quantity, 'demi-journée')}, alors qu'il en reste "
                f"{max(left, 0)} sur les {accepted[category]} acceptées"
            )
    if work.rank != len(mission.noted) + 1:
        wrong.append(f"rang {work.rank} au lieu de {len(mission.noted) + 1}")
    if wrong:
        raise Refusal(
            f"Devis {number}, rien n'a été noté :\n  " + "\n  ".join(wrong) + ".",
            "corriger la date, la catégorie ou le nombre ; au-delà de ce qui est accepté, un "
            "nouveau devis (mutualis quote)",
        )


def check_withdrawal(mission: Mission, rank: int) -> None:
    """Raises Refusal when the mission has no such work, or not any more."""
    known = [work.rank for work in mission.works]
    if rank not in known:
        ranks = ", ".join(map(str, known)) or "aucun"
        raise Refusal(
            f"Le devis {mission.number} n'a pas de travail n° {rank} à retirer (travaux notés : "
            f"{ranks}).",
            f"mutualis quotes show {mission.number}",
        )


def check_billed(mission: Mission, invoice: MissionInvoice) -> None:
    """Raises Refusal when an invoice is not that of works done, unbilled and accepted."""
    billed = invoice.work
    unbilled = {work.rank: work for work in mission.unbilled}
    if not mission.is_accepted or any(unbilled.get(work.rank) != work for work in billed.works):
        raise Refusal(
            f"facture des demi-journées du devis {mission.number} qui ne sont pas à facturer"
        )
    if mission.bill(billed.works) != billed:
        raise Refusal(f"les lignes ne sont pas celles du devis {mission.number}")
    standing = [work for one in mission.invoices for work in one.work.works]
    for category, quantity in totals([*standing, *billed.works]).items():
        if quantity > mission.accepted[category]:
            raise Refusal(
                f"{quantity} demi-journées {category} facturées sur le devis {mission.number}, "
                f"pour {mission.accepted[category]} acceptées"
            )
    last = max(work.day for work in billed.works)
    if invoice.act.day < last:
        raise Refusal(f"datée avant les demi-journées du {long_date(last)}")
    grid = mission.issued.quote.grid
    if (invoice.year, invoice.level, invoice.grid_act) != (
        mission.issued.year,
        grid.on_quote,
        grid.act,
    ):
        raise Refusal(f"l'année, le niveau ou la délibération n'est pas du devis {mission.number}")
