"""A meeting of the prioritisation body, as it is published."""

from collections.abc import Mapping
from datetime import date

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.issuer.issuer import Issuer, Signatory
from mutualis.domain.requests.ranking import Departure, Outcome, Session
from mutualis.domain.value import Struct, field


class Meeting(Struct, frozen=True):
    """A meeting of the prioritisation body: who was there, what was ranked, what was decided.

    Several records of one day are corrections, whose `correction` says why; the last one holds.
    `outcome` follows from the session and the departures alone, and is proved again by `verify`.
    `communes` are those of the candidates, `addressees` what some had become, by INSEE code,
    on the day the letters were written. Who was there is told apart, `elected` and `agents`; a
    record of before names `members` alone.
    """

    act: Act
    year: int
    day: date
    session: Session
    departures: tuple[Departure, ...]
    outcome: Outcome
    issuer: Issuer
    signatory: Signatory | None
    communes: tuple[CommuneYear, ...]
    correction: str = ""
    addressees: Mapping[str, CommuneYear] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    elected: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()

    @property
    def present(self) -> tuple[str, ...]:
        """Everybody who was there."""
        return (*self.members, *self.elected, *self.agents)

    def addressee(self, commune: CommuneYear) -> CommuneYear:
        """Who the letter about a commune goes to."""
        return self.addressees.get(commune.code_insee, commune)

    def departure(self, request: str) -> Departure | None:
        """What was decided otherwise than the criteria of a request."""
        return next((one for one in self.departures if one.request == request), None)

    @property
    def key(self) -> tuple[int, date]:
        return self.year, self.day
