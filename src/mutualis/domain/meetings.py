"""A meeting of the prioritisation body: what it may decide, promised, and what changed since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mutualis.domain.candidates import Candidate
from mutualis.domain.names import nearest
from mutualis.domain.planning import first_day, month_of, months_from
from mutualis.domain.problems import Problem, Source
from mutualis.domain.quotes import membership_on
from mutualis.domain.ranking import (
    Choice,
    Departure,
    Outcome,
    Ranked,
    Session,
    decide,
    is_acceptable,
)
from mutualis.domain.records import Meeting
from mutualis.domain.refusals import Refusal
from mutualis.domain.typography import count, long_date, month_name, short_date

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the officer notes of a meeting; `sources` say where each departure stands."""

    day: date
    members: tuple[str, ...]
    departures: tuple[Departure, ...]
    sources: tuple[Source, ...]


def departure_problems(session: Session, minutes: Minutes) -> Iterator[Problem]:
    """R11: a departure that names no request, or does not apply to the one that it names."""
    known = {candidate.request.id: candidate for candidate in session.candidates}
    ranked = _left(session, minutes.departures)
    seen: set[str] = set()
    taken: dict[int, str] = {}
    for departure, source in zip(minutes.departures, minutes.sources, strict=True):
        wrong = _wrong(departure, known, ranked, session)
        if departure.request in seen:
            wrong = ("deux décisions pour la même demande", "n'en garder qu'une")
        elif wrong is None and departure.rank is not None:
            other = taken.setdefault(departure.rank, departure.request)
            if other != departure.request:
                wrong = (f"le rang {departure.rank} est déjà donné à {other}", "changer l'un")
        seen.add(departure.request)
        if wrong is not None:
            what, how = wrong
            facts = {"id": departure.request, "what": what, "how": f"{how}."}
            yield Problem("R11", source, facts)


def idle_moves(session: Session, minutes: Minutes) -> Iterator[Problem]:
    """R11: a request moved to the rank that it has anyway; the minutes hold no other problem."""
    for departure, source in zip(minutes.departures, minutes.sources, strict=True):
        if departure.choice is not Choice.MOVE:
            continue
        if _rank_without(session, minutes.departures, departure) == departure.rank:
            what = f"elle a déjà le rang {departure.rank}, ce n'est pas un écart"
            facts = {"id": departure.request, "what": what, "how": "retirer cette décision."}
            yield Problem("R11", source, facts)


def _left(session: Session, departures: Sequence[Departure]) -> int:
    """How many requests are to be planned once some have come in and gone out."""
    reasons = {c.request.id: session.obstacles(c) for c in session.candidates}
    ranked = {name for name, found in reasons.items() if not found}
    for departure in departures:
        name = departure.request
        if departure.choice is Choice.ACCEPT and is_acceptable(reasons.get(name, ())):
            ranked.add(name)
        elif departure.choice in (Choice.REFUSE, Choice.POSTPONE):
            ranked.discard(name)
    return len(ranked)


def _rank_without(session: Session, departures: Sequence[Departure], one: Departure) -> int | None:
    """The rank that a request would have without its departure; None for one not planned."""
    outcome = decide(session, [other for other in departures if other is not one])
    return next((i.rank for i in outcome.planned if i.candidate.request.id == one.request), None)


def _wrong(
    departure: Departure, known: Mapping[str, Candidate], ranked: int, session: Session
) -> tuple[str, str] | None:
    """What is wrong with a departure and what to do; None when it applies."""
    candidate = known.get(departure.request)
    if candidate is None:
        close = nearest(departure.request, known)
        given = next((p for p in session.promised if p.request == departure.request), None)
        if given is not None:
            return (
                f"la séance du {short_date(given.meeting)} l'a déjà planifiée : elle n'est plus à "
                "classer",
                "retirer cette décision ; pour revenir sur ce qui est promis, corriger cette "
                "séance-là (--correct)",
            )
        guess = f" (vouliez-vous dire {' ou '.join(close)} ?)" if close else ""
        return (
            f"cette demande n'est pas à classer{guess}",
            "donner l'identifiant d'une demande classée (mutualis requests rank)",
        )
    reasons = session.obstacles(candidate)
    if departure.choice is Choice.ACCEPT:
        if not reasons:
            return "elle est déjà classée", "retirer cette décision"
        if not is_acceptable(reasons):
            return (
                f"elle ne peut pas être acceptée ({reasons[0].text})",
                "seul un dispositif départemental se discute : accept ne vaut que pour lui",
            )
        return None
    if reasons:
        return (
            f"elle n'est pas classée ({reasons[0].text})",
            "retirer cette décision : elle est déjà écartée",
        )
    if departure.choice is Choice.MOVE:
        if departure.rank is None:
            return "le rang décidé manque", "ajouter rank = 1 (ou un autre rang)"
        if departure.rank > ranked:
            return (
                f"rang {departure.rank}, alors qu'il y a {count(ranked, 'demande')} à planifier",
                f"donner un rang de 1 à {ranked}",
            )
    elif departure.rank is not None:
        return "rank ne va qu'avec « move »", "retirer rank"
    return None


def stored(session: Session) -> Session:
    """The session as the register keeps it: the place of each request, not its line's text."""
    return replace(
        session,
        candidates=tuple(
            replace(
                candidate,
                request=replace(
                    candidate.request,
                    source=Source(candidate.request.source.file, candidate.request.source.line),
                    sources={},
                ),
            )
            for candidate in session.candidates
        ),
    )


