"""INSEE's own files into the workspace, as people download them."""

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, TESTS, Cli, edit, moves
from mutualis.domain.problems.problem import Problem
from mutualis.files.data import communes_writer
from mutualis.files.data.communes import NAME
from mutualis.files.insee import download as insee_file
from mutualis.files.insee.populations import parse_populations
from mutualis.files.insee.series import parse_series
from mutualis.files.tables.text import BOM, TextFile, decode
from mutualis.files.workspace import load

INSEE = TESTS / "insee"
DOUBS = INSEE / "donnees_communes-2026-doubs.csv"
OLD_HEAD = "CODREG;REG;CODDEP;CODARR;CODCAN;CODCOM;COM;PMUN;PCAP;PTOT"
HEAD = "annee;code_insee;commune;siren;population_municipale;population_totale;niveau"
SERIES = (
    '"Libellé";"Indice des prix à la consommation - Base 2025 - Ensemble des ménages - France '
    '- Ensemble";"Codes"\n"idBank";"011814630";""\n'
    '"Dernière mise à jour";"15/01/2027 08:45";""\n"Période";"";""\n'
)

# The rows are compared with those that are shipped.
pytestmark = pytest.mark.usefixtures("as_shipped")


def old_layout(text: str) -> str:
    """INSEE's file in its other layout: the name in COM, the code in two columns."""
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    lines = [
        f"{r['REG']};{r['Région']};{r['DEP']};{r['CODARR']};;{r['CODCOM']};{r['Commune']};"
        f"{r['PMUN']};{r['PCAP']};{r['PTOT']}"
        for r in rows
    ]
    return "\n".join([OLD_HEAD, *lines]) + "\n"


def insee_line(code: str, name: str, municipal: int, total: int) -> str:
    return f"27;BFC;{code[:2]};1;;{code[2:]};{name};{municipal};0;{total}"


def archive(path: Path, **members: bytes) -> Path:
    """A zip whose members are named by keyword, `__` standing for a slash."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(f"{name.replace('__', '/')}.csv", data)
    return path


def keep_years(folder: Path, *years: str) -> None:
    path = folder / NAME
    lines = path.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if line[:4].decode("utf-8-sig", "replace") in years]
    path.write_bytes(lines[0] + b"".join(kept))


def rows(folder: Path, year: str) -> dict[str, dict[str, str]]:
    text = (folder / NAME).read_text("utf-8-sig")
    table = csv.DictReader(io.StringIO(text), delimiter=";")
    return {row["code_insee"]: row for row in table if row["annee"] == year}


# --- populations: the real file ----------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("layout", ["new", "old"])
@pytest.mark.parametrize("packed", [False, True])
def test_the_shipped_year_is_insees(
    newline: str, layout: str, packed: bool, folder: Path, cli: Cli
) -> None:
    text = DOUBS.read_text("utf-8")
    data = (text if layout == "new" else old_layout(text)).replace("\n", newline).encode()
    path = folder / "ensemble.zip"
    if packed:
        archive(path, donnees_departements=b"x", ensemble__donnees_communes=data)
    else:
        path = folder / "donnees_communes.csv"
        path.write_bytes(data)
    before = (folder / NAME).read_bytes()
    answer = cli("import", "populations", str(path), "--year", "2026", "--json")
    assert answer.code == 0
    assert answer.err == ""
    assert (answer.json["unchanged"], answer.json["written"]) == (67, False)
    assert (folder / NAME).read_bytes() == before == (ROOT / NAME).read_bytes()
    assert not (folder / "register.db").exists()


def test_a_year_from_the_one_before(folder: Path, cli: Cli) -> None:
    shipped = rows(folder, "2026")
    levels = {code: row["niveau"] for code, row in rows(folder, "2025").items()}
    keep_years(folder, "2024", "2025")
    before = (folder / NAME).read_bytes()

    dry = cli("import", "populations", str(DOUBS), "--year", "2026", "--dry-run", "--json").json
    assert (dry["added"], dry["written"], dry["files"]) == (67, False, [])
    assert (folder / NAME).read_bytes() == before

    answer = cli("import", "populations", str(DOUBS), "--year", "2026")
    assert answer.code == 0
    assert "67\u00a0lignes ajoutées" in answer.out
    assert "Écrit : data/communes.csv" in answer.out
    assert "Ensuite : " in answer.out
    assert (folder / NAME).read_bytes().startswith(before)
    # The shipped rows, but for the level, which is the year before's.
    wanted = {code: {**row, "niveau": levels[code]} for code, row in shipped.items()}
    assert rows(folder, "2026") == wanted
    assert cli("check").code == 0
    assert cli("import", "populations", str(DOUBS), "--year", "2026", "--json").json["added"] == 0


def test_the_change_of_each_fee(folder: Path, cli: Cli) -> None:
    """By hand, at 3,28 € and 0,38 €: INSEE's populations of 2025, then of 2026."""
    answer = cli("import", "populations", str(DOUBS), "--year", "2026", "--json").json
    assert (answer["grid"], answer["population_basis"]) == (2025, "municipale")
    found = {entry["commune"]: entry for entry in answer["communes"]}
    keys = ("population_before", "population", "amount_before", "amount", "change")
    for name, *wanted in (
        ("Amagney", 937, 934, "3073.36", "3063.52", "-9.84"),
        ("Avanne-Aveney", 2237, 2256, "850.06", "857.28", "7.22"),
        ("Serre-les-Sapins", 1921, 2004, "6300.88", "6573.12", "272.24"),
        ("Saint-Vit", 5059, 5133, "9416.00", "9416.00", "0.00"),  # flat from 4 000 on
        ("Saône", 3142, 3195, "7048.00", "7048.00", "0.00"),  # capped from 2 149 on
        ("Audeux", 422, 420, None, None, None),  # level 1
        ("Besançon", 120057, 118489, None, None, None),  # not a customer
    ):
        assert [found[name][key] for key in keys] == wanted, name
    assert answer["crossings"] == []
    screen = cli("import", "populations", str(DOUBS), "--year", "2026").out
    assert "montants à la grille 2025, faute de grille 2026" in screen
    assert "Aucune commune ne change de tranche." in screen
    assert max(len(line) for line in screen.splitlines() if "Saône" in line) <= 80
    cli("index", "2026")
    again = cli("import", "populations", str(DOUBS), "--year", "2026").out
    assert "montants à la grille 2026, projetée" in again


