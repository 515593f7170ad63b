"""The French of a decision of the prioritisation body: its workbook and its letters."""

from collections.abc import Iterator, Sequence
from datetime import date

from mutualis.documents.wording.ranking import EXAMPLE, days_asked, figure, formula, note, points
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.typography import count, long_date, month_name, number, short_date
from mutualis.domain.requests.calendar import first_day
from mutualis.domain.requests.criteria import Criterion
from mutualis.domain.requests.measures import MEASURES
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.ranking import Choice, Departure, Outcome, Ranked, Refused, Session

CRITERIA = "Comment les demandes sont classées"
ANNEX = "Annexe : comment les demandes sont classées"
_MAYOR = "Madame la Maire, Monsieur le Maire,"
_EXPLAINED = (
    "Le classement suit les critères que la collectivité a adoptés ; leur calcul est en annexe."
)
_GREETING = f"Je vous prie d'agréer, {_MAYOR} l'expression de ma considération distinguée."
DRAFT = "PROJET"
DRAFT_STATE = "Projet de classement : aucune séance ne l'a encore examiné"
CHOICES = {
    Choice.MOVE: "placée au rang",
    Choice.POSTPONE: "reportée",
    Choice.REFUSE: "refusée",
    Choice.ACCEPT: "acceptée malgré le dispositif départemental",
}


def draft_title(session: Session) -> str:
    return f"Classement des demandes {session.year}"


def meeting_title(meeting: Meeting) -> str:
    text = f"Séance du {long_date(meeting.day)} : demandes des communes"
    return f"{text} (correction)" if meeting.correction else text


def period(session: Session) -> str:
    return (
        f"Période planifiée : de {month_name(session.months[0])} à {month_name(session.months[-1])}"
    )


