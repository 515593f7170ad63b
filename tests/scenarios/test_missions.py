"""The life of a quote: number, answer, half-days done, invoices, corrections, proof."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from conftest import Cli, edit
from mutualis.domain.act import Act
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import MissionInvoice
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.records import Answer, WorkDone, WorkWithdrawn
from mutualis.domain.quotes.work_done import Work
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record
from mutualis.domain.value import replace
from mutualis.register import store
from mutualis.workflows.bill_quotes import bill_missions, prepare_missions

LINES = ("--line", "A:2:Cadrage du besoin", "--line", "B:3:Analyse", "--line", "A:1:Suivi")
QUOTE = ("quote", "Saône", *LINES, "--date", "15/03/2025", "--object", "Marché de voirie")
NUMBER = "D2025-0001"
BY = ("--certified-by", "Mme Roy, DGS")
BILL = ("bill", "2025", "--quotes", "--issue", "--yes")


@pytest.fixture
def quoted(voted: Path, cli: Cli) -> Path:
    """A quote of 3 half-days A and 3 B: 3 × 255 + 3 × 186 = 1 323 €."""
    cli.once(QUOTE)
    return voted


@pytest.fixture
def accepted(quoted: Path, cli: Cli) -> Path:
    cli.once(("quotes", "accept", NUMBER, "--date", "20/04/2025", "--by", "M. Petit"))
    return quoted


@pytest.fixture
def done(accepted: Path, cli: Cli) -> Path:
    """2 half-days A and 1 B done: 2 × 255 + 186 = 696 €."""
    cli.once(note("12/05/2025", "A:2", "B:1"))
    return accepted


def note(day: str, *lines: str, more: tuple[str, ...] = BY) -> tuple[str, ...]:
    typed = [word for line in lines for word in ("--line", line)]
    return ("quotes", "done", NUMBER, *typed, "--date", day, *more)


def text_of(book: Workbook) -> str:
    """Every cell of a workbook, in order."""
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(value) for row in rows for value in row if value is not None)


def shown(cli: Cli) -> Any:
    return cli("quotes", "show", NUMBER, "--json").json


def test_a_quote_is_numbered_and_kept(voted: Path, cli: Cli) -> None:
    answer = cli(*QUOTE, "--json").json
    assert (answer["number"], answer["total"]) == (NUMBER, "1323.00")
    assert answer["files"] == ["out/2025/devis/D2025-0001.xlsx"]
    book = load_workbook(voted / answer["files"][0])
    text = text_of(book)
    assert "Devis n° D2025-0001" in text
    assert "PROJET" not in text
    second = cli("quote", "25014", "--line", "A:1:x", "--date", "15/03/2025", "--json")
    assert second.json["number"] == "D2025-0002"
    documents = cli("register", "list", "--json").json["documents"]
    assert [(d["number"], d["kind"], d["amount"]) for d in documents] == [
        ("D2025-0001", "quote", "1323.00"),
        ("D2025-0002", "quote", "255.00"),
    ]
    assert cli("register", "verify").code == 0


def test_drafts_take_no_number(folder: Path, cli: Cli) -> None:
    """Also when nothing of the grid can be issued, its act being still to be filled in."""
    waiting = cli(*QUOTE, "--json")
    assert (waiting.code, waiting.json["number"]) == (0, None)
    assert "mutualis index 2025 --act" in cli(*QUOTE).out
    cli.once(("index", "2025", "--act", "Délibération d'exemple"))
    assert cli(*QUOTE, "--draft", "--json").json["number"] is None
    assert not (folder / "register.db").exists()


def test_the_dates_of_quotes_do_not_go_back(quoted: Path, cli: Cli) -> None:
    early = cli("quote", "25014", "--line", "A:1:x", "--date", "14/03/2025")
    assert early.code == 3
    assert "le 15\u00a0mars\u00a02025" in early.err
    later = f"{date.today() + timedelta(days=2):%d/%m/%Y}"
    assert cli("quote", "25014", "--line", "A:1:x", "--date", later, "--year", "2025").code == 3
    assert len(store.read_rows(quoted)) == 1


def test_rendered_again(quoted: Path, cli: Cli) -> None:
    path = quoted / "out/2025/devis/D2025-0001.xlsx"
    before = text_of(load_workbook(path))
    path.unlink()
    edit(quoted / "data/issuer.toml", "Grand Besançon Métropole", "Autre nom")
    assert cli("register", "render", "d2025-0001").code == 0
    assert (quoted / "out/2025/devis/D2025-0001.pdf").exists()
    assert text_of(load_workbook(path)) == before


def test_a_lost_register_is_noticed(quoted: Path, cli: Cli) -> None:
    (quoted / "register.db").unlink()
    assert cli(*QUOTE).code == 3
    assert not (quoted / "register.db").exists()


# --- the answer --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "day", "words"),
    [
        ("accept", "14/06/2025", "a expiré le 13"),  # 15 March + 90 days = 13 June
        ("accept", "14/03/2025", "précède le devis"),
        ("accept", "31/12/2999", "est à venir"),
        ("decline", "14/03/2025", "précède le devis"),
    ],
)
def test_answers_that_cannot_be(verb: str, day: str, words: str, quoted: Path, cli: Cli) -> None:
    answer = cli("quotes", verb, NUMBER, "--date", day)
    assert answer.code == 3
    assert words in answer.err
    assert "  À faire : " in answer.err
    assert len(store.read_rows(quoted)) == 1


def test_the_last_day_is_in_time(quoted: Path, cli: Cli) -> None:
    assert cli("quotes", "accept", NUMBER, "--date", "13/06/2025").code == 0


def test_one_answer(quoted: Path, cli: Cli) -> None:
    assert cli("quotes", "decline", NUMBER, "--date", "01/09/2025").code == 0  # expired or not
    refused = cli("quotes", "accept", NUMBER, "--date", "20/03/2025")
    assert (refused.code, "a déjà été refusé" in refused.err) == (3, True)
    work = cli(*note("12/05/2025", "A:1"))
    assert (work.code, "a été refusé" in work.err) == (3, True)


def test_unknown_quotes(voted: Path, cli: Cli) -> None:
    assert cli("quotes", "list").code == 0
    for verb in (("accept",), ("decline",), ("show",)):
        answer = cli("quotes", *verb, "D2025-0009")
        assert answer.code == 3
        assert "Aucun devis" in answer.err
    assert not (voted / "register.db").exists()


# --- the work ----------------------------------------------------------------------------------


def test_not_before_the_answer(quoted: Path, cli: Cli) -> None:
    answer = cli(*note("12/05/2025", "A:1"))
    assert (answer.code, "quotes accept D2025-0001" in answer.err) == (3, True)


def test_several_parts_never_above_what_was_accepted(accepted: Path, cli: Cli) -> None:
    """All that is wrong is said at once, and nothing is noted."""
    cli.once(note("12/05/2025", "A:2", "B:1"))
    wrong = cli(*note("20/05/2025", "A:2", "B:2", "C:1"))
    assert wrong.code == 3
    assert "il en reste 1 sur les 3 acceptées" in wrong.err
    assert "pas de catégorie « C »" in wrong.err
    assert "catégorie B" not in wrong.err
    assert cli(*note("20/05/2025", "a:1", "B:2")).code == 0
    assert shown(cli)["done"] == {"A": 3, "B": 3}
    assert cli(*note("21/05/2025", "A:1")).code == 3
    assert cli(*note("21/05/2025", "A:0")).code == 3


@pytest.mark.parametrize("day", ["19/04/2025", "31/12/2999"])
def test_days_that_cannot_be(day: str, accepted: Path, cli: Cli) -> None:
    assert cli(*note(day, "A:1")).code == 3
    assert shown(cli)["works"] == []


def test_the_same_twice_is_asked(accepted: Path, cli: Cli) -> None:
    assert cli(*note("12/05/2025", "A:1")).code == 0
    again = cli(*note("12/05/2025", "A:1"))
    assert (again.code, "--again" in again.err) == (3, True)
    assert cli(*note("12/05/2025", "A:1"), "--again").code == 0
    assert shown(cli)["done"] == {"A": 2}


def test_a_work_is_withdrawn(done: Path, cli: Cli) -> None:
    assert cli("quotes", "done", NUMBER, "--cancel", "2", "--reason", "x").code == 3
    assert cli("quotes", "done", NUMBER, "--cancel", "1", "--reason", "Saisi deux fois").code == 0
    assert cli("quotes", "done", NUMBER, "--cancel", "1", "--reason", "x").code == 3
    assert shown(cli)["done"] == {}
    assert cli(*note("12/05/2025", "A:3", "B:3")).code == 0
    assert cli("register", "verify").code == 0


# --- the invoice -------------------------------------------------------------------------------


def test_billed_at_the_quoted_prices(done: Path, cli: Cli) -> None:
    """Even when the grid has moved since: 2 × 255 + 1 × 186 = 696 €."""
    tariffs = done / "data/tariffs.toml"
    edit(
        tariffs, "half_day = { A = 255, B = 186, C = 150 }", "half_day = { A = 999, B = 1, C = 1 }"
    )
    draft = cli("bill", "2025", "--quotes", "--json")
    assert [(x["number"], x["amount"]) for x in draft.json["lines"]] == [(None, "696.00")]
    stamped = load_workbook(done / draft.json["files"][0])
    assert "BROUILLON" in [c.value for c in stamped.worksheets[1][1]]
    answer = cli(*BILL, "--date", "15/01/2026", "--exercice", "2025", "--json").json
    assert (answer["created"], answer["total"]) == (1, "696.00")
    line = answer["lines"][0]
    assert (line["number"], line["quote"], line["code_insee"]) == ("F2025-0001", NUMBER, "25532")
    assert [(x["category"], x["half_days"], x["unit_price"]) for x in line["lines"]] == [
        ("A", 2, "255.00"),
        ("B", 1, "186.00"),
    ]
    assert cli("register", "verify").code == 0
    book = load_workbook(done / answer["files"][0])
    header, row, total, *under = book["Récapitulatif"].iter_rows(values_only=True)
    assert header[:3] == ("N° facture", "Code INSEE", "Commune")
    assert row[:2] + row[4:7] == ("F2025-0001", "25532", NUMBER, 3, Decimal(696))
    assert (total[2], total[6]) == ("Total", 696)
    assert answer["head"] in str(under[-1][0])
    page = text_of(book)
    for words in (
        "Facture n° F2025-0001",
        "Marché de voirie (devis n° D2025-0001)",
        "Cadrage du besoin ; Suivi",
        "six cent quatre-vingt-seize euros",
        "accepté par la commune le 20\u00a0avril\u00a02025",
        "service fait certifié par Mme Roy, DGS",
        "ne pas payer avant réception de l'avis des sommes à payer",
    ):
        assert words in page
    assert "BROUILLON" not in page


def test_again_bills_nothing_more(done: Path, cli: Cli) -> None:
    first = cli(*BILL, "--json").json
    path = done / first["files"][0]
    path.unlink()
    again = cli(*BILL, "--json").json
    assert (again["created"], again["lines"]) == (0, first["lines"])
    assert path.exists()
    assert cli(*note("20/06/2025", "A:1", "B:2")).code == 0
    rest = cli(*BILL, "--json").json
    assert (rest["created"], rest["total"]) == (1, "1323.00")  # 696 + 255 + 372
    assert [line["amount"] for line in rest["lines"]] == ["696.00", "627.00"]
    assert shown(cli)["state"] == "finished"


def test_nothing_to_bill(accepted: Path, cli: Cli) -> None:
    for arguments in (("bill", "2025", "--quotes"), BILL):
        answer = cli(*arguments)
        assert (answer.code, "quotes done" in answer.err) == (3, True)
    assert not list(accepted.glob("out/2025/missions*"))


def test_with_the_memberships(done: Path, cli: Cli) -> None:
    """One series, two batches; running either again touches only its own."""
    cli.once(("bill", "2025", "--issue", "--yes", "--date", "15/01/2026"))
    missions = cli(*BILL, "--date", "16/01/2026", "--json").json
    assert missions["lines"][0]["number"] == "F2025-0041"
    assert missions["files"][0] == "out/2025/lot-02/missions-2025-lot-02.xlsx"
    assert {Path(file).parent.name for file in missions["files"]} == {"lot-02"}
    again = cli("bill", "2025", "--issue", "--yes", "--json").json
    assert (again["created"], len(again["lines"])) == (0, 40)
    assert again["files"][0] == "out/2025/lot-01/adhesions-2025-lot-01.xlsx"
    assert {Path(file).parent.name for file in again["files"]} == {"lot-01"}
    assert cli("register", "verify").code == 0


def test_not_before_the_work(done: Path, cli: Cli) -> None:
    answer = cli(*BILL, "--date", "11/05/2025")
    assert (answer.code, "avant d'être faites" in answer.err) == (3, True)
    assert cli("register", "list", "--json").json["documents"][-1]["kind"] == "quote"


def test_the_debtor_is_the_commune_as_it_is_on_the_day(done: Path, cli: Cli) -> None:
    """The row in force on the day of issue, whatever the year of the quote."""
    edit(done / "data/communes.csv", "2026;25532;Saône;212505325", "2026;25532;Saône;200046977")
    draft = ("bill", "2025", "--quotes", "--json", "--date")
    assert cli(*draft, "31/12/2025").json["lines"][0]["siren"] == "212505325"
    assert cli(*draft, "15/01/2026").json["lines"][0]["siren"] == "200046977"


def test_unbilled(done: Path, cli: Cli) -> None:
    """What is done by the end of the year is attached to it; later work of its quotes is not."""
    assert cli(*note("15/01/2026", "B:1")).code == 0
    answer = cli("register", "unbilled", "2025", "--json").json
    assert answer["total"] == "696.00"
    assert [(x["date"], x["amount"], x["attached"]) for x in answer["works"]] == [
        ("2025-05-12", "696.00", True),
        ("2026-01-15", "186.00", False),
    ]
    assert cli("register", "unbilled", "2026", "--json").json["total"] == "882.00"
    assert cli("register", "unbilled", "2024", "--json").json["works"] == []
    assert "696,00" in cli("register", "unbilled", "2025").out
    cli(*BILL)
    assert cli("register", "unbilled", "2025", "--json").json["works"] == []


def test_for_the_finance_software(done: Path, cli: Cli) -> None:
    edit(done / "data/issuer.toml", 'half_days = "70875"', 'half_days = "70688"')
    cli.once(("bill", "2025", "--issue", "--yes", "--date", "15/01/2026"))
    cli(*BILL, "--date", "15/01/2026")
    assert cli("register", "export", "--format", "json", "--out", "x.json").code == 0
    import json

    rows = json.loads((done / "x.json").read_text("utf-8"))
    mission = rows[-1]
    assert (mission["number"], mission["account"]) == ("F2025-0041", "70688")
    assert mission["subject"] == "Mission 2025, devis D2025-0001"
    assert {row["account"] for row in rows[:-1]} == {"70875"}
    assert cli("register", "titres", "F2025-0041", "12", "--exercice", "2026").code == 0
    assert cli("register", "titres", NUMBER, "12").code == 3


# --- corrections -------------------------------------------------------------------------------


def test_a_credited_mission_is_billed_again_only_when_named(done: Path, cli: Cli) -> None:
    cli(*BILL)
    assert cli("credit", "F2025-0001", "--reason", "Contestée").code == 0
    again = cli(*BILL)
    assert again.code == 0
    assert "0 facture créée" in again.out
    assert "--commune 25532 --issue" in again.out
    named = cli(*BILL, "--commune", "Saône", "--json").json
    assert (named["created"], named["total"]) == (1, "696.00")
    assert cli("register", "verify").code == 0


def test_a_part_credited_frees_nothing(done: Path, cli: Cli) -> None:
    cli(*BILL)
    assert cli("credit", "F2025-0001", "--reason", "Geste", "--amount", "96").code == 0
    assert cli(*BILL, "--commune", "Saône", "--json").json["created"] == 0
    assert cli("register", "show", "F2025-0001", "--json").json["remaining"] == "600.00"


def test_a_work_noted_by_mistake_and_billed(done: Path, cli: Cli) -> None:
    """It is withdrawn, then the invoice is credited and made again in one transaction."""
    cli(*BILL)
    withdrawn = cli("quotes", "done", NUMBER, "--cancel", "1", "--reason", "Une seule A")
    assert (withdrawn.code, "credit F2025-0001" in withdrawn.err) == (0, True)
    assert cli(*note("12/05/2025", "A:1", "B:1")).code == 0
    blocked = cli(*BILL)  # not billed beside the wrong invoice
    assert (blocked.code, "0 facture créée" in blocked.out) == (0, True)
    assert "F2025-0001 facture un travail retiré" in blocked.out
    same = cli("credit", "F2025-0001", "--reason", "Une A de trop", "--replace", "--json").json
    assert (same["number"], same["amount"]) == ("A2025-0001", "-696.00")
    assert same["replacement"]["number"] == "F2025-0002"
    assert same["replacement"]["amount"] == "441.00"  # 255 + 186
    assert cli("register", "verify").code == 0
    assert shown(cli)["invoices"] == ["F2025-0002"]
    assert "Mission 2025, devis D2025-0001" in text_of(load_workbook(done / same["files"][0]))


def test_replacing_by_the_same_is_refused(done: Path, cli: Cli) -> None:
    cli(*BILL)
    answer = cli("credit", "F2025-0001", "--reason", "x", "--replace")
    assert (answer.code, "à l'identique" in answer.err) == (3, True)
    assert cli(*note("20/05/2025", "A:1")).code == 0  # other work corrects nothing
    assert cli("credit", "F2025-0001", "--reason", "x", "--replace").code == 3
    for rank in ("1", "2"):
        cli("quotes", "done", NUMBER, "--cancel", rank, "--reason", "x")
    nothing = cli("credit", "F2025-0001", "--reason", "x", "--replace")
    assert (nothing.code, "aucune demi-journée" in nothing.err) == (3, True)
    quote = cli("credit", NUMBER, "--reason", "x")
    assert (quote.code, "est un devis" in quote.err) == (3, True)


def test_what_was_waived_stays_waived(accepted: Path, cli: Cli) -> None:
    """A replacement bills its own works and those never billed, not a cancelled invoice's."""
    cli(*note("12/05/2025", "A:1", "B:2"))
    cli(*BILL)  # F2025-0001: 255 + 372 = 627
    cli(*note("13/05/2025", "A:1"))
    cli(*BILL)  # F2025-0002: 255
    cli("credit", "F2025-0001", "--reason", "Remise")
    assert cli("register", "unbilled", "2025", "--json").json["works"] == []
    assert shown(cli)["to_invoice"] == "0.00"
    cli("quotes", "done", NUMBER, "--cancel", "2", "--reason", "Erreur")
    cli(*note("14/05/2025", "B:1"))
    answer = cli("credit", "F2025-0002", "--reason", "Erreur", "--replace", "--json").json
    assert answer["replacement"]["amount"] == "186.00"
    cli(*note("15/05/2025", "A:1"))
    billed = cli(*BILL, "--json").json
    assert [line["amount"] for line in billed["lines"]] == ["186.00", "255.00"]
    assert [(x["amount"], "annulée" in x["reason"]) for x in billed["not_billed"]] == [
        ("627.00", True)
    ]
    assert cli("register", "verify").code == 0


