"""What the comptable looks for on the page of each kind of document (docs/guide.md), and how
documents name each other, in print and in their data. Communes, acts and amounts are invented."""

from pathlib import Path

import facturx
import pytest
from pdfs import plain
from pypdf import PdfReader
from test_factur_x import check_valid, values

from conftest import Cli, edit

COMMUNES = """annee;code_insee;commune;siren;siret;population_municipale;population_totale;niveau;\
date_debut;date_fin;reglement;source_niveau;date_source;adresse;code_postal;ville
2025;25014;Amagney;212500144;21250014400010;941;951;2B;;;;Acte A;12/12/2023;1 rue A;25220;Amagney
2025;25035;Les Auxons;200048437;;2522;2556;2B;;;;Acte B;13/12/2023;2 rue B;25870;Les Auxons
2025;25245;Fontain;200085827;;1200;1234;2A;;;AC;Acte C;14/12/2023;3 rue C;25660;Fontain
2025;25258;Franois;212502587;;2250;2299;2A;;30/06/2025;;Acte D;15/12/2023;4 rue D;25770;Franois
2025;25258;Franois;212502587;;2250;2299;2B;01/07/2025;;;Acte E;16/06/2025;4 rue D;25770;Franois
"""
LEGAL = {
    'regime = ""': 'regime = "service_commun"',
    'text = ""  ': 'text = "convention du Texte"  ',
    'withheld = ""': 'withheld = "délibération de la Retenue"',
    '# 2025 = "décret n° …"': '2025 = "décret des Populations"',
}
GRID = "Délibération n° 100 du 19 décembre 2024 (exemple)"
CGCT = "article L. 5211-4-2 du code général des collectivités territoriales"
REGIME = f"Cadre juridique : service commun, {CGCT} ; convention du Texte."
AC = (
    f"Attribution de compensation : {CGCT} ; article 1609 nonies C du code général des impôts ; "
    "délibération de la Retenue."
)
DECREE = "Texte qui authentifie les populations : décret des Populations."
PEOPLE = "Population municipale en vigueur au 1er janvier 2025 : {} habitants (INSEE)."
ACT = "Acte de la commune d'Amagney : Acte A du 12 décembre 2023."
FONTAIN = (
    "Commune de Fontain Mairie 3 rue C 25660 Fontain",
    "SIREN 200 085 827",
    "Acte de la commune de Fontain : Acte C du 14 décembre 2023.",
    REGIME,
    AC,
)
# Who issues, which is on each page.
ISSUER = "Grand Besançon Métropole Communauté urbaine La City 4 rue Gabriel Plançon 25043 Besançon"
# By page: nature, bases (calculation, tariff, population, acts, texts), debtor, amount.
PAGES = {
    "lot-01/pdf/F2025-0001_Amagney.pdf": (
        "Facture n° F2025-0001",
        "Objet : Adhésion 2025 aux services mutualisés, niveau 2B",
        "Calcul : 941 habitants × 3,28 € = 3 086,48 €.",
        PEOPLE.format("941"),
        DECREE,
        f"Tarifs 2025 : {GRID}.",
        ACT,
        REGIME,
        "Commune d'Amagney Mairie 1 rue A 25220 Amagney",
        "SIRET 21250014400010",
        "Montant dû 3 086,48 €",
        "trois mille quatre-vingt-six euros et quarante-huit centimes",
        "TVA non applicable",
    ),
    "lot-01/pdf/F2025-0003_Franois.pdf": (
        "niveau 2A du 1er janvier au 30 juin 2025, niveau 2B du 1er juillet au 31 décembre 2025",
        "2 250 habitants × 0,38 € = 855,00 €, × 6/12 = 427,50 €",
        "plafonné à 7 048,00 € (jusqu'à 3 999 habitants), × 6/12 = 3 524,00 €",
        "Acte de la commune de Franois : Acte D du 15 décembre 2023.",
        "Acte de la commune de Franois : Acte E du 16 juin 2025.",
        "Montant dû 3 951,50 €",
    ),
    "lot-01/pdf/R2025-0001_Fontain.pdf": (
        "Relevé de retenue n° R2025-0001",
        "Objet : Retenue 2025 sur l'attribution de compensation, services mutualisés, niveau 2A",
        "Calcul : 1 200 habitants × 0,38 € = 456,00 €.",
        PEOPLE.format("1 200"),
        DECREE,
        f"Tarifs 2025 : {GRID}.",
        *FONTAIN,
        "Montant retenu 456,00 €",
    ),
    "lot-02/pdf/F2025-0004_Amagney.pdf": (
        "Facture complémentaire n° F2025-0004",
        "niveau 2B, complément de la facture n° F2025-0001",
        "Complète la facture n° F2025-0001 du 15 mars 2025.",
        "Calcul : 1 000 habitants × 3,28 € = 3 280,00 € ; moins 3 086,48 € déjà comptés",
        f"Tarifs 2025 : {GRID}.",
        ACT,
        REGIME,
        "Montant dû 193,52 €",
    ),
    "avoirs/A2025-0001.pdf": (
        "Avoir n° A2025-0001 (annulation)",
        "Objet : annulation de la facture n° F2025-0002 du 15 mars 2025",
        "Motif : Adresse fausse",
        "Remplacement : la facture n° F2025-0005 du 2 mai 2025.",
        "Créance d'origine : 2 522 habitants × 3,28 € = 8 272,16 €, plafonné à 7 048,00 €",
        f"Tarifs : {GRID}.",
        "Acte de la commune des Auxons : Acte B du 13 décembre 2023.",
        REGIME,
        "Commune des Auxons Mairie 5 place B 25870 Les Auxons",
        "SIREN 200 048 437",
        "Montant de l'avoir -7 048,00 €",
        "sept mille quarante-huit euros",
    ),
    "lot-03/pdf/F2025-0005_Les-Auxons.pdf": (
        "niveau 2B, en remplacement de la facture n° F2025-0002",
        "Remplace la facture n° F2025-0002 du 15 mars 2025, annulée par l'avoir n° A2025-0001 du "
        "2 mai 2025.",
        "2 522 habitants × 3,28 € = 8 272,16 €, plafonné à 7 048,00 €",
        "Commune des Auxons Mairie 5 place B 25870 Les Auxons",
        "Montant dû 7 048,00 €",
    ),
    "avoirs/A2025-0002.pdf": (
        "Avoir n° A2025-0002 (remise)",
        "Objet : remise sur la facture n° F2025-0003 du 15 mars 2025",
        "Remise accordée par Délibération n° 3 (exemple).",
        "Motif : Sécheresse",
        REGIME,
        "Montant de l'avoir -100,00 €",
    ),
    "devis/D2025-0001.pdf": ("Devis n° D2025-0001", f"grille 2025 ({GRID})", REGIME),
    "lot-04/pdf/F2025-0006_Amagney.pdf": (
        "Objet : Marché (devis n° D2025-0001)",
        "Devis n° D2025-0001 du 20 mai 2025, accepté par la commune le 21 mai 2025",
        "Réalisé : 2 demi-journées A le 22 mai 2025, service fait certifié par Mme Exemple.",
        "Calcul : catégorie A : 2 demi-journées × 255,00 € = 510,00 €.",
        f"Tarifs : {GRID}.",
        ACT,
        REGIME,
        "SIRET 21250014400010",
        "Montant dû 510,00 €",
    ),
    "lot-05/pdf/R2025-0002_Fontain.pdf": (
        "Relevé rectificatif n° R2025-0002",
        "Objet : annule et remplace le relevé de retenue n° R2025-0001 du 15 mars 2025",
        "Retenue 2025, services mutualisés, niveau 2A : 456,00 € retenus",
        "Créance d'origine : 1 200 habitants × 0,38 € = 456,00 €.",
        f"Tarifs : {GRID}.",
        *FONTAIN,
        "Montant de la rectification -456,00 €",
    ),
}
# What only the accounts of the body need is on no page.
OURS = ("673", "6577", "70875", "mandat", "écriture", "exercice")
# BT-3 of each invoice, then the invoices that it names (BG-3) and their day (BT-26).
DATA = {
    "F2025-0001": ("380", []),
    "F2025-0003": ("380", []),
    "F2025-0004": ("380", [("F2025-0001", "20250315")]),
    "A2025-0001": ("381", [("F2025-0002", "20250315")]),
    "F2025-0005": ("380", [("F2025-0002", "20250315")]),
    "A2025-0002": ("381", [("F2025-0003", "20250315")]),
    "F2025-0006": ("380", []),
}