@pytest.fixture
def insee_2025(folder: Path) -> str:
    """The shipped populations of 2025 as INSEE publishes them; communes.csv knows 2024 alone."""
    lines = [
        insee_line(
            code,
            row["commune"],
            int(row["population_municipale"]),
            int(row["population_totale"]),
        )
        for code, row in rows(folder, "2025").items()
    ]
    keep_years(folder, "2024")
    return small_insee(folder, *lines)


def shipped(*years: str) -> bytes:
    """The shipped communes.csv, with the rows of some years alone."""
    head, *lines = (ROOT / NAME).read_bytes().splitlines(keepends=True)
    return head + b"".join(line for line in lines if line[:4].decode() in years)


@pytest.mark.parametrize("by", ["movements.csv", "INSEE's movements", "an option"])
def test_the_shipped_2025_replayed_from_2024(
    by: str, insee_2025: str, folder: Path, cli: Cli
) -> None:
    """Le Gratteris joined Mamirolle, a new person: with its SIREN, the shipped rows to the byte."""
    command = ["import", "populations", insee_2025, "--year", "2025"]
    if by != "movements.csv":
        (folder / "data/movements.csv").unlink()
    if by == "INSEE's movements":
        file = str(INSEE / "v_mvtcommune-sample.csv")
        assert cli("import", "movements", file).code == 0
    if by == "an option":
        refused = cli(*command)
        assert refused.code == 3
        assert "mutualis import movements FICHIER-DE-L'INSEE, puis relancer" in refused.err
        assert "--merged 25297=CODE (Le Gratteris)" in refused.err
        assert (folder / NAME).read_bytes() == shipped("2024")
        command += ["--merged", "25297=25364"]
        kept = cli(*command, "--dry-run").out
        assert "une fusion change souvent le SIREN ; Mamirolle garde 212503643" in kept
    answer = cli(*command, "--siren", "25364=934280017")
    assert (answer.code, answer.err) == (0, "")
    assert (folder / NAME).read_bytes() == shipped("2024", "2025")
    assert "Disparue : Le Gratteris (25297), réunie à Mamirolle (25364)" in answer.out
    line = "À ajouter à data/movements.csv : 2025-01-01;fusion;25297;Le Gratteris;25364;;"
    assert (line in answer.out) == (by == "an option")
    assert "--siren" not in answer.out
    again = cli(*command, "--json").json
    assert (again["written"], again["without_siren"]) == (False, [])
    assert again["disappeared"] == [
        {"code_insee": "25297", "commune": "Le Gratteris", "successor": "25364"}
    ]


def test_a_commune_nouvelle_never_keeps_the_old_siren(
    insee_2025: str, folder: Path, cli: Cli
) -> None:
    """Without the answer its SIREN is empty and asked; given later, the rows are the shipped."""
    command = ("import", "populations", insee_2025, "--year", "2025")
    asked = cli(*command, "--dry-run", "--json").json
    assert (asked["without_siren"], asked["to_complete"]) == (["25364"], [])
    answer = cli(*command)
    assert answer.code == 0, answer.err
    assert "Mamirolle (25364) est une nouvelle personne, sans SIREN connu" in answer.out
    assert "le donner avec --siren 25364=SIREN" in answer.out
    assert "--merged" not in answer.out + answer.err
    assert rows(folder, "2025")["25364"]["siren"] == ""
    assert (folder / NAME).read_bytes() == shipped("2024", "2025").replace(b"934280017", b"")
    assert cli(*command, "--siren", "25364=934280017").code == 0
    assert (folder / NAME).read_bytes() == shipped("2024", "2025")


