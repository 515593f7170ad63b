"""What documents cite: texts as they are set, acts, other documents; nothing that is not set."""

from datetime import date
from decimal import Decimal

import pytest

from books import CLAIRMONT, FONTAINE, ROWS, VALBOIS, Books
from mutualis.documents.paper.paper import Paper
from mutualis.documents.wording.citations import regime
from mutualis.domain.communes.communes import Settlement
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuer.legal import Legal, Regime
from mutualis.domain.issuing.credit_note import TakenOff
from mutualis.domain.issuing.replacement import in_place_of
from mutualis.domain.kinds import Nature
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

FIRST, LATER = date(2025, 1, 15), date(2025, 2, 15)
# CGCT, by hand.
ARTICLES = {
    Regime.SHARED: "L. 5211-4-2",
    Regime.PROVIDED: "L. 5211-4-1",
    Regime.AGREED: "L. 5111-1",
    Regime.URBAN: "L. 5215-27",
}
BASES = ("Acte de ", "Attribution de ", "Cadre ", "Texte qui ")


def bases(paper: Paper) -> list[str]:
    return [text.replace("\u00a0", " ") for text in paper.reasons if text.startswith(BASES)]


def with_legal(workspace: Workspace, legal: Legal | None) -> Workspace:
    return replace(workspace, issuer=replace(workspace.issuer, legal=legal))


@pytest.mark.parametrize(("one", "article"), ARTICLES.items())
def test_each_regime_is_cited_by_its_article(one: Regime, article: str, shipped: Workspace) -> None:
    issuer = replace(shipped.issuer, legal=Legal(one))
    (said,) = regime(issuer)
    assert said.endswith(f"article {article} du code général des collectivités territoriales.")
    (added,) = regime(replace(issuer, legal=Legal(one, "convention (exemple)")))
    assert added == f"{said[:-1]} ; convention (exemple)."


def test_another_regime_is_the_text_that_is_set(shipped: Workspace) -> None:
    def said(legal: Legal | None) -> list[str]:
        issuer: Issuer = replace(shipped.issuer, legal=legal)
        return regime(issuer)

    assert said(Legal(Regime.OTHER, "acte X (exemple)")) == ["Cadre juridique : acte X (exemple)."]
    assert said(Legal()) == said(None) == []


def test_nothing_is_cited_that_is_not_set(shipped: Workspace) -> None:
    """Nor an invented level, nor what a new workspace writes of a level without an act."""
    assert replace(ROWS[0], level_source="Exemple").level_act == ""
    rows = tuple(
        replace(row, level_source=source, level_day=FIRST)
        for row, source in zip(ROWS, ("", "init", "init (codes.csv)"), strict=True)
    )
    books = Books(with_legal(shipped, Legal()), rows).issued(FIRST)
    assert bases(books.paper("F2025-0001")) == bases(books.paper("F2025-0002")) == []
    ac = "Attribution de compensation : article 1609 nonies C du code général des impôts."
    assert bases(books.paper("R2025-0001")) == [ac]


def test_an_act_is_cited_with_its_date_and_a_statement_its_own_texts(shipped: Workspace) -> None:
    legal = Legal(Regime.AGREED, "", "Délibération W (exemple)", {2025: "Décret P (exemple)"})
    rows = (
        replace(ROWS[0], level_source="Acte V (exemple)", level_day=date(2024, 2, 1)),
        replace(ROWS[1], level_source="Acte H (exemple)"),
        ROWS[2],
    )
    books = Books(with_legal(shipped, legal), rows).issued(FIRST)
    decree = "Texte qui authentifie les populations : Décret P (exemple)."
    own = bases(books.paper("F2025-0001"))
    assert own[:2] == [
        decree,
        "Acte de la commune de Valbois : Acte V (exemple) du 1er février 2024.",
    ]
    assert (
        bases(books.paper("F2025-0002"))[1]
        == "Acte de la commune de Hautefontaine : Acte H (exemple)."
    )
    withheld = bases(books.paper("R2025-0001"))
    assert withheld[0] == decree
    assert withheld[-1] == (
        "Attribution de compensation : article 1609 nonies C du code général des impôts ; "
        "Délibération W (exemple)."
    )
    assert not [text for text in own if text.startswith("Attribution")]