def test_two_invoices_put_right_one_after_the_other(accepted: Path, cli: Cli) -> None:
    for day in ("12/05/2025", "13/05/2025"):
        cli(*note(day, "A:1"))
        cli(*note(day, "B:1"))
        cli(*BILL)  # 255 + 186 = 441 each
    for rank in ("2", "4"):
        cli("quotes", "done", NUMBER, "--cancel", rank, "--reason", "x")
    for number in ("F2025-0001", "F2025-0002"):
        answer = cli("credit", number, "--reason", "x", "--replace", "--json")
        assert (answer.code, answer.json["replacement"]["amount"]) == (0, "255.00")
    assert shown(cli)["overbilled"] == []
    assert cli("register", "verify").code == 0


def test_a_remise_is_not_left_behind_in_silence(done: Path, cli: Cli) -> None:
    cli(*BILL)
    cli("credit", "F2025-0001", "--reason", "Geste", "--remise", "100", "--act", "Vote d'exemple")
    cli("quotes", "done", NUMBER, "--cancel", "1", "--reason", "x")
    cli(*note("12/05/2025", "A:1"))
    answer = cli("credit", "F2025-0001", "--reason", "Erreur", "--replace")
    assert "100,00\u00a0€ déjà déduits de F2025-0001 ne le sont pas de F2025-0002" in answer.out