def test_a_commune_nouvelle_leaves_the_numbers_of_the_old_one(folder: Path, cli: Cli) -> None:
    """The address stays; the SIREN, and what Chorus Pro knows that person by, do not."""
    (folder / NAME).write_text(
        f"{HEAD};siret;code_service;engagement;adresse\n"
        "2024;25297;Le Gratteris;212502975;161;164;2A;;;;\n"
        "2024;25364;Mamirolle;212503643;1798;1848;2B;21250364300018;S1;E7;1 rue de l'Église\n",
        "utf-8",
    )
    file = small_insee(folder, insee_line("25364", "Mamirolle", 1974, 2026))
    answer = cli("import", "populations", file, "--year", "2025")
    assert answer.code == 0, answer.err
    assert (folder / NAME).read_text("utf-8").splitlines()[3:] == [
        "2025;25364;Mamirolle;;1974;2026;2B;;;;1 rue de l'Église"
    ]


def test_bounds_crossed_come_first(folder: Path, cli: Cli) -> None:
    text = DOUBS.read_text("utf-8")
    text = text.replace(";Saône;3195;", ";Saône;4000;").replace(
        ";Saint-Vit;5133;", ";Saint-Vit;10001;"
    )
    path = folder / "insee.csv"
    path.write_text(text, "utf-8")
    answer = cli("import", "populations", str(path), "--year", "2026")
    first = answer.out.replace("\u00a0", " ").splitlines()[1:6]
    assert first == [
        "2 communes changent de tranche :",
        "  Saint-Vit (25527), 2B : 5 059 → 10 001 habitants, dépasse 10 000",
        "    pas de prix à ce niveau : la commune ne pourra pas être facturée ainsi",
        "  Saône (25532), 2B : 3 142 → 4 000 habitants, dépasse 3 999",
        "    7 048,00 € → 9 416,00 € (+2 368,00 €)",
    ]
    # They are updates of rows that 2026 had: shown, and nothing else of the file moves.
    assert "3\u00a0195 → 4\u00a0000" in answer.out
    before = (ROOT / NAME).read_bytes().splitlines()
    after = (folder / NAME).read_bytes().splitlines()
    moved = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert [b.decode() for _, b in moved] == [
        "2026;25527;Saint-Vit;212505275;10001;5188;2B;exemple;25410;Saint-Vit",
        "2026;25532;Saône;212505325;4000;3264;2B;exemple;25660;Saône",
    ]
    # Back again, the year after.
    screen = cli("import", "populations", str(DOUBS), "--year", "2027", "--dry-run").out
    assert "4\u00a0000 → 3\u00a0195\u00a0habitants, ne dépasse plus 3\u00a0999" in screen
    back = cli("import", "populations", str(DOUBS), "--year", "2027", "--dry-run", "--json").json
    assert {e["commune"]: e["crossed"] for e in back["communes"] if e["crossed"]} == {
        "Saône": 3999,
        "Saint-Vit": 10000,
    }


# --- populations: the file of the officer ------------------------------------------------------


def small_insee(folder: Path, *lines: str) -> str:
    path = folder / "donnees_communes.csv"
    path.write_text("\n".join([OLD_HEAD, *lines]) + "\n", "utf-8")
    return str(path)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(b"", "utf-8"), (BOM, "utf-8"), (b"", "cp1252"), (b"\xff\xfe", "utf-16-le")],
)
@pytest.mark.parametrize("last", ["\n", ""])
def test_the_rest_of_the_file_is_kept(
    delimiter: str, newline: str, mark: bytes, encoding: str, last: str, folder: Path, cli: Cli
) -> None:
    """Another order of columns, unknown ones, quotes, spaces: by the byte."""
    head = (
        "note;niveau;commune;population_totale;population_municipale;siren;code_insee;annee;"
        "date_debut;date_fin;reglement;siret;adresse"
    )
    note = '"à voir; ""vite"""'
    saone = f'{note};2b;"Saône";"3210";3 142;212505325;25532;2025;;;AC;21250532500028;Rue é '
    early = ";2A;Thise;3 039;2 990;212505606;25560;2025;;30/06/2025;;;"
    late = "x;2B;Thise;3 039;2 990;212505606;25560;2025;01/07/2025;;;;"
    there = '"gardée" ;1;Audeux;"425";"420";212500300;25030;2026;;;;;'
    old = ";1;Audeux;432;422;212500300;25030;2025;;;;;"

    def saved(*lines: str) -> bytes:
        text = "\n".join(lines).replace("; ", "\0").replace(";", delimiter).replace("\0", "; ")
        return mark + text.replace("\n", newline).encode(encoding)

    path = folder / NAME
    if delimiter == ",":
        saone = saone.replace('"à voir; ', '"à voir, ')
    before = saved("sep=;" if delimiter == ";" else head, *([head] if delimiter == ";" else []))
    body = (saone, early, late, there, old)
    before = before + newline.encode(encoding) + saved(*body).removeprefix(mark)
    path.write_bytes(before + last.replace("\n", newline).encode(encoding))
    file = small_insee(
        folder,
        insee_line("25532", "Saône", 3195, 3210),
        insee_line("25560", "Thise", 2994, 3043),
        insee_line("25030", "Audeux", 421, 425),
    )
    answer = cli("import", "populations", file, "--year", "2026")
    assert answer.code == 0, answer.err
    added = saved(
        saone.replace("3 142", "3195").replace(";2025;", ";2026;"),
        "x;2B;Thise;3043;2994;212505606;25560;2026;;;;;",
    ).removeprefix(mark)
    changed = before.replace('"420"'.encode(encoding), '"421"'.encode(encoding))
    end = newline.encode(encoding)
    assert path.read_bytes() == changed + end + added + end


