"""The stored format: what each record is called in the register, key by key.

The register outlives the program. These names are its own: an attribute that changes its name
keeps its stored key (`attributes`), a key that an older program wrote stays readable (`aliases`),
and a key that is not listed is refused when it is read, never dropped. A snapshot records the
whole list; a key may be added to it, none may leave it.
"""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import fields

from mutualis.domain.act import Act
from mutualis.domain.changes.change import Change, Effects
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.movements import Movement
from mutualis.domain.costs import paper
from mutualis.domain.invoices.account_line import AccountLine
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote, NegativeStatement
from mutualis.domain.invoices.invoice import MembershipInvoice, MissionInvoice, Statement
from mutualis.domain.issuer.export_fields import Layout
from mutualis.domain.issuer.issuer import Issuer, Signatory
from mutualis.domain.issuer.legal import Legal
from mutualis.domain.memberships.plan import BillingLine, NotBilled, Selection
from mutualis.domain.problems.problem import Source
from mutualis.domain.quotes.quote import Quote, QuoteLine
from mutualis.domain.quotes.records import (
    Answer,
    AnswerWithdrawn,
    ClosureWithdrawn,
    IssuedQuote,
    MissionClosed,
    WorkDone,
    WorkWithdrawn,
)
from mutualis.domain.quotes.work_done import BilledWork, Work
from mutualis.domain.register.records import (
    Backup,
    CreditQualified,
    Exported,
    Record,
    RemiseWithdrawn,
    Titre,
    TitreWithdrawn,
)
from mutualis.domain.requests.calendar import Promise, Slot
from mutualis.domain.requests.candidate import Candidate, Objection, Term
from mutualis.domain.requests.criteria import Capacity, Criteria, Criterion
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.ranking import Departure, Outcome, Ranked, Refused, Session
from mutualis.domain.requests.request import Request
from mutualis.domain.tariffs.fees import FeeBreakdown
from mutualis.domain.tariffs.grid import Bracket, Grid, IndexationRule, IndexedFrom, Level
from mutualis.domain.tariffs.proration import Part
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.domain.vat.tax import Tax, VatShare
from mutualis.register.form import Form

_NUMBERED = (
    "number series rank year exercice act issuer signatory commune amount explanation billed taxes"
)
_INVOICE = f"{_NUMBERED} batch basis level population grid_act"

_MEMBERSHIP = "refers_to parts deducted granted completes replaces potential"
_SPARSE = frozenset(("potential",))
_CREDIT = "product refers_to reason effect work movements nature decision issued_in"

# What each kind of row may hold: an invoice is of a membership or of a mission.
ROWS: dict[str, tuple[Form, ...]] = {
    "batch": (
        Form(
            Batch,
            "rank year exercice act tariffs issuer selection withheld below_minimum not_billed "
            "example_levels invoices product movements statements credits accounts adopted "
            "changes",
        ),
    ),
    "invoice": (
        Form(
            MembershipInvoice,
            f"{_INVOICE} {_MEMBERSHIP}",
            constants={"kind": "invoice", "product": "adhésion"},
            blank=frozenset(("reason", "effect", "work")),
            sparse=_SPARSE,
        ),
        Form(
            MissionInvoice,
            f"{_INVOICE} work replaces",
            constants={"kind": "invoice", "product": "mission"},
            blank=frozenset(("reason", "effect", "refers_to", "parts", "deducted")),
        ),
    ),
    "credit": (
        Form(
            CreditNote,
            f"{_INVOICE} {_CREDIT}",
            constants={"kind": "credit"},
            blank=frozenset(("parts", "deducted")),
        ),
    ),
    "statement": (
        Form(
            Statement,
            f"{_INVOICE} {_MEMBERSHIP}",
            constants={"kind": "statement", "product": "adhésion", "sign": "+"},
            sparse=_SPARSE,
        ),
        Form(
            NegativeStatement,
            f"{_INVOICE} {_CREDIT}",
            constants={"kind": "statement", "sign": "-"},
        ),
    ),
    "remise-withdrawal": (Form(RemiseWithdrawn, "act credit decision reason"),),
    "qualification": (Form(CreditQualified, "act credit nature decision"),),
    "quote": (Form(IssuedQuote, "series rank act issuer signatory quote"),),
    "answer": (Form(Answer, "act quote accepted day by decision"),),
    "answer-withdrawal": (Form(AnswerWithdrawn, "act quote reason"),),
    "work": (Form(WorkDone, "act quote work"),),
    "withdrawal": (Form(WorkWithdrawn, "act quote rank reason"),),
    "closure": (Form(MissionClosed, "act quote day reason"),),
    "closure-withdrawal": (Form(ClosureWithdrawn, "act quote reason"),),
    "backup": (Form(Backup, "act file head"),),
    "titre": (
        Form(
            Titre,
            "act invoice exercice titre bordereau titre_day debtor",
            attributes={"invoice": "document"},
        ),
    ),
    "titre-withdrawal": (Form(TitreWithdrawn, "act document reason"),),
    "export": (Form(Exported, "act what file documents"),),
    "meeting": (
        Form(
            Meeting,
            "act year day members session departures outcome issuer signatory communes correction "
            "addressees elected agents",
            sparse=frozenset(("members", "elected", "agents")),
        ),
    ),
    "costs": (Form(paper.CostPaper, "act kind year issuer figures accounts published statements"),),
}

