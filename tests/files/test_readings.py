"""Names saved for MS-DOS, the Macintosh or in ISO-8859-15: told, with what they likely said."""

from pathlib import Path

import pytest

from conftest import ROOT, Cli
from mutualis.domain.problems.problem import Problem, Source
from mutualis.files.tables.readings import misread, windows_1252
from mutualis.files.tables.table import cell_of

NAMES = (
    *("Saône", "Boussières", "Besançon", "Pont-à-Mousson", "Crépy", "École-Valentin", "Chalezé"),
    *("Brûlon", "Château-Chinon", "Maîche", "Noël-Cerneux", "Évreux", "ÉCOLE", "ÎLE", "TÊTE"),
    *("Là-bas", "Villers-lès-Luxeuil", "Cité", "Maïche", "SAÔNE", "Bâle", "Français"),
)
WHO = {"cp850": "MS-DOS", "mac_roman": "Macintosh"}
# What French names and sentences have, and names of other languages that Windows-1252 holds.
SOUND = (
    *("L’Haÿ-les-Roses", "L'Haÿ-les-Roses", "Œuilly", "Cœuvres", "Aÿ-Champagne", "Île-de-France"),
    *("Saint-Aÿ", "Dannemarie-sur-Crète", "Où", "Plœuc‑L’Hermitage", "Ætius", "Capoüe", "ÉVREUX"),
    *("Mme Muñoz", "M. García", "Mme Núñez", "Straßburg", "Ørsted", "Škoda", "João", "Dvořák"),
    *("« été »", "“été”", "l’« été »", "10 m²", "n° 5", "1 234 €", "½ journée", "Excel™", "·", "•"),
    *("Besançon–Dijon", "Père Noël…", "voirie — réseaux", "étudiant·e·s", "20×30 cm", ""),
)


@pytest.mark.parametrize("encoding", WHO)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_another_encoding(name: str, encoding: str) -> None:
    found = windows_1252(name.encode(encoding))
    assert misread(found, name=True) == f"{WHO[encoding]} : {name}"


@pytest.mark.parametrize("encoding", WHO)
def test_every_accented_name_of_the_doubs(encoding: str) -> None:
    """INSEE's 571 communes: each is told, and said right."""
    lines = (ROOT / "tests/insee/donnees_communes-2026-doubs.csv").read_text("utf-8-sig")
    names = [line.split(";")[7] for line in lines.splitlines()[1:]]
    accented = [name for name in names if not name.isascii()]
    assert len(accented) > 100
    for name in accented:
        found = windows_1252(name.encode(encoding))
        assert misread(found, name=True) == f"{WHO[encoding]} : {name}"


def test_a_ligature_of_iso_8859_15() -> None:
    found = windows_1252("Cœuvres".encode("iso8859_15"))
    assert misread(found) == "ISO-8859-15 : Cœuvres"


def test_an_apostrophe_of_the_macintosh() -> None:
    found = windows_1252("L’Haÿ-les-Roses".encode("mac_roman"))
    assert misread(found) == "Macintosh : L’Haÿ-les-Roses"


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_text(text: str) -> None:
    assert misread(text, name=True) is None
    assert misread(text) is None


@pytest.mark.parametrize("text", ["la suite…demain", "aller–retour", "étudiant•e•s"])
def test_a_sentence_may_hold_what_a_name_does_not(text: str) -> None:
    assert misread(text) is None
    assert misread(text, name=True) is not None


def test_no_name_of_the_real_files_is_told() -> None:
    """INSEE's names, our lists, catalogue and sentences."""
    texts = [
        cell
        for folder in ("data", "tests/insee")
        for path in (ROOT / folder).rglob("*.csv")
        for line in path.read_text("utf-8-sig").splitlines()
        for cell in line.replace('"', "").split(";")
    ]
    assert len(texts) > 10_000
    assert [text for text in texts if misread(text, name=True)] == []


def test_windows_1252_loses_nothing() -> None:
    """Its own five gaps stay, so that what they were elsewhere can be told."""
    every = bytes(range(256))
    text = windows_1252(every)
    assert len(set(text)) == 256
    for byte in range(256):
        try:
            assert bytes([byte]).decode("cp1252") == text[byte]
        except UnicodeDecodeError:
            assert text[byte] == chr(byte)


@pytest.mark.parametrize("encoding", WHO)
@pytest.mark.parametrize("name", NAMES)
def test_a_cell_in_another_encoding(name: str, encoding: str) -> None:
    """One problem, whichever signs the bytes have become: a quote, a letter, a control."""
    problems: list[Problem] = []
    text = windows_1252(name.encode(encoding))
    cell = cell_of(text, Source("x"), problems, is_name=True)
    assert [problem.code for problem in problems] == ["C43"]
    assert cell.fault is problems[0]
    assert problems[0].remedy.startswith(f"lire en {WHO[encoding]} : {name} ?")


@pytest.mark.parametrize("encoding", WHO)
def test_nothing_is_billed_from_such_a_file(encoding: str, small: Path, cli: Cli) -> None:
    path = small / "data/communes.csv"
    path.write_bytes(path.read_text("utf-8-sig").encode(encoding))
    answer = cli("bill", "2025")
    assert answer.code == 1
    assert "[C43] data/communes.csv:4:3 (C4, « commune »)" in answer.err
    assert f"lire en {WHO[encoding]} : Saône ?" in " ".join(answer.err.split())