@pytest.mark.parametrize("siren", ["", "123456782"])
def test_a_new_commune_is_to_complete(siren: str, small: Path, cli: Cli) -> None:
    file = small_insee(
        small,
        insee_line("25014", "Amagney", 940, 949),
        insee_line("25532", "Saône", 3200, 3270),
        insee_line("25999", "Val Neuf", 430, 440),
    )
    options = ("--siren", f"25999={siren}") if siren else ()
    command = ("import", "populations", file, "--year", "2027", "--merged", "25030=25999")
    answer = cli(*command, *options)
    assert answer.code == 0, answer.err
    assert "À compléter : Val Neuf (25999) est nouvelle ; sa ligne 2027 n'a ni niveau" in answer.out
    assert ("le donner avec --siren 25999=SIREN" in answer.out) == (siren == "")
    assert (small / NAME).read_text("utf-8").splitlines()[-3:] == [
        "2027;25014;Amagney;212500144;940;949;2B;25900;Amagney",
        "2027;25532;Saône;212505325;3200;3270;2A;25900;Saône",
        f"2027;25999;Val Neuf;{siren};430;440;;;",
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "--merged 25030=CODE (Audeux)"),
        (("--merged", "25030=25998"), "25998 n'est pas dans le fichier de l'INSEE"),
        (("--merged", "25001=25532"), "25001 n'est pas une commune connue"),
        (
            ("--merged", "25030=25532", "--merged", "25532=25014"),
            "25532 est elle-même donnée comme disparue",
        ),
        (("--merged", "25030=25532", "--siren", "25030=123456782"), "n'aura pas de ligne 2027"),
    ],
)
def test_refused_populations(options: tuple[str, ...], words: str, small: Path, cli: Cli) -> None:
    file = small_insee(
        small,
        insee_line("25014", "Amagney", 940, 949),
        insee_line("25532", "Saône", 3200, 3270),
    )
    before = (small / NAME).read_bytes()
    answer = cli("import", "populations", file, "--year", "2027", *options)
    assert answer.code == 3
    assert words in answer.err
    assert "À faire : " in answer.err
    assert answer.out == ""
    assert (small / NAME).read_bytes() == before


def test_a_merged_commune_with_a_row_that_year(small: Path, cli: Cli) -> None:
    file = small_insee(
        small,
        insee_line("25014", "Amagney", 940, 949),
        insee_line("25532", "Saône", 3200, 3270),
    )
    command = ("import", "populations", file, "--year", "2026", "--merged", "25030=25532")
    refused = cli(*command)
    assert refused.code == 3
    assert "supprimer la ligne 2026 : Audeux (data/communes.csv:6)" in refused.err
    edit(small / NAME, "2026;25030;Audeux;212500300;420;429;;25900;Audeux\n", "")
    assert cli(*command).code == 0


def test_a_merger_during_the_year_before(folder: Path, cli: Cli) -> None:
    """Its successor is in the file: no option to type, and no row for the one that is gone."""
    (folder / NAME).write_text(
        f"{HEAD};date_debut;date_fin\n"
        "2025;25014;Amagney;212500144;937;946;2B;;\n"
        "2025;25030;Audeux;212500300;422;432;1;;30/06/2025\n"
        "2025;25532;Saône;212505325;3142;3213;2A;;30/06/2025\n"
        "2025;25532;Saône;212505325;3564;3645;2B;01/07/2025;\n",
        "utf-8",
    )
    moves(folder, "2025-07-01", "25030 Audeux", "25532 Saône")
    file = small_insee(
        folder,
        insee_line("25014", "Amagney", 940, 949),
        insee_line("25030", "Audeux", 421, 430),
        insee_line("25532", "Saône", 3150, 3220),
    )
    answer = cli("import", "populations", file, "--year", "2026")
    assert answer.code == 0
    assert "Disparue : Audeux (25030), réunie à Saône (25532)" in answer.out
    assert "avertissement[N08]" in answer.err, "INSEE still counts it apart"
    assert (folder / NAME).read_text("utf-8").splitlines()[5:] == [
        "2026;25014;Amagney;212500144;940;949;2B;;",
        "2026;25532;Saône;212505325;3150;3220;2B;;",
    ]


