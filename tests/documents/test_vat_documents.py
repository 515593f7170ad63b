"""What is taxed, from the batch to its data: a whole life with two rates, proved by the norm."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from pdfs import pdf_of, plain
from pypdf import PdfReader
from test_factur_x import check_valid, value, values

from books import FONTAINE, ROWS, Books
from mutualis.documents.electronic.factur_x import render_xml
from mutualis.documents.paper.paper import Paper, mission_paper, quote_paper
from mutualis.domain.communes.communes import PopulationBasis, Settlement
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.credit_note import TakenOff
from mutualis.domain.issuing.mission_batch import MissionLine, MissionPlan
from mutualis.domain.kinds import Nature
from mutualis.domain.memberships.plan import Issue
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.quote import Quote, QuoteLine
from mutualis.domain.quotes.taxes import check_taxes, taxed
from mutualis.domain.quotes.work_done import Work, bill_works
from mutualis.domain.register.audit import audit
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.domain.workspace import Workspace

MARCH, JUNE, JULY, OCTOBER = (date(2025, month, 15) for month in (3, 6, 7, 10))
FULL = VatRule("membership", "", "S", (DatedRate(date(2014, 1, 1), Decimal(20)),))
PODIUM = VatRule("half_days", "Prêt du podium", "S", (DatedRate(date(2014, 1, 1), Decimal(10)),))
ADVICE = VatRule(
    "half_days", "", "E", reason="Exonération (exemple)", reason_code="VATEX-FR-CGI261B"
)


def taxing(issuer: Issuer, *rules: VatRule) -> Issuer:
    return replace(issuer, vat_rules=rules, vat_number="FR28242500361")


@pytest.fixture
def books(shipped: Workspace) -> Books:
    """Three communes whose membership is taxed at 20 %, none withheld, by months."""
    tariffs = replace(shipped.tariffs, vat=FULL, proration="month")
    rows = (*ROWS[:2], replace(ROWS[2], settlement=Settlement.TITRE))
    issuer = taxing(shipped.issuer, FULL)
    return Books(replace(shipped, tariffs=tariffs, issuer=issuer), rows)


def lived(books: Books) -> Books:
    """Issued, completed, granted, corrected down, cancelled and issued again."""
    books = books.issued(MARCH)  # F1 Valbois 547.20, F2 Hautefontaine 364.80, F3 Clairmont 8457.60
    own = books.rows[0]
    first = replace(own, end=date(2025, 6, 30))
    last = replace(own, start=date(2025, 7, 1), level="2B")
    books = replace(books, rows=(first, last, *books.rows[1:]))
    books = books.granted("F2025-0002", "50.00", JUNE).issued(JUNE)  # not known yet: nothing
    books = books.issued(JULY)  # F4, the complement of Valbois
    books = books.changed(FONTAINE, municipal_population=1900).issued(JULY)  # F5, remise kept
    books = books.changed(FONTAINE, municipal_population=1850).issued(OCTOBER)  # a reduction of F5
    whole = TakenOff(None, Nature.CORRECTION, "Adresse fausse (exemple)")
    return books.credited("F2025-0003", whole, OCTOBER).issued(OCTOBER)  # F6


def test_a_whole_life_is_valid_and_proved(books: Books) -> None:
    books = lived(books)
    numbers = [document.number for document in books.ledger.documents]
    assert numbers == [
        *("F2025-0001", "F2025-0002", "F2025-0003", "A2025-0001"),
        *("F2025-0004", "F2025-0005", "A2025-0002", "A2025-0003", "F2025-0006"),
    ]
    assert list(audit(list(enumerate(books.ledger.records, 1)))) == []
    for document in books.ledger.documents:
        (share,) = document.taxes
        assert document.net + document.vat == document.amount == share.amount
        assert abs(abs(share.vat) - share.tax.on(abs(share.net))) <= Decimal("0.01")
        paper = books.paper(document.number)
        assert paper.electronic is not None
        xml = render_xml(paper.electronic)
        check_valid(xml)
        assert Decimal(value(xml, "GrandTotalAmount")) == abs(document.amount)
        assert Decimal(value(xml, "TaxBasisTotalAmount")) == abs(document.net)
        assert Decimal(value(xml, "TaxTotalAmount")) == abs(document.vat)
        assert set(values(xml, "ApplicableTradeTax/RateApplicablePercent")) == {"20.00"}
        assert set(values(xml, "ApplicableTradeTax/CategoryCode")) == {"S"}
        assert values(xml, "SpecifiedTaxRegistration/ID") == ["FR28242500361"]
        assert values(xml, "ExemptionReason") == []


def test_the_amounts_of_a_life_by_hand(books: Books) -> None:
    ledger = lived(books).ledger
    told = {d.number: (str(d.net), str(d.vat)) for d in ledger.documents}
    # 1200 x 0.38 = 456 ; 800 x 0.38 = 304 ; the cap of 7048
    assert told["F2025-0001"] == ("456.00", "91.20")
    assert told["F2025-0002"] == ("304.00", "60.80")
    assert told["F2025-0003"] == ("7048.00", "1409.60")
    # 50 with tax: 304 x 50 / 364.80 = 41.666
    assert told["A2025-0001"] == ("-41.67", "-8.33")
    # 456 / 2 + 3936 / 2 = 2196, 2635.20 with tax, less 547.20: 2088.00, of which a sixth is tax
    assert told["F2025-0004"] == ("1740.00", "348.00")
    # 1900 x 0.38 = 722, 866.40 with tax, less 50, less 314.80: 501.60
    assert told["F2025-0005"] == ("418.00", "83.60")
    # 50 x 0.38 = 19, 22.80 with tax
    assert told["A2025-0002"] == ("-19.00", "-3.80")
    assert told["A2025-0003"] == ("-7048.00", "-1409.60")
    assert told["F2025-0006"] == told["F2025-0003"]


def test_a_page_prints_its_vat_as_its_data_say(books: Books) -> None:
    paper = books.issued(MARCH).paper("F2025-0001")
    text = page_text(paper)
    assert "TVA Taux Base hors taxes Taxe" in text
    assert "Opérations taxées 20 % 456,00 € 91,20 €" in text
    assert "Montant dû, TVA comprise 547,20 €" in text
    assert "plus 91,20 € de TVA à 20 % = 547,20 €" in text


def quoted(shipped: Workspace, issuer: Issuer, *lines: tuple[str, int, str]) -> Quote:
    priced = [QuoteLine(cat, n, Decimal("150.25"), label) for cat, n, label in lines]
    return Quote(
        number="D2025-0001",
        year=2025,
        issued_on=MARCH,
        valid_until=JUNE,
        commune=ROWS[0],
        grid=replace(shipped.tariffs.grids[2025], act="Délibération d'exemple"),
        service="",
        subject="",
        lines=taxed(priced, "", issuer, MARCH),
    )


def mission(quote: Quote) -> MissionLine:
    done = {line.category: line.half_days for line in quote.lines}
    work = bill_works(quote, MARCH, (Work(1, JUNE, "Exemple", done),))
    level = quote.grid.on_quote
    assert level is not None
    return MissionLine(quote.commune, level, quote.grid.act, work, "F2025-0001")


def test_two_categories_are_two_groups(shipped: Workspace) -> None:
    issuer = taxing(shipped.issuer, ADVICE, PODIUM)
    quote = quoted(shipped, issuer, ("A", 1, "Conseils"), ("C", 3, "prêt du Podium"))
    check_taxes(quote.lines)
    # 450.75 x 10 % = 45.075
    assert (quote.net, quote.total) == (Decimal("601.00"), Decimal("646.08"))
    line = mission(quote)
    plan = MissionPlan(2025, PopulationBasis.MUNICIPAL, (line,), issue=Issue(JUNE, 1, "0" * 64))
    paper = mission_paper(plan, line, issuer, JUNE)
    assert (paper.amount, paper.vat) == (Decimal("646.08"), "Exonération (exemple)")
    assert paper.electronic is not None
    xml = render_xml(paper.electronic)
    check_valid(xml)
    group = "ApplicableHeaderTradeSettlement/ApplicableTradeTax"
    assert values(xml, f"{group}/CategoryCode") == ["E", "S"]
    assert values(xml, f"{group}/BasisAmount") == ["150.25", "450.75"]
    assert values(xml, f"{group}/CalculatedAmount") == ["0.00", "45.08"]
    assert values(xml, f"{group}/ExemptionReasonCode") == ["VATEX-FR-CGI261B"]
    own = "SpecifiedLineTradeSettlement/ApplicableTradeTax"
    assert values(xml, f"{own}/CategoryCode") == ["E", "S"]
    assert values(xml, f"{own}/RateApplicablePercent") == ["0.00", "10.00"]
    assert value(xml, "DuePayableAmount") == "646.08"


def test_a_quote_prints_its_vat(shipped: Workspace) -> None:
    issuer = taxing(shipped.issuer, PODIUM)
    text = page_text(quote_paper(quoted(shipped, issuer, ("C", 3, "Prêt du podium")), issuer))
    assert "Opérations taxées 10 % 450,75 € 45,08 €" in text
    assert "Total (3 demi-journées), TVA comprise 495,83 €" in text
    assert "TVA non applicable" not in text


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((("A", 1, "Conseils"), ("C", 1, "Prêt du podium")), "quotes.taxed_and_outside"),
        ((("C", 1, "Conseils"), ("C", 1, "Prêt du podium")), "quotes.two_taxes"),
    ],
)
def test_what_no_document_may_hold(
    lines: tuple[tuple[str, int, str], ...], code: str, shipped: Workspace
) -> None:
    rules = (PODIUM,) if code == "quotes.taxed_and_outside" else (ADVICE, PODIUM)
    quote = quoted(shipped, taxing(shipped.issuer, *rules), *lines)
    with pytest.raises(Refusal) as refusal:
        check_taxes(quote.lines)
    assert refusal.value.reason.code == code


@pytest.mark.parametrize("embed", [True, False])
def test_the_data_are_in_the_file_where_the_issuer_says_so(embed: bool, books: Books) -> None:
    issuer = replace(books.workspace.issuer, embed=embed)
    books = replace(books, workspace=replace(books.workspace, issuer=issuer)).issued(MARCH)
    pdf = pdf_of(books.paper("F2025-0001"))
    with pikepdf.open(BytesIO(pdf)) as file:
        assert ("factur-x.xml" in file.attachments) is embed
        assert file.open_metadata()["pdfaid:part"] == "3"


def page_text(paper: Paper) -> str:
    pages = PdfReader(BytesIO(pdf_of(paper))).pages
    return plain(" ".join(page.extract_text() for page in pages))
