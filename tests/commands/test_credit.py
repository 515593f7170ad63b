"""mutualis credit: what it refuses, and what it makes of a document and of its credits."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from conftest import TESTS, Answer, Cli, Clock, edit, moves
from mutualis.register import store

WHY = ("--reason", "Motif d'exemple")
VOTE = ("--act", "Délibération d'exemple n° 3")


@pytest.fixture(autouse=True)
def late(clock: Clock) -> None:
    clock.day = date(2026, 7, 1)


@pytest.fixture
def issued(small: Path, cli: Cli) -> Path:
    """F2025-0001 Amagney 3 073,36, F2025-0002 Saône 1 193,96."""
    cli.once(("bill", "2025", "--issue", "--yes", "--date", "15/01/2026"))
    return small


@pytest.fixture
def old(folder: Path) -> Path:
    """A register of an older version: partial credits and fees withheld without a number."""
    history = TESTS / "registers/history"
    shutil.copy(history / "register.db", folder)
    shutil.rmtree(folder / "data")
    shutil.copytree(history / "data", folder / "data")
    return folder


def credit(cli: Cli, *arguments: str, day: str = "20/01/2026") -> Answer:
    return cli("credit", *arguments, "--date", day)


def rows(folder: Path) -> int:
    return len(store.read_ledger(folder).records)


def test_a_part_of_a_membership_is_a_remise_or_a_regularisation(issued: Path, cli: Cli) -> None:
    answer = credit(cli, "F2025-0001", "--amount", "120,50", *WHY)
    assert answer.code == 3
    assert "credit F2025-0001 --remise 120,50 --act" in answer.err
    assert "bill 2025 --issue --regularise" in answer.err
    assert rows(issued) == 3


def test_a_remise_is_at_most_what_remains(issued: Path, cli: Cli) -> None:
    remise = ("F2025-0001", *WHY, *VOTE, "--remise")
    assert credit(cli, *remise, "3073,37").code == 3
    assert credit(cli, *remise, "3000", "--json").json["remaining"] == "73.36"
    assert credit(cli, *remise, "73,37").code == 3
    assert credit(cli, *remise, "73,36", "--json").json["remaining"] == "0.00"
    assert credit(cli, "F2025-0001", *WHY).code == 3


def test_a_remise_granted_twice_is_asked_about(issued: Path, cli: Cli) -> None:
    """The same document, amount and act; once withdrawn, the first one is no obstacle."""
    remise = ("F2025-0001", *WHY, "--remise", "10")
    assert credit(cli, *remise, *VOTE).code == 0
    twice = credit(cli, *remise, *VOTE)
    assert (twice.code, "A2025-0001 déduit déjà 10,00" in twice.err) == (3, True)
    assert credit(cli, *remise, "--act", "Une autre").code == 0
    assert credit(cli, *remise, *VOTE, "--again").code == 0
    for number in ("A2025-0001", "A2025-0003"):
        assert credit(cli, number, "--withdraw", *VOTE).code == 0
    assert credit(cli, *remise, *VOTE).code == 0
    assert cli("register", "verify").code == 0


def test_a_withdrawal_may_give_no_reason(issued: Path, cli: Cli) -> None:
    credit(cli, "F2025-0001", *WHY, *VOTE, "--remise", "10")
    credit(cli, "A2025-0001", "--withdraw", "--act", "Une autre")
    assert " (retirée, Une autre)" in " ".join(cli("register", "show", "F2025-0001").out.split())


def test_what_is_withdrawn(issued: Path, cli: Cli) -> None:
    """A remise that counts, once; neither a correction nor a document."""
    credit(cli, "F2025-0001", *WHY, *VOTE, "--remise", "10")
    credit(cli, "F2025-0002", *WHY)
    done = credit(cli, "A2025-0001", "--withdraw", *VOTE, "--reason", "Rejetée", "--json").json
    assert (done["withdrawn"], done["nature"], done["amount"]) == (True, "remise", "-10.00")
    before = rows(issued)
    for number, why in {
        "A2025-0001": "La remise A2025-0001 est déjà retirée",
        "A2025-0002": "A2025-0002 est une correction de F2025-0002, pas une remise",
        "F2025-0001": "F2025-0001 n'est ni un avoir ni un relevé rectificatif",
    }.items():
        answer = credit(cli, number, "--withdraw", *VOTE)
        assert (answer.code, why in answer.err) == (3, True), answer.err
    assert rows(issued) == before
    assert cli("register", "verify").code == 0


def test_a_credit_is_not_credited(issued: Path, cli: Cli) -> None:
    credit(cli, "F2025-0001", *WHY)
    answer = credit(cli, "A2025-0001", *WHY)
    assert (answer.code, "--withdraw" in answer.err) == (3, True)


def test_replaced_for_another_party(issued: Path, cli: Cli) -> None:
    """The same figures, of a commune whose name was wrong: the new document stands alone."""
    same = credit(cli, "F2025-0001", *WHY, "--replace")
    assert (same.code, "redonnent F2025-0001 à l'identique" in same.err) == (3, True)
    edit(issued / "data/communes.csv", "2025;25014;Amagney;", "2025;25014;Amagney-le-Vrai;")
    edit(issued / "data/communes.csv", "2026;25014;Amagney;", "2026;25014;Amagney-le-Vrai;")
    made = credit(cli, "F2025-0001", *WHY, "--replace", "--json").json
    assert made["replacement"] == {"number": "F2025-0003", "kind": "invoice", "amount": "3073.36"}
    assert (made["remaining"], made["nature"]) == ("0.00", "correction")
    new = store.read_ledger(issued).documents[-1]
    assert (new.commune.name, new.refers_to) == ("Amagney-le-Vrai", None)


def test_replaced_as_the_year_was_priced(issued: Path, cli: Cli) -> None:
    """The minimum and the grid of the last batch, whatever the file has become."""
    edit(issued / "data/tariffs.toml", "minimum_recovery = 15.00", "minimum_recovery = 4000.00")
    for year in ("2025", "2026"):
        edit(issued / "data/communes.csv", f"{year};25014;Amagney;", f"{year};25014;Amagne;")
    made = credit(cli, "F2025-0001", *WHY, "--replace", "--json").json
    assert made["replacement"]["amount"] == "3073.36"


def test_nothing_but_the_document_is_replaced(issued: Path, cli: Cli) -> None:
    """Another document of the account that is too high is the whole account's to regularise."""
    path = issued / "data/communes.csv"
    edit(path, ";937;946;", ";1000;1010;")  # + 206,64
    issue = ("bill", "2025", "--issue", "--yes", "--regularise", "--date", "16/01/2026")
    assert cli(*issue).code == 0
    edit(path, ";1000;1010;", ";10;10;")  # 32,80, less than the complement
    before = rows(issued)
    answer = credit(cli, "F2025-0001", *WHY, "--replace")
    assert answer.code == 3
    assert "demande aussi de corriger F2025-0003" in answer.err
    assert "bill 2025 --issue --regularise" in answer.err
    assert rows(issued) == before


