"""The templates: what they are given, what a workspace lays over them, what they cannot reach."""

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from drafts import draft_of
from pdfs import pdf_of, plain, press, spoken
from pypdf import PdfReader
from subjects import before_vote, subject_of

from conftest import Cli, edit
from mutualis.documents.account.account_page import account_page
from mutualis.documents.committee.sheet import sheet_page
from mutualis.documents.deliberation.page import deliberation_page
from mutualis.documents.paper.example import TEXTS, examples
from mutualis.documents.paper.page import page_of
from mutualis.documents.paper.paper import Paper, Signature, invoice_paper
from mutualis.documents.paper.press import STYLE, Press, shipped_templates
from mutualis.documents.report.page import report_page
from mutualis.documents.requests.letter import Decided, Letter
from mutualis.documents.requests.letter_page import page_of_letter
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace
from mutualis.register import store
from mutualis.workflows.account import read_account
from mutualis.workflows.report import year_report

DAY = date(2025, 3, 15)
ISSUE = ("bill", "2025", "--issue", "--yes", "--date", "15/03/2025")


@pytest.fixture
def paper(shipped: Workspace) -> Paper:
    plan = plan_billing(shipped.communes, shipped.tariffs, shipped.tariffs.grids[2025])
    paper = invoice_paper(plan, plan.invoices[0], shipped.issuer, DAY)
    return replace(paper, signatures=(Signature("Pour", ("Nom",), ("Date",)),))


@pytest.fixture
def letter(paper: Paper) -> Letter:
    return Letter(
        issuer=paper.issuer,
        commune=paper.commune,
        day=DAY,
        title="Votre demande - Exemple",
        heading="Votre demande",
        made="Le 15 mars 2025",
        subject="décision",
        before="La séance a examiné votre demande.",
        answers=(Decided("P2025-01 : Exemple", "Planifiée", ("Rang 1.",)),),
        criteria=("Attente : exemple.",),
        signature=Signature("Pour", ("Nom",)),
        footer="Exemple",
    )


def keys(value: Any) -> Any:
    """The names in a value, whatever they hold."""
    if isinstance(value, Mapping):
        return {name: keys(item) for name, item in value.items()}
    return keys(value[0]) if isinstance(value, list) and value else None


def test_the_example_has_every_name_that_a_template_is_given(
    paper: Paper, letter: Letter, folder: Path, shipped: Workspace
) -> None:
    account = account_page(read_account(folder, "Saône", 2025, DAY), paper.issuer)
    deliberation = deliberation_page(draft_of(shipped))
    before = before_vote(shipped)
    after = before.with_prices({"levels.2A.per_inhabitant": Decimal(1)})
    simulation = sheet_page(subject_of(shipped, before, after))
    report = report_page(year_report(folder, 2025, DAY).report)
    # Its first part has no bars.
    report = replace(report, texts={**report.texts, "parts": report.texts["parts"][1:]})
    pages = (page_of(paper), page_of_letter(letter), account, deliberation, simulation, report)
    assert keys(TEXTS) == {
        name: value for page in pages for name, value in keys(page.texts).items()
    }


def test_the_shipped_templates_set_the_example() -> None:
    assert {page.template for page in examples()} | {"style"} == {
        name.removesuffix(".typ") for name in shipped_templates()
    }
    assert [problem for page in examples() for problem in press().trial(page)] == []


def test_same_texts_same_bytes_in_another_press(paper: Paper) -> None:
    page = page_of(paper)
    assert Press({}, None).set_one(page) == Press({}, None).set_one(page) == pdf_of(paper)
    later = replace(page, day=date(2025, 3, 16))
    assert press().set_one(later) != pdf_of(paper)


def test_a_letter_is_heard_in_order(letter: Letter) -> None:
    heard = [plain(line) for line in spoken(press().set_one(page_of_letter(letter)))]
    assert heard[heard.index("H1: Votre demande") :] == [
        "H1: Votre demande",
        "P: Le 15 mars 2025",
        "P: Objet : décision",
        "P: La séance a examiné votre demande.",
        "H2: P2025-01 : Exemple",
        "P: Planifiée",
        "P: Rang 1.",
        "H2: Comment les demandes sont classées",
        "P: Attente : exemple.",
        "P: Pour",
        "P: Nom",
    ]


def test_copied_they_set_the_same_until_one_is_changed(small: Path, cli: Cli) -> None:
    def draft() -> bytes:
        file = cli("bill", "2025", "--pdf", "--json", "--date", "15/03/2025").json["files"][1]
        return Path(small / file).read_bytes()

    before = draft()
    copied = cli("init", "--templates", "--json").json
    assert copied["files"] == [f"data/templates/{name}" for name in sorted(shipped_templates())]
    assert draft() == before
    edit(small / "data/templates/style.typ", 'rgb("#1f3864")', 'rgb("#8b0000")')
    changed = draft()
    assert changed != before
    assert spoken_of(changed) == spoken_of(before)
    again = cli("init", "--templates", "--json").json
    assert (again["files"], again["kept"]) == ([], copied["files"])  # nothing is written over
    assert draft() == changed


def spoken_of(data: bytes) -> list[str]:
    return [plain(line) for line in spoken(data)]


def test_templates_are_for_a_workspace(tmp_path: Path, cli: Cli) -> None:
    assert cli("init", str(tmp_path / "none"), "--templates").code == 3
    assert not (tmp_path / "none").exists()
    assert cli("init", "--templates", "--example").code == 2


