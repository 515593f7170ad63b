"""The elements of a CII invoice (UN/CEFACT, D16B), and the schema that they must follow."""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from importlib.resources import as_file, files
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from mutualis.documents.wording.plain import clean

_UN = "urn:un:unece:uncefact:data:standard"
NAMES = {
    "qdt": f"{_UN}:QualifiedDataType:100",
    "ram": f"{_UN}:ReusableAggregateBusinessInformationEntity:100",
    "rsm": f"{_UN}:CrossIndustryInvoice:100",
    "udt": f"{_UN}:UnqualifiedDataType:100",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_DECLARED = "".join(f" xmlns:{prefix}={quoteattr(name)}" for prefix, name in NAMES.items())
_DAY = "102"  # UNTDID 2379: CCYYMMDD


def node(name: str, *children: str | Iterable[str]) -> str:
    """An element of others, such as `ram:SellerTradeParty`; empty where none is there."""
    inside = "".join(child if isinstance(child, str) else "".join(child) for child in children)
    return f"<{name}>{inside}</{name}>" if inside else ""


def text(name: str, value: str, **attributes: str) -> str:
    """An element that holds a text, without what an XML file cannot; empty where it is."""
    inside = _escaped(value)
    if not inside:
        return ""
    own = "".join(f" {key}={quoteattr(item)}" for key, item in attributes.items())
    return f"<{name}{own}>{inside}</{name}>"


def moment(name: str, day: date | None, kind: str = "udt") -> str:
    """An element that holds a day; empty where it is not known."""
    digits = f"{day:%Y%m%d}" if day else ""
    return node(name, text(f"{kind}:DateTimeString", digits, format=_DAY))


def checked(name: str, *children: str) -> bytes:
    """The file of an invoice; one that the schema refuses is a bug, and an exception of lxml."""
    root = etree.fromstring(f"<{name}{_DECLARED}>{''.join(children)}</{name}>")
    _schema().assertValid(root)
    return bytes(etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8"))


@lru_cache(maxsize=2**10)  # what every invoice of an issuer says
def _escaped(value: str) -> str:
    return escape(clean(value).strip())


@cache
def _schema() -> etree.XMLSchema:
    """That of the profile EN 16931 of Factur-X 1.0.07, which drafthorse brings."""
    with as_file(files("drafthorse") / "schema" / "Factur-X_1.0.07_EN16931.xsd") as path:
        return etree.XMLSchema(file=str(path))
