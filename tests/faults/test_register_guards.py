"""What the register must refuse or find: each case was once possible."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from test_register import ISSUE, raw, without_guards

from conftest import Cli, edit
from mutualis.register import store
from mutualis.workflows.register import verify


def change(folder: Path, *pairs: tuple[str, str]) -> None:
    path = folder / "data/communes.csv"
    text = path.read_text("utf-8-sig")
    for before, after in pairs:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path.write_text(text, "utf-8")


def withhold(folder: Path, *codes: str) -> None:
    """Mark communes of 2025 as withheld from the AC (all others are not)."""
    path = folder / "data/communes.csv"
    head, *lines = path.read_text("utf-8-sig").splitlines()
    if not head.endswith(";reglement"):
        head, lines = f"{head};reglement", [f"{line};" for line in lines]
    bare = [line.removesuffix("AC") for line in lines]
    starts = tuple(f"2025;{code};" for code in codes)
    marked = [f"{line}AC" if starts and line.startswith(starts) else line for line in bare]
    path.write_text("\n".join([head, *marked]), "utf-8")


def billed(folder: Path, code: str) -> list[str]:
    documents = store.read_ledger(folder).documents
    return [d.number for d in documents if d.commune.code_insee == code]


# --- billed once -------------------------------------------------------------------------------


def test_a_change_of_level_is_not_billed_again_by_selection(voted: Path, cli: Cli) -> None:
    assert cli(*ISSUE, "--level", "2A").code == 0
    change(voted, ("2237;2264;2A", "2237;2264;2B"))
    answer = cli(*ISSUE, "--level", "2B")
    assert answer.code == 3
    assert "Avanne-Aveney" in answer.err
    assert cli(*ISSUE, "--level", "2B", "--except", "25036").code == 0
    assert billed(voted, "25036") == ["F2025-0001"]
    assert verify(voted).is_intact


def test_withheld_fees_are_recorded_once(voted: Path, cli: Cli) -> None:
    withhold(voted, "25035")
    cli.once(ISSUE)
    change(voted, ("422;432;1;", "422;432;2A;"))
    cli.once(ISSUE)
    assert "1\u00a0ligne" in cli("register", "export", "--withheld").out
    # Back to an invoice: it would be recovered twice.
    withhold(voted)
    refused = cli(*ISSUE)
    assert refused.code == 3
    assert "Les Auxons (R2025-0001)" in refused.err
    assert "à facturer, et non plus retenue sur l'AC" in refused.err
    assert cli(*ISSUE, "--regularise").code == 0
    assert billed(voted, "25035") == ["R2025-0001", "F2025-0041", "R2025-0002"]


def test_an_invoiced_commune_is_not_withheld_too(voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    withhold(voted, "25036")
    refused = cli(*ISSUE)
    assert refused.code == 3
    assert "Avanne-Aveney" in refused.err
    change(voted, ("422;432;1;", "422;432;2A;"))
    assert cli(*ISSUE, "--except", "25036").code == 0
    assert "0\u00a0ligne" in cli("register", "export", "--withheld").out


def test_withheld_fees_alone_make_a_batch(small: Path, cli: Cli) -> None:
    withhold(small, "25014", "25532")
    answer = cli("bill", "2025", "--issue", "--yes")
    assert answer.code == 0
    assert "2\u00a0relevés de retenue sur AC, R2025-0001 à R2025-0002" in answer.out
    assert "2\u00a0lignes" in cli("register", "export", "--withheld").out
    assert "déjà émis" in cli("bill", "2025", "--issue").out
    assert verify(small).is_intact


def test_nothing_to_issue(voted: Path, cli: Cli) -> None:
    answer = cli(*ISSUE, "--level", "1")
    assert answer.code == 3
    assert "rien à émettre" in answer.err
    assert not (voted / "register.db").exists()


def test_a_credited_commune_is_billed_again_only_when_asked(voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    cli("credit", "F2025-0001", "--reason", "essai", "--date", "16/01/2026")
    change(voted, ("422;432;1;", "422;432;2A;"))
    late = ("bill", "2025", "--issue", "--yes", "--date", "17/01/2026", "--json")
    assert cli(*late).code == 3
    assert cli(*late, "--except", "Amagney").json["created"] == 1
    assert billed(voted, "25014") == ["F2025-0001", "A2025-0001"]
    assert cli(*late, "--regularise").json["created"] == 1
    assert billed(voted, "25014")[-1] == "F2025-0042"
    assert verify(voted).is_intact


def test_replacing_by_the_same_is_refused(voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    before = store.read_ledger(voted).head
    answer = cli("credit", "F2025-0002", "--reason", "x", "--replace", "--date", "16/01/2026")
    assert answer.code == 3
    assert "à l'identique" in answer.err
    assert store.read_ledger(voted).head == before


def test_the_remedy_of_a_credit_does_not_credit_twice(
    voted: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.once(ISSUE)
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if "avoirs" in str(target):
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    answer = cli("credit", "F2025-0001", "--reason", "x", "--remise", "100", "--act", "x")
    assert answer.code == 4
    assert "ne pas relancer credit" in answer.err
    assert "mutualis register render A2025-0001" in answer.err
    monkeypatch.undo()
    monkeypatch.chdir(voted)
    assert cli("register", "render", "A2025-0001").code == 0
    assert billed(voted, "25014") == ["F2025-0001", "A2025-0001"]


@pytest.mark.parametrize("amount", ["50%", "1,005", "-3", "1e2", "12,50€€", "nan", ""])
def test_amounts_that_are_not(amount: str, voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    assert (
        cli("credit", "F2025-0001", "--reason", "x", "--act", "x", f"--remise={amount}").code == 2
    )
    assert billed(voted, "25014") == ["F2025-0001"]


def test_amounts_as_the_tool_prints_them(voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    credit = ("credit", "F2025-0002", "--reason", "x", "--json", "--act", "x", "--remise")
    assert cli(*credit, "1\u00a0000,50\u00a0€").json["amount"] == "-1000.50"


# --- the register kept -------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["register.db", "data/communes.csv", "data/new.csv"])
def test_an_export_spares_the_register_and_the_data(target: str, voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    before = (voted / "register.db").read_bytes()
    assert cli("register", "export", "--out", target).code in (2, 3)
    assert (voted / "register.db").read_bytes() == before
    assert cli("check").code == 0


def test_no_date_to_come_nor_far_exercice(voted: Path, cli: Cli) -> None:
    future = cli("bill", "2025", "--issue", "--yes", "--date", "15/01/2962")
    assert future.code == 3
    assert "à venir" in future.err
    assert cli(*ISSUE, "--exercice", "1900").code == 3
    assert store.read_ledger(voted).documents == ()
    assert cli(*ISSUE, "--exercice", "2025", "--json").json["created"] == 40
    assert cli("register", "show", "F2025-0001", "--json").json["exercice"] == 2025


@pytest.mark.parametrize("left", [None, b"", b"garbage"])
def test_a_lost_register_is_not_intact(small: Path, cli: Cli, left: bytes | None) -> None:
    """Nor is it nothing to export, nor a folder where all is well."""
    cli.once(ISSUE)
    (small / "register.db").unlink()
    if left is not None:
        (small / "register.db").write_bytes(left)
    proof = cli("register", "verify")
    assert (proof.code, "pas encore" in proof.out, "ligne 0" in proof.out) == (1, False, False)
    assert "pas intact" in proof.out
    assert "B23" in cli("check").out
    assert cli("register", "export").code != 0


def test_a_lost_register_is_not_begun_again(voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    (voted / "register.db").rename(voted / "elsewhere.db")
    answer = cli(*ISSUE)
    assert answer.code == 3
    assert "deux fois" in answer.err
    (voted / "elsewhere.db").rename(voted / "register.db")
    cli.once(ISSUE)


def test_nothing_is_built_on_a_changed_row(small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    statement = "UPDATE entries SET content = replace(content, '3073.36', '9999.36') WHERE seq = 2"
    without_guards(small, statement)
    answer = cli("credit", "F2025-0001", "--reason", "x")
    assert answer.code == 3
    assert "verify" in answer.err
    backup = cli("register", "backup", "copie.db")
    assert backup.code == 3
    assert not (small / "copie.db").exists()


def test_formats_that_meet(voted: Path, cli: Cli) -> None:
    edit(voted / "data/issuer.toml", '"A{year}-{rank:4}"', '"F{year}-0{rank:3}"')
    cli.once(ISSUE)
    answer = cli("credit", "F2025-0040", "--reason", "x")
    assert answer.code == 3
    assert "déjà pris" in answer.err
    assert "[numbers]" in answer.err


def test_foreign_files_beside_the_data(voted: Path, cli: Cli) -> None:
    (voted / "data/~$communes.csv").symlink_to("nowhere")
    (voted / "data/.lock.csv").symlink_to("nowhere")
    cli.once(ISSUE)


# --- found by verify ---------------------------------------------------------------------------


def database(folder: Path, *statements: str) -> None:
    with closing(raw(folder)) as file:
        for statement in statements:
            file.execute(statement)
        file.commit()


@pytest.mark.parametrize(
    "statements",
    [
        ("DROP TRIGGER entries_are_never_deleted", "DELETE FROM entries"),
        ("PRAGMA user_version = -1",),
        ("PRAGMA user_version = 0",),
        ("DROP TABLE entries",),
        ("CREATE TABLE other (x)",),
        ("DROP TRIGGER entries_are_never_changed",),
        ("DROP TRIGGER shared_is_never_changed",),
        ("DROP INDEX entries_by_subject",),
    ],
)
def test_a_changed_file_is_not_intact(
    statements: tuple[str, ...],
    small: Path,
    cli: Cli,
) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    database(small, *statements)
    assert cli("register", "verify").code == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER entries_are_never_changed",
        "CREATE TRIGGER forget AFTER INSERT ON entries BEGIN SELECT 1; END",
    ],
)
def test_a_register_without_its_guards_answers_nothing_as_if_it_were_sound(
    statement: str, small: Path, cli: Cli
) -> None:
    """Typed again, « déjà émis » was said of a register that nothing can be built upon."""
    cli.once(("bill", "2025", "--issue", "--yes"))
    database(small, statement)
    assert cli("bill", "2025", "--issue", "--yes").code == 1
    assert "B23" in cli("check").out


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('["text",2]', '["text",1]'),
        ('["text",2]', "[2]"),
        ('["text",2]', '["text",99]'),
        ('"kind":"invoice"', '"kind":"foo"'),
        ('"amount":"3073.36"', '"amount":"NaN"'),
        ('"amount":"3073.36"', '"amount":"1e999999"'),
        ("Amagney", "Am\\\\u0000gney"),
    ],
)
def test_a_changed_content_is_named(
    before: str,
    after: str,
    small: Path,
    cli: Cli,
) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    statement = (
        f"UPDATE entries SET content = replace(content, '{before}', '{after}') WHERE seq = 2"
    )
    without_guards(small, statement)
    answer = cli("register", "verify")
    assert answer.code == 1
    assert "ligne 2" in answer.out


def test_a_byte_that_is_no_text_is_named(small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    content = store.read_rows(small)[1].content.encode()
    broken = content[:50] + bytes([content[50] | 0x80]) + content[51:]
    statement = f"UPDATE entries SET content = CAST(x'{broken.hex()}' AS TEXT) WHERE seq = 2"
    without_guards(small, statement)
    answer = cli("register", "verify")
    assert answer.code == 1
    assert "ligne 2" in answer.out


def test_a_batch_cut_short_is_found(small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    without_guards(small, "DELETE FROM entries WHERE seq = 3")
    verified = verify(small)
    assert not verified.is_intact
    assert "1 factures sur 2" in verified.findings[0].reason.text


def test_an_empty_expectation_is_not_met(small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    assert cli("register", "verify", "--expect", "").code == 2
    assert cli("register", "verify", "--dir", "/nowhere/at/all").code == 1


def test_not_a_database(folder: Path, cli: Cli) -> None:
    (folder / "register.db").write_bytes(b"annee;commune\n" * 500)
    assert cli("register", "verify").code == 1
    assert cli("register", "list").code == 1


def test_since_the_backup(small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    cli("register", "backup", "copie.db")
    assert verify(small).since_backup == 0
    cli("credit", "F2025-0001", "--reason", "x")
    assert verify(small).since_backup == 1


# --- texts and options -------------------------------------------------------------------------


def test_texts_are_one_clean_line(voted: Path, cli: Cli) -> None:
    cli(*ISSUE[:-2], "--operator", "Ca\x1b[31mmille\n")
    shown = cli("register", "show", "F2025-0001", "--json").json
    assert shown["operator"] == "Ca [31mmille"
    assert cli("credit", "F2025-0001", "--reason", "x" * 301).code == 2
    assert cli("credit", "F2025-0001", "--reason", "\x00\x1b").code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("bill", "2025", "--yes"),
        ("bill", "2025", "--exercice", "2025"),
        ("bill", "2025", "--operator", "x"),
        ("bill", "2025", "--issue", "--yes", "--sheets"),
        ("bill", "2025", "--issue", "--yes", "--out", "x"),
        ("register", "export", "--all", "--withheld"),
        ("register", "titres", "F2025-0001", "--from", "x.csv"),
        ("register", "titres", "F2025-0001", " "),
    ],
    ids=" ".join,
)
def test_no_option_is_ignored(arguments: tuple[str, ...], voted: Path, cli: Cli) -> None:
    answer = cli(*arguments)
    assert answer.code == 2
    assert not (voted / "register.db").exists()
    assert not (voted / "out").exists()


def test_the_same_titre_twice_in_a_file(voted: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    file = voted / "titres.csv"
    file.write_text("facture;exercice;titre\nF2025-0001;2026;7\n F2025-0001 ;2026;7\n", "utf-8")
    assert cli("register", "titres", "--from", str(file)).code == 0
    assert len(store.read_ledger(voted).titres) == 1
    file.write_text("facture;exercice;titre\nF2025-0001;99999;8\n", "utf-8")
    assert cli("register", "titres", "--from", str(file)).code == 1


def test_sqlite_is_what_it_is() -> None:
    """The guards need triggers that RAISE before REPLACE, and STRICT tables."""
    assert sqlite3.sqlite_version_info >= (3, 37)


def test_a_complement_is_no_cancellation(small: Path, cli: Cli) -> None:
    """937 then 1 000 inhabitants at 3,28: 3 073,36, then 206,64 more."""
    (small / "data/tables/2025.csv").unlink()
    cli.once(("bill", "2025", "--issue", "--yes"))
    before = "2025;25014;Amagney;212500144;"
    edit(small / "data/communes.csv", f"{before}937;", f"{before}1000;")
    cli.once(("bill", "2025", "--issue", "--yes", "--regularise"))
    first = cli("register", "show", "F2025-0001")
    assert "Complété par" in first.out
    assert "206,64" in first.out
    assert "Annulée par" not in first.out
    assert cli("register", "show", "F2025-0001", "--json").json["credits"] == []
    second = cli("register", "show", "F2025-0003").out
    assert "Complète" in second
    assert "Annule" not in second
    assert "complète" in cli("register", "list").out