@pytest.mark.parametrize(("population", "words"), [("63", "F2025-0003"), ("", "ne doit plus rien")])
def test_nothing_to_put_in_its_place(population: str, words: str, issued: Path, cli: Cli) -> None:
    """The complement of 206,64 claims all that 63 inhabitants owe; or no level is left."""
    path = issued / "data/communes.csv"
    if population:
        edit(path, ";937;946;", ";1000;1010;")
        issue = ("bill", "2025", "--issue", "--yes", "--regularise", "--date", "16/01/2026")
        assert cli(*issue).code == 0
        edit(path, ";1000;1010;", f";{population};{population};")
    else:
        edit(path, ";937;946;2B", ";937;946;")
    answer = credit(cli, "F2025-0001", *WHY, "--replace")
    assert (answer.code, words in answer.err, "sans --replace" in answer.err) == (3, True, True)


def test_a_commune_gone_from_the_file(issued: Path, cli: Cli) -> None:
    """It is still cancelled, made out as it was; only what replaces needs a row."""
    path = issued / "data/communes.csv"
    kept = [line for line in path.read_text("utf-8").split("\n") if "Amagney" not in line]
    path.write_text("\n".join(kept), "utf-8", newline="")
    refused = credit(cli, "F2025-0001", *WHY, "--replace")
    assert (refused.code, "Amagney n'est plus dans data/communes.csv" in refused.err) == (3, True)
    assert credit(cli, "F2025-0001", *WHY).code == 0
    made = store.read_ledger(issued).credits[-1]
    assert (made.commune.name, made.billed) == ("Amagney", None)


def merged(folder: Path, day: str) -> None:
    """Saône is merged into Amagney on a day of 2026."""
    edit(folder / "data/communes.csv", "2026;25532;Saône;212505325;3195;3263;2A;25900;Saône\n", "")
    header = "date_effet;type;code_avant;commune_avant;code_apres;commune_apres;source\n"
    (folder / "data/movements.csv").write_text(header, "utf-8")
    moves(folder, day, "25532 Saône", "25014 Amagney")


def test_made_out_to_who_owes_it_that_day(issued: Path, cli: Cli) -> None:
    """Saône no longer exists: the credit note is Amagney's, and says by which movement."""
    merged(issued, "2026-02-01")
    assert credit(cli, "F2025-0002", *WHY, day="20/02/2026").code == 0
    made = store.read_ledger(issued).credits[-1]
    assert (made.commune.name, made.billed and made.billed.name) == ("Amagney", "Saône")
    assert [move.code_before for move in made.movements] == ["25532"]