def test_rows_that_a_merger_of_the_year_begins_are_kept(folder: Path, cli: Cli) -> None:
    (folder / NAME).write_text(
        f"{HEAD};date_debut;date_fin\n"
        "2025;25030;Audeux;212500300;422;432;1;;\n"
        "2025;25532;Saône;212505325;3142;3213;2A;;\n"
        "2026;25030;Audeux;212500300;1;1;1;;30/06/2026\n"
        "2026;25532;Saône;212505325;1;1;2A;;30/06/2026\n"
        "2026;25532;Saône;212505325;3571;3650;2B;01/07/2026;\n",
        "utf-8",
    )
    moves(folder, "2026-07-01", "25030 Audeux", "25532 Saône")
    file = small_insee(
        folder, insee_line("25030", "Audeux", 421, 430), insee_line("25532", "Saône", 3150, 3220)
    )
    answer = cli("import", "populations", file, "--year", "2026")
    assert answer.code == 0
    assert "Laissée telle quelle : Saône (data/communes.csv:6)" in answer.out
    assert (folder / NAME).read_text("utf-8").splitlines()[3:] == [
        "2026;25030;Audeux;212500300;421;430;1;;30/06/2026",
        "2026;25532;Saône;212505325;3150;3220;2A;;30/06/2026",
        "2026;25532;Saône;212505325;3571;3650;2B;01/07/2026;",
    ]


def test_a_siren_that_changes_takes_its_siret_away(folder: Path, cli: Cli) -> None:
    (folder / NAME).write_text(
        f"{HEAD};siret\n2025;25532;Saône;212505325;3142;3213;2A;21250532500028\n", "utf-8"
    )
    file = small_insee(folder, insee_line("25532", "Saône", 3150, 3220))
    answer = cli("import", "populations", file, "--year", "2026", "--siren", "25532=123456782")
    assert answer.code == 0
    assert "le SIRET de Saône (21250532500028)" in answer.out
    assert (folder / NAME).read_text("utf-8").splitlines()[-1] == (
        "2026;25532;Saône;123456782;3150;3220;2A;"
    )


