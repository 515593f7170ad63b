"""The folder of an issued batch: what is in it, what a rerun completes, what it never undoes."""

import hashlib
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pdfs import press, spoken
from pypdf import PdfReader

from conftest import Cli, edit
from mutualis.documents.paper.page import page_of
from mutualis.documents.paper.paper import invoice_paper
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace
from mutualis.files.disk import atomic
from mutualis.register import store

ISSUE = ("bill", "2025", "--issue", "--yes", "--date", "15/03/2025")
LOT = "out/2025/lot-01"
DAY = date(2025, 3, 15)


def sums(folder: Path) -> dict[str, str]:
    lines = (folder / "SHA256SUMS").read_bytes().decode().split("\n")
    assert lines[-1] == ""
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines[:-1])}


def changed(folder: Path) -> list[str]:
    """The files that are no longer what mutualis wrote, as `sha256sum -c` would say."""
    return [
        name
        for name, digest in sums(folder).items()
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    ]


def contents(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()} - {
        "SHA256SUMS"
    }


def test_everything_of_the_batch_is_there(small: Path, cli: Cli) -> None:
    answer = cli(*ISSUE, "--merge", "--json").json
    folder = small / LOT
    pdfs = [f"pdf/{file.name}" for file in sorted((folder / "pdf").iterdir())]
    assert len(pdfs) == len(answer["lines"]) == 2
    assert [file.removeprefix(f"{LOT}/") for file in answer["files"]] == [
        "adhesions-2025-lot-01.xlsx",
        *pdfs,
        "adhesions-2025-lot-01-a-imprimer.pdf",
        "SHA256SUMS",
    ]
    assert set(sums(folder)) == contents(folder)
    assert not changed(folder)


def test_a_rerun_completes_and_keeps(small: Path, cli: Cli) -> None:
    assert cli(*ISSUE, "--merge").code == 0
    folder = small / LOT
    names = contents(folder)
    for file in folder.rglob("*"):
        if file.is_file():
            file.unlink()
    assert cli(*ISSUE, "--merge").code == 0
    assert contents(folder) == names
    assert not changed(folder)
    signed = next(iter(sorted((folder / "pdf").iterdir())))
    signed.write_bytes(signed.read_bytes() + b"% a signature")
    for more in ((), ("--pdf",)):
        assert cli(*ISSUE, *more).code == 0
        assert signed.read_bytes().endswith(b"% a signature")
        assert changed(folder) == [f"pdf/{signed.name}"]
    number = signed.name.partition("_")[0]
    assert cli("register", "render", number).code == 0
    assert changed(folder) == [f"pdf/{signed.name}"]
    assert cli("register", "render", number, "--pdf").code == 0
    assert not changed(folder)


@pytest.mark.parametrize("text", ["", "nonsense\n", "0" * 64 + "  gone.pdf\n", "\x00\xff"])
def test_a_list_that_is_not_ours_is_made_again(text: str, small: Path, cli: Cli) -> None:
    assert cli(*ISSUE, "--pdf").code == 0
    folder = small / LOT
    (folder / "SHA256SUMS").write_bytes(text.encode("latin-1"))
    changed_one = next(iter(sorted((folder / "pdf").iterdir())))
    changed_one.write_bytes(changed_one.read_bytes() + b"% changed")
    assert cli(*ISSUE, "--pdf").code == 0
    assert set(sums(folder)) - {"gone.pdf"} == contents(folder)
    (folder / "gone.pdf").touch()
    assert f"pdf/{changed_one.name}" in changed(folder)
    assert set(changed(folder)) <= {"gone.pdf", f"pdf/{changed_one.name}"}


def test_one_pdf_to_print(small: Path, cli: Cli) -> None:
    """Every page of every document, in order, read aloud as each of them, and no data: it is no
    invoice."""
    assert cli(*ISSUE, "--merge").code == 0
    folder = small / LOT
    together = folder / "adhesions-2025-lot-01-a-imprimer.pdf"
    files = sorted((folder / "pdf").iterdir())
    texts = [page.extract_text() for page in PdfReader(together).pages]
    assert texts == [page.extract_text() for file in files for page in PdfReader(file).pages]
    assert spoken(together) == [line for file in files for line in spoken(file)]
    with pikepdf.open(together) as pdf:
        assert not pdf.attachments
        assert "/AF" not in pdf.Root
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            title = "Communauté d\u2019exemple - 2\u00a0documents à imprimer"
            assert meta["dc:title"] == title
    before = together.read_bytes()
    assert cli(*ISSUE, "--merge").code == 0
    assert together.read_bytes() == before