@pytest.fixture
def year(folder: Path, cli: Cli) -> Path:
    """A year with a document of each kind; returns the folder of its files."""
    communes = folder / "data/communes.csv"
    communes.write_text(COMMUNES, "utf-8")
    for before, after in LEGAL.items():
        edit(folder / "data/issuer.toml", before, after)
    edit(folder / "data/tariffs.toml", 'proration = "full_year"', 'proration = "month"')
    issue = ("bill", "2025", "--issue", "--yes", "--pdf", "--date")
    replaced = ("credit", "F2025-0002", "--replace", "--reason", "Adresse fausse", "--pdf")
    remise = ("credit", "F2025-0003", "--remise", "100", "--reason", "Sécheresse", "--pdf")
    quote = ("quote", "Amagney", "--line", "A:2:Cadrage", "--object", "Marché", "--pdf")
    done = ("quotes", "done", "D2025-0001", "--line", "A:2", "--date", "22/05/2025")
    steps: tuple[tuple[str, ...], ...] = (
        ("index", "2025", "--act", GRID),
        (*issue, "15/03/2025"),
        ("25014", ";941;", ";1000;"),
        (*issue, "15/04/2025", "--regularise"),
        ("25035", ";2 rue B;", ";5 place B;"),
        (*replaced, "--date", "02/05/2025"),
        (*remise, "--act", "Délibération n° 3 (exemple)", "--date", "03/05/2025"),
        (*quote, "--date", "20/05/2025"),
        ("quotes", "accept", "D2025-0001", "--date", "21/05/2025", "--by", "M. Exemple"),
        (*done, "--certified-by", "Mme Exemple"),
        ("bill", "2025", "--quotes", *issue[2:], "01/06/2025"),
        ("25245", ";2A;", ";1;"),
        (*issue, "05/06/2025", "--regularise"),
        ("register", "verify"),
    )
    for command in steps:
        if command[0].isdigit():
            code, before, after = command
            row = _row(communes, code)
            edit(communes, row, row.replace(before, after))
        else:
            answer = cli(*command)
            assert answer.code == 0, answer.err
    return folder / "out/2025"


