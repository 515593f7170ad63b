"""The body that issues: its name and address, who signs, what its documents mention."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from mutualis.domain.french.names import fold
from mutualis.domain.issuer.export_fields import Layout
from mutualis.domain.issuer.legal import Legal
from mutualis.domain.kinds import Kind
from mutualis.domain.problems.problem import Source
from mutualis.domain.tariffs.grid import TO_FILL_IN
from mutualis.domain.value import Struct, field
from mutualis.domain.vat.rule import VatRule
from mutualis.domain.vat.tax import Tax

DEFAULT_NUMBERS: Mapping[str, str] = {
    "invoice": "F{year}-{rank:4}",
    "statement": "R{year}-{rank:4}",
    "credit": "A{year}-{rank:4}",
    "quote": "D{year}-{rank:4}",
}


# M57: services rendered to other bodies; cancelled titres of earlier years; remises gracieuses;
# income known in advance.
DEFAULT_ACCOUNTS: Mapping[str, str] = {
    "membership": "70875",
    "half_days": "70875",
    "cancelled": "673",
    "remise": "6577",
    "deferred": "487",
}


DEFAULT_LAYOUT = Layout()
EXAMPLE_NUMBER = "EX"  # how the number of an example begins, whatever its format


class Signatory(Struct, frozen=True):
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


class Issuer(Struct, frozen=True):
    """`vat_category` is EN 16931's (O: outside the scope, E: exempt), `vat_reason_code` one of
    its VATEX codes; `vat_rules` say what is otherwise. `iban`, `bic` and `due_days` are empty where
    nothing is paid on the invoice; without `embed` no PDF carries the data of its invoice.
    `legal` is None in registers of before, whose documents cite no more than they did; `appeal`
    says in letters what may be done against a decision. An `example` issues nothing real: each
    number and each page says so.
    """

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
    numbers: Mapping[str, str] = field(default_factory=lambda: DEFAULT_NUMBERS)
    accounts: Mapping[str, str] = field(default_factory=lambda: DEFAULT_ACCOUNTS)
    export: Layout = DEFAULT_LAYOUT
    vat_reason_code: str = ""
    vat_number: str = ""
    iban: str = ""
    bic: str = ""
    due_days: int | None = None
    legal: Legal | None = None
    appeal: str = ""
    vat_rules: tuple[VatRule, ...] = ()
    embed: bool = True
    example: bool = False

    @property
    def cites(self) -> bool:
        """Whether its documents name their texts and each other, as they do since `legal`."""
        return self.legal is not None

    @property
    def own_tax(self) -> Tax:
        """The category of what no rule names."""
        return Tax(self.vat_category, reason=self.vat_reason, reason_code=self.vat_reason_code)

    def vat_rule(self, product: str, *names: str) -> VatRule | None:
        """The rule of the first of the services named that has one, else that of the product."""
        for name in filter(None, map(fold, names)):
            for rule in self.vat_rules:
                if fold(rule.service) == name:
                    return rule
        return next((r for r in self.vat_rules if r.product == product and not r.service), None)

    def due_day(self, issued_on: date) -> date | None:
        """The last day to pay what is issued that day, where the issuer gives one."""
        return None if self.due_days is None else issued_on + timedelta(days=self.due_days)

    def account(self, name: str) -> str:
        """The account of a product or of what takes off a claim; one issued before an account was
        a setting has its default."""
        return self.accounts.get(name) or DEFAULT_ACCOUNTS[name]

    def number(self, kind: Kind, year: int, rank: int) -> str:
        """The number of a document: the format of its kind, filled in."""
        filled = self._format(kind, year)
        return re.sub(r"\{rank:(\d)\}", lambda found: f"{rank:0{found[1]}d}", filled)

    def series(self, kind: Kind, year: int) -> str:
        """What the numbers of a kind and year share: they follow each other without a gap."""
        start, _, end = self._format(kind, year).partition("{rank:")
        return start + end[2:]

    def _format(self, kind: Kind, year: int) -> str:
        mark = EXAMPLE_NUMBER if self.example else ""
        return mark + self.numbers[kind].replace("{year}", f"{year:04d}")

    def signatory(self, day: date) -> Signatory | None:
        """The signatory in force that day: the latest begun, if several."""
        in_force = [s for s in self.signatories if s.in_force(day)]
        return max(in_force, key=lambda s: s.start) if in_force else None
