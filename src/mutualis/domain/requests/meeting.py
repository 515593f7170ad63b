"""A meeting of the prioritisation body, as it is published."""

from dataclasses import dataclass
from datetime import date

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.issuer.issuer import Issuer, Signatory
from mutualis.domain.requests.ranking import Departure, Outcome, Session


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of the prioritisation body: who was there, what was ranked, what was decided.

    Several records of one day are corrections, whose `correction` says why; the last one holds.
    `outcome` follows from the session and the departures alone, and is proved again by `verify`.
    `communes` are those of the candidates, as the letters name them.
    """

    act: Act
    year: int
    day: date
    members: tuple[str, ...]
    session: Session
    departures: tuple[Departure, ...]
    outcome: Outcome
    issuer: Issuer
    signatory: Signatory | None
    communes: tuple[CommuneYear, ...]
    correction: str = ""

    @property
    def key(self) -> tuple[int, date]:
        return self.year, self.day
