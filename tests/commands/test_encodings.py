"""Every command on a console of old: nothing crashes, and the euro sign has a stand-in."""

import io
import sys
from pathlib import Path

import pytest

from conftest import Cli, subprocess_cli
from mutualis.cli.app import run
from mutualis.cli.terminal.streams import make_safe

# The life of a year, with a refusal or a bad line of each family; what each ends with.
COMMANDS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (0, ("--help",)),
    (0, ("check",)),
    (0, ("tariffs", "2025")),
    (0, ("explain", "Saône", "2025")),
    (0, ("explain", "C07")),
    (1, ("explain", "Nulle-part-sur-l'Ognon", "2025")),
    (2, ("bill", "20x5")),
    (1, ("bill", "2030")),
    (2, ("bil", "2025")),
    (3, ("bill", "2025", "--issue", "--yes")),
    (0, ("services", "--commune", "Saône", "--year", "2025")),
    (3, ("services", "--theme", "Thème inconnu")),
    (0, ("usage", "2025", "--workbook")),
    (0, ("index", "2026", "--dry-run")),
    (0, ("simulate", "2026", "--cpi", "0,5", "--move", "Saône=2A", "--leave", "Thise")),
    (0, ("simulate", "--years", "2026-2027", "--cpi", "1")),
    (1, ("simulate", "2026", "--move", "Nulle-part-sur-l'Ognon=2A")),
    (2, ("simulate", "2026", "--set", "tarif élevé=3")),
    (3, ("simulate", "2026", "--solve", "levels.2B.brackets.0.cap", "--target", "1000000")),
    (0, ("index", "2025", "--act", "Délibération n° 12 du 1er février")),
    (0, ("bill", "2025")),
    (0, ("bill", "2025", "--issue", "--yes")),
    (0, ("bill", "2025", "--issue", "--yes", "--json")),
    (0, ("credit", "F2025-0001", "--reason", "Écart", "--act", "Voté", "--remise", "1,50")),
    (0, ("quote", "Saône", "--line", "A:2:Étude à 100 €", "--date", "15/03/2025")),
    (0, ("quotes", "accept", "D2025-0001", "--date", "20/03/2025")),
    (0, ("quotes", "done", "D2025-0001", "--line", "A:1", "--certified-by", "Mme Noël")),
    (3, ("quotes", "done", "D2025-0001", "--line", "A:9", "--certified-by", "Mme Noël")),
    (0, ("quotes", "list")),
    (0, ("quotes", "show", "D2025-0001")),
    (0, ("register", "unbilled", "2026")),
    (0, ("bill", "2025", "--quotes", "--issue", "--yes")),
    (0, ("register", "list")),
    (0, ("register", "list", "--commune", "Saône", "--open")),
    (0, ("account", "Saône", "2025")),
    (3, ("account", "Saône", "2035")),
    (0, ("register", "show", "F2025-0001")),
    (0, ("register", "export")),
    (0, ("register", "titres", "F2025-0001", "12", "--exercice", "2026")),
    (0, ("register", "backup", "copie.db")),
    (0, ("register", "verify")),
    (0, ("check", "--report", "rapport.xlsx")),
    (0, ("init", "essai", "--example")),
    (3, ("init", "essai", "--example")),
    (2, ("init", "autre", "--name", "Communauté")),
    (2, ("import", "populations", "absent.csv", "--year", "2027")),
    (1, ("import", "cpi", "data/communes.csv")),
)


def console(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)


@pytest.mark.parametrize("encoding", ["cp850", "cp1252", "ascii"])
def test_every_command_on_an_old_console(
    encoding: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = console(encoding)
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", console(encoding))
    make_safe()
    codes = [run(list(arguments)) for _, arguments in COMMANDS]
    wrong = [(a, code) for (_, a), code in zip(COMMANDS, codes, strict=True)]
    assert wrong == [(arguments, code) for code, arguments in COMMANDS]
    # typer takes an ascii console for one that was not told that it is UTF-8.
    shown = out.buffer.getvalue().decode(encoding, "replace")  # type: ignore[attr-defined]
    assert ("EUR" if encoding != "cp1252" else "€") in shown


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_the_program_itself_on_a_console(encoding: str, folder: Path) -> None:
    """That it makes its console safe, by its own way in: the calculation of a fee has euros."""
    answer = subprocess_cli(folder, "explain", "Saône", "2025", PYTHONIOENCODING=encoding)
    assert (answer.code, "Traceback" in answer.err) == (0, False)
    assert ("EUR" if encoding == "ascii" else "€") in answer.out