def test_what_is_issued_does_not_change(voted: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes", "--operator", "x"))
    text = old_layout(DOUBS.read_text("utf-8"))
    path = voted / "insee.csv"
    path.write_text(text, "utf-8")
    command = ("import", "populations", str(path), "--year", "2025", "--merged", "25297=25364")
    answer = cli(*command, "--json")
    # The figures of 2026 in 2025: allowed, and said.
    assert answer.code == 0
    assert (answer.json["issued"], answer.json["written"]) == (True, True)
    assert cli("bill", "2025", "--issue", "--yes", "--operator", "x").code == 3
    edit(path, ";Saône;3195;", ";Saône;3196;")
    screen = cli(*command).out
    assert "Des factures 2025 sont déjà émises" in screen
    assert "La table tarifaire 2025 est verrouillée" in screen


def test_the_file_changed_meanwhile(
    folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_years(folder, "2024", "2025")
    original = communes_writer.with_rows

    def slow(*arguments: object) -> object:
        change = original(*arguments)  # type: ignore[arg-type]
        (folder / NAME).write_bytes((folder / NAME).read_bytes() + b"\n")
        return change

    monkeypatch.setattr(communes_writer, "with_rows", slow)
    answer = cli("import", "populations", str(DOUBS), "--year", "2026")
    assert answer.code == 4
    assert rows(folder, "2026") == {}


def test_a_quote_never_closed_at_the_end(folder: Path, cli: Cli) -> None:
    """The last line is read as it is, but would swallow a line added after it."""
    path = folder / NAME
    path.write_text(f'{HEAD}\n2025;25532;Saône;212505325;3142;3213;"2A', "utf-8")
    file = small_insee(folder, insee_line("25532", "Saône", 3150, 3220))
    before = path.read_bytes()
    answer = cli("import", "populations", file, "--year", "2026")
    assert answer.code == 1
    assert "data/communes.csv:2" in answer.err
    assert path.read_bytes() == before


# --- populations: INSEE's file -----------------------------------------------------------------


def test_codes_of_corsica_and_overseas() -> None:
    text = "\n".join(
        [
            OLD_HEAD,
            "94;Corse;2A;1;01;004;Ajaccio;74000;800;74800",
            "94;Corse;2b;1;;033;Bastia;48000;500;48500",
            "84;ARA;01;1;;004;Ambérieu;15000;200;15200",
            "01;Guadeloupe;971;1;;05;Basse-Terre;9800;100;9900",
            "01;Guadeloupe;971;1;;107;Capesterre;17000;100;17100",
            "04;Réunion;974;2;;411;Saint-Denis;150000;900;150900",
        ]
    )
    wanted = {"2A004", "2B033", "01004", "97105", "97107", "97411"}
    found, problems = parse_populations(TextFile("x.csv", text), wanted)
    assert problems == []
    assert found.keys() == wanted
    assert (found["97105"].name, found["97105"].municipal, found["97105"].total) == (
        *("Basse-Terre", 9800, 9900),
    )


@pytest.mark.parametrize(
    "row",
    [
        "84;ARA;1;1;;4;Ambérieu;15000;200;15200",
        "84;ARA;01;1;;4;Ambérieu;15000;200;15200",
        "84;ARA;1;1;;004;Ambérieu;15000;200;15200",
    ],
)
def test_zeros_that_excel_took_away(row: str) -> None:
    found, problems = parse_populations(TextFile("x.csv", f"{OLD_HEAD}\n{row}"), {"01004"})
    assert found == {}
    assert [problem.code for problem in problems] == ["N03"]
    whole = (
        "REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT\n84;A;1;1;;4;1004;A;1;1;1"
    )
    assert [p.code for p in parse_populations(TextFile("x", whole), {"01004"})[1]] == ["N03"]


def test_what_is_wrong_with_a_row_that_is_needed() -> None:
    text = f"{OLD_HEAD}\n" + "\n".join(
        [
            insee_line("25014", "Amagney", 940, 949).replace("940", "94O"),
            insee_line("25030", "", 421, 430),
            insee_line("25532", "=1+1", 421, 430),
            insee_line("25999", "not needed", 1, 1).replace(";1;0;1", ";x;x;x"),
        ]
    )
    _, problems = parse_populations(TextFile("x.csv", text), {"25014", "25030", "25532"})
    assert [(p.code, p.source.line, p.source.cell) for p in problems] == [
        ("C13", 2, "H2"),
        ("C15", 3, "G3"),
        ("C14", 4, "G4"),
    ]


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"donnees_departements": b"x"}, "ne contient pas donnees_communes.csv"),
        (
            {"a__donnees_communes": b"x", "b__donnees_communes": b"y"},
            "contient 2 fichiers donnees_communes.csv",
        ),
        ({"donnees_communes": b"0" * 5000}, "bien plus gros"),
    ],
)
def test_archives_that_cannot_be_used(
    members: dict[str, bytes],
    words: str,
    folder: Path,
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(insee_file, "MOST_BYTES", 4000)
    path = archive(folder / "ensemble.zip", **members)
    answer = cli("import", "populations", str(path), "--year", "2026")
    assert answer.code == 1
    assert "erreur[N02] ensemble.zip" in answer.err
    assert words in answer.err
    left = {path.name for path in folder.iterdir()} - {"data", "ensemble.zip", ".mutualis.lock"}
    assert not left


@pytest.mark.parametrize(
    "twin",
    [
        "__MACOSX/ensemble/._donnees_communes",
        "__MACOSX/donnees_communes",
        "ensemble/._donnees_communes",
        "ensemble/meta_donnees_communes",
    ],
)
def test_a_twin_in_an_archive_is_no_file_of_insee(twin: str, folder: Path, cli: Cli) -> None:
    """What macOS lays beside each file, and a file whose name ends alike."""
    path = folder / "ensemble.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("ensemble/donnees_communes.csv", DOUBS.read_bytes())
        target.writestr(f"{twin}.csv", b"\0\5\26\7")
    answer = cli("import", "populations", "ensemble.zip", "--year", "2026", "--dry-run")
    assert answer.code == 0


def test_a_size_that_lies_is_not_believed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insee_file, "MOST_BYTES", 4000)
    data = archive(folder / "x.zip", donnees_communes=b"0" * 5000).read_bytes()
    (folder / "x.zip").write_bytes(data.replace((5000).to_bytes(4, "little"), b"\x10\0\0\0"))
    read = insee_file.read_insee(folder / "x.zip", "donnees_communes.csv")
    assert isinstance(read, Problem)
    assert read.code == "N02"


def test_a_workbook_is_not_insees_csv(folder: Path, cli: Cli) -> None:
    from openpyxl import Workbook

    Workbook().save(folder / "ensemble.xlsx")
    answer = cli("import", "populations", str(folder / "ensemble.xlsx"), "--year", "2026")
    assert answer.code == 1
    assert "c'est un classeur Excel" in answer.err


