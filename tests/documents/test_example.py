"""An example issues everything, and every page of all that it makes says so."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from conftest import Cli

# Everything that makes a document, in the order of a life.
COMMANDS = (
    "bill 2025 --pdf --date 15/01/2025",
    "bill 2025 --issue --yes --commune Saône --commune Thise --pdf --date 15/01/2025",
    "quote Saône --line A:2:Essai --draft --pdf --date 20/01/2025",
    "quote Saône --line A:2:Essai --pdf --date 20/01/2025",
    "quotes accept EXD2025-0001 --date 25/01/2025",
    "quotes done EXD2025-0001 --line A:2 --date 10/02/2025 --certified-by Essai",
    "bill 2025 --quotes --issue --yes --pdf --date 15/02/2025",
    "credit EXF2025-0001 --reason Essai --pdf --date 16/02/2025",
    "requests rank 2025 --workbook",
    "requests publish 2025 --meeting data/meetings/2025-02-20.toml --yes --date 25/02/2025",
    "usage 2025 --workbook --date 25/02/2025",
    "account Saône 2025 --pdf",
    "index 2026 --deliberation --dry-run",
    "register export --format xlsx",
)


@pytest.fixture
def made(as_shipped: Path, cli: Cli) -> Path:
    for command in COMMANDS:
        answer = cli(*command.split())
        assert answer.code == 0, (command, answer.err)
    assert cli("register", "verify").code == 0
    return as_shipped / "out"


def headers(path: Path) -> set[str | None]:
    """What stands in the middle above the printed pages of each sheet."""
    sheets: list[Any] = load_workbook(path).worksheets
    return {sheet.oddHeader.right.text for sheet in sheets}


def test_every_page_says_so(made: Path) -> None:
    printed = sorted(made.rglob("*.pdf"))
    assert {path.parent.name for path in printed} >= {"devis", "avoirs", "lettres", "pdf"}
    for path in printed:
        for page in PdfReader(path).pages:
            assert page.extract_text().count("EXEMPLE") >= 2, path  # across it, and in its foot
    books = sorted(made.rglob("*.xlsx"))
    assert len(books) >= 9
    for path in books:
        assert headers(path) == {"&BEXEMPLE"}, path


def test_the_electronic_invoice_says_so(made: Path) -> None:
    found = 0
    for path in made.rglob("*.pdf"):
        with pikepdf.open(path) as pdf:
            if "factur-x.xml" in pdf.attachments:
                xml = pdf.attachments["factur-x.xml"].get_file().read_bytes().decode()
                assert "<ram:ID>EX" in xml
                assert "<ram:Content>EXEMPLE : document sans valeur.</ram:Content>" in xml
                found += 1
    assert found == 4  # two invoices, a mission's, a credit note


def test_a_real_one_does_not(voted: Path, cli: Cli) -> None:
    command = "bill 2025 --issue --yes --commune Saône --pdf --date 15/01/2025"
    assert cli(*command.split()).code == 0
    (path,) = (voted / "out").rglob("*.pdf")
    assert "EXEMPLE" not in PdfReader(path).pages[0].extract_text()
    (book,) = (voted / "out").rglob("*.xlsx")
    assert headers(book) == {None}
