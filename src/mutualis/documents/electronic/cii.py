"""The elements of a CII invoice (UN/CEFACT, D16B), and the schema that they must follow."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from typing import TypeAlias

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
_DAY = "102"  # UNTDID 2379: CCYYMMDD

Element: TypeAlias = etree._Element
Node: TypeAlias = Element | None


def node(name: str, *children: Node | Iterable[Node], **attributes: str) -> Node:
    """An element of others, such as `ram:SellerTradeParty`; None where none is there."""
    found: list[Element] = []
    for child in children:
        if child is None:
            continue
        items = [child] if etree.iselement(child) else child
        found += [item for item in items if item is not None]
    if not found:
        return None
    element = etree.Element(_qualified(name), attributes, NAMES)
    element.extend(found)
    return element


def text(name: str, value: str, **attributes: str) -> Node:
    """An element that holds a text, without what an XML file cannot; None where it is empty."""
    cleaned = clean(value).strip()
    if not cleaned:
        return None
    element = etree.Element(_qualified(name), attributes, NAMES)
    element.text = cleaned
    return element


def moment(name: str, day: date | None, kind: str = "udt") -> Node:
    """An element that holds a day; None where it is not known."""
    digits = f"{day:%Y%m%d}" if day else ""
    return node(name, text(f"{kind}:DateTimeString", digits, format=_DAY))


def checked(root: Element) -> bytes:
    """The file of an invoice; one that the schema refuses is a bug, and an exception of lxml."""
    _schema().assertValid(root)
    return bytes(etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8"))


@cache
def _schema() -> etree.XMLSchema:
    """That of the profile EN 16931 of Factur-X 1.0.07, which drafthorse brings."""
    with as_file(files("drafthorse") / "schema" / "Factur-X_1.0.07_EN16931.xsd") as path:
        return etree.XMLSchema(file=str(path))


def _qualified(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"