_PARTS = (
    Form(Act, "day operator program inputs"),
    Form(
        CommuneYear,
        "year code_insee name siren municipal_population total_population level source level_at "
        "start end settlement level_source siret service_code commitment address postal_code city "
        "successor financial_potential debtor_code level_day",
    ),
    Form(Layout, "columns delimiter encoding decimal date constants"),
    Form(
        Issuer,
        "name legal_form siren siret address postal_code city service contact signatories "
        "vat_category vat_reason payment_text quote_valid_days source numbers accounts export "
        "vat_reason_code vat_number iban bic due_days legal appeal vat_rules embed example",
        is_shared=True,
    ),
    Form(
        paper.CostFigure,
        "year directorate category nature vintage amount half_days line is_example",
    ),
    Form(paper.PublishedCost, "directorate category cost"),
    Form(paper.CommuneStatement, "commune lines"),
    Form(paper.StatementLine, "day service directorate category half_days unit_cost is_example"),
    Form(Legal, "regime text withheld populations"),
    Form(Signatory, "name capacity delegation start end", is_shared=True),
    Form(BillingLine, "commune fee number parts deducted completes billed granted listed tax"),
    Form(AccountLine, "code_insee name due granted balance stale documents line"),
    Form(Change, "code_insee name before after effects"),
    Form(Effects, "full_year perimeter population level tariff wealth"),
    Form(NotBilled, "commune reason"),
    Form(Selection, "levels communes"),
    Form(Movement, "day kind code_before name_before code_after name_after origin source"),
    Form(Source, "file line column cell field excerpt caret width"),
    Form(Quote, "number year issued_on valid_until commune grid service subject lines"),
    Form(QuoteLine, "category half_days unit_price label tax"),
    Form(Tax, "category rate reason reason_code"),
    Form(VatShare, "tax net vat"),
    Form(VatRule, "product service category rates reason reason_code"),
    Form(DatedRate, "start percent"),
    Form(BilledWork, "quote quoted_on accepted_on subject works lines"),
    Form(Work, "rank day certified_by half_days decision"),
    Form(Promise, "request commune project directorate meeting slots"),
    Form(Slot, "month half_days"),
    Form(Candidate, "request code_insee commune level required values details"),
    Form(Objection, "obstacle text remedy"),
    Form(Term, "name value note share"),
    Form(Capacity, "directorate half_days exceptions source"),
    Form(Criteria, "criteria capacities horizon first_month received_years first_at source"),
    Form(Criterion, "name weight zero_at one_at act adopted_on source"),
    Form(Departure, "request choice reason rank"),
    Form(Outcome, "planned refused"),
    Form(Ranked, "candidate rank computed score terms slots"),
    Form(Refused, "candidate reasons computed score terms"),
    Form(Session, "year start criteria candidates booked day promised"),
    Form(
        Request,
        "id received commune project service directorate half_days wished scheme state origin "
        "source sources",
    ),
    Form(
        FeeBreakdown,
        "level population bracket_rank rate fixed gross bound_cap bound_floor amount potential",
        sparse=frozenset(("potential",)),
    ),
    Form(Bracket, "up_to cap per_inhabitant fixed floor"),
    Form(Grid, "year status act levels indexed_from act_url checked_on example", is_shared=True),
    Form(IndexationRule, "series base_year rate chain indexed never_decrease rounding"),
    Form(IndexedFrom, "year month rate series rule indices", sparse=frozenset(("indices",))),
    Form(
        Level,
        "code label includes per_inhabitant brackets requires half_day half_days_per_request "
        "wealth",
        sparse=frozenset(("wealth",)),
        is_shared=True,
    ),
    Form(Wealth, "reference average floor ceiling"),
    Form(
        Tariffs,
        "population minimum_recovery proration before_vote indexation grids sources file vat",
        is_shared=True,
    ),
    Form(Part, "row fee numerator denominator group"),
)


def by_class(forms: Iterable[Form]) -> dict[type[Any], Form]:
    """Raises AssertionError when a form and its class have come apart: an attribute without a
    stored key would be lost in silence."""
    found: dict[type[Any], Form] = {}
    for form in forms:
        attributes = {f.name for f in fields(form.kind)}
        stored = list(form.stored.values())
        if attributes != set(stored) or len(stored) != len(attributes):
            apart = ", ".join(sorted(attributes.symmetric_difference(stored)))
            raise AssertionError(f"{form.name}: no stored key for {apart}")
        found[form.kind] = form
    return found


FORMS = by_class((*(form for forms in ROWS.values() for form in forms), *_PARTS))


def forms_of_row(kind: str) -> tuple[Form, ...]:
    """The forms that a row of that kind may take; none for an unknown kind."""
    return ROWS.get(kind, ())


def kind_of(record: Record) -> str:
    """The kind of row that a record makes."""
    return next(
        kind for kind, forms in ROWS.items() if any(type(record) is form.kind for form in forms)
    )
