"""From the example to the real body: its facts are kept, what is invented is not."""

import csv
import io
import shutil
import tomllib
from pathlib import Path

import pytest
from openpyxl import load_workbook

from conftest import Cli, edit

INVENTED = [
    "data/costs.csv",
    "data/interventions.csv",
    "data/departmental_schemes.csv",
    "data/requests.csv",
    "data/meetings",
]


@pytest.fixture
def place(as_shipped: Path, cli: Cli) -> Path:
    """An example in `essai`, beside the list of the levels that an officer has typed.

    Amagney leaves 2B for 2A and pays by withholding, Saône keeps 2B under a SIREN of the list, no
    other commune is a member.
    """
    (as_shipped / "essai").mkdir()
    shutil.move(as_shipped / "data", as_shipped / "essai/data")
    known = rows(as_shipped / "essai/data/communes.csv")
    others = {row["code_insee"] for row in known} - {"25014", "25532", "25297"}
    listed = [
        "code_insee;niveau;source_niveau;reglement;siren",
        "25014;2a;Délibération n° 3 du 04/11/2024;AC;",
        "25532;2B;Convention du 12/12/2024;;213501234",
        *(f"{code};;;;" for code in sorted(others)),
    ]
    (as_shipped / "niveaux.csv").write_text("\n".join(listed), "utf-8")
    return as_shipped


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


def test_a_real_workspace_takes_the_facts_of_an_example_and_the_levels_of_a_list(
    place: Path, cli: Cli
) -> None:
    edit(place / "niveaux.csv", "213501234", "212505325")
    before = (place / "essai/data/communes.csv").read_bytes()
    (place / "essai/data/logo.png").write_bytes(b"\x89PNG")

    made = cli("init", "val", "--from", "essai", "--codes", "niveaux.csv", "--json")

    assert made.code == 0, made.err
    assert (made.json["year"], made.json["example"]) == (2025, False)
    assert made.json["left_out"] == INVENTED
    data = place / "val/data"
    assert not [name for name in INVENTED if (place / "val" / name).exists()]
    assert not (data / "README.md").exists()
    for name in ("tariffs.toml", "cpi.csv", "movements.csv", "services.csv", "logo.png"):
        assert (data / name).read_bytes() == (place / "essai/data" / name).read_bytes()
    assert (data / "tables/2025.csv").is_file()
    issuer = (place / "essai/data/issuer.toml").read_text("utf-8")
    start = issuer.index("# Dossier d'exemple")
    end = issuer.index("# Le signataire")
    assert (data / "issuer.toml").read_text("utf-8") == issuer[:start] + issuer[end:]
    assert "example" not in tomllib.loads(issuer[:start] + issuer[end:])
    known = rows(data / "communes.csv")
    assert {row["annee"] for row in known} == {"2025", "2026"}
    member = [(row["commune"], row["niveau"], row["source_niveau"]) for row in known]
    assert [row for row in member if row[1]] == [
        ("Amagney", "2A", "Délibération n° 3 du 04/11/2024"),
        ("Saône", "2B", "Convention du 12/12/2024"),
    ] * 2
    assert [row["reglement"] for row in known if row["code_insee"] == "25014"] == ["AC"] * 2
    kept = ("commune", "siren", "population_municipale", "code_postal", "ville")
    old = [row for row in rows(place / "essai/data/communes.csv") if row["annee"] != "2024"]
    assert [[row[c] for c in kept] for row in known] == [[row[c] for c in kept] for row in old]
    assert (place / "essai/data/communes.csv").read_bytes() == before
    # By hand: 937 x 0.38 = 356.06, withheld; 3142 x 3.28 = 10305.76, capped at 7048.
    bill = cli("bill", "2025", "--dir", "val", "--json").json
    assert [(line["code_insee"], line["amount"]) for line in bill["lines"]] == [
        ("25532", "7048.00")
    ]
    assert [(line["code_insee"], line["amount"]) for line in bill["withheld"]] == [
        ("25014", "356.06")
    ]


def test_all_the_way_to_a_real_invoice_beside_the_example_that_issued(
    place: Path, cli: Cli
) -> None:
    edit(place / "niveaux.csv", "213501234", "212505325")
    assert cli("bill", "2025", "--issue", "--yes", "--dir", "essai").code == 0
    assert cli("init", "val", "--from", "essai", "--codes", "niveaux.csv").code == 0
    assert not (place / "val/register.db").exists()
    issue = ("bill", "2025", "--issue", "--yes", "--dir", "val")
    refused = cli(*issue)
    assert refused.code == 3
    words = ("signataire", "délibération", "inventé")
    assert [word in refused.err for word in words] == [True, True, False]
    edit(place / "val/data/issuer.toml", 'name = "à compléter"', 'name = "Camille Exemple"')
    edit(place / "val/data/issuer.toml", "La Présidente ou le Président", "La Présidente")
    assert cli("index", "2025", "--act", "Délibération d'exemple", "--dir", "val").code == 0
    assert cli(*issue).code == 0
    listed = cli("register", "list", "--dir", "val", "--json").json["documents"]
    assert [one["number"] for one in listed] == ["F2025-0001", "R2025-0001"]
    assert cli("register", "verify", "--dir", "val").code == 0


