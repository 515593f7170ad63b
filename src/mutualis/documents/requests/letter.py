"""The letter that tells a commune what the body decided of its requests, and by which criteria."""

from datetime import date

from mutualis.documents.paper.paper import Signature
from mutualis.documents.wording import parties as party_wording
from mutualis.documents.wording import requests as words
from mutualis.documents.wording.ranking import EXAMPLE
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.typography import long_date
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.ranking import Ranked, Refused
from mutualis.domain.value import Struct


class Decided(Struct, frozen=True):
    """One request: what it is, what was decided, then why and what follows."""

    title: str
    verdict: str
    details: tuple[str, ...]


class Letter(Struct, frozen=True):
    """One without `salutation` is of a meeting of before: its criteria stand in its own text; those
    of another are an annex, under `criteria_title`."""

    issuer: Issuer
    commune: CommuneYear
    day: date
    title: str
    heading: str
    made: str
    subject: str
    before: str
    answers: tuple[Decided, ...]
    criteria: tuple[str, ...]
    signature: Signature
    footer: str
    alert: str = ""
    salutation: str = ""
    closing: tuple[str, ...] = ()
    criteria_title: str = words.CRITERIA

    @property
    def object_line(self) -> str:
        return f"Objet : {self.subject}"


def letter_of(meeting: Meeting, commune: CommuneYear) -> Letter:
    """The letter of a commune, from the register's record alone; those of before say what they
    said."""
    code = commune.code_insee
    own = [item for item in meeting.outcome.everyone if item.candidate.code_insee == code]
    heading = words.letter_heading(len(own))
    cites = meeting.issuer.cites
    is_example = any(item.candidate.request.is_example for item in own)
    return Letter(
        issuer=meeting.issuer,
        commune=meeting.addressee(commune),
        day=meeting.act.day,
        title=f"{heading} - {commune.name}",
        heading=heading,
        made=f"Le {long_date(meeting.act.day)}",
        subject=words.letter_subject(meeting, len(own)),
        before=words.letter_opening(meeting, commune, len(own)),
        answers=tuple(_answer(meeting, item) for item in own),
        criteria=tuple(words.annex(meeting, own) if cites else words.criteria(meeting.session)),
        signature=Signature(
            f"Pour {meeting.issuer.name}", tuple(party_wording.signatory(meeting.signatory))
        ),
        footer=f"{meeting.issuer.name} - Séance du {long_date(meeting.day)} - {commune.name}",
        alert=EXAMPLE if is_example else "",
        salutation=words.salutation(meeting),
        closing=tuple(words.closing(meeting)) if cites else (),
        criteria_title=words.ANNEX if cites else words.CRITERIA,
    )


def _answer(meeting: Meeting, item: Ranked | Refused) -> Decided:
    request = item.candidate.request
    cites = meeting.issuer.cites
    return Decided(
        title=f"{request.id} : {request.project}",
        verdict=words.decision(item) if cites else words.verdict(item),
        details=tuple((words.told if cites else words.details)(meeting, item)),
    )
