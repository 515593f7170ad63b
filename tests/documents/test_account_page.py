"""The page of a commune's account: what the screen says, but for what only the body needs.

Valbois owes 830 × 3.28 = 2 722.40; 300.00 is granted, 100.50 was and is no more, so that
2 722.40 - 300.00 - (2 722.40 - 400.50) = 100.50 remains. Its mission: 2 half-days
at 255, one billed.
"""

import shutil
from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pdfs import check_marks, plain, press, spoken
from pypdf import PdfReader

from conftest import TESTS, Cli, Clock, edit
from mutualis.documents.account.account_page import account_page
from mutualis.documents.wording.account import USAGE_UNKNOWN, becomes, not_computed
from mutualis.domain.issuing.commune_account import CommuneAccount
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace
from mutualis.workflows.account import read_account

DAY = date(2025, 7, 1)
ROW = "2025;25902;Hautefontaine;212590202;667;681;2A;convention;;;"
FILE = "out/2025/comptes/compte-2025-25901_Valbois.pdf"
HISTORY = TESTS / "registers/history"


@pytest.fixture
def four(folder: Path, cli: Cli, clock: Clock) -> Path:
    """Four communes; their documents of 2025 are issued."""
    clock.day = DAY
    shutil.rmtree(folder / "data")
    shutil.copytree(TESTS / "scenarios/levels_after_a_complement", folder, dirs_exist_ok=True)
    done(cli, "bill 2025 --issue --yes --date 15/01/2025")
    return folder


@pytest.fixture
def everything(four: Path, cli: Cli) -> Path:
    """Of Valbois: remises, one withdrawn, titres, a mission billed in part, a quota."""
    (four / "data/services.csv").write_text(
        "theme;niveau;prestation;quota;direction;source_direction;lecture\n"
        "Droit;2B;Questions juridiques;1;Droit;exemple;sûre\n",
        "utf-8",
    )
    (four / "data/interventions.csv").write_text(
        "date;commune;prestation;categorie;demi_journees;source\n"
        "12/03/2025;Valbois;Questions juridiques;A;1;exemple\n"
        "13/03/2025;Valbois;Questions juridiques;A;1;exemple\n",
        "utf-8",
    )
    done(
        cli,
        "register export",
        "register titres F2025-0001 98765 --exercice 2025",
        "credit F2025-0001 --remise 300 --act n°3 --reason Exemple --date 02/05/2025",
        "credit F2025-0001 --remise 100,50 --act n°4 --reason Exemple --date 03/05/2025",
        "credit A2025-0002 --withdraw --act n°9 --date 04/05/2025",
        "quote Valbois --line A:2:Cadrage --date 05/05/2025",
        "quotes accept D2025-0001 --date 06/05/2025 --by Exemple",
        "quotes done D2025-0001 --line A:1 --date 07/05/2025 --certified-by Exemple",
        "bill 2025 --quotes --issue --yes --date 08/05/2025",
        "quotes done D2025-0001 --line A:1 --date 09/05/2025 --certified-by Exemple",
    )
    return four


def done(cli: Cli, *commands: str) -> None:
    for command in commands:
        answer = cli(*command.split())
        assert answer.code == 0, (command, answer.err)


def printed(found: CommuneAccount, shipped: Workspace) -> tuple[list[str], bytes]:
    """What each page says, and the PDF."""
    data = press().set_one(account_page(found, shipped.issuer))
    return [plain(line) for line in spoken(data)], data


def of(root: Path, wanted: str, year: int | None = 2025, day: date = DAY) -> CommuneAccount:
    return read_account(root, wanted, year, day)


def test_everything_that_a_commune_is_told(
    everything: Path, cli: Cli, shipped: Workspace, snapshot: Callable[[str, str], None]
) -> None:
    found = of(everything, "Valbois")
    page = account_page(found, shipped.issuer)
    check_marks(press().set_one(page), page)
    assert cli("account", "Valbois", "2025", "--pdf", "--json").json["files"] == [FILE]
    text = "".join(f"{line}\n" for line in spoken(everything / FILE))
    snapshot("pdf/account.txt", text)
    for kept in ("98765", "attendu", "export", "673", "6577", "mutualis bill"):
        assert kept not in text


def test_its_amounts_are_those_of_the_json(everything: Path, cli: Cli, shipped: Workspace) -> None:
    one: Any = cli("account", "Valbois", "2025", "--json").json
    assert (one["remaining"], one["files"]) == ("100.50", [])
    heard, _ = printed(of(everything, "Valbois"), shipped)
    rows = dict(pairwise(heard))
    for label, amount in (
        ("Dû pour l'année", "2 722,40 €"),
        ("À demander", "2 422,40 €"),
        ("Remis, remise retirée depuis", "-100,50 €"),
        ("Valeur des documents", "2 321,90 €"),
    ):
        assert rows[f"TD: {label}"] == f"TD: {amount}"
    assert "P: Reste 100,50 €" in heard
    assert "P: Ce reste est à demander par une facture, à émettre." in heard


