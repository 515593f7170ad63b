"""What a PDF/A-3 says of the invoice that it carries: the `fx:` properties of Factur-X, and the
description that PDF/A asks of properties that are not its own."""

from io import BytesIO

import pikepdf

FILE = "factur-x.xml"
_URI = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_PROPERTIES = (
    ("DocumentType", "INVOICE", "The type of the hybrid document"),
    ("DocumentFileName", FILE, "The name of the embedded XML document"),
    ("Version", "1.0", "The version of the standard of the embedded XML document"),
    ("ConformanceLevel", "EN 16931", "The conformance level of the embedded XML document"),
)
_DESCRIBED = "".join(
    '<rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:category>external</pdfaProperty:category>"
    f"<pdfaProperty:description>{description}</pdfaProperty:description>"
    f"<pdfaProperty:name>{name}</pdfaProperty:name>"
    "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
    for name, _, description in _PROPERTIES
)
_SCHEMA = (
    '<rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
    f"<pdfaSchema:namespaceURI>{_URI}</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>fx</pdfaSchema:prefix>"
    f"<pdfaSchema:property><rdf:Seq>{_DESCRIBED}</rdf:Seq></pdfaSchema:property></rdf:li>"
)
_VALUES = "".join(
    f'<fx:{name} xmlns:fx="{_URI}">{value}</fx:{name}>' for name, value, _ in _PROPERTIES
)
# Each end is where Typst closes its own list of schemas, then its properties.
_ADDED = (
    ("</rdf:Bag></pdfaExtension:schemas>", _SCHEMA),
    ("</rdf:Description>", _VALUES),
)


def declared(pdf: bytes) -> bytes:
    """The PDF, whose properties say which invoice is in it; same bytes in, same bytes out."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as file:
        properties = file.Root.Metadata
        xmp = properties.read_bytes().decode()
        for end, added in _ADDED:
            if xmp.count(end) != 1:
                raise AssertionError(f"the properties of the PDF have not one {end}")
            xmp = xmp.replace(end, added + end)
        properties.write(xmp.encode())
        # Typst compressed what may be; the properties stay readable as they are.
        file.save(out, deterministic_id=True, compress_streams=False)
    return out.getvalue()
