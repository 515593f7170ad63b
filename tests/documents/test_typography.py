"""The typography of print: a table of texts as they are typed, then as a French page has them."""

import unicodedata

import pytest

from mutualis.documents.paper.glyphs import FONTS, characters, font_files, printable
from mutualis.documents.paper.page import ready
from mutualis.documents.paper.typography import printed

# "~" stands for a no-break space, "_" for a narrow one.
CASES = (
    ("Qui paie ? Elle : oui ; vraiment !", "Qui paie_? Elle~: oui_; vraiment_!"),
    ("Qui ?!", "Qui_?!"),
    ("a~: b", "a~: b"),
    ("« devis »", "«~devis~»"),
    ("«devis» et «~bon pour accord~»", "«~devis~» et «~bon pour accord~»"),
    ("l'avis de l'État, aujourd'hui", "l’avis de l’État, aujourd’hui"),
    ("'cité' et 5'", "'cité' et 5'"),
    ("facture n° F2025-0001, N° TVA", "facture n°~F2025-0001, N°~TVA"),
    ("-48,00~€, (-3) et +2", "−48,00~€, (−3) et +2"),
    (
        "F2025-0001, 2024-2025, Saint-Vit, 2025-02-20",
        "F2025-0001, 2024-2025, Saint-Vit, 2025-02-20",
    ),
    ("note = (x - 0) ÷ (365 - 0)", "note = (x − 0) ÷ (365 − 0)"),
    ("Mission - Devis", "Mission - Devis"),
    ("https://exemple.fr, 12:30", "https://exemple.fr, 12:30"),
    ("", ""),
)


def spaced(text: str) -> str:
    return text.replace("~", "\u00a0").replace("_", "\u202f")


@pytest.mark.parametrize(("typed", "expected"), CASES)
def test_printed(typed: str, expected: str) -> None:
    assert printed(spaced(typed)) == spaced(expected)
    assert printed(spaced(expected)) == spaced(expected)


def test_every_text_of_a_page_is_ready_for_print() -> None:
    given = {"a": "l'a ?", "b": [{"c": "漢 :"}], "n": 3, "none": None}
    assert ready(given) == {"a": "l’a\u202f?", "b": [{"c": "?\u00a0:"}], "n": 3, "none": None}


@pytest.mark.parametrize("name", FONTS)
def test_the_characters_of_a_font(name: str) -> None:
    """Those that typography brings, and no more than the font's last one."""
    known = characters(font_files()[name])
    assert {*map(ord, "aÉœŒ€«»’−×÷…–\u00a0\u202f")} <= known
    assert not {ord("漢"), ord("🙂"), 0, 0xFFFF} & known


def test_a_character_that_no_font_has_is_the_nearest_one() -> None:
    assert printable("e\u0301") == "é"
    assert printable("ﬃ漢\u3000x") == "ffi? x"
    assert printable("a\x00\u202eb") == "ab"
    assert printable(unicodedata.normalize("NFD", "Besançon")) == "Besançon"
