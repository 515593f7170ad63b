"""What a printed document says, whatever it is printed by: a sheet of a workbook or a PDF."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from mutualis.documents.electronic import electronic_invoice
from mutualis.documents.electronic.electronic_invoice import ElectronicInvoice
from mutualis.documents.electronic.invoice_lines import credit_lines, membership_lines, rows_of
from mutualis.documents.wording import citations as citing
from mutualis.documents.wording import credits as credit_wording
from mutualis.documents.wording import invoices as wording
from mutualis.documents.wording import missions as words
from mutualis.documents.wording import parties as party_wording
from mutualis.documents.wording import payment as payment_wording
from mutualis.documents.wording import quotes
from mutualis.domain.citations import NONE, Cited
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.letters import euros_in_letters
from mutualis.domain.french.typography import long_date
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim, Statement
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.mission_batch import MissionLine, MissionPlan
from mutualis.domain.memberships.plan import BillingLine, BillingPlan
from mutualis.domain.quotes.quote import Quote
from mutualis.domain.value import Struct
from mutualis.domain.vat.tax import VatShares

WHY = "Pourquoi ce montant"
AGREEMENT = ("Date :", "Nom :", "Qualité :", "Signature et cachet :")

Row = Sequence[str | int | Decimal | None]


class Signature(Struct, frozen=True):
    """Who signs; `to_fill` are the lines that are left to fill in by hand."""

    title: str
    lines: tuple[str, ...] = ()
    to_fill: tuple[str, ...] = ()


class Paper(Struct, frozen=True):
    """`stamp` says in a word what the document is, or is not yet, `alert` warns in a sentence;
    `before` and `reasons` stand before and after the table, `boxed` says how it is paid. The rows
    are before tax where `taxes` say which, `amount` is with it. `electronic` is what an issued
    invoice or credit note says to a machine; `template` sets the PDF."""

    template: str
    issuer: Issuer
    commune: CommuneYear
    day: date
    is_final: bool
    stamp: str
    title: str
    heading: str
    made: str
    subject: str
    header: Sequence[str | None]
    rows: Sequence[Row]
    styles: Sequence[str]
    label: str
    amount: Decimal
    letters: str
    footer: str
    alert: str = ""
    before: str = ""
    reasons_title: str = ""
    reasons: tuple[str, ...] = ()
    vat: str = ""
    terms: tuple[str, ...] = ()
    boxed: str = ""
    signatures: tuple[Signature, ...] = ()
    electronic: ElectronicInvoice | None = None
    taxes: VatShares = ()

    def __post_init__(self) -> None:
        if self.electronic is not None and self.electronic.amount != abs(self.amount):
            raise AssertionError(f"{self.title}: its text and its data differ")

    @property
    def watermark(self) -> str:
        """What is printed across a page that is not final."""
        return "" if self.is_final else self.stamp or self.alert

    @property
    def object_line(self) -> str:
        return f"Objet : {self.subject}"

    @property
    def in_letters(self) -> str:
        """Without its sign: « arrêté à la somme de » says how much, the document whose it is."""
        return euros_in_letters(abs(self.amount))


def invoice_paper(plan: BillingPlan, line: BillingLine, issuer: Issuer, made_on: date) -> Paper:
    """A membership's invoice, its draft, its forecast, or the statement of a fee withheld."""
    voted = plan.grid.is_voted
    number = f"{line.number} - " if line.number else ""
    what = wording.in_footer(plan, line, issuer)
    day = plan.issue.day if plan.issue else None
    is_invoice = voted and not wording.is_withheld(line)
    terms = payment_wording.payment_terms(issuer, day) if is_invoice else []
    heading = wording.invoice_heading(plan, line, issuer)
    debtor = party_wording.debtor_title(line.commune, line.billed)
    cited = plan.citations.get(line.number or "", NONE) if issuer.cites else NONE
    subject = wording.invoice_subject(plan, line, issuer) + citing.in_place(cited)
    reasons = (
        *citing.citations(cited),
        *wording.invoice_reasons(plan, line),
        *citing.of_membership(plan, line, issuer),
    )
    return Paper(
        template="statement" if wording.is_withheld(line) else "invoice",
        issuer=issuer,
        commune=line.commune,
        day=plan.issue.day if plan.issue else made_on,
        is_final=plan.issue is not None,
        stamp=wording.DRAFT if voted and plan.issue is None else "",
        title=f"{heading} - {debtor}",
        heading=heading,
        made=wording.invoice_made(plan, line, made_on),
        subject=subject,
        header=payment_wording.before_vat(wording.INVOICE_HEADER, line.taxes),
        rows=tuple(rows_of(membership_lines(plan, line, issuer))),
        styles=wording.INVOICE_STYLES,
        label=payment_wording.with_vat(wording.due(plan, line), line.taxes),
        amount=line.amount,
        letters=wording.in_letters_intro(plan),
        footer=f"{issuer.name} - {number}{what} - {debtor}",
        alert="" if voted else wording.FORECAST,
        reasons_title=WHY,
        reasons=reasons,
        taxes=line.taxes,
        vat=payment_wording.vat(issuer, line.taxes, withheld=wording.is_withheld(line)),
        terms=tuple(terms),
        boxed=payment_wording.payment(line, issuer) if voted else "",
        electronic=electronic_invoice.of_membership(
            plan, line, issuer, subject, "\n".join(reasons)
        ),
    )


