"""The body that issues: its name and address, who signs, what its documents mention."""

from dataclasses import dataclass
from datetime import date

from mutualis.domain.problems import Source
from mutualis.domain.tariffs import TO_FILL_IN


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs from `start` to `end` (both included; None is open), and by what delegation."""

    name: str
    capacity: str
    delegation: str
    start: date
    end: date | None

    def in_force(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    @property
    def is_missing(self) -> bool:
        return self.name.strip().lower() in ("", TO_FILL_IN)


@dataclass(frozen=True, slots=True)
class Issuer:
    """`vat_category` is EN 16931's (O: outside the scope, E: exempt)."""

    name: str
    legal_form: str
    siren: str
    siret: str
    address: tuple[str, ...]
    postal_code: str
    city: str
    service: str
    contact: str
    signatories: tuple[Signatory, ...]
    vat_category: str
    vat_reason: str
    payment_text: str
    quote_valid_days: int
    source: Source

    def signatory(self, day: date) -> Signatory | None:
        """The signatory in force that day: the latest begun, if several."""
        in_force = [s for s in self.signatories if s.in_force(day)]
        return max(in_force, key=lambda s: s.start) if in_force else None