def test_a_page_that_somebody_changed_is_kept(four: Path, cli: Cli) -> None:
    command = ("account", "Valbois", "2025", "--pdf", "--json")
    assert cli(*command).json["files"] == [FILE]
    written = (four / FILE).read_bytes()
    assert cli(*command).json["files"] == [FILE]
    assert (four / FILE).read_bytes() == written
    (four / FILE).write_bytes(b"signed")
    assert cli(*command).json["files"] == [FILE.replace(".pdf", "-reecrit.pdf")]
    assert (four / FILE).read_bytes() == b"signed"
    assert "n'est plus tel que mutualis" in cli("account", "Valbois", "2025", "--pdf").err


def test_without_a_year_the_page_is_that_of_the_detailed_one(four: Path, cli: Cli) -> None:
    answer = cli("account", "Valbois", "--pdf", "--json").json
    assert answer["files"] == [FILE]
    assert len(answer["years"]) > 1


def test_who_owes_nothing(four: Path, shipped: Workspace) -> None:
    edit(four / "data/communes.csv", ROW, ROW.replace(";2A;", ";;"))
    found = of(four, "Hautefontaine", None)
    assert found.detailed.free
    heard, data = printed(found, shipped)
    assert f"P: Rien n'est dû : {found.detailed.free}." in heard
    assert data.startswith(b"%PDF")


def test_what_remains_in_words(four: Path, cli: Cli) -> None:
    """667 × 0.38 = 253.46 issued; a row that ends on 20 January owes 13.89, to be corrected."""
    path = four / "data/communes.csv"

    def told() -> str:
        return becomes(of(four, "Hautefontaine").detailed)

    assert told() == "Rien ne reste à émettre : les documents valent ce qui est dû."
    without = replace(of(four, "Hautefontaine").detailed, owned=())
    assert becomes(without) == "Rien ne reste à émettre."
    edit(path, ROW, ROW.replace(";667;", ";600;"))
    assert told().endswith("la différence est à ôter par un avoir.")
    edit(path, ROW.replace(";667;", ";600;"), ROW.replace(";667;", ";700;"))
    assert told().startswith("Ce reste est sous le seuil de recouvrement")  # 33 × 0.38 = 12.54
    edit(path, ROW.replace(";667;", ";700;"), ROW.replace(";667;", ";900;"))
    assert told() == "Ce reste est à demander par une facture, à émettre."
    edit(path, ROW.replace(";667;", ";900;"), ROW + "AC")
    assert told().startswith("Le règlement a changé")
    done(cli, "bill 2025 --issue --regularise --yes --date 02/06/2025")
    edit(path, ROW + "AC", ROW.replace(";667;", ";900;") + "AC")
    assert told() == "Ce reste est à demander par un relevé de retenue sur l'AC, à émettre."
    edit(path, ROW.replace(";667;", ";900;") + "AC", ROW.replace(";667;", ";600;") + "AC")
    assert told().endswith("la différence est à ôter par un relevé rectificatif.")


@pytest.fixture
def history(folder: Path, clock: Clock) -> Path:
    shutil.rmtree(folder / "data")
    shutil.copytree(HISTORY / "data", folder / "data")
    shutil.copy(HISTORY / "register.db", folder)
    clock.day = date(2026, 7, 1)
    return folder


def test_a_credit_to_qualify_and_a_year_not_priced(history: Path, shipped: Workspace) -> None:
    one = of(history, "Combe", 2025, date(2026, 7, 1)).detailed
    assert becomes(one).startswith("À qualifier, réduction ou remise : AV2025-002")
    found = of(history, "Bourg", 2026, date(2026, 7, 1))
    assert not_computed(found.detailed) == (
        "Dû 2026 non calculé : la grille ou les données de 2026 manquent, ou sont à corriger ; ce "
        "qui est montré vient des documents émis."
    )
    heard, _ = printed(found, shipped)
    assert f"P: {not_computed(found.detailed)}" in heard
    assert not any(line.startswith("P: Reste") for line in heard)
    assert any("FAC/2026/001, facture" in line for line in heard)


def test_an_usage_that_cannot_be_counted(everything: Path, shipped: Workspace) -> None:
    edit(everything / "data/interventions.csv", "12/03/2025;Valbois", "12/03/2025;Nulle-Part")
    heard, _ = printed(of(everything, "Valbois"), shipped)
    place = heard.index("H2: À quoi sert l'adhésion : reçu en 2025")
    assert heard[place + 1 : place + 3] == [f"P: {USAGE_UNKNOWN}", "H2: Et après"]