def test_replaced_for_who_owed_it_already(issued: Path, cli: Cli) -> None:
    """The merger of 1 January is learned after the issue: Saône's invoice was a wrong party's, and
    Amagney, which has its own, owes it. Nothing is made out to Saône, which is no more."""
    merged(issued, "2026-01-01")
    answer = credit(cli, "F2025-0002", *WHY, "--replace", "--json", day="20/02/2026")
    assert answer.code == 0, answer.err
    assert answer.json["replacement"]["amount"] == "1193.96"
    note, invoice = store.read_ledger(issued).documents[-2:]
    assert (note.commune.name, invoice.commune.name) == ("Amagney", "Amagney")
    assert invoice.refers_to == "F2025-0001"
    assert cli("bill", "2025", "--issue", "--yes", "--json").json["created"] == 0


def test_nothing_is_made_out_to_who_has_no_siren(issued: Path, cli: Cli) -> None:
    for year in ("2025", "2026"):
        edit(
            issued / "data/communes.csv",
            f"{year};25014;Amagney;212500144;",
            f"{year};25014;Amagney;;",
        )
    answer = credit(cli, "F2025-0001", *WHY)
    assert (answer.code, "sans SIREN : Amagney" in answer.err) == (3, True)


def test_a_register_older_than_its_documents(issued: Path, cli: Cli) -> None:
    """The batch of what replaces would be the second one, and somebody has one."""
    merged(issued, "2026-01-01")
    (issued / "out/2025/lot-02").mkdir()
    (issued / "out/2025/lot-02/SHA256SUMS").touch()
    answer = credit(cli, "F2025-0002", *WHY, "--replace", day="20/02/2026")
    assert (answer.code, "out/2025/lot-02" in answer.err) == (3, True)


def test_a_movement_gone_from_the_file(issued: Path, cli: Cli) -> None:
    """What was issued by it is still read with it; a new document needs it in the file."""
    merged(issued, "2026-02-01")
    assert credit(cli, "F2025-0002", *WHY, *VOTE, "--remise", "10", day="20/02/2026").code == 0
    path = issued / "data/movements.csv"
    path.write_text(path.read_text("utf-8").split("\n")[0] + "\n", "utf-8")
    refused = credit(cli, "F2025-0002", *WHY, "--replace", day="21/02/2026")
    assert (refused.code, "25532" in refused.err) == (1, True)
    assert credit(cli, "F2025-0002", *WHY, day="21/02/2026").code == 0
    assert store.read_ledger(issued).credits[-1].commune.code_insee == "25014"


def test_an_old_partial_credit_is_told_apart(old: Path, cli: Cli) -> None:
    """A2024-0001 left something of F2024-0003; AV2025-001 took the whole of its invoice."""
    unknown = credit(cli, "A2024-0001", "--withdraw", *VOTE, day="01/06/2026")
    assert (unknown.code, "--qualify remise" in unknown.err) == (3, True)
    answer = credit(cli, "A2024-0001", "--qualify", "Remise", "--json", day="01/06/2026")
    assert (answer.json["nature"], answer.json["remaining"]) == ("remise", "519.75")
    for number in ("A2024-0001", "AV2025-001"):
        assert credit(cli, number, "--qualify", "correction", day="01/06/2026").code == 3
    assert credit(cli, "A2024-0001", "--withdraw", *VOTE, day="01/06/2026").code == 0
    assert cli("register", "verify").code == 0


def test_a_fee_withheld_without_a_number_is_cancelled(old: Path, cli: Cli) -> None:
    made = credit(cli, "LOT 4/99901", *WHY, "--json", day="01/06/2026").json
    assert (made["invoice"], made["amount"]) == ("lot 4/99901", "-3177.27")
    assert (made["kind"], made["remaining"]) == ("statement", "0.00")


def test_missions_keep_their_partial_credits(old: Path, cli: Cli) -> None:
    """F2024-0004 is a mission of 882,00: a part of it once, unless it is another; a remise on it
    does not come back, and no batch would claim it."""
    part = ("F2024-0004", *WHY, "--amount", "82")
    first = credit(cli, *part, "--json", day="01/06/2026").json
    assert (first["remaining"], first["nature"]) == ("800.00", "correction")
    twice = credit(cli, *part, day="01/06/2026")
    assert (twice.code, f"{first['number']} déduit déjà 82,00" in twice.err) == (3, True)
    assert credit(cli, *part, "--again", "--json", day="01/06/2026").json["remaining"] == "718.00"
    remise = credit(
        cli, "F2024-0004", *WHY, *VOTE, "--remise", "18", "--json", day="01/06/2026"
    ).json
    assert (remise["remaining"], remise["nature"]) == ("700.00", "remise")
    kept = credit(cli, remise["number"], "--withdraw", *VOTE, day="01/06/2026")
    assert (kept.code, "bill 2024 --quotes --issue --commune 99902" in kept.err) == (3, True)
