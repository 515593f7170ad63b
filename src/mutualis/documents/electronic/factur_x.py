"""Factur-X: the EN 16931 XML (CII syntax) of an invoice, and the PDF/A-3 that carries it.

The names of the business terms (BT, BG) are those of EN 16931. The library writes the XML in
its order and checks it against the schema; what the terms hold is said here.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import facturx

from mutualis.documents.electronic.electronic_invoice import COMMERCIAL_INVOICE, ElectronicInvoice
from mutualis.documents.electronic.invoice_lines import Adjustment, InvoiceLine
from mutualis.documents.wording import parties as party_wording
from mutualis.documents.wording.plain import clean
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.issuer import vat
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.money import ZERO, plain

PROFILE = "en16931"
LANGUAGE = "fr-FR"
_SIREN, _SIRET = "0002", "0009"  # ISO/IEC 6523
_CREDIT_TRANSFER = "30"  # UNTDID 4461
_MAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+")
_PHONE = re.compile(r"(\+\d{1,3}|0)[\d .()-]{8,}")
# The library dates a file of the moment it is made; ours bear the day of their document, so
# that one rendered again is the same file. Each is replaced by a text of the same length.
_INFO_MOMENT = re.compile(rb"\(D(:|\\072)\d{14}")
_XMP_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")


def render_xml(invoice: ElectronicInvoice) -> bytes:
    """The CII XML, valid against the schema of the profile EN 16931; an invoice that is not
    is a bug, and an exception of the library."""
    xml: bytes = facturx.generate_cii_xml(
        _clean(_terms(invoice)), level=PROFILE, check_xsd=True, check_schematron=False
    )
    return xml


def embed(pdf: bytes, invoice: ElectronicInvoice, *, title: str, author: str) -> bytes:
    """The PDF/A-3 with the invoice in it as `factur-x.xml`; same arguments, same bytes."""
    data: bytes = facturx.generate_from_binary(
        pdf,
        render_xml(invoice),
        flavor="factur-x",
        level=PROFILE,
        check_xsd=False,  # done when the XML was made
        check_schematron=False,  # it needs a server; the tests run it
        pdf_metadata=_clean({"title": title, "author": author, "subject": invoice.subject}),
        lang=LANGUAGE,
        afrelationship="alternative",
        xmp_compression=False,
    )
    data = _INFO_MOMENT.sub(rb"(D\g<1>" + f"{invoice.day:%Y%m%d}000000".encode(), data)
    return _XMP_MOMENT.sub(f"{invoice.day.isoformat()}T00:00:00+00:00".encode(), data)


def _terms(invoice: ElectronicInvoice) -> dict[str, Any]:
    """The invoice by its business terms, as the library takes them."""
    issuer, total = invoice.seller, plain(invoice.amount)
    rate = _rate(issuer)
    terms: dict[str, Any] = {
        "BT-1": invoice.number,
        "BT-2": invoice.day,
        "BT-3": invoice.kind,
        "BT-5": "EUR",
        "BT-10": invoice.buyer.service_code,
        "BT-13": invoice.buyer.commitment,
        "BG-1": [{"BT-22": text} for text in (invoice.subject, invoice.note) if text],
        "BG-3": [
            {"BT-25": number, **({"BT-26": day} if day else {})}
            for number, day in invoice.preceding
        ],
        "BG-4": _seller(issuer),
        "BG-7": _buyer(invoice.buyer),
        # The library writes an invalid element where nothing is said of the delivery.
        "BG-13": {"name": party_wording.debtor_name(invoice.buyer)},
        "BT-73": invoice.start,
        "BT-74": invoice.end,
        "BG-25": [_line(rank, line, issuer) for rank, line in enumerate(invoice.lines, start=1)],
        "BG-23": [
            {
                "BT-116": total,
                "BT-117": plain(ZERO),
                "BT-118": issuer.vat_category,
                "BT-119": rate,
                "BT-120": issuer.vat_reason,
                "BT-121": issuer.vat_reason_code,
            }
        ],
        "BT-106": total,
        "BT-109": total,
        "BT-110": plain(ZERO),
        "BT-112": total,
        "BT-115": total,
    }
    if invoice.kind == COMMERCIAL_INVOICE:
        terms |= _payment(issuer, invoice.day)
    return {name: value for name, value in terms.items() if value not in ("", None, [])}


def _payment(issuer: Issuer, day: date) -> dict[str, Any]:
    """How it is paid: in words, and by what means only where they are configured."""
    terms: dict[str, Any] = {"BT-20": issuer.payment_text, "BT-9": issuer.due_day(day)}
    if issuer.iban:
        terms |= {"BT-81": _CREDIT_TRANSFER, "BT-84": issuer.iban, "BT-86": issuer.bic}
    return terms


def _line(rank: int, line: InvoiceLine, issuer: Issuer) -> dict[str, Any]:
    own_period = {"BT-134": line.start, "BT-135": line.end} if line.start else {}
    return {
        **own_period,
        "BT-126": str(rank),
        "BT-153": line.name,
        "BT-129": str(line.quantity),
        "BT-130": line.unit,
        "BT-146": plain(line.price),
        "BT-151": issuer.vat_category,
        "BT-152": _rate(issuer),
        "BG-27": [_adjustment(item) for item in line.adjustments if item.amount < 0],
        "BG-28": [_adjustment(item) for item in line.adjustments if item.amount > 0],
        "BT-131": plain(line.amount),
    }


def _adjustment(item: Adjustment) -> dict[str, str]:
    """In words alone: no code of UNTDID 5189 means a cap or a part of a year."""
    return {"amount": plain(abs(item.amount)), "reason": item.reason}


def _rate(issuer: Issuer) -> str:
    """The VAT rate: an exempt operation has the rate zero, one outside the scope has none."""
    return "" if issuer.vat_category == vat.OUTSIDE_SCOPE else "0.00"


def _seller(issuer: Issuer) -> dict[str, Any]:
    lines = dict(zip(("addr_l1", "addr_l2", "addr_l3"), issuer.address, strict=False))
    # EN 16931 forbids the VAT number of a seller outside the scope (BR-O-02).
    number = "" if issuer.vat_category == vat.OUTSIDE_SCOPE else issuer.vat_number
    return {
        "name": issuer.name,
        "identifiers": {_SIRET: issuer.siret} if issuer.siret else {},
        "legal_info": issuer.legal_form,
        "legal_identifier": issuer.siren,
        "legal_identifier_schemeid": _SIREN,
        "contacts": _contacts(issuer),
        **lines,
        "postcode": issuer.postal_code,
        "city": issuer.city,
        "country_code": "FR",
        "vat_identifier": number,
    }


def _contacts(issuer: Issuer) -> list[dict[str, str]]:
    """BG-6: the service, and its telephone and mail where the contact is known to be one."""
    mail, phone = _MAIL.search(issuer.contact), _PHONE.search(issuer.contact)
    known = (mail[0] if mail else "", phone[0].strip() if phone else "")
    other = "" if any(known) else issuer.contact
    contact = {
        "department_name": ", ".join(text for text in (issuer.service, other) if text.strip()),
        "email": known[0],
        "phone": known[1],
    }
    return [contact] if any(contact.values()) else []


def _buyer(commune: CommuneYear) -> dict[str, Any]:
    return {
        "name": party_wording.debtor_name(commune),
        "identifiers": {_SIRET: commune.siret} if commune.siret else {},
        "legal_identifier": commune.siren,
        "legal_identifier_schemeid": _SIREN if commune.siren else "",
        "addr_l1": commune.address,
        "postcode": commune.postal_code,
        "city": commune.city,
        "country_code": "FR",
    }


def _clean(value: Any) -> Any:
    """The same without the characters that an XML file cannot hold, nor empty entries."""
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, Mapping):
        cleaned = {key: _clean(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in ("", None)}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value
