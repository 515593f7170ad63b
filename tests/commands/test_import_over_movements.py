"""Populations carried over changes of code and mergers, by movements.csv alone.

`change_of_code` is a case that was tried by hand: four invented communes, one of which moves its
seat to another village on 1 January 2026. The amounts are worked out by hand.
"""

import csv
import io
import shutil
from pathlib import Path

import pytest
from test_import import OLD_HEAD, insee_line

from conftest import TESTS, Cli

COMMUNES, MOVEMENTS = "data/communes.csv", "data/movements.csv"
INSEE = "donnees_communes.csv"
HEAD = "date_effet;type;code_avant;commune_avant;code_apres;commune_apres;source\n"
MOVED = "2026-01-01;changement de code;25901;Valbois;25905;Valbois;arrêté\n"


@pytest.fixture
def case(folder: Path) -> Path:
    shutil.rmtree(folder / "data")
    shutil.copytree(TESTS / "scenarios/change_of_code", folder, dirs_exist_ok=True)
    return folder


def rows(folder: Path, year: str) -> dict[str, dict[str, str]]:
    text = (folder / COMMUNES).read_text("utf-8-sig")
    table = csv.DictReader(io.StringIO(text), delimiter=";")
    return {row["code_insee"]: row for row in table if row["annee"] == year}


def test_a_new_code_keeps_what_the_officer_wrote(case: Path, cli: Cli) -> None:
    (case / MOVEMENTS).write_text(HEAD + MOVED, "utf-8")
    before = (case / COMMUNES).read_bytes()
    answer = cli("import", "populations", INSEE, "--year", "2026", "--json").json
    assert answer["recoded"] == [{"code_insee": "25905", "commune": "Valbois", "before": "25901"}]
    assert (answer["added"], answer["disappeared"], answer["to_complete"]) == (4, [], [])
    assert (case / COMMUNES).read_bytes().startswith(before)
    assert sorted(rows(case, "2026")) == ["25902", "25903", "25904", "25905"]
    old, new = rows(case, "2025")["25901"], rows(case, "2026")["25905"]
    figures = {"population_municipale": "826", "population_totale": "834"}
    assert new == {**old, **figures, "annee": "2026", "code_insee": "25905"}

    cli("index", "2026")  # 3,28 × 1,008 = 3,306… → 3,31 ; 0,38 × 1,008 = 0,383… → 0,38
    bill = cli("bill", "2026", "--json").json
    amounts = {line["code_insee"]: line["amount"] for line in bill["lines"]}
    # 826 × 3,31 ; 664 × 0,38 ; 3 150 habitants : plafond 7 048 × 1,008 = 7 104 ; 1 340 × 0,38
    wanted = {"25905": "2734.06", "25902": "252.32", "25903": "7104.00", "25904": "509.20"}
    assert amounts == wanted
    assert bill["total"] == "10599.58"
    problems = cli("check", "--format", "json").json["problems"]
    assert [found for found in problems if found["severity"] == "error"] == []

    again = cli("import", "populations", INSEE, "--year", "2026", "--json").json
    assert (again["unchanged"], again["written"], again["disappeared"]) == (4, False, [])


def test_without_the_movement_the_import_still_asks(case: Path, cli: Cli) -> None:
    before = (case / COMMUNES).read_bytes()
    answer = cli("import", "populations", INSEE, "--year", "2026")
    assert answer.code == 3
    assert "--merged 25901=CODE (Valbois)" in answer.err
    assert (case / COMMUNES).read_bytes() == before


def test_a_file_older_than_the_change_keeps_the_old_code(case: Path, cli: Cli) -> None:
    (case / MOVEMENTS).write_text(HEAD + MOVED, "utf-8")
    text = (case / INSEE).read_text("utf-8")
    (case / INSEE).write_text(text.replace("25905", "25901"), "utf-8")
    answer = cli("import", "populations", INSEE, "--year", "2026", "--json").json
    assert (answer["recoded"], answer["disappeared"]) == ([], [])
    assert "25901" in rows(case, "2026")


def test_a_merger_on_1_january_needs_no_option(case: Path, cli: Cli) -> None:
    """Valbois joins Hautefontaine, which keeps its own level."""
    merger = "2026-01-01;fusion;25901;Valbois;25902;Hautefontaine;arrêté\n"
    stays = "2026-01-01;fusion;25902;Hautefontaine;25902;Hautefontaine;arrêté\n"
    (case / MOVEMENTS).write_text(HEAD + merger + stays, "utf-8")
    text = (case / INSEE).read_text("utf-8")
    (case / INSEE).write_text(text.replace("25905", "25999"), "utf-8")
    answer = cli("import", "populations", INSEE, "--year", "2026", "--json").json
    assert answer["disappeared"] == [
        {"code_insee": "25901", "commune": "Valbois", "successor": "25902"}
    ]
    assert rows(case, "2026")["25902"]["niveau"] == "2A"
    assert sorted(rows(case, "2026")) == ["25902", "25903", "25904"]