def _row(path: Path, code: str) -> str:
    (row,) = (line for line in path.read_text("utf-8").splitlines() if f";{code};" in line)
    return row


def test_each_page_has_what_the_comptable_looks_for(year: Path) -> None:
    found = {path.relative_to(year).as_posix() for path in year.rglob("*.pdf")}
    assert found - set(PAGES) == {"lot-01/pdf/F2025-0002_Les-Auxons.pdf"}
    for name, expected in PAGES.items():
        text = plain(" ".join(page.extract_text() for page in PdfReader(year / name).pages))
        for words in (ISSUER, *expected):
            assert plain(words) in text, f"{name}: {words}"
        assert not [word for word in OURS if word in text], name
        if "/R2025" in name:
            assert not [word for word in ("Adhésion", "TVA", "adhésion 2025") if word in text]
        assert ("Attribution de compensation :" in text) == ("/R2025" in name)


def test_the_data_name_the_same_documents(year: Path) -> None:
    for path in year.rglob("*.pdf"):
        number = path.stem.partition("_")[0]
        if number not in DATA:
            continue
        _, xml = facturx.get_facturx_xml_from_pdf(path.read_bytes(), check_xsd=False)
        check_valid(xml)
        named = values(xml, "InvoiceReferencedDocument/IssuerAssignedID")
        days = values(xml, "InvoiceReferencedDocument/FormattedIssueDateTime/DateTimeString")
        kind = values(xml, "ExchangedDocument/TypeCode")
        assert (kind, list(zip(named, days, strict=True))) == ([DATA[number][0]], DATA[number][1])


def test_written_again_after_the_settings_changed_it_says_what_was_true(
    year: Path, cli: Cli, folder: Path
) -> None:
    edit(folder / "data/issuer.toml", 'regime = "service_commun"', 'regime = "convention"')
    for number, name in (
        ("F2025-0005", "lot-03/pdf/F2025-0005_Les-Auxons.pdf"),
        ("A2025-0001", "avoirs/A2025-0001.pdf"),
    ):
        before = PdfReader(year / name).pages[0].extract_text()
        assert cli("register", "render", number, "--pdf").code == 0
        assert PdfReader(year / name).pages[0].extract_text() == before


def test_shown_with_what_it_replaces(year: Path, cli: Cli) -> None:
    assert year.is_dir()
    shown = cli("register", "show", "F2025-0005").out
    assert " ".join(shown.split()).count("Remplace F2025-0002") == 1
    assert "Remplacé par F2025-0005" in " ".join(cli("register", "show", "F2025-0002").out.split())
    assert cli("register", "show", "F2025-0005", "--json").json["replaces"] == "F2025-0002"
