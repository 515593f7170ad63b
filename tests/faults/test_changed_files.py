"""Every command that writes a document again, and what the officer typed in it since."""

from pathlib import Path

import pytest

from conftest import Cli

DATED = ("--date", "15/01/2026")
QUOTE = ("quote", "Amagney", "--line", "A:2:Étude d'exemple", "--year", "2025", *DATED)
ISSUE = ("bill", "2025", "--issue", "--yes", *DATED)
BEFORE: dict[str, list[tuple[str, ...]]] = {
    "": [],
    "issue": [ISSUE],
    "credit": [ISSUE, ("credit", "F2025-0001", "--reason", "x", *DATED)],
    "quote": [QUOTE],
    "missions": [
        QUOTE,
        ("quotes", "accept", "D2025-0001", *DATED),
        ("quotes", "done", "D2025-0001", "--line", "A:2", "--certified-by", "x", *DATED),
    ],
}
FOLDER = "out/2025"
LOT = f"{FOLDER}/lot-01/adhesions-2025-lot-01.xlsx"


@pytest.mark.parametrize(
    ("before", "command", "file"),
    [
        ("", ("bill", "2025"), f"{FOLDER}/adhesions-2025-brouillon.xlsx"),
        ("", ("bill", "2025", "--out", "autre/lot.xlsx"), "autre/lot.xlsx"),
        ("issue", ISSUE, LOT),
        ("issue", ("register", "render", "F2025-0001"), LOT),
        ("issue", ("register", "export"), "out/export-a-titrer-01.csv"),
        ("credit", ("register", "render", "A2025-0001"), f"{FOLDER}/avoirs/A2025-0001.xlsx"),
        ("quote", ("register", "render", "D2025-0001"), f"{FOLDER}/devis/D2025-0001.xlsx"),
        ("", (*QUOTE, "--draft", "--out", "projet.xlsx"), "projet.xlsx"),
        ("missions", ("bill", "2025", "--quotes"), f"{FOLDER}/missions-2025-brouillon.xlsx"),
        ("", ("check", "--report", "rapport.xlsx"), "rapport.xlsx"),
    ],
)
def test_it_is_kept(
    before: str, command: tuple[str, ...], file: str, small: Path, cli: Cli
) -> None:
    for earlier in BEFORE[before]:
        assert cli(*earlier).code == 0, earlier
    assert cli(*command).code in (0, 1)
    path = small / file
    beside = path.with_name(f"{path.stem}-reecrit{path.suffix}")
    assert not beside.exists()
    typed = path.read_bytes() + b"saisi"
    path.write_bytes(typed)
    for _ in range(2):
        answer = cli(*command)
        assert f"{file} n'est plus tel que mutualis l'a écrit" in " ".join(answer.err.split())
        assert path.read_bytes() == typed
        assert beside.exists()
    assert len(list(path.parent.glob(f"{path.stem}-reecrit*"))) == 1
    path.unlink()
    answer = cli(*command)
    assert path.exists()
    assert "n'est plus tel" not in answer.err


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (("usage", "2025", "--out", "."), "usage-2025.xlsx"),
        (("requests", "rank", "2025", "--workbook"), "out/2025/classement-2025-projet.xlsx"),
    ],
)
def test_so_are_those_of_the_shipped_data(
    command: tuple[str, ...], file: str, voted: Path, cli: Cli
) -> None:
    for _ in range(2):
        assert cli(*command).code == 0
    path = voted / file
    path.write_bytes(b"saisi")
    assert "n'est plus tel que mutualis l'a écrit" in " ".join(cli(*command).err.split())
    assert path.read_bytes() == b"saisi"