def test_only_what_was_confirmed_is_issued(done: Path, cli: Cli) -> None:
    """Work noted by someone else between the question and the answer."""
    day = date.today()
    prepared = prepare_missions(done, 2025, day=day)
    cli(*note("20/05/2025", "A:1"))
    with pytest.raises(Refusal, match=r"bill\.works_changed"):
        bill_missions(prepared, today=day, operator="x")
    assert store.read_ledger(done).documents == ()


def test_a_missing_file_is_written_with_the_next_batch(done: Path, cli: Cli) -> None:
    first = done / cli(*BILL, "--json").json["files"][0]
    first.unlink()
    cli(*note("20/05/2025", "A:1"))
    files = cli(*BILL, "--json").json["files"]
    assert [Path(file).name for file in files if file.endswith(".xlsx")] == [
        "missions-2025-lot-02.xlsx",
        "missions-2025-lot-01.xlsx",
    ]
    assert first.exists()


def test_a_commune_that_is_gone(done: Path, cli: Cli) -> None:
    """A draft says that nobody knows who owes it; nothing is issued before a movement tells."""
    path = done / "data/communes.csv"
    kept = [line for line in path.read_text("utf-8-sig").splitlines() if ";25532;" not in line]
    path.write_text("\n".join(kept), "utf-8")
    lost = "Saône (25532) n'est pas dans les communes de 2025"
    assert lost in cli("bill", "2025", "--quotes").err
    refused = cli(*BILL)
    assert (refused.code, lost in refused.err) == (3, True)
    assert not store.read_ledger(done).documents
    with (done / "data/movements.csv").open("a", encoding="utf-8") as file:
        file.write("2025-01-01;retrait;25532;Saône;;;exemple\n")
    assert cli(*BILL).code == 0
    cli("credit", "F2025-0001", "--reason", "x")
    assert cli(*BILL, "--commune", "saone", "--json").json["created"] == 1