@given(data=st.binary(max_size=300), start=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06"]))
def test_any_bytes_are_answered(data: bytes, start: bytes) -> None:
    for text in (
        decode("x.csv", start + data),
        decode("x.csv", f"{OLD_HEAD}\n25;;25;;;014;".encode() + data),
    ):
        found, problems = parse_populations(text, {"25014"})
        assert found or problems
    for text in (decode("x.csv", data), decode("x.csv", SERIES.encode() + data)):
        release, wrong = parse_series(text)
        assert release is not None or wrong
        assert all(problem.message and problem.remedy for problem in wrong)


# --- the price index ---------------------------------------------------------------------------


def series(folder: Path, *months: str, head: str = SERIES) -> str:
    path = folder / "valeurs_mensuelles.csv"
    lines = ['"' + '";"'.join(month.split()) + '"' for month in months]
    path.write_text(head + "\n".join(lines) + "\n", "utf-8")
    return str(path)


def added(folder: Path) -> list[str]:
    before = (ROOT / "data/cpi.csv").read_text("utf-8-sig")
    after = (folder / "data/cpi.csv").read_text("utf-8-sig")
    assert after.startswith(before)
    return after.removeprefix(before).splitlines()


@pytest.mark.parametrize("packed", [False, True])
def test_the_next_december(packed: bool, folder: Path, cli: Cli) -> None:
    """101,05 / 99,95 = 1,0110…: +1,1 %. November is nobody's business."""
    file = series(
        folder, "2026-12 101.05 A", "2026-11 100.9 A", "2025-12 99.95 A", "2024-12 99.17 A"
    )
    if packed:
        data = Path(file).read_bytes()
        file = str(archive(folder / "serie.zip", valeurs_mensuelles=data, caractéristiques=b"x"))
    dry = cli("import", "cpi", file, "--dry-run")
    assert dry.code == 0
    assert added(folder) == []
    answer = cli("import", "cpi", file)
    assert answer.code == 0
    assert "+1,1\u00a0% (calculée)" in answer.out
    assert "différer de 0,1 de celle que publie l'INSEE" in answer.out
    assert "https://www.insee.fr/fr/statistiques/serie/011814630" in answer.out
    assert added(folder) == [
        "2026-12;011814630;2025;101,05;1,1;"
        "INSEE, valeurs_mensuelles.csv du 15/01/2027, variation calculée"
    ]
    again = cli("import", "cpi", file, "--json").json
    assert (again["added"], again["known"]) == ([], ["2024-12", "2025-12", "2026-12"])
    # An indexation on it says so, until somebody has checked it.
    cli("index", "2026")
    told = cli("index", "2027")
    assert told.code == 0
    assert "avertissement[I14] data/cpi.csv:14" in told.err
    assert "[I14]" in cli("check").out
    edit(folder / "data/cpi.csv", ", variation calculée", "")
    assert "[I14]" not in cli("check").out


@pytest.mark.parametrize(
    ("before", "after", "rate"),
    [
        ("100", "100.25", "0.3"),  # half up: 0.25
        ("100", "100.24", "0.2"),
        ("100", "99.75", "-0.3"),
        ("99.9", "101.5", "1.6"),  # 1.6016…
        ("104", "104", "0.0"),
    ],
)
def test_the_rate_is_rounded_once(
    before: str, after: str, rate: str, folder: Path, cli: Cli
) -> None:
    (folder / "data/cpi.csv").write_text("mois;serie;base;indice;variation_annuelle;source\n")
    file = series(folder, f"2031-12 {after} A", f"2030-12 {before} A")
    answer = cli("import", "cpi", file, "--json").json
    assert [(a["month"], a["rate"], a["rate_computed"]) for a in answer["added"]] == [
        ("2030-12", None, False),
        ("2031-12", rate, True),
    ]


def test_a_published_rate_stays(folder: Path, cli: Cli) -> None:
    """2023's rate, 3,7 %, is known from the other base: no second one beside it."""
    file = series(folder, "2025-12 99.95 A", "2023-12 97.9 A", "2022-12 94.4 A", "2014-12 90 A")
    answer = cli("import", "cpi", file)
    assert answer.code == 0
    assert "celle publiée, déjà connue" in answer.out
    origin = "INSEE, valeurs_mensuelles.csv du 15/01/2027"
    assert added(folder) == [
        f"2014-12;011814630;2025;90;;{origin}",
        f"2022-12;011814630;2025;94,4;;{origin}",
        f"2023-12;011814630;2025;97,9;;{origin}",
    ]
    index = load(folder).workspace
    assert index is not None
    published = index.index.published("2023-12", "ensemble")
    assert published is not None
    assert published.value == Decimal("3.7")
    assert cli("check").code == 0


def test_a_known_december_that_differs(folder: Path, cli: Cli) -> None:
    file = series(folder, "2026-12 101.05 A", "2025-12 99.96 A")
    answer = cli("import", "cpi", file)
    assert answer.code == 3
    assert "99,96 dans le fichier, 99,95 à data/cpi.csv:13" in answer.err
    assert added(folder) == []


def test_provisional_decembers_are_left_out(folder: Path, cli: Cli) -> None:
    file = series(folder, "2026-12 101.05 P", "2025-12 99.95 A")
    answer = cli("import", "cpi", file)
    assert answer.code == 0
    assert "non définitif : décembre\u00a02026" in answer.out
    assert added(folder) == []
    only = cli("import", "cpi", series(folder, "2026-12 101.05 P", "2026-11 100 A"))
    assert only.code == 1
    assert "erreur[N11]" in only.err


def test_the_sample_of_another_series(folder: Path, cli: Cli) -> None:
    answer = cli("import", "cpi", str(INSEE / "valeurs_mensuelles-001759964.csv"))
    assert answer.code == 1
    assert "erreur[N09]" in answer.err
    assert "Produits frais" in answer.err
    assert added(folder) == []


@pytest.mark.parametrize(
    ("bank", "label", "code"),
    [
        ("011814630", "Base 2015", "N10"),
        ("001759970", "Base 2025", "N10"),
        ("001763852", "Base 2015", "N10"),  # the number of the index without tobacco
        ("011999999", "Base 2015", None),  # a number of the future: the title decides
        ("001759970", "base 100 en 2015", None),
        ("001759970", "sans base", "N10"),
        ("001759970", "Base 2015 puis Base 2025", "N10"),
        ("1759970", "Base 2015", None),
        ("ensemble", "Base 2015", "N09"),
        ("", "Base 2015", "N09"),
    ],
)
def test_series_and_bases(bank: str, label: str, code: str | None, folder: Path, cli: Cli) -> None:
    head = SERIES.replace("011814630", bank).replace("Base 2025", label)
    answer = cli("import", "cpi", series(folder, "2025-12 121.1 A", head=head))
    assert answer.code == (0 if code is None else 1)
    assert code is None or f"erreur[{code}]" in answer.err


@pytest.mark.parametrize(
    ("bank", "written"), [("011814056", "011814056"), ("011999999", "hors_tabac")]
)
def test_the_index_without_tobacco_of_base_2025(
    bank: str, written: str, folder: Path, cli: Cli
) -> None:
    """By hand, of invented indices: 101.2 / 99.93 = 1.01271, +1.3 %; 99.93 / 99.2, +0.7 %."""
    head = SERIES.replace("011814630", bank).replace("- Ensemble", "- Ensemble hors tabac", 2)
    head = head.replace("Ensemble hors tabac des ménages", "Ensemble des ménages")
    file = series(folder, "2026-12 101.2 A", "2025-12 99.93 A", "2024-12 99.2 A", head=head)
    assert cli("import", "cpi", file).code == 0
    assert [line.split(";")[:5] for line in added(folder)] == [
        ["2024-12", written, "2025", "99,2", ""],
        ["2025-12", written, "2025", "99,93", "0,7"],
        ["2026-12", written, "2025", "101,2", "1,3"],
    ]


@pytest.mark.parametrize(
    ("month", "code"),
    [("2026-12 x A", "C13"), ("2026-12 0 A", "C13"), ("2026-T4 1 A", "C13"), ("déc 1 A", "C13")],
)
def test_wrong_cells_of_a_series(month: str, code: str, folder: Path, cli: Cli) -> None:
    answer = cli("import", "cpi", series(folder, month, "2025-12 99.95 A"))
    assert answer.code == 1
    assert f"erreur[{code}] valeurs_mensuelles.csv:5" in answer.err
    twice = cli("import", "cpi", series(folder, "2025-12 99.95 A", "2025-12 99.95 A"))
    assert "erreur[I03]" in twice.err


def test_the_index_file_keeps_its_form(folder: Path, cli: Cli) -> None:
    path = folder / "data/cpi.csv"
    path.write_bytes(
        "base,mois,serie,indice,variation_annuelle,source\r\n"
        "2025,2025-12,011814630,99.95,0.8,publié".encode("cp1252")
    )
    before = path.read_bytes()
    assert cli("import", "cpi", series(folder, "2026-12 101.05 A")).code == 0
    assert path.read_bytes() == before + (
        "\r\n2025,2026-12,011814630,101.05,1.1,"
        '"INSEE, valeurs_mensuelles.csv du 15/01/2027, variation calculée"\r\n'
    ).encode("cp1252")


def test_figures_of_another_year_are_told_whichever_it_is(folder: Path, cli: Cli) -> None:
    """The file of 2026, already imported, given for 2025 by mistake."""
    answer = cli("import", "populations", str(DOUBS), "--year", "2025", "--dry-run")
    told = [line for line in answer.err.splitlines() if "[N07]" in line]
    assert len(told) == 1
    assert "sont toutes celles de 2026" in told[0]
