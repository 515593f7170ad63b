"""Issued for good: numbers, repeats, credits, proof, and what the register survives."""

import io
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from openpyxl import load_workbook

from conftest import TESTS, Cli, edit
from mutualis.domain.invoices.invoice import MembershipInvoice
from mutualis.files.disk import atomic
from mutualis.register import codec, store
from mutualis.workflows import batch_folder, bill
from mutualis.workflows.bill import YearAsked
from mutualis.workflows.bill_issue import issue_batch, prepare_issue
from mutualis.workflows.register import verify

STATEMENTS = 56  # more than any of them makes
HERE = Path(__file__).parent
ISSUE = ("bill", "2025", "--issue", "--yes", "--date", "15/01/2026", "--operator", "Camille")


# --- issuing -----------------------------------------------------------------------------------


def test_issue(voted: Path, cli: Cli) -> None:
    draft = cli("bill", "2025", "--json").json
    answer = cli(*ISSUE, "--json").json
    assert (answer["status"], answer["created"]) == ("issued", 40)
    assert [line["number"] for line in answer["lines"]] == [
        f"F2025-{rank:04d}" for rank in range(1, 41)
    ]
    assert answer["total"] == draft["total"]
    for issued, drafted in zip(answer["lines"], draft["lines"], strict=True):
        assert {**issued, "number": None} == drafted
    assert answer["files"] == [
        f"out/2025/lot-01/{name}" for name in ("adhesions-2025-lot-01.xlsx", "SHA256SUMS")
    ]
    assert answer["head"] == store.read_ledger(voted).head
    book = load_workbook(voted / answer["files"][0])
    assert [c.value for c in book["Récapitulatif"]["A"][1:3]] == ["F2025-0001", "F2025-0002"]
    everything = "\n".join(
        str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row if c
    )
    assert "BROUILLON" not in everything
    assert answer["head"] in everything
    assert "Facture n° F2025-0032" in everything
    shown = cli("register", "show", "F2025-0001", "--json").json
    assert shown["operator"] == "Camille"
    assert (shown["year"], shown["exercice"], shown["series"]) == (2025, 2026, "F2025-")
    assert shown["signatory"] == "Camille Exemple, La Présidente"


def test_again_changes_nothing(voted: Path, cli: Cli) -> None:
    first = cli(*ISSUE, "--json").json
    register = (voted / "register.db").read_bytes()
    cells = everything(voted / first["files"][0])
    (voted / first["files"][0]).unlink()
    again = cli("bill", "2025", "--issue", "--json")  # no --yes: nothing is left to confirm
    assert again.code == 0
    assert again.json["created"] == 0
    assert again.json["lines"] == first["lines"]
    assert again.json["head"] == first["head"]
    assert everything(voted / first["files"][0]) == cells
    assert (voted / "register.db").read_bytes() == register


def everything(path: Path) -> list[list[tuple[Any, ...]]]:
    return [list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path)]


@pytest.mark.parametrize(
    ("prepare", "code", "words"),
    [
        ((), 3, "à compléter"),
        (("index", "2026"), 3, "projetée"),
    ],
)
def test_not_issuable(
    prepare: tuple[str, ...], code: int, words: str, folder: Path, cli: Cli
) -> None:
    year = "2025"
    if prepare:
        cli(*prepare)
        year = "2026"
    answer = cli("bill", year, "--issue", "--yes")
    assert answer.code == code
    assert words in answer.err
    assert "mutualis index" in answer.err
    assert not (folder / "register.db").exists()
    assert not (folder / "out").exists()


