"""A long table is what rich would make of it, to the sign."""

import io
import random
import re
from unittest.mock import Mock

import pytest
from rich.table import Table

from mutualis.cli.terminal import console

SIGNS = "aéœ漢€ -,'\u00a0\u00a0\n"
TITLES = ("Numéro", "Document qui a un long nom", "Reste")


class Screen(io.StringIO):
    encoding = "utf-8"


class OldScreen(Screen):
    encoding = "cp1252"


def shown(
    rows: list[list[str]], monkeypatch: pytest.MonkeyPatch, screen_of: type[Screen] = Screen
) -> str:
    screen = screen_of()
    with monkeypatch.context() as patched:
        patched.setattr("sys.stdout", screen)
        console.show_table(TITLES, rows, right=(2,))
    return screen.getvalue()


def cell(draw: random.Random) -> str:
    return "".join(draw.choices(SIGNS, k=draw.choice((0, 1, 4, 12, 40))))


@pytest.mark.parametrize("screen", [Screen, OldScreen])
@pytest.mark.parametrize("width", [6, 12, 60, 80, 100])
def test_it_is_what_rich_would_make(
    width: int, screen: type[Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    draw = random.Random(width)
    for _ in range(20):
        rows = [[cell(draw), cell(draw), cell(draw)[:9]] for _ in range(6)]
        monkeypatch.setattr(console, "LONG", len(rows))
        by_rich = shown(rows, monkeypatch, screen)
        monkeypatch.setattr(console, "LONG", len(rows) - 1)
        assert shown(rows, monkeypatch, screen) == by_rich


def test_a_name_is_folded_at_its_hyphens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not within a word; a number, a date or an option is not folded there."""
    monkeypatch.setenv("COLUMNS", "38")
    rows = [["F2025-0001", "Marchaux-Chaudefontaine", "12,00"], ["2025-02-20", "-12", "7,00"]]
    for long in (200, 1):
        monkeypatch.setattr(console, "LONG", long)
        lines = [" ".join(line.split()) for line in shown(rows, monkeypatch).splitlines()]
        assert "F2025-0001 Marchaux- 12,00" in lines
        assert "Chaudefontaine" in lines
        assert "2025-02-20 -12 7,00" in lines


@pytest.mark.parametrize("long", [200, 1])
def test_a_line_never_begins_with_a_colon(long: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is the space before it another sign than the one of the text."""
    monkeypatch.setattr(console, "LONG", long)
    told = "Bail du local : rédaction (« Conseils »), puis ; et ?"
    for width in range(40, 70):
        monkeypatch.setenv("COLUMNS", str(width))
        _, rows = shown([["F1", told, "1,00"]] * 2, monkeypatch).split("─ \n")
        cells = [re.sub("F1|1,00", "", line).strip() for line in rows.splitlines()]
        assert not [cell for cell in cells if cell[:1] in ":;?»" and cell]
        assert " ".join(" ".join(cells).split()) == f"{told} {told}"


def test_a_console_without_room_gets_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "LONG", 1)
    for width in range(1, 30):
        monkeypatch.setenv("COLUMNS", str(width))
        lines = shown([["F2025-0001", "facture", "12,00"]] * 2, monkeypatch).splitlines()
        assert len(lines) > 2


def test_rich_sets_one_row_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    set_by_rich = Mock()
    monkeypatch.setattr(Table, "add_row", set_by_rich)
    shown([["F2025-0001", "facture", "12,00"]] * 300, monkeypatch)
    assert set_by_rich.call_count == 1
