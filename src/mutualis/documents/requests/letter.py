"""The letter that tells a commune what the body decided of its requests, and by which criteria."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Decided:
    """One request: what it is, what was decided, then the details."""

    title: str
    verdict: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
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

    @property
    def object_line(self) -> str:
        return f"Objet : {self.subject}"


def letter_of(meeting: Meeting, commune: CommuneYear) -> Letter:
    """The letter of a commune, from the register's record alone."""
    code = commune.code_insee
    own = [item for item in meeting.outcome.everyone if item.candidate.code_insee == code]
    heading = words.letter_heading(len(own))
    is_example = any(item.candidate.request.is_example for item in own)
    return Letter(
        issuer=meeting.issuer,
        commune=meeting.addressee(commune),
        day=meeting.act.day,
        title=f"{heading} - {commune.name}",
        heading=heading,
        made=f"Le {long_date(meeting.act.day)}",
        subject=f"décision de la séance du {long_date(meeting.day)}",
        before=words.letter_opening(meeting, commune, len(own)),
        answers=tuple(_answer(meeting, item) for item in own),
        criteria=tuple(words.criteria(meeting.session)),
        signature=Signature(
            f"Pour {meeting.issuer.name}", tuple(party_wording.signatory(meeting.signatory))
        ),
        footer=f"{meeting.issuer.name} - Séance du {long_date(meeting.day)} - {commune.name}",
        alert=EXAMPLE if is_example else "",
    )


def _answer(meeting: Meeting, item: Ranked | Refused) -> Decided:
    request = item.candidate.request
    return Decided(
        title=f"{request.id} : {request.project}",
        verdict=words.verdict(item),
        details=tuple(words.details(meeting, item)),
    )