def test_a_register_older_than_its_documents(quoted: Path, cli: Cli) -> None:
    """A former backup put back would give a number twice."""
    kept = (quoted / "register.db").read_bytes()
    assert cli("quote", "25014", "--line", "A:1:x", "--date", "16/03/2025").code == 0
    (quoted / "register.db").write_bytes(kept)
    refused = cli("quote", "25014", "--line", "A:1:x", "--date", "16/03/2025")
    assert (refused.code, "plus ancien que les documents" in refused.err) == (3, True)


# --- proof -------------------------------------------------------------------------------------

ACT = Act(date(2026, 1, 20), "forger", "test", "")


def forged(ledger: Ledger, what: str) -> Record:
    """A record that no command would add."""
    invoice = ledger.mission_invoices[0]
    if what == "answer":
        return Answer(ACT, NUMBER, True, date(2025, 4, 21), "")
    if what == "work":
        return WorkDone(ACT, NUMBER, Work(2, date(2025, 5, 13), "x", {"A": 2}))
    if what == "rank":
        return WorkDone(ACT, NUMBER, Work(3, date(2025, 5, 13), "x", {"A": 1}))
    if what == "withdrawal":
        return WorkWithdrawn(ACT, NUMBER, 7, "x")
    if what == "nowhere":
        return WorkWithdrawn(ACT, "D2025-0009", 1, "x")
    return replace(invoice, number="F2025-0002", rank=2)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("answer", "a déjà été accepté"),
        ("work", "il en reste 1"),
        ("rank", "rang 3 au lieu de 2"),
        ("withdrawal", "pas de travail n° 7"),
        ("nowhere", "Aucun devis D2025-0009"),
        ("twice", "ne sont pas à facturer"),
    ],
)
def test_forged_rows_are_found(what: str, words: str, done: Path, cli: Cli) -> None:
    cli(*BILL, "--date", "20/01/2026")
    assert cli("register", "verify").code == 0
    store.append(done, lambda ledger: (forged(ledger, what),))
    answer = cli("register", "verify", "--json")
    assert answer.code == 1
    why = {finding["why"]: finding["row"] for finding in answer.json["findings"]}
    assert [row for text, row in why.items() if words in text] == [6]


