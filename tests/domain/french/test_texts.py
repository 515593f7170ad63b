"""Typography, names and the safety of texts."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.cli.terminal.streams import make_safe
from mutualis.documents.excel.sheet import put, sheet_name
from mutualis.documents.excel.styles import add_styles
from mutualis.documents.wording.plain import clean
from mutualis.domain.french.names import (
    commune_of,
    matches,
    nearest,
    nearest_numbers,
    slug,
)
from mutualis.domain.french.typography import (
    count,
    euros,
    long_date,
    number,
    percent,
    signed_euros,
    signed_percent,
)

NAMES = ["Saône", "Saint-Vit", "Chalèze", "Chalezeule", "Les Auxons", "Pouilley-Français"]
NAMES += ["Pouilley-les-Vignes", "École-Valentin", "La Vèze"]


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("7048", "7_048,00_€"),
        ("0.38304", "0,383_04_€"),
        ("1234567.5", "1_234_567,50_€"),
        ("-2", "-2,00_€"),
        ("0.3868704", "0,386_870_4_€"),
    ],
)
def test_euros(amount: str, text: str) -> None:
    assert euros(Decimal(amount)) == text.replace("_", "\u00a0")


def test_other_numbers() -> None:
    assert number(7048) == "7\u00a0048"
    assert percent(Decimal("0.8")) == "0,8\u00a0%"
    assert signed_percent(Decimal("0.8")) == "+0,8\u00a0%"
    assert signed_percent(Decimal("0.0")) == "0,0\u00a0%"
    assert signed_euros(Decimal(-3)) == "-3,00\u00a0€"
    assert count(0, "commune") == "0\u00a0commune"
    assert count(2, "commune") == "2\u00a0communes"
    assert long_date(date(2026, 1, 1)) == "1er\u00a0janvier\u00a02026"
    assert long_date(date(2026, 8, 15)) == "15\u00a0août\u00a02026"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("saone", ["Saône"]),
        ("SAÔNE", ["Saône"]),
        ("st vit", ["Saint-Vit"]),
        ("auxons", ["Les Auxons"]),
        ("chaleze", ["Chalèze"]),
        ("ecole valentin", ["École-Valentin"]),
        ("veze", ["La Vèze"]),
        ("pouilley", ["Pouilley-Français", "Pouilley-les-Vignes"]),
        ("vignes", ["Pouilley-les-Vignes"]),
        ("aône", []),
        ("", []),
        ("???", []),
    ],
)
def test_a_typed_name_means(typed: str, found: list[str]) -> None:
    assert matches(typed, NAMES) == found


def test_the_nearest_name() -> None:
    assert nearest("Saonne", NAMES)[0] == "Saône"
    assert nearest("xyz", NAMES) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("F2025-1", ["F2025-0001"]),
        ("f2025-00001", ["F2025-0001"]),
        ("D2025-7", ["EXD2025-0007"]),
        ("2025-0012", ["F2025-0012"]),
        ("F2052-0012", ["F2025-0012"]),  # the closest, where none is the same
        ("zzz", []),
    ],
)
def test_the_number_that_was_meant(typed: str, found: list[str]) -> None:
    known = ["F2025-0001", "F2025-0012", "EXD2025-0007"]
    assert nearest_numbers(typed, known)[:1] == found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Amagney", "Commune d'Amagney"),
        ("École-Valentin", "Commune d'École-Valentin"),
        ("Saône", "Commune de Saône"),
        ("Le Gratteris", "Commune du Gratteris"),
        ("Les Auxons", "Commune des Auxons"),
        ("La Vèze", "Commune de La Vèze"),
    ],
)
def test_the_name_of_the_debtor(name: str, text: str) -> None:
    assert commune_of(name) == text


@pytest.mark.parametrize(
    "text", ["../../x", "a/b", "a\\b", "CON:", "=1+1", "\u202eabc", "…", "a" * 300]
)
def test_a_file_name_stays_in_its_folder(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("x")', "+1+1", "@SUM(A1)", "-2+3", "a\x00b\x0bc", "\u202egnp.exe"]
)
def test_a_text_never_becomes_a_formula(text: str) -> None:
    book = Workbook()
    add_styles(book)
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    cell = put(sheet, 1, 1, text, "corps")
    assert cell.data_type == "s"
    assert cell.value == clean(text)


def test_sheet_names_are_safe_and_unique() -> None:
    taken: list[str] = []
    for text in ("25001 A/B", "25001 A:B", "x" * 40, "X" * 40, "[]*?", "'quoted'", "x' " * 20, ""):
        name = sheet_name(text, taken)
        assert 1 <= len(name) <= 31
        assert name == name.strip(" '")
        assert not set(name) & set("[]:*?/\\")
        assert name.lower() not in {other.lower() for other in taken}
        taken.append(name)


@pytest.mark.parametrize("encoding", ["ascii", "cp850", "cp1252"])
def test_any_text_can_be_shown(encoding: str) -> None:
    make_safe()
    text = "Saône : 7\u00a0048,00\u00a0€ → « 3\u202f× » … ≥ œ ’ 漢 \u202e"
    assert text.encode(encoding, errors="mutualis")
    assert "7 048,00 EUR -> " in text.encode("ascii", errors="mutualis").decode("ascii")
