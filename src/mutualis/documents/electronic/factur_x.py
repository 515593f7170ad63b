"""Factur-X: the EN 16931 XML (CII syntax) of an invoice, and how the PDF/A-3 around it says so.

The names of the business terms (BT, BG) are those of EN 16931; the elements stand in the order of
the schema, against which each invoice is checked.
"""

import re
from datetime import date

from mutualis.documents.electronic.cii import checked, moment, node, text
from mutualis.documents.electronic.electronic_invoice import COMMERCIAL_INVOICE, ElectronicInvoice
from mutualis.documents.electronic.invoice_lines import Adjustment, InvoiceLine
from mutualis.documents.wording import parties as party_wording
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.money import plain
from mutualis.domain.vat import categories as vat
from mutualis.domain.vat.tax import Tax, VatShare, vat_of

_PROFILE = "urn:cen.eu:en16931:2017"  # BT-24
_SIREN, _SIRET = "0002", "0009"  # ISO/IEC 6523
_CREDIT_TRANSFER = "30"  # UNTDID 4461
_MAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+")
_PHONE = re.compile(r"(\+\d{1,3}|0)[\d .()-]{8,}")


def render_xml(invoice: ElectronicInvoice) -> bytes:
    """The CII XML, valid against the schema of the profile EN 16931; an invoice that is not
    is a bug, and an exception of the library."""
    return checked(
        "rsm:CrossIndustryInvoice",
        node(
            "rsm:ExchangedDocumentContext",
            node("ram:GuidelineSpecifiedDocumentContextParameter", text("ram:ID", _PROFILE)),
        ),
        node(
            "rsm:ExchangedDocument",
            text("ram:ID", invoice.number),  # BT-1
            text("ram:TypeCode", invoice.kind),  # BT-3
            moment("ram:IssueDateTime", invoice.day),  # BT-2
            (  # BG-1
                node("ram:IncludedNote", text("ram:Content", note))
                for note in (_example(invoice.seller), invoice.subject, invoice.note)
            ),
        ),
        node(
            "rsm:SupplyChainTradeTransaction",
            (
                _line(rank, line, line.tax or invoice.seller.own_tax)
                for rank, line in enumerate(invoice.lines, 1)
            ),
            _agreement(invoice),
            node(  # BG-13: a schema that wants the element, and a membership that is no delivery
                "ram:ApplicableHeaderTradeDelivery",
                node(
                    "ram:ShipToTradeParty",
                    text("ram:Name", party_wording.debtor_name(invoice.buyer)),
                ),
            ),
            _settlement(invoice),
        ),
    )


def _example(issuer: Issuer) -> str:
    return party_wording.EXAMPLE_NOTE if issuer.example else ""


def _line(rank: int, line: InvoiceLine, tax: Tax) -> str:
    """BG-25."""
    reductions = [item for item in line.adjustments if item.amount < 0]
    additions = [item for item in line.adjustments if item.amount > 0]
    return node(
        "ram:IncludedSupplyChainTradeLineItem",
        node("ram:AssociatedDocumentLineDocument", text("ram:LineID", str(rank))),
        node("ram:SpecifiedTradeProduct", text("ram:Name", line.name)),
        node(
            "ram:SpecifiedLineTradeAgreement",
            node("ram:NetPriceProductTradePrice", text("ram:ChargeAmount", plain(line.price))),
        ),
        node(
            "ram:SpecifiedLineTradeDelivery",
            text("ram:BilledQuantity", str(line.quantity), unitCode=line.unit),
        ),
        node(
            "ram:SpecifiedLineTradeSettlement",
            node(
                "ram:ApplicableTradeTax",
                text("ram:TypeCode", "VAT"),
                text("ram:CategoryCode", tax.category),
                text("ram:RateApplicablePercent", _rate(tax)),
            ),
            _period(line.start, line.end),  # BG-26
            (_adjustment(item) for item in (*reductions, *additions)),  # BG-27, BG-28
            node(
                "ram:SpecifiedTradeSettlementLineMonetarySummation",
                text("ram:LineTotalAmount", plain(line.amount)),
            ),
        ),
    )


def _adjustment(item: Adjustment) -> str:
    """In words alone: no code of UNTDID 5189 means a cap or a part of a year."""
    is_charge = "true" if item.amount > 0 else "false"
    return node(
        "ram:SpecifiedTradeAllowanceCharge",
        node("ram:ChargeIndicator", text("udt:Indicator", is_charge)),
        text("ram:ActualAmount", plain(abs(item.amount))),
        text("ram:Reason", item.reason),
    )


def _agreement(invoice: ElectronicInvoice) -> str:
    return node(
        "ram:ApplicableHeaderTradeAgreement",
        text("ram:BuyerReference", invoice.buyer.service_code),  # BT-10
        _seller(invoice),
        _buyer(invoice.buyer),
        node(
            "ram:BuyerOrderReferencedDocument",
            text("ram:IssuerAssignedID", invoice.buyer.commitment),  # BT-13
        ),
    )


