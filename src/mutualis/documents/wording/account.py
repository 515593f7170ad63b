"""The French of a commune's account, on the screen and on the page that the commune is given."""

from collections.abc import Iterator
from decimal import Decimal

from mutualis.domain.communes.communes import Settlement
from mutualis.domain.costs.received import Received
from mutualis.domain.costs.unit_cost import UnitCosts
from mutualis.domain.french import interventions as units
from mutualis.domain.french import memberships as french
from mutualis.domain.french.typography import (
    count,
    enumerated,
    euros,
    number,
    signed_euros,
    signed_percent,
)
from mutualis.domain.interventions.quotas import QuotaUse
from mutualis.domain.invoices.credit_note import CreditNote, NegativeStatement
from mutualis.domain.issuing.account import Left
from mutualis.domain.issuing.commune_account import (
    CommuneAccount,
    CommuneUsage,
    Forecast,
    NoForecast,
    YearAccount,
)
from mutualis.domain.kinds import Kind, Nature
from mutualis.domain.missions.mission import Mission
from mutualis.domain.register.accounting import is_unqualified
from mutualis.domain.register.balance import Owned
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Numbered

NO_INVOICE = "Ceci n'est pas une facture : ne rien payer d'après ce document."
EXAMPLE_LEVEL = "Niveau d'adhésion d'exemple, inventé : ce montant ne décrit rien de réel."
EXAMPLE_WORK = "Interventions d'exemple, inventées : elles ne décrivent rien de réel."
EXAMPLE_COSTS = "Coûts d'exemple, inventés : ils ne décrivent rien de réel."
NO_COST = "sans coût"
USAGE_UNKNOWN = "L'usage de l'année n'est pas calculé : les données sont à corriger."
PROJECTED = "La grille est projetée, non votée : rien ne peut en être émis."
NOT_PAYMENTS = (
    "Ce compte dit ce qui est dû et ce qui a été demandé, pas ce qui est payé. La « valeur » d'un "
    "document est ce qu'il vaut encore, avoirs déduits."
)
KINDS = {
    Kind.INVOICE: "facture",
    Kind.STATEMENT: "relevé",
    Kind.CREDIT: "avoir",
    Kind.QUOTE: "devis",
}


def name_of(document: Numbered) -> str:
    """What a document is, in French."""
    if isinstance(document, NegativeStatement):
        return "relevé rectificatif"
    return KINDS[document.kind]


def effect_on_claim(credit: CreditNote, ledger: Ledger) -> str:
    """What a credit does to its claim; a partial one of before is to be qualified."""
    nature, claim = ledger.natures[credit.number], ledger.claim(credit.refers_to)
    if nature is Nature.REMISE:
        return "remise"
    if claim is not None and credit.cancels(claim):
        return "annulation"
    return "à qualifier" if is_unqualified(credit, ledger) else "réduction"


def person(one: YearAccount) -> str:
    return f"{one.person.name} ({one.person.code_insee})"


def as_on(found: CommuneAccount) -> str:
    """Which commune answers for the one that was named; empty where it is itself."""
    if found.asked is None:
        return ""
    asked = f"{found.asked.name} ({found.asked.code_insee})"
    return f"{asked} est aujourd'hui {person(found.detailed)}, dont voici le compte."


def amounts(one: YearAccount) -> list[tuple[str, Decimal]]:
    """What is due, then what the documents are worth and why, in euros; empty where nothing was
    ever due or issued."""
    account, sums = one.account, one.sums
    if account is None and not one.owned:
        return []
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
    return rows


def calculation(one: YearAccount) -> Iterator[str]:
    """Where what is due comes from, or why nothing is; nothing is said of a year not computed."""
    account = one.account
    if account is not None and account.line is not None:
        yield f"Dû : {account.line.explanation}"
    elif account is not None and one.free:
        yield f"Rien n'est dû : {one.free}."
    if one.change is not None and one.change.amount:
        change = one.change
        text = french.change(one.year, change.before, change.after, change.effects.by_name)
        yield f"{french.WHY_CHANGED} : {text}."
    if account is not None and account.is_example:
        yield EXAMPLE_LEVEL
    if one.is_projected:
        yield PROJECTED


def not_computed(one: YearAccount) -> str:
    """Why what is due is not known, for the commune; empty where it is."""
    if one.account is not None:
        return ""
    why = (
        f"la commune n'a pas de ligne en {one.year}"
        if one.is_priced
        else f"la grille ou les données de {one.year} manquent, ou sont à corriger"
    )
    told = " ; ce qui est montré vient des documents émis" if one.owned else ""
    return f"Dû {one.year} non calculé : {why}{told}."


def becomes(one: YearAccount) -> str:
    """What becomes of what remains, for the commune; empty where that is not known."""
    account = one.account
    if account is None:
        return ""
    if one.left is None:
        worth = " : les documents valent ce qui est dû" if one.owned else ""
        return f"Rien ne reste à émettre{worth}."
    withheld = account.row.settlement is Settlement.AC
    if one.left is Left.TO_QUALIFY:
        numbers = ", ".join(account.unqualified)
        return f"À qualifier, réduction ou remise : {numbers} ; rien n'est émis d'ici là."
    if one.left is Left.BELOW_MINIMUM:
        return (
            "Ce reste est sous le seuil de recouvrement : il n'est pas demandé. Il reste au "
            "compte, et s'ajoute à ce qui deviendrait dû."
        )
    if one.left is Left.TO_ISSUE:
        document = "un relevé de retenue sur l'AC" if withheld else "une facture"
        return f"Ce reste est à demander par {document}, à émettre."
    if account.entry.stale:
        return (
            "Le règlement a changé : les documents de l'ancien règlement sont à annuler, et ce qui "
            "est dû à demander par le nouveau."
        )
    document = "un relevé rectificatif" if withheld else "un avoir"
    return f"Les documents valent plus que ce qui est dû : la différence est à ôter par {document}."