def dearer(invoice: MissionInvoice) -> MissionInvoice:
    """At another price than its quote's, though its own sums are right."""
    lines = (replace(invoice.work.lines[0], unit_price=Decimal(256)), *invoice.work.lines[1:])
    work = replace(invoice.work, lines=lines)
    return replace(invoice, work=work, amount=work.amount, explanation=work.explanation)


FORGERIES: dict[str, tuple[Callable[[MissionInvoice], MissionInvoice], str]] = {
    "price": (dearer, "les lignes ne sont pas celles"),
    "early": (
        lambda d: replace(d, act=replace(d.act, day=date(2025, 5, 11))),
        "avant les demi-journées",
    ),
    "population": (lambda d: replace(d, population=d.population + 1), "la population n'est pas"),
    "exercice": (lambda d: replace(d, exercice=1999), "n'est pas de son lot"),
    "act": (lambda d: replace(d, grid_act="Autre"), "n'est pas du devis"),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forged_invoice_is_found(what: str, done: Path, cli: Cli) -> None:
    change, words = FORGERIES[what]
    before = (done / "register.db").read_bytes()
    cli(*BILL)
    batch, invoice = store.read_ledger(done).records[-2:]
    assert isinstance(invoice, MissionInvoice)
    forged_one = change(invoice)
    (done / "register.db").write_bytes(before)
    store.append(done, lambda _: (batch, forged_one))
    whys = [finding["why"] for finding in cli("register", "verify", "--json").json["findings"]]
    assert any(words in why for why in whys), whys


def test_a_credit_of_another_commune_is_found(done: Path, cli: Cli) -> None:
    cli(*BILL)
    before = (done / "register.db").read_bytes()
    cli("credit", "F2025-0001", "--reason", "x")
    credit = store.read_ledger(done).records[-1]
    assert isinstance(credit, CreditNote)
    (done / "register.db").write_bytes(before)
    other = replace(credit, commune=replace(credit.commune, name="Thise"), reason="")
    store.append(done, lambda _: (other,))
    whys = [finding["why"] for finding in cli("register", "verify", "--json").json["findings"]]
    assert whys == ["avoir qui n'est pas celui de F2025-0001", "avoir sans motif"]


# --- a fee withheld ----------------------------------------------------------------------------


def test_a_statement_for_a_withheld_fee(small: Path, cli: Cli) -> None:
    """It explains the amount as an invoice does, has its own series, and says that nothing is
    paid."""
    people = small / "data/communes.csv"
    text = people.read_text("utf-8").splitlines()
    head, rows = text[0] + ";reglement", [line + ";" for line in text[1:]]
    rows[0] += "AC"
    people.write_text("\n".join([head, *rows]), "utf-8")
    answer = cli("bill", "2025", "--issue", "--yes", "--json").json
    assert [line["code_insee"] for line in answer["lines"]] == ["25532"]
    book = load_workbook(small / answer["files"][0])
    page = "\n".join(
        str(v)
        for row in book["AC 25014 Amagney"].iter_rows(values_only=True)
        for v in row
        if v is not None
    )
    assert "Relevé de retenue n° R2025-0001" in page
    assert "un relevé n'a pas de numéro" not in page
    assert "Montant retenu\n3073.36" in page  # 937 × 3.28
    assert "retenu sur l'attribution de compensation. Rien à payer" in page
    assert "F2025" not in page
    assert "ne pas payer avant" not in page