def present(meeting: Meeting) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Who was there, under a heading each; records of before did not tell them apart."""
    if meeting.members:
        yield f"Membres présents ({len(meeting.members)})", meeting.members
        return
    yield f"Élus présents ({len(meeting.elected)})", meeting.elected or ("aucun élu noté",)
    yield f"Agents présents ({len(meeting.agents)})", meeting.agents or ("aucun agent noté",)


def state(session: Session, made_on: date, meeting: Meeting | None) -> Iterator[str]:
    """What the decision is worth, and for which months."""
    if meeting is None:
        yield f"{DRAFT_STATE} ({long_date(made_on)})"
    else:
        yield f"Décision publiée le {long_date(made_on)} et inscrite au registre"
        if meeting.correction:
            yield f"Correction de la décision publiée auparavant : {meeting.correction}"
    yield period(session)
    if session.promised:
        kept = ", ".join(f"{p.request} ({short_date(p.attainable)})" for p in session.promised)
        yield f"Déjà planifiées par une séance, et gardées avec leur échéance : {kept}"


def tally(outcome: Outcome) -> str:
    planned = count(len(outcome.planned), "demande planifiée", "demandes planifiées")
    return f"{planned}, {number(len(outcome.refused))} non planifiées"


def examples(session: Session) -> str:
    """What must be said beside invented requests; empty when all are real."""
    return EXAMPLE if any(c.request.is_example for c in session.candidates) else ""


def choice(departure: Departure) -> str:
    words = CHOICES[departure.choice]
    return f"{words} {departure.rank}" if departure.rank is not None else words


def reckoning(session: Session) -> str:
    """The months planned, and the day on which figures are taken: what a note is computed from."""
    return (
        f"{period(session)}. L'attente se compte jusqu'au {long_date(first_day(session.start))}, "
        "premier jour de cette période."
    )


def criteria(session: Session) -> Iterator[str]:
    """The months, the criteria that count with formula and act, the rule that breaks ties."""
    yield reckoning(session)
    for criterion in session.criteria.active:
        yield (
            f"{criterion.label}, poids {number(criterion.weight)} : {formula(criterion)} "
            f"({adopted(criterion)})."
        )
    idle = [c.label.lower() for c in session.criteria.criteria if not c.is_active]
    if idle:
        yield f"Sans effet, poids 0 : {', '.join(idle)}."
    yield from rules()


def adopted(criterion: Criterion) -> str:
    """The act that adopted a criterion, and its date where it is given."""
    day = criterion.adopted_on
    return criterion.act if day is None else f"{criterion.act}, le {long_date(day)}"


def rules() -> Iterator[str]:
    """How scores make ranks, and ranks months."""
    yield (
        "Le score est la moyenne des notes, chacune comptée selon son poids, ramenée à 100. À "
        "égalité, la demande la plus ancienne passe devant, puis le code INSEE, puis l'identifiant."
    )
    yield (
        "Chaque demande prend ensuite, dans l'ordre du classement, les premiers mois où sa "
        "direction peut la faire en entier."
    )


def letter_heading(requests: int) -> str:
    return "Votre demande" if requests == 1 else "Vos demandes"


def letter_subject(meeting: Meeting, requests: int) -> str:
    decided = f"décision de la séance du {long_date(meeting.day)}"
    heading = letter_heading(requests)
    return f"{heading[0].lower()}{heading[1:]}, {decided}" if meeting.issuer.cites else decided


def letter_opening(meeting: Meeting, commune: CommuneYear, requests: int) -> str:
    """What was examined, and for which commune where another one is written to by now."""
    what = "votre demande" if requests == 1 else f"vos {number(requests)} demandes"
    corrected = ""
    if meeting.correction:
        corrected = f" Cette lettre remplace la précédente : {meeting.correction}."
    heir = meeting.addressee(commune)
    became = ""
    if heir.code_insee != commune.code_insee:
        became = f" Elle concerne {commune.name}, devenue {heir.name}."
    return (
        f"L'instance de priorisation, réunie le {long_date(meeting.day)}, a examiné {what} parmi "
        f"{count(len(meeting.session.candidates), 'demande')} des communes.{became}{corrected}"
    )


def verdict(item: Ranked | Refused) -> str:
    if isinstance(item, Ranked):
        return f"Planifiée, échéance atteignable : {long_date(item.attainable)}"
    return f"Non planifiée : {' ; '.join(reason.text for reason in item.reasons)}"


def details(meeting: Meeting, item: Ranked | Refused) -> Iterator[str]:
    """Rank, notes, months, wished date; what can be done of a request that is not planned."""
    request = item.candidate.request
    asked = f", {days_asked(request)}" if request.total else ""
    yield f"Demande du {long_date(request.received)}{asked}."
    if item.score is not None:
        rank = f"Rang {item.computed} par les critères, score" if item.computed else "Score"
        yield f"{rank} {points(item.score)} sur 100 ({_notes(item)})."
    departure = meeting.departure(request.id)
    if isinstance(item, Ranked):
        if departure is not None:
            yield f"Décision de la séance : {choice(departure)} ({departure.reason})."
        elif item.rank != item.computed:
            yield f"Rang {item.rank} après les décisions de la séance."
        yield f"Demi-journées : {months(item)}."
        if request.wished is not None:
            met = "tenue" if item.is_met else "dépassée"
            yield f"Échéance souhaitée le {long_date(request.wished)} : {met}."
        return
    if departure is not None and departure.choice in (Choice.MOVE, Choice.ACCEPT):
        yield (
            f"Décision de la séance : {choice(departure)} ({departure.reason}), sans mois qui "
            "puisse la contenir."
        )
    for reason in item.reasons:
        yield f"La suite : {reason.remedy}."


def _notes(item: Ranked | Refused) -> str:
    known = item.candidate.details
    return ", ".join(
        f"{MEASURES[term.name].label.lower()} {figure(term.name, term.value)}"
        + (f" ({known[term.name]})" if term.name in known else "")
        + f" : note {note(term.note)}"
        for term in item.terms
    )


def months(item: Ranked) -> str:
    return ", ".join(f"{slot.half_days} en {month_name(slot.month)}" for slot in item.slots)


def salutation(meeting: Meeting) -> str:
    """How a letter begins; those of before had none."""
    return _MAYOR if meeting.issuer.cites else ""


def decision(item: Ranked | Refused) -> str:
    """What was decided of a request, in a sentence."""
    if isinstance(item, Ranked):
        return f"Cette demande est planifiée : son échéance est le {long_date(item.attainable)}."
    return "Cette demande n'est pas planifiée."


def told(meeting: Meeting, item: Ranked | Refused) -> Iterator[str]:
    """When it will be done and why so, or what can be done of it; without a formula."""
    request = item.candidate.request
    if isinstance(item, Refused):
        yield from (f"{x.text[:1].upper()}{x.text[1:]}." for x in item.reasons)
    days = [f"{many} de catégorie {category}" for category, many in request.half_days.items()]
    total = count(request.total, "demi-journée")
    asked = f" ; elle demande {total} d'agents ({', '.join(days)})" if request.total else ""
    yield f"Nous l'avons reçue le {long_date(request.received)}{asked}."
    if isinstance(item, Ranked):
        yield f"Demi-journées prévues : {months(item)}."
        if request.wished is not None:
            met = "est tenue" if item.is_met else "ne peut pas être tenue"
            yield f"Vous la souhaitiez pour le {long_date(request.wished)} : cette date {met}."
    if item.computed is not None:
        yield f"Les critères adoptés la placent au rang {item.computed} des demandes classées."
    departure = meeting.departure(request.id)
    if isinstance(item, Ranked):
        if departure is not None:
            yield f"La séance en a décidé ainsi : {choice(departure)}. Motif : {departure.reason}."
        elif item.rank != item.computed:
            yield f"Les autres décisions de la séance la mettent au rang {item.rank}."
        return
    if departure is not None and departure.choice in (Choice.MOVE, Choice.ACCEPT):
        yield (
            f"La séance l'avait voulue {choice(departure)} ({departure.reason}), mais aucun mois "
            "ne peut la contenir."
        )
    for reason in item.reasons:
        yield f"La suite : {reason.remedy}."


def closing(meeting: Meeting) -> Iterator[str]:
    """Where the rules are, what may be done against them, whom to call, and good-bye."""
    issuer = meeting.issuer
    yield _EXPLAINED
    if issuer.appeal:
        yield issuer.appeal
    if issuer.contact:
        whom = ", ".join(text for text in (issuer.service, issuer.contact) if text)
        yield f"Pour toute question : {whom}."
    yield _GREETING


def annex(meeting: Meeting, items: Sequence[Ranked | Refused]) -> Iterator[str]:
    """The score of each request, how all are ranked, who was there."""
    for item in items:
        if item.score is not None:
            named = f"{item.candidate.request.id} : score {points(item.score)} sur 100"
            yield f"{named} ({_notes(item)})."
    yield from criteria(meeting.session)
    if not meeting.members:
        for heading, names in present(meeting):
            yield f"{heading} : {' ; '.join(names)}."