def test_the_pages_to_print_are_counted_by_document(shipped: Workspace) -> None:
    plan = plan_billing(shipped.communes, shipped.tariffs, shipped.tariffs.grids[2025])
    papers = [invoice_paper(plan, line, shipped.issuer, DAY) for line in plan.invoices[:3]]
    papers[1] = replace(papers[1], reasons=("Une raison.",) * 60)
    data = press().set_all([page_of(paper) for paper in papers], "Essai")
    texts = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    ends = [re.findall(r"page \d+/\d+", text) for text in texts]
    assert ends == [["page 1/1"], ["page 1/2"], ["page 2/2"], ["page 1/1"]]


def test_a_draft_to_print(small: Path, cli: Cli) -> None:
    files = cli("bill", "2025", "--merge", "--json").json["files"]
    assert files[-1] == "out/2025/adhesions-2025-brouillon-a-imprimer.pdf"
    assert len(PdfReader(small / files[-1]).pages) == len(files) - 2


def test_what_is_printed_is_of_the_register_not_of_the_files(small: Path, cli: Cli) -> None:
    """A PDF that was signed, damaged or protected since takes nothing off the batch."""
    assert cli(*ISSUE, "--pdf").code == 0
    wrong = small / LOT / "pdf/F2025-0001_Amagney.pdf"
    wrong.write_bytes(b"nothing")
    assert cli(*ISSUE, "--merge").code == 0
    together = small / LOT / "adhesions-2025-lot-01-a-imprimer.pdf"
    assert "F2025-0001" in PdfReader(together).pages[0].extract_text()
    assert wrong.read_bytes() == b"nothing"


def test_a_pdf_that_was_written_once_is_there_again(small: Path, cli: Cli) -> None:
    assert cli(*ISSUE, "--pdf").code == 0
    path = small / LOT / "pdf/F2025-0001_Amagney.pdf"
    path.unlink()
    cli.once(ISSUE)
    assert path.exists()
    assert not changed(small / LOT)


def test_the_list_is_true_after_a_file_that_is_held_open(
    small: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.once(ISSUE)
    write = atomic.write

    def held(path: Path, data: bytes) -> None:
        if path.suffix == ".pdf":
            raise atomic.not_written(path, PermissionError(13, "held"))
        write(path, data + b"\0" * (path.suffix == ".xlsx"))  # another version, other bytes

    monkeypatch.setattr(atomic, "write", held)
    assert cli(*ISSUE, "--pdf").code == 4
    digest = hashlib.sha256((small / LOT / "adhesions-2025-lot-01.xlsx").read_bytes()).hexdigest()
    assert sums(small / LOT)["adhesions-2025-lot-01.xlsx"] != digest  # of the bytes meant
    assert set(changed(small / LOT)) == {"adhesions-2025-lot-01.xlsx"}


@pytest.mark.parametrize("name", ["SHA256SUMS", "pdf/F2025-0001.pdf"])
def test_what_a_newer_register_left_is_not_overwritten(name: str, small: Path, cli: Cli) -> None:
    left = small / LOT / name
    left.parent.mkdir(parents=True)
    left.write_text("numbers of a lost register", "utf-8")
    assert cli(*ISSUE).code == 3
    assert not store.read_ledger(small).documents
    assert left.read_text("utf-8") == "numbers of a lost register"


def test_a_name_that_is_odd_is_printed(small: Path, cli: Cli) -> None:
    named = 'name = "Communauté d\'exemple"'
    edit(small / "data/issuer.toml", named, 'name = "  Communauté  "')
    assert cli(*ISSUE, "--pdf").code == 0
    assert cli("credit", "F2025-0001", "--reason", "x\x07", "--pdf").code == 0


def test_what_cannot_be_printed_takes_no_number(
    small: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise ValueError("no data can be made of it")

    with monkeypatch.context() as patched:
        patched.setattr("mutualis.documents.electronic.factur_x.render_xml", broken)
        assert cli(*ISSUE).code == 70
    assert not store.read_ledger(small).documents
    cli.once(ISSUE)
    with monkeypatch.context() as patched:
        patched.setattr("mutualis.documents.electronic.factur_x.render_xml", broken)
        assert cli("credit", "F2025-0001", "--reason", "Erreur").code == 70
    assert len(store.read_ledger(small).documents) == 2