def test_nobody_to_ask(voted: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    answer = cli("bill", "2025", "--issue")
    assert answer.code == 3
    assert "--yes" in answer.err
    assert not (voted / "register.db").exists()


@pytest.mark.parametrize(("typed", "code"), [("o", 0), ("oui", 0), ("O", 0), ("n", 3), ("", 3)])
def test_the_question(
    typed: str, code: int, voted: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal(f"{typed}\n"))
    answer = cli("bill", "2025", "--issue")
    assert answer.code == code
    question = (
        "Émettre pour 2025 : 40\u00a0factures, 104\u00a0107,98\u00a0€ ? C'est définitif. [o/N]"
    )
    assert question in answer.err
    assert question not in answer.out
    assert (voted / "register.db").exists() == (code == 0)


def test_changed_data_are_refused_commune_by_commune(voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    path = voted / "data/communes.csv"
    text = path.read_text("utf-8-sig")
    text = text.replace("2025;25014;Amagney;212500144;937", "2025;25014;Amagney;212500144;947")
    text = text.replace(
        "2025;25058;Beure;212500581;1342;1357;2A", "2025;25058;Beure;212500581;1342;1357;1"
    )
    text = text.replace("1200;1217;2B", "1200;1217;2A")
    path.write_text(text, "utf-8")
    answer = cli(*ISSUE)
    assert answer.code == 3
    plain = answer.err.replace("\u00a0", " ")
    assert (
        "Amagney (F2025-0001) : 3 073,36 € → 3 106,16 € (population 937 → 947, +32,80 €)" in plain
    )
    assert "Beure (F2025-0004) : 509,96 € → 0,00 € (plus d'adhésion payante)" in plain
    assert "Boussières (F2025-0006) : 3 936,00 € → 456,00 € (niveau 2B → 2A, -3 480,00 €)" in plain
    assert len(store.read_ledger(voted).documents) == 40


def test_new_members_make_a_second_batch(voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    path = voted / "data/communes.csv"
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace("422;432;1;", "422;432;2A;"), "utf-8")
    answer = cli(*ISSUE, "--json").json
    assert answer["created"] == 1
    new = [line for line in answer["lines"] if line["commune"] == "Audeux"]
    assert [(line["number"], line["amount"]) for line in new] == [("F2025-0041", "160.36")]
    assert "out/2025/lot-02/adhesions-2025-lot-02.xlsx" in answer["files"]
    assert cli(*ISSUE, "--json").json["created"] == 0
    assert cli("register", "verify").code == 0


def test_dates_never_go_back(voted: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes", "--level", "2B", "--date", "15/01/2026"))
    answer = cli("bill", "2025", "--issue", "--yes", "--date", "14/01/2026")
    assert answer.code == 3
    assert "précède" in answer.err
    assert len(store.read_ledger(voted).documents) == 19


def test_number_formats(voted: Path, cli: Cli) -> None:
    edit(voted / "data/issuer.toml", '"F{year}-{rank:4}"', '"GBM/{year}/{rank:5}"')
    numbers = [line["number"] for line in cli(*ISSUE, "--json").json["lines"]]
    assert numbers[:2] == ["GBM/2025/00001", "GBM/2025/00002"]
    assert cli("register", "verify").code == 0


@pytest.mark.parametrize("wrong", ["F{year}", "f{year}-{rank:4}", "F {rank:4}", "{rank:0}"])
def test_wrong_number_formats(wrong: str, voted: Path, cli: Cli) -> None:
    edit(voted / "data/issuer.toml", '"F{year}-{rank:4}"', f'"{wrong}"')
    answer = cli(*ISSUE)
    assert answer.code == 1
    assert "[T04]" in answer.err


def test_a_number_too_long_consumes_nothing(voted: Path, cli: Cli) -> None:
    edit(voted / "data/issuer.toml", '"F{year}-{rank:4}"', '"MUTUALISATION-{year}-{rank:9}"')
    answer = cli(*ISSUE)
    assert answer.code == 3
    assert "20 caractères" in answer.err
    assert store.read_ledger(voted).documents == ()


# --- credits -----------------------------------------------------------------------------------


def test_credit(voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    credit = ("credit", "F2025-0012", "--date", "20/01/2026", "--reason", "Essai")
    answer = cli(*credit, "--json").json
    assert (answer["number"], answer["invoice"], answer["amount"]) == (
        *("A2025-0001", "F2025-0012", "-6933.92"),
    )
    assert answer["remaining"] == "0.00"
    again = cli(*credit)
    assert again.code == 3
    assert "déjà entièrement annulé" in again.err
    sheet = load_workbook(voted / answer["files"][0]).worksheets[0]
    cells = [c for row in sheet.iter_rows(values_only=True) for c in row]
    assert -6933.92 in cells
    assert "Motif : Essai" in cells
    listed = cli("register", "list", "--json").json["documents"]
    assert listed[-1] == {
        "number": "A2025-0001",
        "kind": "credit",
        "date": "2026-01-20",
        "code_insee": "25147",
        "commune": "Chemaudin et Vaux",
        "amount": "-6933.92",
        "net": "-6933.92",
        "vat": "0.00",
        "refers_to": "F2025-0012",
        "nature": "correction",
        "titre": None,
        "exported": None,
        "billed": None,
    }
    assert cli("register", "verify").code == 0


def test_remises_never_exceed_the_invoice(voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    credit = ("credit", "F2025-0001", "--reason", "Geste", "--date", "20/01/2026")  # 3 073,36
    remise = (*credit, "--act", "Délibération d'exemple", "--remise")
    assert cli(*remise, "3000,00", "--json").json["remaining"] == "73.36"
    assert cli(*remise, "73,37").code == 3
    assert cli(*remise, "0").code == 2
    assert cli(*remise, "1,005").code == 2
    assert cli(*credit, "--json").json["amount"] == "-73.36"
    assert cli(*credit).code == 3
    assert cli("register", "verify").code == 0


def test_replace(voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    edit(
        voted / "data/communes.csv",
        "2025;25014;Amagney;212500144;937",
        "2025;25014;Amagney;212500144;947",
    )
    answer = cli(
        *("credit", "F2025-0001", "--reason", "Population", "--replace", "--date", "20/01/2026"),
        "--json",
    ).json
    assert answer["replacement"] == {
        "number": "F2025-0041",
        "kind": "invoice",
        "amount": "3106.16",
    }
    # The data and the register agree again.
    assert cli(*ISSUE, "--json").json["created"] == 0
    assert cli("register", "verify").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("credit", "F2025-9999", "--reason", "x"),
        ("credit", "A2025-0001", "--reason", "x"),
        ("credit", "F2025-0001", "--reason", "x", "--date", "01/01/2026"),
        ("credit", "F2025-0001", "--reason", "x", "--amount", "1"),
    ],
)
def test_refused_credits(arguments: tuple[str, ...], voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    cli("credit", "F2025-0002", "--reason", "x", "--date", "20/01/2026")
    before = store.read_ledger(voted).head
    answer = cli(*arguments)
    assert answer.code == 3
    assert "À faire" in answer.err
    assert store.read_ledger(voted).head == before


def test_render_again(voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    name = cli(*("credit", "F2025-0002", "--reason", "x", "--json")).json["files"][0]
    cells = everything(voted / name)
    shutil.rmtree(voted / "out")
    assert cli("register", "render", "A2025-0001").code == 0
    assert everything(voted / name) == cells
    assert cli("register", "render", "F2025-0003").code == 0
    assert (voted / "out/2025/lot-01/adhesions-2025-lot-01.xlsx").exists()


# --- proof -------------------------------------------------------------------------------------


def test_no_register_is_intact(folder: Path, cli: Cli) -> None:
    assert cli("register", "verify").code == 0
    assert cli("register", "list", "--json").json == {"documents": [], "meetings": [], "costs": []}
    assert not (folder / "register.db").exists()
    (folder / "register.db").touch()
    assert cli("register", "verify").code == 0


def test_not_a_register(folder: Path, cli: Cli) -> None:
    (folder / "register.db").write_bytes(b"annee;commune\n" * 500)
    for command in (("register", "verify"), ("register", "list")):
        answer = cli(*command)
        assert answer.code in (1, 3)
        assert "n'est pas un registre" in answer.err + answer.out


def test_expect(voted: Path, cli: Cli) -> None:
    head = cli(*ISSUE, "--json").json["head"]
    cli("credit", "F2025-0001", "--reason", "x")
    assert cli("register", "verify", "--expect", head).code == 0
    assert cli("register", "verify", "--expect", "0" * 64).code == 1


def raw(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "register.db")


COLUMNS = "(seq, kind, number, series, rank, day, cents, content, previous, hash)"
COPY = "kind, number, series, rank, day, cents, content, previous, hash FROM entries"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET cents = 0 WHERE seq = 2",
        "UPDATE OR REPLACE entries SET number = 'F2025-0001' WHERE seq = 3",
        "DELETE FROM entries WHERE seq = 3",
        "DELETE FROM entries",
        f"INSERT OR REPLACE INTO entries {COLUMNS} SELECT 2, {COPY} WHERE seq = 2",
        f"INSERT OR IGNORE INTO entries {COLUMNS} SELECT 2, {COPY} WHERE seq = 2",
        f"REPLACE INTO entries {COLUMNS} SELECT 3, {COPY} WHERE seq = 2",
        f"INSERT INTO entries {COLUMNS} SELECT 2, {COPY} WHERE seq = 2 "
        "ON CONFLICT (seq) DO UPDATE SET cents = 0",
        f"INSERT INTO entries {COLUMNS} SELECT 0, {COPY} WHERE seq = 2",
        f"INSERT INTO entries {COLUMNS} SELECT 9, {COPY} WHERE seq = 2",
        f"INSERT INTO entries {COLUMNS} SELECT 4, {COPY} WHERE seq = 2",
        f"INSERT INTO entries {COLUMNS} SELECT NULL, {COPY} WHERE seq = 2",
        "INSERT INTO entries VALUES (4, 'invoice', 'F2025-0009', 'F2025-', 9, '2026-01-15', 1, "
        "'{}', (SELECT hash FROM entries ORDER BY seq DESC LIMIT 1), 'x')",
        "UPDATE shared SET text = 'x' WHERE number = 2",
        "DELETE FROM shared WHERE number = 1",
        "DELETE FROM shared",
        "INSERT OR REPLACE INTO shared SELECT 2, 'x'",
        "INSERT OR IGNORE INTO shared SELECT 9, 'x'",
        "REPLACE INTO shared SELECT 1 + max(number), min(text) FROM shared",
        "INSERT INTO shared SELECT NULL, 'x'",
    ],
)
def test_forbidden_statements(statement: str, small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    before = store.read_rows(small)
    assert len(before) == 3
    with closing(raw(small)) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute(statement)
    assert store.read_rows(small) == before
    assert verify(small).is_intact


def without_guards(folder: Path, *statements: str) -> None:
    """Change the file behind the triggers' back, and put them in place again."""
    with closing(raw(folder)) as database:
        triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        kept = triggers.fetchall()
        for name, _ in kept:
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(statement)
        for _, text in kept:
            database.execute(text)
        database.commit()


@pytest.mark.parametrize(
    ("statements", "row"),
    [
        (("UPDATE entries SET content = replace(content, '937', '938') WHERE seq = 2",), 2),
        (("UPDATE entries SET cents = cents + 1 WHERE seq = 3",), 3),
        (("UPDATE entries SET number = 'F2025-0007' WHERE seq = 3",), 3),
        (("UPDATE entries SET day = '2026-01-16' WHERE seq = 1",), 1),
        (("DELETE FROM entries WHERE seq = 2",), 3),
        (("UPDATE entries SET hash = 'x' WHERE seq = 2",), 2),
        (("UPDATE entries SET kind = 'gift' WHERE seq = 2",), 2),
        (
            (
                "UPDATE entries SET seq = 9 WHERE seq = 2",
                "UPDATE entries SET seq = 2 WHERE seq = 3",
                "UPDATE entries SET seq = 3 WHERE seq = 9",
            ),
            2,
        ),
    ],
)
def test_tampering_is_found_at_its_row(
    statements: tuple[str, ...], row: int, small: Path, cli: Cli
) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    without_guards(small, *statements)
    verified = verify(small)
    assert not verified.is_intact
    assert verified.findings[0].seq == row
    assert cli("register", "verify").code == 1


ISSUER = "text LIKE '{\"accounts\":%'"
LEVEL = "number = (SELECT min(number) FROM shared WHERE text LIKE '{\"brackets\":%')"


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        (f"UPDATE shared SET text = replace(text, 'a', 'e') WHERE {ISSUER}", 1),
        (f"UPDATE shared SET text = replace(text, '0', '1') WHERE {LEVEL}", 2),
        (f"UPDATE shared SET text = 'null' WHERE {LEVEL}", 2),
        (f"DELETE FROM shared WHERE {LEVEL}", 2),
        (f"UPDATE shared SET number = 99 WHERE {LEVEL}", 2),
        ("DELETE FROM shared", 1),
    ],
)
def test_a_forged_shared_text_is_found_and_nothing_built_upon(
    statement: str, row: int, small: Path, cli: Cli
) -> None:
    """It is named by the first row that holds it."""
    cli.once(("bill", "2025", "--issue", "--yes"))
    without_guards(small, statement)
    assert verify(small).findings[0].seq == row
    answer = cli("credit", "F2025-0001", "--reason", "x")
    assert answer.code == 3
    assert len(store.read_rows(small)) == 3


def test_what_rows_share_is_stored_once(small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    with closing(raw(small)) as database:
        parts = store.parts_of(database)
        (longest,) = database.execute("SELECT max(length(content)) FROM entries WHERE seq > 1")
    assert len(parts) == len(set(parts))
    assert [part[:12] for part in parts].count('{"accounts":') == 1
    assert longest[0] < 1800
    cli.once(("credit", "F2025-0001", "--reason", "Essai"))
    with closing(raw(small)) as database:
        assert store.parts_of(database) == parts


def test_a_text_that_looks_like_a_reference_is_none(voted: Path, cli: Cli) -> None:
    line = (
        "quote",
        "Saône",
        "--line",
        'A:1:"Conseil" {"shared":["text",1]}',
        "--date",
        "15/01/2026",
    )
    cli.once((*line, "--object", '{"shared":["text",2]}'))
    (row,) = store.read_rows(voted)
    assert '{\\"shared\\":[\\"text\\",2]}' in row.content
    assert codec.dump(row.record) == row.content
    assert verify(voted).is_intact


def test_a_missing_guard_is_found(small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    with closing(raw(small)) as database:
        database.execute("DROP TRIGGER entries_are_never_deleted")
        database.commit()
    assert "garde-fous" in verify(small).findings[0].reason.text


def test_a_flipped_byte_of_a_content_is_found(small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    whole = (small / "register.db").read_bytes()
    contents = [(row.seq, row.content) for row in store.read_rows(small)]
    chance = random.Random(2025)
    for _ in range(60):
        seq, content = chance.choice(contents)
        at = chance.randrange(len(content))
        flipped = (
            content[:at] + chr(ord(content[at]) ^ (1 << chance.randrange(5))) + content[at + 1 :]
        )
        quoted = flipped.replace("'", "''").replace("\x00", "?")
        without_guards(small, f"UPDATE entries SET content = '{quoted}' WHERE seq = {seq}")
        verified = verify(small)
        assert not verified.is_intact
        assert verified.findings[0].seq == seq
        (small / "register.db").write_bytes(whole)


def test_a_newer_register_is_refused(small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    with closing(raw(small)) as database:
        database.execute("PRAGMA user_version = 99")
        database.commit()
    for command in (("register", "list"), ("bill", "2025", "--issue", "--yes")):
        answer = cli(*command)
        assert answer.code == 3
        assert "plus récente" in answer.err


def test_backup(small: Path, cli: Cli) -> None:
    assert cli("register", "backup", "copies/un.db").code == 3
    cli.once(("bill", "2025", "--issue", "--yes"))
    assert "Aucune sauvegarde" in cli("register", "verify").out
    assert cli("register", "backup", "copies/un.db").code == 0
    assert cli("register", "backup", "copies/un.db").code == 3, "the copy is not overwritten"
    with closing(sqlite3.connect(small / "copies/un.db")) as copy:
        assert copy.execute("SELECT count(*) FROM entries").fetchone() == (3,)
    verified = cli("register", "verify", "--json").json
    assert verified["intact"]
    assert verified["last_backup"]["file"] == "copies/un.db"
    # The copy is a register: put in place, it is intact.
    shutil.copy(small / "copies/un.db", small / "register.db")
    assert verify(small).is_intact


# --- what it survives --------------------------------------------------------------------------


def driver(mode: str, folder: Path, rounds: int) -> Any:
    command = [
        sys.executable,
        str(HERE / "register_driver.py"),
        mode,
        str(folder),
        str(rounds),
    ]
    shared = {**os.environ, "PYTHONPATH": str(TESTS)}
    done = subprocess.run(command, env=shared, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_killed_at_each_statement(small: Path) -> None:
    """What issues, regularises, replaces or bills works; tests/faults kills at each call."""
    killed = driver("kill", small, STATEMENTS)
    assert killed["survived"] > 0  # there are no more statements than that
    assert min(killed["none"], killed["whole"]) > 0
    assert killed["none"] + killed["whole"] == 4 * STATEMENTS


def test_two_issue_at_once(small: Path) -> None:
    assert driver("race", small, 50) == {"rounds": 50}


def test_documents_that_cannot_be_written(
    voted: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel holds the file: the numbers are taken, said so, and running again completes."""
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if str(target).endswith(".xlsx"):
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    answer = cli(*ISSUE)
    assert answer.code == 4
    assert "de F2025-0001 à F2025-0040, sont émis" in answer.err
    monkeypatch.undo()
    monkeypatch.chdir(voted)
    again = cli(*ISSUE, "--json").json
    assert again["created"] == 0
    assert (voted / again["files"][0]).exists()


def test_a_folder_that_cannot_be_written_is_found_first(
    voted: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    answer = cli(*ISSUE)
    assert answer.code == 4
    assert store.read_ledger(voted).documents == ()


def test_a_full_disk(small: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare = store._prepare

    def cramped(database: sqlite3.Connection, path: Path) -> None:
        prepare(database, path)
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count = {pages + 1}")

    monkeypatch.setattr(store, "_prepare", cramped)
    answer = cli("bill", "2025", "--issue", "--yes")
    assert answer.code == 4
    assert "disque est plein" in answer.err
    monkeypatch.undo()
    monkeypatch.chdir(small)
    assert store.read_ledger(small).documents == ()
    assert verify(small).is_intact
    assert cli("bill", "2025", "--issue", "--yes", "--json").json["created"] == 2


def test_probe_leaves_nothing(tmp_path: Path) -> None:
    atomic.probe(tmp_path / "new" / "file.xlsx")
    assert list((tmp_path / "new").iterdir()) == []


def test_a_held_folder_says_that_no_number_is_taken(
    small: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise PermissionError("held")

    monkeypatch.setattr(tempfile, "mkstemp", held)
    answer = cli("bill", "2025", "--issue", "--yes")
    assert answer.code == 4, answer.err
    assert "Le registre n'a pas changé, les numéros restent à prendre." in answer.err
    assert "À faire : fermer le fichier, ou vérifier les droits sur son dossier" in answer.err
    assert store.read_ledger(small).numbered == ()


# --- formats ------------------------------------------------------------------------------------


def test_a_record_is_read_back_as_it_was(small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    for row in store.read_rows(small):
        assert codec.dump(row.record) == row.content
    document = store.read_ledger(small).documents[0]
    assert isinstance(document, MembershipInvoice)
    assert isinstance(document.amount, Decimal)
    assert isinstance(document.act.day, date)


def test_a_row_of_the_first_format_is_still_read() -> None:
    """A row as version 0.1.0 wrote it: rows are never rewritten, so every format stays readable."""
    path = TESTS / "registers/row-1.json"
    document = codec.load("invoice", path.read_text("utf-8"))
    assert isinstance(document, MembershipInvoice)
    assert (document.number, str(document.amount)) == ("F2025-0001", "3073.36")
    assert document.line is not None
    assert document.line.amount == document.amount


def test_two_who_adopt_at_once(voted: Path, cli: Cli) -> None:
    """The second one finds the rules adopted: no second batch says that it changed them."""
    day = date(2026, 2, 1)
    cli.once(ISSUE)
    edit(voted / "data/tariffs.toml", "minimum_recovery = 15.00", "minimum_recovery = 16.00")
    asked = YearAsked(2025, regularise=True, adopted="Décision d'exemple")
    first, second = (prepare_issue(voted, asked, day) for _ in range(2))
    for billing in (first, second):
        issue_batch(billing, today=day, operator="agent")
    assert [batch.adopted for batch in store.read_ledger(voted).batches] == ["", asked.adopted]
    assert verify(voted).is_intact


def test_what_is_made_once(small: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan is made for who confirms it, then for what has become of it; the papers are made to
    see that they can be, and again only where they are set."""
    planned, papers = Mock(wraps=bill._plan), Mock(wraps=batch_folder._papers)
    monkeypatch.setattr(bill, "_plan", planned)
    monkeypatch.setattr(batch_folder, "_papers", papers)
    cli(*ISSUE)
    assert (planned.call_count, papers.call_count) == (2, 1)