def what(item: Owned, one: YearAccount) -> str:
    """« facture pour Valbois, à annuler »."""
    name = name_of(item.document)
    if item.document.row.code_insee != one.person.code_insee:
        name += f" pour {item.document.row.name}"
    if one.account is not None and item.number in one.account.stale and item.worth:
        name += ", à annuler"
    return name


def taken_off(credit: CreditNote, ledger: Ledger) -> str:
    """« avoir : remise retirée depuis »."""
    withdrawn = " retirée depuis" if credit.number in ledger.withdrawn else ""
    return f"{name_of(credit)} : {effect_on_claim(credit, ledger)}{withdrawn}"


def mission_invoice(mission: Mission) -> str:
    return f"facture de {mission.number}"


def done(usage: CommuneUsage) -> str:
    if not usage.served:
        return "aucune intervention notée"
    times, half_days = len(usage.served), count(usage.half_days, "demi-journée")
    quoted = f", dont {number(usage.on_quote)} sur devis" if usage.on_quote else ""
    return f"{half_days} en {count(times, 'intervention')}{quoted}"


def quota(use: QuotaUse) -> str:
    rest = f"dépassé de {use.exceeded}" if use.exceeded else f"reste {use.left}"
    return f"Quota, {use.service.name} : {count(use.used, 'demande')} sur {use.quota}, {rest}"


def at_cost(received: Received) -> str:
    """What half-days are worth; what has no cost is told, and is not in the sum."""
    if not received.has_cost:
        return NO_COST
    return euros(received.at_cost)


def valued(usage: CommuneUsage) -> Iterator[str]:
    """At which costs it is counted, what a quote pays for of it, and what has none; nothing without
    a file of costs."""
    received, costs = usage.received, usage.costs
    if received is None or costs is None:
        return
    if not costs.lines:
        yield f"Les coûts unitaires de {costs.year} ne sont pas connus : la valeur ne l'est pas."
        return
    yield f"Au coût unitaire d'une demi-journée, {_vintages(costs)}."
    if received.on_quote.lines:
        half_days = count(received.on_quote.half_days, "demi-journée")
        yield (
            f"Dont sur devis, que l'adhésion ne paie pas : {half_days}, "
            f"{at_cost(received.on_quote)}."
        )
    if received.uncosted:
        yield without_cost(received.uncosted)


def invented(usage: CommuneUsage) -> Iterator[str]:
    """What of it is an example."""
    if any(item.intervention.is_example for item in usage.served):
        yield EXAMPLE_WORK
    if usage.served and usage.costs is not None and any(r.is_example for r in usage.costs.rows):
        yield EXAMPLE_COSTS


def without_cost(half_days: int) -> str:
    return f"Sans coût unitaire connu, donc hors du total : {count(half_days, 'demi-journée')}."


def usage_fails(year: int) -> str:
    """For the body, which may do something about it."""
    return f"Usage {year} : non calculé, mutualis usage {year} dit pourquoi."


def _vintages(costs: UnitCosts) -> str:
    return enumerated([units.vintage(year, status) for year, status in costs.vintages])


def coming(one: YearAccount) -> Iterator[str]:
    """The next threshold of population, then the year after; nothing where no account is."""
    if one.threshold is not None:
        turn = one.threshold
        more = f"{number(turn.population)} habitants ({number(turn.missing)} de plus)"
        what = "plus de prix à ce niveau" if turn.amount is None else euros(turn.amount)
        reached = ", le plafond" if turn.kind == "cap" else ""
        year = "" if turn.whole or turn.amount is None else " pour une année entière"
        yield f"Prochain seuil : à partir de {more}, {what}{year}{reached}."
    elif one.account is not None and one.account.line is not None:
        yield "Prochain seuil : aucun, le tarif ne change plus avec la population."
    if one.forecast is not None:
        yield forecast(one.forecast)


_NO_FORECAST = {
    NoForecast.NO_RATE: (
        "la grille n'est pas votée, et l'indice des prix qui en donnerait une n'est pas connu"
    ),
    NoForecast.NOT_PRICED: "les données de l'année manquent, ou sont à corriger",
    NoForecast.NO_ROW: "la commune n'y a pas de ligne",
    NoForecast.MERGED: "la commune y est réunie à une autre",
}


def forecast(ahead: Forecast) -> str:
    """What the year after would come to, why it moves, and what that is drawn from."""
    change = ahead.change
    if ahead.missing is not None or change is None:
        why = _NO_FORECAST[ahead.missing or NoForecast.NOT_PRICED]
        return f"Pas de prévision {ahead.year} : {why}."
    title = f"À payer en {ahead.year}" if ahead.is_settled else f"Prévision {ahead.year}"
    if ahead.free:
        return f"{title} : rien, {ahead.free}, d'après {_drawn_from(ahead)}."
    moved = french.causes(change.effects.by_name)
    why = f"{signed_euros(change.amount)} : {moved}" if moved else "sans changement"
    amount = euros(change.after) if change.after else "rien, sous le seuil de recouvrement"
    return f"{title} : {amount} ({why}), d'après {_drawn_from(ahead)}."


def _drawn_from(ahead: Forecast) -> str:
    """« la grille 2025 indexée de +0,8 %, non votée, et les populations et niveaux de 2026 »."""
    rates = enumerated([signed_percent(rate) for rate in ahead.rates.values()])
    indexed = f" indexée de {rates}" if rates else ""
    voted = "" if ahead.is_voted else ", non votée,"
    rows = f"les populations et niveaux de {ahead.rows_of}"
    return f"la grille {ahead.grid_of}{indexed}{voted} et {rows}"
