"""mutualis level, end to end: the bytes of communes.csv, what is owed before and after."""

from pathlib import Path

import pytest

from conftest import Cli, edit

THISE = ("level", "Thise", "2B", "--from", "01/07/2025", "--act", "Délibération n° 12")


def lines(folder: Path) -> list[str]:
    return (folder / "data/communes.csv").read_bytes().decode("utf-8").split("\n")


def test_a_level_from_a_day_on(cli: Cli, folder: Path) -> None:
    before = lines(folder)
    dry = cli(*THISE, "--dry-run", "--json").json
    assert (dry["files"], lines(folder)) == ([], before)
    answer = cli(*THISE, "--json")
    assert answer.code == 0, answer.err
    assert answer.json["years"] == [
        {"year": 2025, "before": "1136.20", "after": "7048.00", "issued": False}
    ]
    after = lines(folder)
    # Two columns more at the end of each line, one line more; nothing else has moved.
    (added,) = (line for line in after if ";2B;Délibération n° 12;25220;Thise;01/07/2025;" in line)
    after.remove(added)
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        if ";25560;" in old and old[:4] in ("2025", "2026"):
            continue
        assert new == old or new in (f"{old};;", f"{old};date_debut;date_fin")
    again = cli(*THISE)
    assert (again.code, "déjà au niveau 2B" in again.err) == (3, True)
    assert cli("check", "--format", "json").code == 0
    assert cli("explain", "Thise", "2025", "--json").json["amount"] == "7048.00"


def test_every_other_byte_stays(cli: Cli, small: Path) -> None:
    """Windows-1252, ends of line of Windows, no end at the last one, quotes, columns there."""
    path = small / "data/communes.csv"
    text = path.read_text("utf-8").rstrip("\n")
    head, *rows = text.split("\n")
    rows = [row.replace("Amagney;2", '"Amagney";2') for row in rows]
    widened = [f"{head};date_debut;date_fin;source_niveau", *(f"{row};;;vrai" for row in rows)]
    path.write_bytes("\r\n".join(widened).encode("cp1252"))
    before = path.read_bytes().split(b"\r\n")
    answer = cli("level", "Amagney", "--leave", "--from", "2025-03-01", "--act", "Acte é")
    assert answer.code == 0, answer.err
    after = path.read_bytes().split(b"\r\n")
    moved = [line for line in after if line not in before]
    cut, new, *later = (line.decode("cp1252") for line in moved)
    assert cut.endswith(";;28/02/2025;vrai")
    assert '"Amagney"' in new
    assert new.endswith(";01/03/2025;;Acte é")
    assert all(line.endswith("Acte é") for line in later)
    assert [line for line in before if line not in after] == [
        line for line in before if b"Amagney" in line and line[:4] >= b"2025"
    ]


def test_an_issued_year_is_to_be_regularised(cli: Cli, voted: Path) -> None:
    assert cli("bill", "2025", "--issue", "--yes", "--date", "15/03/2025").code == 0
    answer = cli(*THISE)
    assert answer.code == 0
    assert "mutualis bill 2025, qui montre" in answer.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("Thise",), 2, "--leave"),
        (("Thise", "2B", "--leave", "--from", "01/07/2025", "--act", "x"), 2, "l'un des deux"),
        (("Thise", "2B", "--act", "x"), 2, "--from"),
        (("Thise", "2B", "--from", "01/07/2025"), 2, "--act"),
        (("Thise", "2C", "--from", "01/07/2025", "--act", "x"), 1, "2C"),
        (("Thise", "3", "--from", "01/07/2025", "--act", "x"), 1, "sur devis"),
        (("Tise", "2B", "--from", "01/07/2025", "--act", "x"), 1, "Thise"),
        (("Thise", "2B", "--from", "31/02/2025", "--act", "x"), 2, "31/02/2025"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    cli: Cli, folder: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    before = lines(folder)
    answer = cli("level", *words)
    assert (answer.code, answer.out, lines(folder)) == (code, "", before)
    assert said in answer.err


def test_files_with_errors_change_nothing(cli: Cli, folder: Path) -> None:
    edit(folder / "data/communes.csv", "2025;25014;", "2025;2501;")
    assert cli(*THISE).code == 1


def test_a_year_without_communes_is_to_be_imported_first(cli: Cli) -> None:
    """The commune is known: its name is not what is wrong."""
    answer = cli("level", "Thise", "--leave", "--from", "01/01/2027", "--act", "x")
    assert answer.code == 1
    assert "erreur[A05]" in answer.err
    assert "mutualis import populations FICHIER-DE-L'INSEE --year 2027" in answer.err
