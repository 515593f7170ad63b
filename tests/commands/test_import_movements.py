"""INSEE's movements of communes into movements.csv: what touches the body, each row once."""

import zipfile
from pathlib import Path

import pytest

from conftest import ROOT, TESTS, Cli
from mutualis.files.tables.text import BOM

NAME = "data/movements.csv"
SAMPLE = TESTS / "insee/v_mvtcommune-sample.csv"
GRATTERIS = [
    "2025-01-01;commune nouvelle;25297;Le Gratteris;25364;Mamirolle;INSEE, mouvements de communes",
    "2025-01-01;commune nouvelle;25364;Mamirolle;25364;Mamirolle;INSEE, mouvements de communes",
]
# By hand, from the sample: what touches the shipped communes, oldest first.
OLDER = [
    "1950-07-02;rétablissement;25905;Hautefontaine;25905;Hautefontaine;",
    "1950-07-02;rétablissement;25905;Hautefontaine;25030;Audeux;",
    "1961-12-31;changement de nom;25014;Amagney-sur-Doubs;25014;Amagney;",
    "1972-06-01;fusion;25901;Valbois;25532;Saône;",
    "1972-06-01;fusion;25532;Saône;25532;Saône;",
    "1985-03-01;rétablissement;25532;Saône;25532;Saône;",
    "1985-03-01;rétablissement;25532;Saône;25901;Valbois;",
]
ADDED = [f"{line}INSEE, mouvements de communes" for line in OLDER]


def packed(path: Path, data: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("v_commune_2025.csv", b"x")
        archive.writestr("cog/v_mvtcommune_2025.csv", data)
    return path


@pytest.mark.parametrize("header", ["as downloaded", "in lower case", "quoted"])
@pytest.mark.parametrize("is_packed", [False, True])
def test_what_touches_the_body_comes_once(
    header: str, is_packed: bool, folder: Path, cli: Cli
) -> None:
    titles, _, body = SAMPLE.read_text("utf-8").partition("\n")
    if header == "in lower case":
        titles = titles.lower()
    elif header == "quoted":
        titles = ",".join(f'"{title}"' for title in titles.split(","))
    data = f"{titles}\n{body}".encode()
    path = folder / "v_mvtcommune_2025.csv"
    path.write_bytes(data)
    if is_packed:
        path = packed(folder / "cog_ensemble_2025_csv.zip", data)
    before = (folder / NAME).read_bytes()

    dry = cli("import", "movements", str(path), "--dry-run", "--json").json
    assert (dry["written"], dry["known"], len(dry["added"])) == (False, 2, 7)
    assert (folder / NAME).read_bytes() == before

    answer = cli("import", "movements", str(path))
    assert answer.code == 0
    assert "7\u00a0lignes ajoutées à data/movements.csv." in answer.out
    after = (folder / NAME).read_bytes()
    assert after.startswith(before)
    assert after.removeprefix(before).decode().splitlines() == ADDED

    again = cli("import", "movements", str(path))
    assert "Rien à ajouter" in again.out
    assert (folder / NAME).read_bytes() == after
    assert cli("check").code == 0


def test_the_shipped_file_is_insees(folder: Path, cli: Cli) -> None:
    """A folder without the file gets one, and Le Gratteris as it is shipped."""
    (folder / NAME).unlink()
    lines = [x for x in SAMPLE.read_text("utf-8").splitlines() if x[:2] in ("MO", "32")]
    path = folder / "mvtcommune.csv"
    path.write_text("\n".join(lines), "utf-8")
    answer = cli("import", "movements", str(path), "--json").json
    assert answer["files"] == [NAME]
    assert [(row["code_before"], row["code_after"]) for row in answer["added"]] == [
        ("25297", "25364"),
        ("25364", "25364"),
    ]
    assert (folder / NAME).read_bytes() == (ROOT / NAME).read_bytes()


def test_a_file_with_its_own_habits_keeps_them(folder: Path, cli: Cli) -> None:
    text = (
        "type,date_effet,code_apres,code_avant,note\r\n"
        "adhésion,01/01/2017,25532,,arrêté\r\n"
        "fusion,1972-06-01,25532,25901,« vu »"
    )
    before = text.encode("cp1252")
    (folder / NAME).write_bytes(before)
    assert cli("import", "movements", str(SAMPLE)).code == 0
    added = (folder / NAME).read_bytes().removeprefix(before).decode("cp1252")
    assert added.startswith("\r\nrétablissement,1950-07-02,25905,25905,\r\n")
    assert added.count("fusion,") == 1
    assert added.endswith("commune nouvelle,2025-01-01,25364,25364,\r\n")


def test_what_contradicts_the_file_is_not_written(folder: Path, cli: Cli) -> None:
    path = folder / NAME
    path.write_text(
        "date_effet;type;code_avant;code_apres\n1960-01-01;fusion;25901;25014\n", "utf-8"
    )
    before = path.read_bytes()
    answer = cli("import", "movements", str(SAMPLE))
    assert answer.code == 1
    assert "erreur[M05] data/movements.csv" in answer.err
    assert path.read_bytes() == before


def test_a_name_that_the_encoding_lacks(folder: Path, cli: Cli) -> None:
    before = (
        "date_effet;type;code_avant;commune_avant;code_apres\n"
        "2000-01-01;changement de nom;25532;Saône;25532\n"
    ).encode("cp1252")
    (folder / NAME).write_bytes(before)
    path = folder / "mvtcommune.csv"
    path.write_text(SAMPLE.read_text("utf-8").replace("Valbois", "Vałbois"), "utf-8")
    answer = cli("import", "movements", str(path))
    assert answer.code == 3
    assert "Windows-1252" in answer.err
    assert (folder / NAME).read_bytes() == before


def test_other_files_are_told_apart(folder: Path, cli: Cli) -> None:
    answer = cli("import", "movements", str(TESTS / "insee/doubs-2026.csv"))
    assert answer.code == 1
    assert "erreur[N01] doubs-2026.csv:1" in answer.err
    path = folder / "mvtcommune.csv"
    path.write_bytes(BOM + SAMPLE.read_bytes().replace(b"COM,01901", b"COM,1901"))
    answer = cli("import", "movements", str(path))
    assert answer.code == 1
    assert "erreur[N03]" in answer.err
