"""mutualis check, end to end."""

from pathlib import Path

import pytest

from conftest import Cli, edit


def test_the_shipped_data_are_sound_and_locked(as_shipped: Path, cli: Cli) -> None:
    answer = cli("check", "--format", "json")
    assert answer.code == 0
    problems = answer.json["problems"]
    assert {p["severity"] for p in problems} == {"warning"}
    codes = {p["code"] for p in problems}
    assert {"B01", "B29"} <= codes
    lifted = {"B07", "B08", "B10", "B25"}
    assert lifted.isdisjoint(codes), "an example is rid of them"
    real = {p["code"] for p in cli("check", "--real", "--format", "json").json["problems"]}
    assert real == (codes - {"B29"}) | lifted
    assert "B09" not in codes, "the 2025 table is shipped locked"
    assert answer.json["checked"]["locked_amounts"] > 150
    assert set(problems[0]) == {
        *("code", "severity", "file", "line", "column", "cell", "message", "remedy")
    }


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("tariffs.toml", "per_inhabitant = 0.38", "per_inhabitant = 0.39"),
        ("tariffs.toml", "cap = 7048", "cap = 7049"),
        ("tariffs.toml", "up_to = 3999", "up_to = 3998"),
        ("tariffs.toml", "up_to = 10000", "up_to = 10001"),
        ("tariffs.toml", "C = 150", "C = 151"),
        ("communes.csv", "2025;25014;Amagney;212500144;937;", "2025;25014;Amagney;212500144;938;"),
        ("tables/2025.csv", "seuil;2B;2148;;2148;7045,44", "seuil;2B;2148;;2148;7045,45"),
    ],
)
def test_check_fails_when_a_locked_tariff_moves(
    file: str, before: str, after: str, cli: Cli, folder: Path
) -> None:
    edit(folder / "data" / file, before, after)
    answer = cli("check")
    assert answer.code == 1
    assert "erreur[L01]" in answer.out
    assert " → " in answer.out
    assert "mutualis tariffs 2025 --lock" in answer.out
    assert cli("tariffs", "2025", "--lock").code == 0
    assert cli("check").code == 0


def test_a_locked_table_saved_by_excel_still_locks(cli: Cli, folder: Path) -> None:
    path = folder / "data/tables/2025.csv"
    path.write_bytes(path.read_text("utf-8-sig").replace("\n", "\r\n").encode("cp1252"))
    assert cli("check").code == 0
    edit(folder / "data/tariffs.toml", "cap = 7048", "cap = 7049")
    answer = cli("check")
    assert answer.code == 1
    assert "[L01]" in answer.out
    assert "[L06]" in cli("bill", "2025").err


def test_github_annotations(cli: Cli, folder: Path) -> None:
    edit(folder / "data/tariffs.toml", "cap = 7048", "cap = 7049")
    lines = cli("check", "--format", "github").out.splitlines()
    assert all(line.startswith(("::error file=data/", "::warning file=data/")) for line in lines)
    moved = next(line for line in lines if "plafond" in line and line.startswith("::error"))
    assert "title=L01::" in moved
    assert "%0AÀ faire" in moved


def screen_lines(text: str) -> int:
    """At 80 columns."""
    return sum(max(1, -(-len(line) // 80)) for line in text.splitlines())


def test_the_shipped_data_are_told_in_one_screen(as_shipped: Path, cli: Cli) -> None:
    answer = cli("check")
    assert answer.code == 0
    assert screen_lines(answer.out) <= 30
    (invented,) = (line for line in answer.out.splitlines() if line.startswith("Exemple : "))
    assert "dossier d'exemple" in invented
    assert "(41 interventions)" in invented.replace("\u00a0", " ")
    problems = cli("check", "--format", "json").json["problems"]
    assert f"{len(problems)} avertissements" in answer.out.replace("\u00a0", " ")
    for problem in problems:
        assert f"[{problem['code']}]" in answer.out or problem["code"] in {
            *("B29", "R08", "S05", "S14", "U11", "U26")
        }
    whole = cli("check", "--all").out
    assert screen_lines(whole) > 30
    for problem in problems:
        assert f"[{problem['code']}]" in whole
    assert "mutualis check --all" in answer.out
    assert "mutualis check --all" not in whole


def test_what_blocks_comes_first_with_what_to_do(as_shipped: Path, cli: Cli) -> None:
    edit(as_shipped / "data/tariffs.toml", "cap = 7048", "cap = 7049")
    lines = cli("check").out.splitlines()
    assert lines[0] == "Bloque :"
    assert "[L" in lines[1]
    assert any("À faire : " in line for line in lines[: lines.index("À savoir :")])
    real = cli("check", "--real").out.splitlines()
    assert "Bloquera l'émission :" in real
    assert real.index("Bloque :") < real.index("Bloquera l'émission :") < real.index("À savoir :")


def test_what_fits_on_a_screen_is_told_whole(cli: Cli, small: Path) -> None:
    edit(small / "data/communes.csv", "2026;25532;", "2026;2553;")
    answer = cli("check").out
    assert answer == cli("check", "--all").out
    assert "À faire : " in answer


def test_a_scheme_that_has_ended_is_found_whoever_asks(cli: Cli, folder: Path) -> None:
    path = folder / "data/departmental_schemes.csv"
    (folder / "data/requests.csv").unlink()
    head, row = path.read_text("utf-8-sig").splitlines()[:2]
    cells = row.split(";")
    cells[head.split(";").index("date_fin")] = "31/12/2025"
    path.write_text("\n".join([head, ";".join(cells)]) + "\n", "utf-8")
    problems = cli("check", "--format", "json").json["problems"]
    (ended,) = (one["message"] for one in problems if one["code"] == "S12")
    assert ended.endswith("est terminé depuis le 31/12/2025.")