def _seller(invoice: ElectronicInvoice) -> str:
    """BG-4."""
    # EN 16931 forbids the VAT number of a seller outside the scope (BR-O-02).
    issuer, is_outside = invoice.seller, invoice.groups[0].tax.category == vat.OUTSIDE_SCOPE
    number = "" if is_outside else issuer.vat_number
    return node(
        "ram:SellerTradeParty",
        text("ram:GlobalID", issuer.siret, schemeID=_SIRET),
        text("ram:Name", issuer.name),
        text("ram:Description", issuer.legal_form),
        node("ram:SpecifiedLegalOrganization", text("ram:ID", issuer.siren, schemeID=_SIREN)),
        _contact(issuer),
        _address(issuer.address, issuer.postal_code, issuer.city),
        node("ram:SpecifiedTaxRegistration", text("ram:ID", number, schemeID="VA")),
    )


def _contact(issuer: Issuer) -> str:
    """BG-6: the service, and its telephone and mail where the contact is known to be one."""
    mail, phone = _MAIL.search(issuer.contact), _PHONE.search(issuer.contact)
    known = (mail[0] if mail else "", phone[0] if phone else "")
    other = "" if any(known) else issuer.contact
    department = ", ".join(item for item in (issuer.service, other) if item.strip())
    return node(
        "ram:DefinedTradeContact",
        text("ram:DepartmentName", department),
        node("ram:TelephoneUniversalCommunication", text("ram:CompleteNumber", known[1])),
        node("ram:EmailURIUniversalCommunication", text("ram:URIID", known[0])),
    )


def _buyer(commune: CommuneYear) -> str:
    """BG-7."""
    return node(
        "ram:BuyerTradeParty",
        text("ram:GlobalID", commune.siret, schemeID=_SIRET),
        text("ram:Name", party_wording.debtor_name(commune)),
        node("ram:SpecifiedLegalOrganization", text("ram:ID", commune.siren, schemeID=_SIREN)),
        _address((commune.address,), commune.postal_code, commune.city),
    )


def _address(lines: tuple[str, ...], postal_code: str, city: str) -> str:
    names = ("ram:LineOne", "ram:LineTwo", "ram:LineThree")
    return node(
        "ram:PostalTradeAddress",
        text("ram:PostcodeCode", postal_code),
        (text(name, line) for name, line in zip(names, lines, strict=False)),
        text("ram:CityName", city),
        text("ram:CountryID", "FR"),
    )


def _settlement(invoice: ElectronicInvoice) -> str:
    issuer, net, total = invoice.seller, plain(invoice.net), plain(invoice.amount)
    is_invoice = invoice.kind == COMMERCIAL_INVOICE
    return node(
        "ram:ApplicableHeaderTradeSettlement",
        text("ram:InvoiceCurrencyCode", "EUR"),
        _transfer(issuer) if is_invoice else "",
        map(_group, invoice.groups),
        _period(invoice.start, invoice.end),  # BG-14
        _terms(invoice) if is_invoice else "",
        node(
            "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
            text("ram:LineTotalAmount", net),
            text("ram:TaxBasisTotalAmount", net),
            text("ram:TaxTotalAmount", plain(vat_of(invoice.groups)), currencyID="EUR"),
            text("ram:GrandTotalAmount", total),
            text("ram:DuePayableAmount", total),
        ),
        (  # BG-3
            node(
                "ram:InvoiceReferencedDocument",
                text("ram:IssuerAssignedID", number),
                moment("ram:FormattedIssueDateTime", day, "qdt"),
            )
            for number, day in invoice.preceding
        ),
    )


def _group(share: VatShare) -> str:
    """BG-23."""
    tax = share.tax
    return node(
        "ram:ApplicableTradeTax",
        text("ram:CalculatedAmount", plain(share.vat)),
        text("ram:TypeCode", "VAT"),
        text("ram:ExemptionReason", tax.reason),
        text("ram:BasisAmount", plain(share.net)),
        text("ram:CategoryCode", tax.category),
        text("ram:ExemptionReasonCode", tax.reason_code),
        text("ram:RateApplicablePercent", _rate(tax)),
    )


def _period(start: date | None, end: date | None) -> str:
    return node(
        "ram:BillingSpecifiedPeriod",
        moment("ram:StartDateTime", start),
        moment("ram:EndDateTime", end),
    )


def _transfer(issuer: Issuer) -> str:
    """By what means it is paid, only where that is configured."""
    if not issuer.iban:
        return ""
    return node(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        text("ram:TypeCode", _CREDIT_TRANSFER),
        node("ram:PayeePartyCreditorFinancialAccount", text("ram:IBANID", issuer.iban)),
        node("ram:PayeeSpecifiedCreditorFinancialInstitution", text("ram:BICID", issuer.bic)),
    )


def _terms(invoice: ElectronicInvoice) -> str:
    """How it is paid, in words, and when only where that is configured."""
    return node(
        "ram:SpecifiedTradePaymentTerms",
        text("ram:Description", invoice.seller.payment_text),
        moment("ram:DueDateDateTime", invoice.seller.due_day(invoice.day)),
    )


def _rate(tax: Tax) -> str:
    """The VAT rate: an exempt operation has the rate zero, one outside the scope has none."""
    return "" if tax.category == vat.OUTSIDE_SCOPE else plain(tax.rate)
