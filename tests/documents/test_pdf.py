"""The PDFs: what they say, that they are archives read by all, where they go, what an odd name
does."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pdfs import check_marks, pdf_of, plain, spoken
from PIL import Image
from pypdf import PdfReader

from conftest import Cli
from mutualis.documents.paper.logo import MOST_BYTES
from mutualis.documents.paper.page import page_of
from mutualis.documents.paper.paper import Paper, invoice_paper, quote_paper
from mutualis.documents.wording.invoices import DRAFT, FORECAST
from mutualis.documents.wording.payment import WITHHELD_PAYMENT
from mutualis.documents.wording.quotes import DRAFT as DRAFT_QUOTE
from mutualis.domain.french.names import file_part
from mutualis.domain.french.typography import euros
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.memberships.plan import BillingLine, BillingPlan
from mutualis.domain.quotes.quote import QuoteLine
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace
from mutualis.register import store

DAY = date(2025, 3, 15)
ON = ("--date", "15/03/2025")
JUSTIFICATION = "Pièce justificative : ne pas payer avant réception de l'avis des sommes à payer"
QUOTE = ("quote", "Saône", "--line", "A:2:Cadrage", "--line", "B:3:Analyse", *ON)
HOSTILE = ["../../x", "Sa\u202eenô", "N" * 300, "mot " * 75, "[/:*?<>|", "漢字🙂é\u0301", "a\x00b"]


def pages(data: bytes | Path) -> list[str]:
    source = data if isinstance(data, Path) else BytesIO(data)
    return [plain(page.extract_text()) for page in PdfReader(source).pages]


def text_of(data: bytes | Path) -> str:
    return " ".join(pages(data))


@pytest.fixture
def plan(shipped: Workspace) -> BillingPlan:
    return plan_billing(shipped.communes, shipped.tariffs, shipped.tariffs.grids[2025])


def at(plan: BillingPlan, level: str, *, capped: bool = False) -> BillingLine:
    return next(
        line
        for line in plan.invoices
        if line.fee.level.code == level and bool(line.fee.cap) == capped
    )


def drawn(plan: BillingPlan, line: BillingLine, workspace: Workspace) -> bytes:
    return pdf_of(invoice_paper(plan, line, workspace.issuer, DAY))


def check_archive(data: bytes, paper: Paper) -> None:
    """The marks of an archive that all can read, and its titles."""
    check_marks(data, page_of(paper))
    heard = [plain(line) for line in spoken(data)]
    assert [line for line in heard if line.startswith("H1")] == [f"H1: {plain(paper.heading)}"]
    titles = [title for title in paper.header if title]
    assert [line for line in heard if line.startswith("TH")] == [
        f"TH /Column: {plain(title)}" for title in titles
    ]


@pytest.mark.parametrize(("level", "capped"), [("2A", False), ("2B", False), ("2B", True)])
def test_an_invoice(level: str, capped: bool, plan: BillingPlan, shipped: Workspace) -> None:
    line = at(plan, level, capped=capped)
    paper = invoice_paper(plan, line, shipped.issuer, DAY)
    data = pdf_of(paper)
    check_archive(data, paper)
    (text,) = pages(data)
    for expected in (
        shipped.issuer.name,
        DRAFT,
        "Facture 2025",
        paper.object_line,
        f"Montant dû {euros(line.amount)}",
        paper.in_letters,
        *paper.reasons,
        paper.vat,
        JUSTIFICATION,
        "page 1/1",
    ):
        assert plain(expected) in text
    for row in paper.rows:
        amount = row[-1]
        assert isinstance(amount, Decimal)
        assert plain(f"{row[0]}") in text
        assert plain(euros(amount)) in text
    assert "IBAN" not in text
    assert data == pdf_of(paper)


def test_a_forecast_says_so(shipped: Workspace) -> None:
    grid = replace(
        shipped.tariffs.grids[2025], status=type(shipped.tariffs.grids[2025].status)("projected")
    )
    plan = plan_billing(shipped.communes, shipped.tariffs, grid)
    text = text_of(drawn(plan, plan.invoices[0], shipped))
    assert text.count(FORECAST) == 2  # across the page, and in a box
    assert DRAFT not in text
    assert JUSTIFICATION not in text


def test_a_long_quote_repeats_the_head_of_its_table(
    voted: Path, cli: Cli, shipped: Workspace
) -> None:
    assert cli(*QUOTE).code == 0
    issued = store.read_ledger(voted).numbered[-1]
    assert isinstance(issued, IssuedQuote)
    lines = tuple(
        QuoteLine("A", 1, Decimal(255), f"Étape {rank}, assez longue pour deux lignes du tableau")
        for rank in range(1, 61)
    )
    data = pdf_of(quote_paper(replace(issued.quote, lines=lines), shipped.issuer))
    found = pages(data)
    assert len(found) > 2
    for rank, text in enumerate(found, start=1):
        assert f"page {rank}/{len(found)}" in text
        assert ("Prix unitaire" in text) == ("Étape" in text)
    assert all(f"Étape {rank}," in " ".join(found) for rank in range(1, 61))
    assert "Bon pour accord" in found[-1]
    assert plain(euros(Decimal(60 * 255))) in found[-1]


def test_a_little_too_long_is_printed_smaller(plan: BillingPlan, shipped: Workspace) -> None:
    paper = invoice_paper(plan, plan.invoices[0], shipped.issuer, DAY)
    longer = replace(paper, reasons=paper.reasons + ("Une raison de plus.",) * 19)
    assert len(pages(pdf_of(longer))) == 1
    assert len(pages(pdf_of(replace(paper, reasons=("Une raison.",) * 60)))) == 2


def test_signatures_are_not_left_alone_on_a_page(voted: Path, cli: Cli, shipped: Workspace) -> None:
    """They are not split: the room that they leave below the text is to be counted."""
    assert cli(*QUOTE).code == 0
    issued = store.read_ledger(voted).numbered[-1]
    assert isinstance(issued, IssuedQuote)
    paper = quote_paper(issued.quote, shipped.issuer)
    for more in (5, 8):
        longer = replace(paper, terms=(*paper.terms, *("Une condition de plus.",) * more))
        assert len(pages(pdf_of(longer))) == 1


def sizes(data: bytes) -> set[float]:
    """Of the letters of a page, in points."""
    with pikepdf.open(BytesIO(data)) as pdf:
        (page,) = pdf.pages
        return {
            round(float(instruction.operands[1]), 1)
            for instruction in pikepdf.parse_content_stream(page)
            if str(instruction.operator) == "Tf"
        }


def test_the_first_of_a_month_is_raised(plan: BillingPlan, shipped: Workspace) -> None:
    paper = invoice_paper(plan, plan.invoices[0], shipped.issuer, DAY)
    first, other = (replace(paper, reasons=(f"Le {day} mai.",)) for day in ("1er", "2nd"))
    assert len(sizes(pdf_of(first)) - sizes(pdf_of(other))) == 1
    assert "P: Le 1er mai." in spoken(pdf_of(first))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names(name: str, plan: BillingPlan, shipped: Workspace) -> None:
    line = plan.invoices[0]
    commune = replace(
        line.commune, name=name, address=name, city=name, service_code=name, commitment=name
    )
    data = drawn(plan, replace(line, commune=commune), shipped)
    (text,) = pages(data)
    assert plain(euros(line.amount)) in text
    assert not re.search("[\x00-\x08\u202a-\u202e]", text)
    assert re.fullmatch(r"[0-9A-Za-z_+-]{1,60}", file_part(name))
    assert not file_part(name).startswith("-")


def test_a_draft_batch(small: Path, cli: Cli) -> None:
    answer = cli("bill", "2025", "--pdf", "--json", *ON)
    assert answer.code == 0
    book, *pdfs = answer.json["files"]
    assert book == "out/2025/adhesions-2025-brouillon.xlsx"
    lines = answer.json["lines"]
    assert pdfs == [
        f"out/2025/pdf-brouillon/{line['code_insee']}_{file_part(line['commune'])}.pdf"
        for line in lines
    ]
    for file, line in zip(pdfs, lines, strict=True):
        (text,) = pages(small / file)
        assert DRAFT in text
        assert plain(euros(Decimal(line["amount"]))) in text
    assert "PDF :" not in answer.err  # no progress where nobody looks


def test_an_issued_batch_is_that_of_the_register(voted: Path, cli: Cli) -> None:
    answer = cli("bill", "2025", "--issue", "--yes", "--pdf", *ON)
    assert answer.code == 0
    assert "Écrits : 40 PDF dans out/2025/lot-01/pdf" in answer.out
    documents = store.read_ledger(voted).documents
    folder = voted / "out/2025/lot-01/pdf"
    assert {file.name for file in folder.iterdir()} == {
        f"{document.number}_{file_part(document.commune.name)}.pdf" for document in documents
    }
    for file, document in zip(sorted(folder.iterdir()), documents, strict=True):
        (text,) = pages(file)
        assert f"Facture n° {document.number}" in text
        assert f"Montant dû {plain(euros(document.amount))} Arrêté à la somme de :" in text
        assert DRAFT not in text


def test_what_is_missing_is_completed(small: Path, cli: Cli) -> None:
    issue = ("bill", "2025", "--issue", "--yes", *ON, "--json")
    folder = small / "out/2025/lot-01"
    assert not any(file.endswith(".pdf") for file in cli(*issue).json["files"])
    again = cli(*issue, "--pdf").json
    assert again["created"] == 0
    first, second = sorted((folder / "pdf").iterdir())
    assert again["files"][1:3] == [file.relative_to(small).as_posix() for file in (first, second)]
    kept = second.read_bytes()
    first.unlink()
    second.write_bytes(b"seen")
    files = cli(*issue, "--pdf").json["files"]
    assert [file for file in files if file.endswith(".pdf")] == again["files"][1:2]
    assert first.exists()
    assert second.read_bytes() == b"seen"
    number = second.name.partition("_")[0]
    first.unlink()
    assert cli("register", "render", number).code == 0  # one was written once: it is there again
    assert first.exists()
    assert second.read_bytes() == b"seen"  # it may have been signed
    assert "déjà là" in cli("register", "render", number).out
    assert cli("register", "render", number, "--pdf").code == 0
    assert second.read_bytes() == kept


def test_a_lost_register_is_seen_by_its_pdfs(small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes", "--pdf", *ON))
    (small / "register.db").unlink()
    (small / "out/2025/lot-01/adhesions-2025-lot-01.xlsx").unlink()
    assert cli("bill", "2025", "--issue", "--yes", *ON).code == 3


def test_a_fee_withheld_is_a_statement(folder: Path, cli: Cli) -> None:
    path = folder / "data/communes.csv"
    head, *rows = path.read_text("utf-8-sig").splitlines()
    rows = [f"{row};{'AC' if row.startswith('2025;25014') else ''}" for row in rows]
    path.write_text("\n".join([f"{head};reglement", *rows]) + "\n", "utf-8")
    answer = cli("bill", "2025", "--pdf", "--commune", "Amagney", "--json", *ON)
    _, file = answer.json["files"]
    assert file == "out/2025/pdf-brouillon/AC-25014_Amagney.pdf"
    (text,) = pages(folder / file)
    assert "Relevé de retenue 2025" in text
    assert "Montant retenu" in text
    assert WITHHELD_PAYMENT in text
    assert JUSTIFICATION not in text


def test_a_quote_then_its_invoice_then_its_credit(voted: Path, cli: Cli) -> None:
    files = cli(*QUOTE, "--pdf", "--service", "Accompagnement RH", "--json").json["files"]
    assert files == ["out/2025/devis/D2025-0001.xlsx", "out/2025/devis/D2025-0001.pdf"]
    text = text_of(voted / files[1])
    for expected in (
        "Devis n° D2025-0001",
        "valable jusqu'au 13 juin 2025",
        "Service : Accompagnement RH",
        "Cadrage catégorie A 2 255,00 € 510,00 €",
        "Total (5 demi-journées) 1 068,00 €",
        "Pour Grand Besançon Métropole",
        "Bon pour accord, Commune de Saône",
    ):
        assert expected in text
    assert DRAFT_QUOTE not in text
    draft = cli(*QUOTE, "--pdf", "--draft", "--json").json["files"]
    assert [Path(file).stem for file in draft] == ["devis-projet-25532-saone"] * 2
    assert DRAFT_QUOTE in text_of(voted / draft[1]).replace("(PROJET, sans numéro)", "")

    assert cli("quotes", "accept", "D2025-0001", "--date", "20/04/2025", "--by", "M. P").code == 0
    done = ("quotes", "done", "D2025-0001", "--line", "A:2", "--date", "12/05/2025")
    assert cli(*done, "--certified-by", "Mme Roy").code == 0
    bill = ("bill", "2025", "--quotes", "--pdf", "--json", "--date", "01/06/2025")
    file = cli(*bill).json["files"][1]
    assert file == "out/2025/pdf-brouillon/D2025-0001_Saone.pdf"
    assert DRAFT in text_of(voted / file)
    file = cli(*bill, "--issue", "--yes").json["files"][1]
    assert file == "out/2025/lot-01/pdf/F2025-0001_Saone.pdf"
    text = text_of(voted / file)
    assert "Montant dû 510,00 €" in text
    assert "service fait certifié par Mme Roy" in text
    assert JUSTIFICATION in text
    assert DRAFT not in text

    credit = ("credit", "F2025-0001", "--reason", "Geste", "--amount", "10,50", "--pdf", "--json")
    files = cli(*credit, "--date", "02/06/2025").json["files"]
    assert files == ["out/2025/avoirs/A2025-0001.xlsx", "out/2025/avoirs/A2025-0001.pdf"]
    text = text_of(voted / files[1])
    for expected in (
        "Avoir n° A2025-0001",
        "réduction de la facture n° F2025-0001",
        "Montant de l'avoir -10,50 €",
        "Arrêté à la somme de : dix euros et cinquante centimes",
        "Motif : Geste",
    ):
        assert expected in text
    for number, kind in (("D2025-0001", "devis"), ("A2025-0001", "avoirs")):
        path = voted / f"out/2025/{kind}/{number}.pdf"
        before = path.read_bytes()
        path.write_bytes(b"damaged")
        assert cli("register", "render", number).code == 0
        assert path.read_bytes() == b"damaged"  # it may have been signed
        assert cli("register", "render", number, "--pdf").code == 0
        assert path.read_bytes() == before


def test_the_logo(small: Path, cli: Cli) -> None:
    picture = Image.new("RGBA", (300, 100), (200, 30, 30, 128))
    picture.save(small / "data/logo.png")
    file = cli("bill", "2025", "--pdf", "--json", *ON).json["files"][1]
    with pikepdf.open(small / file) as pdf:
        (image,) = (
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        )
        assert (int(image.Width), int(image.Height)) == (300, 100)
        assert "/SMask" not in image
    assert spoken(small / file)[0] == "Figure: Logo : Communauté d’exemple"


def png(width: int, height: int) -> bytes:
    data = BytesIO()
    Image.new("1", (width, height)).save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        png(300, 100)[:60],
        png(300, 100).replace(b"IDAT", b"IDAX"),
        png(3000, 3000),
        b"\x89PNG\r\n\x1a\n" + bytes(MOST_BYTES),
    ],
)
def test_a_logo_that_is_none_numbers_nothing(data: bytes, small: Path, cli: Cli) -> None:
    (small / "data/logo.png").write_bytes(data)
    answer = cli("bill", "2025", "--issue", "--yes", "--pdf", *ON)
    assert answer.code == 3
    assert "data/logo.png" in answer.err
    assert not store.read_ledger(small).records
    assert not (small / "out").exists()
    assert cli("bill", "2025", *ON).code == 0  # without --pdf, nobody needs it


def test_a_pdf_that_cannot_be_written(small: Path, cli: Cli) -> None:
    (small / "out/2025").mkdir(parents=True)
    (small / "out/2025/pdf-brouillon").write_text("in the way")
    answer = cli("bill", "2025", "--pdf", *ON)
    assert answer.code == 4
    assert "n'a pas pu être écrit" in answer.err