def test_a_level_that_is_already_real_needs_no_line(place: Path, cli: Cli) -> None:
    path = place / "essai/data/communes.csv"
    text = path.read_text("utf-8-sig")
    path.write_text(
        text.replace("2B;exemple;25220;Amagney", "2B;Convention;25220;Amagney"), "utf-8"
    )
    edit(place / "niveaux.csv", "25014;2a;Délibération n° 3 du 04/11/2024;AC;\n", "")
    edit(place / "niveaux.csv", "213501234", "212505325")
    made = cli("init", "val", "--from", "essai", "--codes", "niveaux.csv")
    assert made.code == 0, made.err
    known = rows(place / "val/data/communes.csv")
    found = {(row["niveau"], row["source_niveau"]) for row in known if row["commune"] == "Amagney"}
    assert found == {("2B", "Convention")}


def test_of_an_example_whose_year_was_tried(place: Path, cli: Cli) -> None:
    """Its locked tables of years left behind are too; the vote that was tried there is told."""
    for words in (("index", "2026", "--act", "Délibération n° 12"), ("tariffs", "2026", "--lock")):
        assert cli(*words, "--dir", "essai").code == 0
    edit(place / "niveaux.csv", "213501234", "212505325")
    made = cli("init", "val", "--from", "essai", "--codes", "niveaux.csv")
    assert made.code == 0, made.err
    assert [path.name for path in (place / "val/data/tables").iterdir()] == ["2026.csv"]
    assert "grille 2026 votée par « Délibération n° 12 », repris de l'exemple" in made.out
    assert "sans l'acte" not in made.out
    assert cli("check", "--dir", "val").code == 0


def test_levels_without_their_act_are_told(place: Path, cli: Cli) -> None:
    edit(place / "niveaux.csv", "213501234", "212505325")
    edit(place / "niveaux.csv", "Convention du 12/12/2024", "")
    said = cli("init", "val", "--from", "essai", "--codes", "niveaux.csv").out
    assert "sans l'acte du niveau (source_niveau)" in said


def test_a_table_that_is_not_invented_from_end_to_end_is_kept(place: Path, cli: Cli) -> None:
    edit(place / "niveaux.csv", "213501234", "212505325")
    path = place / "essai/data/requests.csv"
    first = path.read_text("utf-8-sig").splitlines()[1]
    edit(path, first, first.removesuffix("exemple") + "courrier du maire")
    made = cli("init", "val", "--from", "essai", "--codes", "niveaux.csv", "--json").json
    assert made["left_out"] == INVENTED[:3]
    assert (place / "val/data/requests.csv").read_bytes() == path.read_bytes()
    assert (place / "val/data/meetings/2025-02-20.toml").is_file()


def test_the_workbook_of_the_example_is_a_list_once_its_levels_are_typed(
    place: Path, cli: Cli
) -> None:
    """As Excel gives it back: several years, what holds in one, what holds until it changes."""
    shutil.rmtree(place / "essai")
    assert cli("init", "essai", "--example").code == 0
    book = load_workbook(place / "essai/modele-communes.xlsx")
    sheet = book["communes"]
    titles = [cell.value for cell in sheet[1]]
    annee, code, level, source = map(
        titles.index, ("annee", "code_insee", "niveau", "source_niveau")
    )
    ask = ("init", "val", "--from", "essai", "--codes", "niveaux.xlsx")
    book.save(place / "niveaux.xlsx")
    untouched = cli(*ask)
    assert (untouched.code, "66\u00a0communes" in untouched.err) == (1, True)
    for row in sheet.iter_rows(min_row=2):
        taken = {("2025", "25014"): "2A", ("2026", "25014"): "2B"}
        row[level].value = taken.get((str(row[annee].value), str(row[code].value)))
        row[source].value = "Convention" if row[level].value else None
    book.save(place / "niveaux.xlsx")
    assert cli(*ask).code == 0
    known = [row for row in rows(place / "val/data/communes.csv") if row["niveau"]]
    assert [(row["annee"], row["commune"], row["niveau"]) for row in known] == [
        ("2025", "Amagney", "2A"),
        ("2026", "Amagney", "2B"),
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--from", "essai", "--codes", "niveaux.csv"), 1, "niveaux.csv:3"),
        (("--from", "absent", "--codes", "niveaux.csv"), 1, "absent/data"),
        (("--from", "essai"), 2, "--codes"),
        (("--from", "essai", "--codes", "niveaux.csv", "--level", "2A"), 2, "--level"),
        (("--from", "essai", "--codes", "25014,25532"), 2, "aucune commune"),
        (("--from", "essai", "--codes", "court.csv", "--year", "2026"), 2, "2025"),
        (("--from", "reel", "--codes", "court.csv"), 3, "exemple"),
        (("--from", "essai", "--codes", "court.csv"), 1, "[N16]"),
        (("--from", "essai", "--codes", "court.csv"), 1, "[N12]"),
    ],
)
def test_refused(arguments: tuple[str, ...], code: int, words: str, place: Path, cli: Cli) -> None:
    (place / "court.csv").write_text("code_insee;niveau\n25014;2A\n25999;2B\n", "utf-8")
    shutil.copytree(place / "essai", place / "reel")
    edit(place / "reel/data/issuer.toml", "\nexample = true", "\nexample = false")
    answer = cli("init", "val", *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert words in answer.err
    assert not (place / "val").exists()