def test_a_commune_made_of_two_is_another_person(case: Path, cli: Cli) -> None:
    made = "".join(
        f"2026-01-01;commune nouvelle;{code};;25905;Valbois;arrêté\n" for code in ("25901", "25902")
    )
    (case / MOVEMENTS).write_text(HEAD + made, "utf-8")
    text = (case / INSEE).read_text("utf-8")
    kept = [line for line in text.splitlines() if ";25902;" not in line]
    (case / INSEE).write_text("\n".join(kept), "utf-8")
    answer = cli("import", "populations", INSEE, "--year", "2026", "--json").json
    assert (answer["recoded"], answer["to_complete"]) == ([], ["25905"])
    assert answer["without_siren"] == ["25905"]
    alone = rows(case, "2026")["25905"]
    assert (alone["siren"], alone["niveau"]) == ("", "")


def test_the_typed_row_of_a_restored_commune_is_kept(case: Path, cli: Cli) -> None:
    """INSEE's figures are older than the restoration: its row waits, and blocks nobody."""
    restored = "".join(
        f"2026-01-01;rétablissement;25903;Clairmont;{code};{name};arrêté\n"
        for code, name in (("25903", "Clairmont"), ("25906", "Vieux-Clairmont"))
    )
    (case / MOVEMENTS).write_text(HEAD + MOVED + restored, "utf-8")
    with (case / COMMUNES).open("ab") as file:
        file.write(b"2026;25906;Vieux-Clairmont;934280017;300;305;2A;convention;;;;\n")
    answer = cli("import", "populations", INSEE, "--year", "2026", "--json")
    assert answer.code == 0, answer.err
    assert (answer.json["kept"], answer.json["added"]) == (1, 4)
    assert rows(case, "2026")["25906"]["niveau"] == "2A"


# --- nothing is asked of who no longer exists, nor of who has left -------------------------------

HEAD_2025 = "annee;code_insee;commune;siren;population_municipale;population_totale;niveau"
NAMES = {"25901": "Valbois", "25902": "Hautefontaine", "25903": "Clairmont", "25904": "Les Prés"}
SIRENS = {"25901": "212505325", "25902": "212500144", "25903": "212500300", "25904": "212503643"}


def row(
    code: str, people: int, level: str, start: str = "", end: str = "", year: int = 2025
) -> str:
    return f"{year};{code};{NAMES[code]};{SIRENS[code]};{people};{people};{level};{start};{end}\n"


def became(day: str, kind: str, *codes: str) -> str:
    """« 25901>25902 »: by a movement of that day, one became the other."""
    pairs = [code.split(">") for code in codes]
    return "".join(
        f"{day};{kind};{one};{NAMES.get(one, '')};{other};{NAMES.get(other, '')};arrêté\n"
        for one, other in pairs
    )