def mission_paper(plan: MissionPlan, line: MissionLine, issuer: Issuer, made_on: date) -> Paper:
    """The invoice of half-days done on a quote, or its draft."""
    number = f"{line.number} - " if line.number else ""
    day = plan.issue.day if plan.issue else None
    cited = plan.citations.get(line.number or "", NONE)
    reasons = (
        *citing.citations(cited),
        *words.reasons(line),
        *citing.of_mission(line.billed or line.commune, issuer),
    )
    subject = words.subject(line) + citing.in_place(cited)
    taxes = line.work.taxes
    heading = words.heading(line, plan.year)
    debtor = party_wording.debtor_title(line.commune, line.billed)
    return Paper(
        template="mission",
        issuer=issuer,
        commune=line.commune,
        day=plan.issue.day if plan.issue else made_on,
        is_final=line.number is not None,
        stamp="" if line.number else wording.DRAFT,
        title=f"{heading} - {debtor}",
        heading=heading,
        made=words.made(plan, made_on),
        subject=subject,
        header=payment_wording.before_vat(quotes.HEADER, taxes),
        rows=quotes.half_day_rows(line.work.lines),
        styles=quotes.STYLES,
        label=payment_wording.with_vat("Montant dû", taxes),
        amount=line.amount,
        letters=wording.AMOUNT_IN_LETTERS,
        footer=f"{issuer.name} - {number}Mission, devis {line.work.quote} - {debtor}",
        reasons_title=WHY,
        reasons=reasons,
        taxes=taxes,
        vat=payment_wording.vat(issuer, taxes),
        terms=tuple(payment_wording.payment_terms(issuer, day)),
        boxed=issuer.payment_text,
        electronic=electronic_invoice.of_mission(
            line, issuer, day or made_on, subject, "\n".join(reasons), cited
        ),
    )


def quote_paper(quote: Quote, issuer: Issuer) -> Paper:
    """A quote, or its draft, for two signatures: the issuer's and the commune's agreement."""
    heading = quotes.heading(quote)
    days = sum(line.half_days for line in quote.lines)
    return Paper(
        template="quote",
        issuer=issuer,
        commune=quote.commune,
        day=quote.issued_on,
        is_final=quote.number is not None,
        stamp="" if quote.number else quotes.DRAFT,
        title=f"{heading} - {quote.commune.name}",
        heading=heading,
        made=f"Établi le {long_date(quote.issued_on)}, valable {quotes.validity(quote)}",
        subject=quotes.subject(quote),
        header=payment_wording.before_vat(quotes.HEADER, quote.taxes),
        rows=quotes.half_day_rows(quote.lines),
        styles=quotes.STYLES,
        label=payment_wording.with_vat(f"Total ({quotes.half_days(days)})", quote.taxes),
        amount=quote.total,
        letters=wording.AMOUNT_IN_LETTERS,
        footer=f"{issuer.name} - {heading} - {quote.commune.name}",
        before=f"Service : {quote.service}" if quote.service else "",
        reasons=(
            quotes.grid_used(quote),
            *quotes.conditions(quote),
            *citing.of_mission(quote.commune, issuer),
        ),
        taxes=quote.taxes,
        vat=payment_wording.vat(issuer, quote.taxes),
        signatures=(
            Signature(
                f"Pour {issuer.name}",
                tuple(party_wording.signatory(issuer.signatory(quote.issued_on))),
            ),
            Signature(
                f"{quotes.AGREED}, {party_wording.debtor_name(quote.commune)}", to_fill=AGREEMENT
            ),
        ),
    )


def credit_paper(credit: CreditNote, claim: Claim, successor: Cited | None = None) -> Paper:
    """A negative amount that refers to its claim: a credit note, or a negative statement.

    `successor` takes the place of the claim.
    """
    issuer = credit.issuer
    heading = credit_wording.heading(credit, claim)
    subject = credit_wording.subject(credit, claim)
    reasons = (
        *credit_wording.reasons(credit, claim, successor),
        *citing.of_credit(credit, claim),
    )
    header = ("Désignation", None, None, None, "Montant")
    debtor = party_wording.debtor_title(credit.commune, credit.billed)
    return Paper(
        template="correction" if isinstance(claim, Statement) else "credit",
        issuer=issuer,
        commune=credit.commune,
        day=credit.act.day,
        is_final=True,
        stamp=credit_wording.stamp(credit),
        title=f"{heading} - {debtor}",
        heading=heading,
        made=f"Émis le {long_date(credit.act.day)}",
        subject=subject,
        header=payment_wording.before_vat(header, credit.taxes),
        rows=[
            (line.name, None, None, None, -line.base)
            for line in credit_lines(wording.claimed(claim), credit)
        ],
        styles=("cellule", "cellule", "cellule", "cellule", "euros"),
        label=payment_wording.with_vat(credit_wording.amount(credit), credit.taxes),
        amount=credit.amount,
        letters=wording.AMOUNT_IN_LETTERS,
        footer=f"{issuer.name} - {heading} - {debtor}",
        reasons=reasons,
        taxes=credit.taxes,
        vat=payment_wording.vat(issuer, credit.taxes, withheld=isinstance(claim, Statement)),
        boxed=payment_wording.RECTIFIED_PAYMENT if isinstance(claim, Statement) else "",
        signatures=(
            Signature(f"Pour {issuer.name}", tuple(party_wording.signatory(credit.signatory))),
        ),
        electronic=electronic_invoice.of_credit(credit, claim, subject, "\n".join(reasons)),
    )
