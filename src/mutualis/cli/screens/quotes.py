"""A quote and its works on the screen and to other programs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from mutualis.cli.terminal import console
from mutualis.documents.wording.missions import STATES, by_decision, certificate
from mutualis.domain.french.missions import by_category
from mutualis.domain.french.typography import count, euros, long_date, number, short_date
from mutualis.domain.missions.mission import Mission
from mutualis.domain.money import plain
from mutualis.domain.quotes.quote import QuoteLine
from mutualis.domain.quotes.records import AnswerWithdrawn
from mutualis.domain.quotes.work_done import totals


def list_answer(missions: Sequence[Mission], day: date) -> dict[str, Any]:
    """The JSON contract of `quotes list`."""
    return {"quotes": [entry(mission, day) for mission in missions]}


def show_list(missions: Sequence[Mission], day: date) -> None:
    if not missions:
        console.show("Aucun devis n'est enregistré.")
        console.show_next('mutualis quote COMMUNE --line A:2:"Désignation"')
        return
    console.show_table(
        ("Devis", "Date", "Commune", "Montant", "État", "À facturer"),
        [
            (
                mission.number,
                short_date(mission.issued.quote.issued_on),
                f"{mission.issued.commune.name} ({mission.issued.commune.code_insee})",
                euros(mission.issued.amount),
                STATES[mission.state(day)],
                euros(mission.to_invoice) if mission.waiting else "",
            )
            for mission in missions
        ],
        right=(3, 5),
    )


def tell(mission: Mission, day: date, *, json: bool) -> None:
    """What a quote has become, and what comes next."""
    if json:
        console.show_json(whole(mission, day))
        return
    show(mission, day)
    for invoice in mission.overbilled:
        console.tell(
            f"{invoice} facture un travail retiré : mutualis credit {invoice} "
            '--reason "…" --replace'
        )
    year = mission.issued.year
    if mission.overbilled:
        number = mission.overbilled[0]
        console.show_next(f'mutualis credit {number} --reason "…" --replace')
    elif mission.waiting:
        console.show_next(f"mutualis bill {year} --quotes, puis --issue pour facturer")
    elif mission.is_accepted and mission.closed is None:
        console.show_next(
            f"à chaque intervention : mutualis quotes done {mission.number} --line A:1 "
            '--certified-by "NOM"'
        )
    elif mission.answer is None:
        console.show_next(
            f"noter la vraie réponse : mutualis quotes accept {mission.number} --date JJ/MM/AAAA, "
            "ou decline"
        )
    else:
        console.show_next("mutualis quotes list")


def show(mission: Mission, day: date) -> None:
    """The quote, its answer, its works."""
    quote, answer = mission.issued.quote, mission.answer
    console.show(
        f"Devis {mission.number} du {long_date(quote.issued_on)} : {quote.commune.name} "
        f"({quote.commune.code_insee}), {STATES[mission.state(day)]}",
        "bold",
    )
    if quote.subject or quote.service:
        console.show(f"Objet : {quote.subject or quote.service}")
    console.show(f"Valable jusqu'au {long_date(quote.valid_until)}")
    if answer is not None:
        by = f", par {answer.by}" if answer.by else ""
        word = "Accepté" if answer.accepted else "Refusé"
        decided = f", {by_decision(answer.decision)}" if answer.decision else ""
        console.show(f"{word} le {long_date(answer.day)}{by}{decided}")
    for undone in mission.undone:
        what = "Réponse" if isinstance(undone, AnswerWithdrawn) else "Clôture"
        console.show(f"{what} retirée le {long_date(undone.act.day)} : {undone.reason}")
    if mission.closed is not None:
        closed = mission.closed
        console.show(f"Clos le {long_date(closed.day)} : {closed.reason}")
        console.show(f"Libéré : {by_category(mission.released)}")
    done, prices = totals(mission.works), {x.category: x.unit_price for x in quote.lines}
    waiting = totals(mission.waiting)
    console.show_table(
        (
            "Catégorie",
            "Prix",
            "Acceptées" if mission.is_accepted else "Proposées",
            "Faites",
            "À facturer",
        ),
        [
            (
                category,
                euros(prices[category]),
                number(quantity),
                number(done.get(category, 0)),
                number(waiting.get(category, 0)),
            )
            for category, quantity in mission.accepted.items()
        ],
        right=(1, 2, 3, 4),
    )
    for work in mission.noted:
        state = "retiré" if work.rank in mission.withdrawn else ""
        billed = mission.billed.get(work.rank)
        waived = "facture annulée" if work.rank in mission.freed and not billed else ""
        marks = " ; ".join(x for x in (state, f"facturé par {billed}" if billed else waived) if x)
        console.show(f"{work.rank}. {certificate(work)}" + (f" ({marks})" if marks else ""))
    if mission.waiting:
        amount = euros(mission.to_invoice)
        console.show(f"À facturer : {count(len(mission.waiting), 'travail', 'travaux')}, {amount}")


def entry(mission: Mission, day: date) -> dict[str, Any]:
    """A quote in a list, for other programs."""
    quote = mission.issued.quote
    return {
        "number": mission.number,
        "year": quote.year,
        "date": quote.issued_on.isoformat(),
        "code_insee": quote.commune.code_insee,
        "commune": quote.commune.name,
        "total": plain(mission.issued.amount),
        "net": plain(mission.issued.net),
        "vat": plain(mission.issued.amount - mission.issued.net),
        "valid_until": quote.valid_until.isoformat(),
        "state": mission.state(day),
        "closed": None
        if mission.closed is None
        else {"date": mission.closed.day.isoformat(), "reason": mission.closed.reason},
        "to_invoice": plain(mission.to_invoice),
    }


def whole(mission: Mission, day: date) -> dict[str, Any]:
    """The JSON contract of `quotes show`: the same with its lines, its answer and its works."""
    quote, answer = mission.issued.quote, mission.answer
    return {
        **entry(mission, day),
        "service": quote.service,
        "object": quote.subject,
        "lines": lines_of(quote.lines),
        "answer": None
        if answer is None
        else {
            "accepted": answer.accepted,
            "date": answer.day.isoformat(),
            "by": answer.by,
            "decision": answer.decision,
        },
        "withdrawn": [
            {
                "what": "answer" if isinstance(undone, AnswerWithdrawn) else "closure",
                "date": undone.act.day.isoformat(),
                "reason": undone.reason,
            }
            for undone in mission.undone
        ],
        "committed": dict(mission.committed) if mission.is_accepted else {},
        "done": totals(mission.works),
        "unbilled": totals(mission.waiting),
        "overbilled": list(mission.overbilled),
        "works": [
            {
                "rank": work.rank,
                "date": work.day.isoformat(),
                "half_days": dict(work.half_days),
                "certified_by": work.certified_by,
                "decision": work.decision,
                "withdrawn": work.rank in mission.withdrawn,
                "invoice": mission.billed.get(work.rank),
            }
            for work in mission.noted
        ],
        "invoices": [invoice.number for invoice in mission.invoices],
    }


def lines_of(lines: Sequence[QuoteLine]) -> list[dict[str, Any]]:
    """The priced lines of a quote or of its invoice, for other programs."""
    return [
        {
            "category": line.category,
            "half_days": line.half_days,
            "unit_price": plain(line.unit_price),
            "amount": plain(line.amount),
            "label": line.label,
        }
        for line in lines
    ]