def test_files_that_cannot_be_read_make_no_page(history: Path, cli: Cli) -> None:
    edit(history / "data/tariffs.toml", "[grids.2026.levels.1]", "[grids.2027.levels.1]")
    answer = cli("account", "Bourg", "2026", "--pdf")
    assert answer.code == 1
    assert "data/tariffs.toml" in answer.err
    assert not (history / "out").exists()


def test_a_long_one_repeats_the_heads_of_its_tables(everything: Path, shipped: Workspace) -> None:
    found = of(everything, "Valbois")
    one = found.detailed
    longer = replace(found, detailed=replace(one, missions=one.missions * 60))
    _, data = printed(longer, shipped)
    pages = [plain(page.extract_text()) for page in PdfReader(BytesIO(data)).pages]
    assert len(pages) > 3
    for rank, text in enumerate(pages, start=1):
        assert ("Faites" in text) == ("D2025-0001 à facturer" in text)
        assert ("Date Montant Valeur" in text) == ("2025-000" in text.replace("D2025-0001 à", ""))
        assert text.endswith(f"page {rank}/{len(pages)}")


def test_a_commune_that_became_another(four: Path, shipped: Workspace) -> None:
    found = of(four, "Valbois")
    heard, _ = printed(replace(found, asked=of(four, "Hautefontaine").detailed.person), shipped)
    said = "P: Hautefontaine (25902) est aujourd'hui Valbois (25901), dont voici le compte."
    assert any(line.startswith(said) for line in heard)


COSTS = (
    "annee;direction;categorie;nature;montant;demi_journees;statut;source\n"
    "2025;Droit;A;personnel;1000,00;;définitif;exemple\n"
    "2025;Droit;A;unités;;7;définitif;exemple\n"
)


def test_what_the_membership_is_for_on_one_page(everything: Path, shipped: Workspace) -> None:
    """1 000 : 7 = 142.857…, published at 142.86; 2 of A are 285.72, 3 of B have no cost."""
    (everything / "data/costs.csv").write_text(COSTS, "utf-8")
    with (everything / "data/interventions.csv").open("a", encoding="utf-8") as file:
        file.write("14/03/2025;Clairmont;Questions juridiques;A;2;exemple\n")
        file.write("15/03/2025;Clairmont;Questions juridiques;B;3;exemple\n")
    heard, data = printed(of(everything, "Clairmont"), shipped)
    place = heard.index("H2: À quoi sert l'adhésion : reçu en 2025")
    assert heard[place + 1 :][:7] == [
        *("TH /Column: Prestation", "TH /Column: Demi-journées", "TH /Column: Au coût"),
        *("TD: Questions juridiques", "TD: 5", "TD: 285,72 €"),
        "P: Valeur reçue 285,72 €",
    ]
    told = heard[place + 8]
    assert "Au coût unitaire d'une demi-journée, définitif 2025." in told
    assert "Sans coût unitaire connu, donc hors du total : 3 demi-journées." in told
    assert "P: Quota, Questions juridiques : 2 demandes sur 1, dépassé de 1." in heard
    assert any(line.endswith("Coûts d'exemple, inventés : ils ne décrivent rien de réel.")
               for line in heard)  # fmt: skip
    assert len(PdfReader(BytesIO(data)).pages) == 1


def test_the_pages_of_all_in_one_each_counted_apart(everything: Path, cli: Cli) -> None:
    """One document that says, in the order of codes, what each commune's own page says."""
    together = "out/2025/comptes/comptes-2025-a-imprimer.pdf"
    assert cli("account", "--all", "2025", "--merge", "--json").json["files"] == [together]
    apart = cli("account", "--all", "2025", "--pdf", "--json").json["files"]
    assert apart[0] == FILE
    assert len(apart) == 4

    def texts(file: str) -> list[str]:
        return [plain(page.extract_text()) for page in PdfReader(everything / file).pages]

    whole = texts(together)
    assert whole == [text for file in apart for text in texts(file)]
    assert [text.rsplit(" ", 1)[1] for text in whole] == ["1/2", "2/2", "1/1", "1/1", "1/1"]
    (everything / FILE).write_bytes(b"signed")
    again = cli("account", "--all", "2025", "--pdf", "--merge", "--json").json["files"]
    assert again == [FILE.replace(".pdf", "-reecrit.pdf"), *apart[1:], together]
    assert (everything / FILE).read_bytes() == b"signed"
    (everything / together).write_bytes(b"signed")
    kept = cli("account", "--all", "2025", "--merge", "--json").json["files"]
    assert kept == [together.replace(".pdf", "-reecrit.pdf")]
    assert (everything / together).read_bytes() == b"signed"