def test_documents_of_before_say_no_more_than_they_did(shipped: Workspace) -> None:
    books = Books(with_legal(shipped, None), ROWS).issued(FIRST)
    raised = books.changed(VALBOIS, municipal_population=1300)
    raised = raised.changed(CLAIRMONT, level="2A").issued(LATER)
    complement, statement = raised.paper("F2025-0003"), raised.paper("R2025-0001")
    assert complement.heading == "Facture n° F2025-0003"
    assert complement.electronic is not None
    assert complement.electronic.preceding == (("F2025-0001", None),)
    assert statement.subject == "Adhésion 2025 aux services mutualisés, niveau 2B"
    assert statement.vat == raised.paper("R2025-0002").vat == shipped.issuer.vat_reason
    assert [bases(raised.paper(n)) for n in ("F2025-0001", "R2025-0001", "R2025-0002")] == [[]] * 3


def test_a_complement_names_those_that_it_completes_and_their_day(shipped: Workspace) -> None:
    """Valbois is invoiced 1 200 x 0.38, then for 1 300, then for 1 500 inhabitants."""
    books = Books(shipped, ROWS).issued(FIRST)
    books = books.changed(VALBOIS, municipal_population=1300).issued(LATER)
    paper = (
        books.changed(VALBOIS, municipal_population=1500)
        .issued(date(2025, 3, 1))
        .paper("F2025-0004")
    )
    assert paper.amount == Decimal("76.00")
    assert paper.heading == "Facture complémentaire n° F2025-0004"
    assert paper.subject.endswith(", niveau 2A, complément de la facture n° F2025-0001")
    assert paper.reasons[0].replace("\u00a0", " ") == (
        "Complète la facture n° F2025-0001 du 15 janvier 2025 et la facture n° F2025-0003 du "
        "15 février 2025."
    )
    assert paper.electronic is not None
    assert (paper.electronic.kind, paper.electronic.preceding) == (
        "380",
        (("F2025-0001", FIRST), ("F2025-0003", LATER)),
    )


def test_a_complement_of_a_statement_is_one_and_says_nothing_of_sales(shipped: Workspace) -> None:
    books = Books(shipped, ROWS).issued(FIRST)
    rows = {"settlement": Settlement.AC, "level": "2A"}
    books = books.credited("F2025-0002", TakenOff(None, Nature.CORRECTION, "essai"), LATER)
    books = books.changed(FONTAINE, **rows).issued(LATER)
    books = books.changed(FONTAINE, **rows, municipal_population=900).issued(date(2025, 3, 1))
    paper = books.paper("R2025-0003")
    assert paper.heading == "Relevé de retenue complémentaire n° R2025-0003"
    assert paper.subject.endswith(", complément du relevé n° R2025-0002")
    assert (paper.vat, paper.electronic) == ("", None)


def test_an_invoice_in_the_place_of_a_statement_names_it_in_print_alone(shipped: Workspace) -> None:
    """BG-3 names invoices; a statement is none."""
    books = Books(shipped, ROWS).issued(FIRST)
    books = books.credited("R2025-0001", TakenOff(None, Nature.CORRECTION, "essai"), LATER)
    made = books.changed(CLAIRMONT, settlement=Settlement.TITRE).issued(LATER)
    *before, last = made.ledger.records
    records = (*before, *in_place_of(made.claim("R2025-0001"), [last]))
    paper = replace(made, ledger=Ledger(records, made.ledger.closing)).paper("F2025-0003")
    assert paper.subject.endswith(", en remplacement du relevé n° R2025-0001")
    assert paper.reasons[0].replace("\u00a0", " ") == (
        "Remplace le relevé n° R2025-0001 du 15 janvier 2025, annulé par le relevé n° R2025-0002 "
        "du 15 février 2025."
    )
    assert paper.electronic is not None
    assert paper.electronic.preceding == ()