def check_day(year: int, day: date, earlier: Sequence[Meeting]) -> None:
    """Raises Refusal when a meeting of that day was published for another year."""
    other = next((m for m in earlier if m.day == day and m.year != year), None)
    if other is not None:
        raise Refusal(
            f"Une séance du {long_date(day)} est déjà publiée, pour {other.year} : rien n'a été "
            "publié.",
            "une séance par jour : corriger la date, ou l'année de la commande",
        )


def check_meeting(meeting: Meeting, earlier: Sequence[Meeting]) -> None:
    """Raises Refusal for a record that contradicts itself, or that the day does not allow."""
    if meeting.day > meeting.act.day:
        raise Refusal(
            f"La séance du {long_date(meeting.day)} est à venir : rien n'a été publié.",
            "publier après la séance ; d'ici là, mutualis requests rank donne un projet",
        )
    if not meeting.members:
        raise Refusal(
            "La séance n'a aucun membre présent : rien n'a été publié.", "remplir members"
        )
    check_day(meeting.year, meeting.day, earlier)
    is_second = any(other.key == meeting.key for other in earlier)
    if is_second and not meeting.correction:
        raise Refusal(
            f"La séance du {long_date(meeting.day)} est déjà publiée : rien n'a été publié.",
            'la corriger par --correct "RAISON"',
        )
    if meeting.correction and not is_second:
        raise Refusal(
            f"La séance du {long_date(meeting.day)} n'est pas publiée, il n'y a rien à corriger : "
            "rien n'a été publié.",
            "retirer --correct",
        )
    if meeting.session.start < month_of(meeting.day):
        raise Refusal(
            f"Le premier mois planifié, {month_name(meeting.session.start)}, est avant la séance "
            f"du {long_date(meeting.day)} : rien n'a été publié.",
            f"donner --from {months_from(month_of(meeting.day), 2)[1]}, ou changer « from » dans "
            "data/criteria.toml",
        )
    if meeting.session.day not in (None, meeting.day):
        raise Refusal(
            f"La séance du {long_date(meeting.day)} a été classée pour un autre jour : rien n'a "
            "été publié."
        )
    sources = (Source(""),) * len(meeting.departures)
    minutes = Minutes(meeting.day, meeting.members, meeting.departures, sources)
    wrong = next(departure_problems(meeting.session, minutes), None)
    if wrong is not None:
        raise Refusal(wrong.message)
    if decide(meeting.session, meeting.departures) != meeting.outcome:
        raise Refusal(
            f"Le classement de la séance du {long_date(meeting.day)} n'est pas celui que donnent "
            "ses critères et ses demandes."
        )
    said = {i.candidate.request.id: i.reasons[0].text for i in meeting.outcome.refused}
    for departure in meeting.departures:
        text = said.get(departure.request)
        # The words around it may be another version's, the body's own reason may not.
        if departure.choice in (Choice.REFUSE, Choice.POSTPONE) and (
            text is None or departure.reason not in text
        ):
            raise Refusal(
                f"{departure.request} : la raison de la décision n'est pas celle de la séance du "
                f"{long_date(meeting.day)}."
            )
    communes = {row.code_insee: row for row in meeting.communes}
    day = first_day(meeting.session.start)
    for candidate in meeting.session.candidates:
        row = communes.get(candidate.code_insee)
        member = row if row is None else membership_on([row], meeting.year, day)
        if row is None or candidate.level != ("" if member is None else member.level):
            raise Refusal(
                f"{candidate.request.id} : la commune de la demande n'est pas celle de la séance "
                f"du {long_date(meeting.day)}."
            )


def differences(old: Meeting, new: Meeting) -> list[str]:
    """What a second publication would change, in words; empty when it is the same."""
    found = []
    if old.members != new.members:
        gone = [f"retiré {name}" for name in old.members if name not in new.members]
        come = [f"ajouté {name}" for name in new.members if name not in old.members]
        found.append(f"membres présents : {', '.join([*gone, *come]) or 'leur ordre'}")
    if old.departures != new.departures:
        before = {d.request for d in old.departures if d not in new.departures}
        after = {d.request for d in new.departures if d not in old.departures}
        names = ", ".join(sorted(before | after)) or "leur ordre"
        found.append(f"décisions qui s'écartent du classement : {names}")
    if old.session.start != new.session.start:
        found.append(f"premier mois planifié : {old.session.start} → {new.session.start}")
    if old.session.criteria != new.session.criteria:
        found.append("critères ou capacités (data/criteria.toml)")
    if old.session.booked != new.session.booked:
        found.append("demi-journées promises par d'autres séances")
    lines = [*_moved(old.outcome, new.outcome), *_edited(old.session, new.session)]
    found.extend(lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        found.append(f"… et {len(lines) - MOST_SHOWN} autres")
    if not found and (old.session, old.outcome) != (new.session, new.outcome):
        found.append("les données des demandes")
    return found


def _moved(old: Outcome, new: Outcome) -> Iterator[str]:
    before, after = _results(old), _results(new)
    for name in sorted({*before, *after}):
        one, other = before.get(name, "absente"), after.get(name, "absente")
        if one != other:
            yield f"{name} : {one} → {other}"


def _results(outcome: Outcome) -> dict[str, str]:
    return {
        item.candidate.request.id: f"rang {item.rank}, {short_date(item.attainable)}"
        if isinstance(item, Ranked)
        else f"non planifiée ({item.reasons[0].text})"
        for item in outcome.everyone
    }


def _edited(old: Session, new: Session) -> Iterator[str]:
    """The requests of both whose own data changed."""
    before = {candidate.request.id: candidate for candidate in old.candidates}
    for candidate in new.candidates:
        was = before.get(candidate.request.id)
        if was is not None and was != candidate:
            yield f"{candidate.request.id} : données de la demande ou de la commune"
