"""The draft deliberation: the same content in Word and as a PDF, its figures those of the screens,
PROJET on each page, the bytes those of its data."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from drafts import W, body, draft_of, part, said, text_of
from openxml_audit import FileFormat, OpenXmlValidator  # type: ignore[import-untyped]
from pdfs import check_marks, plain, press, spoken
from pypdf import PdfReader

from conftest import Cli, Clock, edit
from mutualis.documents.deliberation.deliberation import Deliberation
from mutualis.documents.deliberation.page import deliberation_page
from mutualis.documents.deliberation.widths import WIDTH, figure_widths
from mutualis.documents.deliberation.word import word_document
from mutualis.documents.wording.council.deliberation import NEXT_VOTE, NOT_BY_ITSELF, READINGS
from mutualis.domain.french.typography import NBSP, euros, number, signed_euros, signed_percent
from mutualis.domain.indexation.cpi import PriceIndex
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.domain.workspace import Workspace

WORD, PDF = (f"out/2026/projet-deliberation-2026.{end}" for end in ("docx", "pdf"))


@pytest.fixture
def draft(shipped: Workspace) -> Deliberation:
    return draft_of(shipped)


@pytest.fixture
def written(voted: Path, cli: Cli) -> Path:
    answer = cli("index", "2026", "--deliberation")
    assert answer.code == 0, answer.err
    return voted


def pdf_of(draft: Deliberation) -> bytes:
    return press().set_one(deliberation_page(draft))


def tables(path: Path) -> list[list[list[str]]]:
    """The texts of each table with a head, row by row."""
    return [
        [[plain(text_of(cell)) for cell in row.findall(f"{W}tc")] for row in table.iter(f"{W}tr")]
        for table in body(path.read_bytes()).findall(f"{W}tbl")
        if table.find(f".//{W}tblHeader") is not None
    ]


def test_both_say_the_same_in_the_same_order(draft: Deliberation) -> None:
    heard = [plain(line) for line in spoken(pdf_of(draft))]
    assert [plain(line) for line in said(word_document(draft))] == heard
    assert [line for line in heard if line.startswith("H")] == [
        "H1: Projet de délibération",
        "H2: Article 1 : tarifs 2026",
        "H2: Article 2 : application",
        "H2: Article 3 : pas d'indexation sans vote",
        "H2: Article 4 : exécution",
        "H1: Annexes",
        "H2: Annexe 1 : effet sur les recettes",
        "H2: Annexe 2 : effet sur chaque commune",
        "H2: Annexe 3 : les autres lectures de la règle",
    ]


def test_prices_follow_by_a_vote_alone(draft: Deliberation) -> None:
    text = plain(" ".join(said(word_document(draft))))
    assert plain(NOT_BY_ITSELF) in text
    assert plain(NEXT_VOTE) in text
    assert "articles L. 112-1 et L. 112-2 du code monétaire et financier" in text


def test_the_prices_are_those_of_index(voted: Path, cli: Cli) -> None:
    amounts = cli("index", "2026", "--deliberation", "--json").json["amounts"]
    prices, _, _, readings = tables(voted / WORD)
    assert prices[1:] == [
        [
            plain(amount["label"]),
            plain(euros(Decimal(amount["before"]))),
            plain(euros(Decimal(amount["after"]))),
            prices[rank][3],
        ]
        for rank, amount in enumerate(amounts, start=1)
    ]
    assert prices[2][3] == plain(signed_percent(Decimal("0.9")))  # 3.31 / 3.28
    known = [name for name in READINGS if name != "hors_tabac"]  # the shipped index has none
    assert readings[0][1:] == [READINGS[name] for name in known]
    assert readings[1:] == [
        [plain(amount["label"]), *(reading(amount, name) for name in known)] for amount in amounts
    ]


def reading(amount: Any, name: str) -> str:
    value, after = Decimal(amount["variants"][name]), Decimal(amount["after"])
    whole = value.to_integral() if "tarif" not in amount["label"] else value
    return plain(f"{'* ' if value != after else ''}{number(whole)}")


def test_the_effects_are_those_of_simulate(written: Path, cli: Cli) -> None:
    past = cli("simulate", "2026", "--baseline", "2025", "--json").json
    stood = cli("simulate", "2026", *before(cli), "--json").json["scenario"]
    _, revenue, communes, _ = tables(written / WORD)
    levels = [
        [
            level,
            number(found["communes"]),
            *owed(past["baseline"]["by_level"][level]["amount"], level_of(stood, level), found),
        ]
        for level, found in past["scenario"]["by_level"].items()
    ]
    assert revenue[1:-1] == levels
    assert revenue[-1][2:] == [
        plain(euros(Decimal(amount)))
        for amount in (past["baseline"]["total"], stood["total"], past["scenario"]["total"])
    ] + [plain(signed_euros(Decimal(past["scenario"]["total"]) - Decimal(stood["total"])))]
    assert communes[-1][3:] == revenue[-1][2:]
    shown = [
        [
            line["commune"],
            plain(euros(Decimal(line["before"]))),
            plain(euros(Decimal(line["after"]))),
        ]
        for line in past["lines"]
        if Decimal(line["before"]) or Decimal(line["after"])
    ]
    assert [[row[0], row[3], row[5]] for row in communes[1:-1]] == shown


def before(cli: Cli) -> list[str]:
    """The prices of 2025, laid over the grid of 2026."""
    answer = cli("simulate", "2026", "--baseline", "2025", "--json").json
    return [
        argument
        for item in answer["differences"]
        for argument in ("--set", f"{item['key']}={item['before']}")
    ]


def level_of(side: Any, level: str) -> str:
    return str(side["by_level"][level]["amount"])


def owed(past: str, same: str, after: Any) -> list[str]:
    amounts = [Decimal(past), Decimal(same), Decimal(after["amount"])]
    return [plain(text) for text in (*map(euros, amounts), signed_euros(amounts[2] - amounts[1]))]


def test_the_draft_is_marked_on_each_page(written: Path, as_shipped: Path, cli: Cli) -> None:
    assert cli("index", "2026", "--deliberation").code == 0
    for page in PdfReader(as_shipped / PDF).pages:
        assert plain(page.extract_text()).count("EXEMPLE - PROJET") >= 2  # across it, in its foot
    data = (as_shipped / WORD).read_bytes()
    assert text_of(part(data, "header1")) == "EXEMPLE - PROJET"
    (section,) = body(data).iter(f"{W}sectPr")
    kinds = [found.attrib[f"{W}type"] for found in section.findall(f"{W}headerReference")]
    assert kinds == ["default"]
    assert section.find(f"{W}titlePg") is None


def test_one_that_is_no_example_is_not_marked_so(draft: Deliberation) -> None:
    assert draft.mark == "PROJET"
    assert "EXEMPLE" not in "".join(said(word_document(draft)))
    assert said(word_document(draft)).count("H1: Projet de délibération") == 1


def test_the_pdf_is_an_archive_that_all_can_read(draft: Deliberation) -> None:
    check_marks(pdf_of(draft), deliberation_page(draft))
    heads = [line for line in spoken(pdf_of(draft)) if line.startswith("TH")]
    assert all(line.startswith("TH /Column: ") for line in heads)


def test_the_same_data_give_the_same_bytes(
    draft: Deliberation, written: Path, cli: Cli, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(written / name).read_bytes() for name in (WORD, PDF)]
    clock.day = clock.day.replace(year=2027)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert cli("index", "2026", "--deliberation").code == 0
    assert [(written / name).read_bytes() for name in (WORD, PDF)] == found
    assert word_document(draft) == word_document(draft)
    assert word_document(replace(draft, subject="Autre")) != word_document(draft)


def test_word_opens_it_without_an_offer_to_repair_it(written: Path) -> None:
    result = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(str(written / WORD))
    assert [error.description for error in result.errors] == []


def test_the_word_document_is_a_french_page_of_a4(draft: Deliberation) -> None:
    data = word_document(draft)
    (size,) = body(data).iter(f"{W}pgSz")
    # In twentieths of a point: 210 × 297 mm.
    assert (size.attrib[f"{W}w"], size.attrib[f"{W}h"]) == ("11906", "16838")
    styles = part(data, "styles")
    normal = next(s for s in styles.iter(f"{W}style") if s.attrib[f"{W}styleId"] == "Normal")
    language = normal.find(f"{W}rPr/{W}lang")
    assert language is not None
    assert language.attrib[f"{W}val"] == "fr-FR"
    texts = "".join(said(data))
    assert f"Pour{NBSP}:" in texts
    assert " :" not in texts
    assert "'" not in texts
    for table in body(data).findall(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        if len(rows) == 1:  # who signs
            continue
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
            rank == 0 for rank in range(len(rows))
        ]
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_what_a_name_holds_cannot_break_it(shipped: Workspace) -> None:
    issuer = replace(shipped.issuer, name="<w:p>&\x00\u202eMétropole\x0b")
    draft = draft_of(replace(shipped, issuer=issuer))
    assert said(word_document(draft))[0] == "P: <w:p>&Métropole"
    assert pdf_of(draft)


def test_a_year_without_communes_takes_those_of_the_year_before(voted: Path, cli: Cli) -> None:
    communes = voted / "data/communes.csv"
    rows = communes.read_text("utf-8-sig").splitlines()
    kept = [row for row in rows if not row.startswith("2026;")]
    communes.write_text("\n".join(kept) + "\n", "utf-8-sig")
    assert cli("index", "2026", "--deliberation").code == 0
    text = plain(" ".join(said((voted / WORD).read_bytes())))
    assert (
        "Les communes de 2026 ne sont pas encore connues : celles de 2025 sont reprises, avec "
        "leurs populations et leurs niveaux."
    ) in text


def test_a_year_before_without_communes_has_no_column(voted: Path, cli: Cli) -> None:
    communes = voted / "data/communes.csv"
    rows = communes.read_text("utf-8-sig").splitlines()
    kept = [row for row in rows if not row.startswith("2025;")]
    communes.write_text("\n".join(kept) + "\n", "utf-8-sig")
    assert cli("index", "2026", "--deliberation").code == 0
    _, revenue, _, _ = tables(voted / WORD)
    assert revenue[0] == ["Niveau", "Adhésions", "Grille 2025", "Grille 2026", "Écart"]


def test_what_is_not_set_is_to_be_filled_in_and_what_is_set_is_cited(voted: Path, cli: Cli) -> None:
    issuer = voted / "data/issuer.toml"
    assert cli("index", "2026", "--deliberation").code == 0
    text = plain(" ".join(said((voted / WORD).read_bytes())))
    assert "Vu le cadre juridique des services mutualisés : à compléter ;" in text
    assert "Vu l'acte qui a fixé les tarifs 2025 : Délibération d'exemple ;" in text
    assert "authentifie" not in text
    edit(issuer, 'regime = ""', 'regime = "service_commun"')
    edit(issuer, '# 2025 = "décret n° …"', '2026 = "décret d\'exemple"')
    assert cli("index", "2026", "--deliberation").code == 0
    text = plain(" ".join(said((voted / WORD).read_bytes())))
    assert "service commun, article L. 5211-4-2 du code général des collectivités" in text
    assert "Vu le texte qui authentifie les populations : décret d'exemple ;" in text


def ruled(workspace: Workspace, **settings: Any) -> str:
    """The grounds under other settings of the indexation."""
    rule = replace(workspace.tariffs.indexation, **settings)
    tariffs = replace(workspace.tariffs, indexation=rule)
    return plain(" ".join(draft_of(replace(workspace, tariffs=tariffs)).grounds))


def test_the_grounds_name_the_index_and_the_reading(shipped: Workspace) -> None:
    assert (
        "Considérant que l'indice des prix à la consommation (ensemble des ménages, France, "
        "ensemble) a varié de +0,8 % sur un an en décembre 2025, où il est de 99,95 en base 2025 "
        "(source : INSEE, IPC base 2025, variation définitive publiée le 15/01/2026) ; "
        "Considérant que le taux publié par l'INSEE est appliqué aux montants non arrondis depuis "
        "la grille 2025, chaque résultat étant arrondi : tarif par habitant à 0,01 € près, plafond "
        "à 1,00 € près, demi-journée à 1,00 € près ;"
    ) in ruled(shipped)
    # 99.95 / 99.17 - 1 = 0.786 528 %
    assert (
        "a varié de +0,786 528 % sur un an en décembre 2025, où il est de 99,95, après 99,17 un an "
        "plus tôt (source : indices 2024-12 et 2025-12, base 2025) ; Considérant que le rapport "
        "non arrondi des deux indices de décembre est appliqué aux montants arrondis de la grille "
        "2025, chaque résultat étant arrondi : tarif par habitant à 0,01 € près ; sans indexation "
        ": plafond, demi-journée ;"
    ) in ruled(shipped, rate="computed", chain="published", indexed=("per_inhabitant",))


def test_prices_that_do_not_fall_say_so(shipped: Workspace) -> None:
    fallen = [
        replace(point, rate=Decimal("-0.3"), index=Decimal("98.87"))
        if (point.month, point.base) == ("2025-12", "2025")
        else point
        for point in shipped.index.points
    ]
    shipped = replace(shipped, index=PriceIndex.of(fallen))
    told = "selon cette règle, les prix ne baissent pas : zéro est appliqué"
    assert told not in ruled(shipped)
    kept = ruled(shipped, never_decrease=True)
    assert told in kept
    assert "a varié de -0,3 %" in kept
    assert "passe de 107 540,06 € à 107 540,06 €, soit 0,00 €" in kept


def test_prices_that_are_an_example_are_marked_so(shipped: Workspace) -> None:
    grid = replace(shipped.tariffs.grids[2025], example=True)
    tariffs = replace(shipped.tariffs, grids={2025: grid})
    assert draft_of(replace(shipped, tariffs=tariffs)).mark == "EXEMPLE - PROJET"


def test_taxed_fees_say_so(shipped: Workspace) -> None:
    rates = (DatedRate(date(2024, 1, 1), Decimal(20)),)
    tariffs = replace(shipped.tariffs, vat=VatRule("membership", "", "S", rates))
    draft = draft_of(replace(shipped, tariffs=tariffs))
    assert "Ce qui est dû est TVA comprise (20 %) ; les tarifs sont hors TVA." in [
        plain(note) for note in draft.annexes[0].notes
    ]
    untaxed, taxed = draft_of(shipped).annexes[1].table, draft.annexes[1].table
    assert untaxed is not None
    assert taxed is not None
    for column in (3, 4, 5):  # each fee is taxed, then rounded half up; the total is their sum
        wanted = [(cents(row[column]) * 120 + 50) // 100 for row in untaxed.rows]
        assert [cents(row[column]) for row in taxed.rows] == wanted
        assert cents(taxed.total[column]) == sum(wanted)


def cents(text: str) -> int:
    return int("".join(filter(str.isdigit, text)))


def test_large_amounts_leave_room_for_names(draft: Deliberation) -> None:
    table = draft.annexes[1].table
    assert table is not None
    assert sum(figure_widths(table)) < WIDTH - 35
    large = ("Commune", "2B", "1 234 567", *["123 456 789 012,00 €"] * 4)
    assert sum(figure_widths(replace(table, rows=(large,)))) == pytest.approx(WIDTH - 35)
