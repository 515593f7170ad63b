"""The draft deliberation on the shipped data, and what a Word document says, read as XML."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree as ET

from mutualis.documents.deliberation.content import deliberation_of
from mutualis.documents.deliberation.deliberation import Deliberation
from mutualis.domain.indexation.indexation import plan_indexation
from mutualis.domain.problems.problem import Problem
from mutualis.domain.workspace import Workspace
from mutualis.workflows.deliberation import proposal_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLES = {"Heading1": "H1", "Heading2": "H2"}


def draft_of(workspace: Workspace, year: int = 2026) -> Deliberation:
    """That of the year after the shipped grid."""
    plan = plan_indexation(workspace.tariffs, workspace.index, year)
    assert not isinstance(plan, Problem)
    rule = workspace.tariffs.indexation
    return deliberation_of(proposal_of(workspace, workspace.index, plan, rule), workspace.issuer)


def part(data: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return ET.fromstring(archive.read(f"word/{name}.xml"))


def body(data: bytes) -> ET.Element:
    found = part(data, "document").find(f"{W}body")
    assert found is not None
    return found


def said(data: bytes) -> list[str]:
    """What it says in order, as `spoken` says a PDF: a line an element, its kind first."""
    return [line for element in body(data) for line in _lines(element)]


def text_of(element: ET.Element) -> str:
    return "".join(found.text or "" for found in element.iter(f"{W}t"))


def _lines(element: ET.Element) -> Iterator[str]:
    if element.tag == f"{W}p":
        style = element.find(f"{W}pPr/{W}pStyle")
        yield f"{STYLES.get('' if style is None else style.attrib[f'{W}val'], 'P')}: " + text_of(
            element
        )
    is_laid_out = element.find(f".//{W}tblHeader") is None  # texts side by side, no table
    for row in element.findall(f"{W}tr"):
        is_head = row.find(f"{W}trPr/{W}tblHeader") is not None
        for cell in row.findall(f"{W}tc"):
            kind = "P" if is_laid_out else "TH /Column" if is_head else "TD"
            yield f"{kind}: {text_of(cell)}"