def lay(root: Path, name: str, text: str) -> None:
    path = root / "data/templates" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_broken_one_numbers_nothing(small: Path, cli: Cli) -> None:
    lay(small, "quote.typ", "#let compose(paper) = [\n")
    answer = cli(*ISSUE, "--pdf")
    assert answer.code == 1
    assert "data/templates/quote.typ:1:" in answer.err
    assert not store.read_ledger(small).records
    assert not (small / "out").exists()
    assert cli("bill", "2025").code == 0  # without --pdf, nobody needs it


def test_one_that_breaks_on_one_document_leaves_it_to_be_written(small: Path, cli: Cli) -> None:
    text = shipped_templates()["invoice.typ"].decode()
    wrong = '#let compose(paper) = if "Saône" in paper.debtor.name { panic() } else { sheet(paper, '
    lay(small, "invoice.typ", text.replace("#let compose(paper) = sheet(paper, ", wrong) + "}")
    answer = cli(*ISSUE, "--merge")
    assert answer.code == 4
    assert "F2025-0001 à F2025-0002" in answer.err
    assert "rien n'a été calculé" not in answer.err
    assert "data/templates/invoice.typ:4" in answer.err
    lay(small, "invoice.typ", text)
    again = cli(*ISSUE, "--merge", "--json").json
    assert again["created"] == 0
    assert sum(file.endswith(".pdf") for file in again["files"]) == 2


def test_one_that_broke_since_leaves_what_was_written_once(small: Path, cli: Cli) -> None:
    """The PDF of a first lot went away; numbers are taken for a second one, without --pdf."""
    assert cli(*ISSUE, "--pdf", "--commune", "Amagney").code == 0
    (small / "out/2025/lot-01/pdf/F2025-0001_Amagney.pdf").unlink()
    (small / "out/2025/lot-01/adhesions-2025-lot-01.xlsx").unlink()
    lay(small, "quote.typ", "#let compose(paper) = [\n")
    answer = cli(*ISSUE)
    assert answer.code == 4
    assert "data/templates/quote.typ:1" in answer.err
    assert "F2025-0002 à F2025-0002" in answer.err
    assert "rien n'a été calculé" not in answer.err


def test_a_system_without_room_numbers_nothing(
    small: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    answer = cli(*ISSUE, "--pdf")
    assert answer.code == 4
    assert "disque est plein" in answer.err
    assert not store.read_ledger(small).records


@pytest.mark.parametrize(
    "path", ["../outside.txt", "/../outside.txt", "{root}/outside.txt", "link"]
)
def test_nothing_is_read_outside_of_their_folder(path: str, small: Path, cli: Cli) -> None:
    (small / "data/outside.txt").write_text("not to be printed", "utf-8")
    (small / "outside.txt").write_text("not to be printed", "utf-8")
    lay(small, "letter.typ", f'#let compose(paper) = read("{path.format(root=small.as_posix())}")')
    if path == "link":
        edit(small / "data/templates/letter.typ", '"link"', '"link.typ"')
        (small / "data/templates/link.typ").symlink_to(small / "outside.txt")
    answer = cli("check")
    assert answer.code == 1
    assert "erreur[A13] data/templates/letter.typ:1:" in answer.out + answer.err


PACKAGE = '#import "@preview/tablex:0.0.9": tablex\n'
FETCH = "import typst, sys; typst.compile(sys.argv[1].encode(), ignore_system_fonts=True)"


def called(listener: socket.socket, *arguments: str) -> tuple[int, int]:
    """How a program ended, and how many times it called the only way out that it was given."""
    proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
    ways = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    environment = {**os.environ, **dict.fromkeys(ways, proxy)}
    child = subprocess.Popen(
        [sys.executable, *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    calls = 0
    listener.settimeout(0.05)
    while True:
        ended = child.poll() is not None
        try:
            listener.accept()[0].close()
            calls += 1
        except TimeoutError:
            if ended:
                return child.returncode, calls


def test_nothing_is_connected_to(small: Path) -> None:
    bill = ("-m", "mutualis", "bill", "2025", "--pdf", "--dir", str(small))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert called(listener, "-c", FETCH, PACKAGE)[1] > 0  # Typst would
        assert called(listener, *bill) == (0, 0)
        lay(small, "invoice.typ", PACKAGE)
        assert called(listener, *bill) == (1, 0)
        for escaped in ('"\\u{40}preview/tablex:0.0.9"', '"@" + "preview/tablex:0.0.9"'):
            lay(small, "invoice.typ", f"#import {escaped} as tablex\n")
            assert called(listener, *bill) == (1, 0)


def test_a_comment_may_speak_of_a_package(small: Path, cli: Cli) -> None:
    text = shipped_templates()[STYLE].decode()
    lay(small, STYLE, f"// {PACKAGE}{text}")
    assert cli("check").code == 0


def test_its_pictures_and_fonts_are_beside_it(small: Path, cli: Cli) -> None:
    lay(small, "letter.typ", '#let compose(paper) = image("arms/arms.svg", alt: "Armes")')
    (small / "data/templates/arms").mkdir()
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    (small / "data/templates/arms/arms.svg").write_text(picture, "utf-8")
    assert cli("check").code == 0


def test_a_text_is_never_markup(paper: Paper) -> None:
    hostile = '#panic() *x* $y$ <z> @a [b] \\ // "q" `c` = d'
    data = pdf_of(replace(paper, heading=hostile, label=hostile, reasons=(hostile,)))
    (page,) = PdfReader(BytesIO(data)).pages
    assert plain(page.extract_text()).count(hostile) == 3