@pytest.mark.parametrize(
    ("known", "moved", "listed", "of_2026", "gone"),
    [
        pytest.param(
            row("25901", 800, "2B") + row("25902", 600, "2A"),
            became("2026-01-01", "retrait", "25901>"),
            ["25901", "25902"],
            {"25902": "2A"},
            {"25901": None},
            id="it left, INSEE counts it still",
        ),
        pytest.param(
            row("25901", 800, "2B", end="2025-06-30") + row("25902", 600, "2A"),
            became("2025-07-01", "retrait", "25901>")
            + became("2026-01-01", "fusion", "25901>25999", "25999>25999"),
            ["25902", "25999"],
            {"25902": "2A"},
            {"25901": None},
            id="it left, then joined a stranger",
        ),
        pytest.param(
            row("25901", 800, "2A", end="2025-03-31")
            + row("25902", 600, "2A", end="2025-03-31")
            + row("25902", 1400, "2A", "2025-04-01", "2025-09-30")
            + row("25903", 900, "2A", end="2025-09-30")
            + row("25903", 2300, "2B", start="2025-10-01"),
            became("2025-04-01", "fusion", "25901>25902")
            + became("2025-10-01", "fusion", "25902>25903"),
            ["25903"],
            {"25903": "2B"},
            {"25901": "25903", "25902": "25903"},
            id="two mergers in a chain",
        ),
        pytest.param(
            row("25901", 800, "2A") + row("25902", 600, "2A"),
            became("2026-07-01", "fusion", "25901>25902"),
            ["25902"],
            {"25902": "2A"},
            {"25901": "25902"},
            id="INSEE is ahead of a merger of the year",
        ),
        pytest.param(
            row("25904", 800, "2A", end="2025-08-31") + row("25901", 800, "2B", start="2025-09-01"),
            became("2025-09-01", "changement de code", "25904>25901"),
            ["25901"],
            {"25901": "2B"},
            {},
            id="a new code that sorts before the old one",
        ),
        pytest.param(
            row("25901", 800, "2B") + row("25904", 600, "2A"),
            became("2026-01-01", "rétablissement", "25901>25902", "25901>25903"),
            ["25902", "25903", "25904"],
            {"25902": "", "25903": "", "25904": "2A"},
            {"25901": None},
            id="it was split and has no heir",
        ),
        pytest.param(
            row("25901", 800, "2B"),
            became("2026-01-01", "rétablissement", "25901>25901", "25901>25902"),
            ["25901", "25902"],
            {"25901": "2B", "25902": ""},
            {},
            id="a part of it was restored",
        ),
        pytest.param(
            row("25901", 800, "2B"),
            became("1972-06-01", "fusion", "25902>25901", "25901>25901")
            + became("1985-01-01", "rétablissement", "25901>25901", "25901>25902"),
            ["25901", "25902"],
            {"25901": "2B"},
            {},
            id="a part of it was restored long ago, outside the body",
        ),
        pytest.param(
            row("25901", 800, "2B"),
            became("2017-01-01", "commune nouvelle", "25902>25901", "25901>25901"),
            ["25901"],
            {"25901": "2B"},
            {},
            id="a commune nouvelle of long ago",
        ),
        pytest.param(
            row("25901", 800, "2B", end="2025-02-28"),
            became("2025-03-01", "retrait", "25901>") + became("2026-01-01", "adhésion", ">25901"),
            ["25901"],
            {"25901": "2B"},
            {},
            id="it left and has come back",
        ),
        pytest.param(
            row("25901", 800, "2B"),
            became("2010-01-01", "retrait", "25901>"),
            ["25901"],
            {"25901": "2B"},
            {},
            id="a departure older than its row",
        ),
        pytest.param(
            row("25901", 800, "2B") + row("25901", 800, "2A", year=2026),
            became("2026-01-01", "retrait", "25901>"),
            ["25901"],
            {"25901": "2A"},
            {},
            id="it left, and the officer has typed its row",
        ),
        pytest.param(
            row("25901", 800, "2B"),
            became("2026-07-01", "fusion", "25901>25999", "25999>25999"),
            ["25999"],
            {"25999": ""},
            {"25901": "25999"},
            id="INSEE is ahead of a merger into a stranger",
        ),
        pytest.param(
            row("25901", 800, "2B")
            + row("25902", 600, "2A")
            + row("25901", 700, "2B", end="2026-06-30", year=2026)
            + row("25902", 700, "2A", year=2026),
            became("2026-07-01", "fusion", "25901>25902", "25902>25902"),
            ["25902"],
            {"25901": "2B", "25902": "2A"},
            {},
            id="INSEE is ahead of a merger whose rows are typed",
        ),
    ],
)
def test_nothing_is_asked(
    known: str,
    moved: str,
    listed: list[str],
    of_2026: dict[str, str],
    gone: dict[str, str | None],
    case: Path,
    cli: Cli,
) -> None:
    """What movements.csv says is known: no option to type, and whoever is gone has no row."""
    (case / COMMUNES).write_text(f"{HEAD_2025};date_debut;date_fin\n{known}", "utf-8")
    (case / MOVEMENTS).write_text(HEAD + moved, "utf-8")
    figures = [insee_line(code, NAMES.get(code, "Loin"), 700, 710) for code in listed]
    (case / INSEE).write_text("\n".join([OLD_HEAD, *figures]) + "\n", "utf-8")
    screen = cli("import", "populations", INSEE, "--year", "2026", "--dry-run").out
    assert "--merged" not in screen
    assert "À ajouter à data/movements.csv" not in screen
    assert screen.count("Partie : ") == list(gone.values()).count(None)
    answer = cli("import", "populations", INSEE, "--year", "2026", "--json")
    assert answer.code == 0, answer.err
    found = {code: r["niveau"] for code, r in rows(case, "2026").items()}
    told = {item["code_insee"]: item["successor"] for item in answer.json["disappeared"]}
    assert (found, told) == (of_2026, gone)
    assert answer.json["without_siren"] == [code for code, level in of_2026.items() if not level]
    assert cli("import", "populations", INSEE, "--year", "2026", "--json").json["written"] is False
