"""A meeting of the prioritisation body: whether its record holds, and what changed since."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from mutualis.domain.french.typography import long_date, month_name, short_date
from mutualis.domain.problems.problem import Source
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.quote import membership_on
from mutualis.domain.requests.calendar import first_day, month_of, months_from
from mutualis.domain.requests.departures import Minutes, departure_problems
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.ranking import Choice, Outcome, Ranked, Session, decide

MOST_SHOWN = 12


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
    _check_proof(meeting)


def _check_proof(meeting: Meeting) -> None:
    """Raises Refusal for a record whose outcome is not what its own figures and decisions give."""
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
