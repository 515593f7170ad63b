"""mutualis tariffs, end to end."""

from pathlib import Path

from conftest import Cli, edit


def test_tariffs_before_the_communes_are_known(cli: Cli, folder: Path) -> None:
    path = folder / "data/communes.csv"
    lines = [x for x in path.read_text("utf-8-sig").splitlines() if not x.startswith("2026")]
    path.write_text("\n".join(lines), "utf-8")
    cli("index", "2026")
    assert "7\u00a0104,00" in cli("tariffs", "2026").out
    assert cli("tariffs", "2026", "--lock").code == 1


def test_an_open_bracket_has_no_limit(cli: Cli, folder: Path) -> None:
    edit(folder / "data/tariffs.toml", "{ up_to = 10000, cap = 9416 }", "{ cap = 9416 }")
    out = cli("tariffs", "2025").out
    assert "sans limite" in out
    assert "pas de prix" not in out


def test_tariffs_csv_is_the_locked_file(cli: Cli, folder: Path) -> None:
    answer = cli("tariffs", "2025", "--format", "csv")
    assert answer.out.encode() == (folder / "data/tables/2025.csv").read_bytes()
    rows = cli("tariffs", "2025", "--format", "json").json["rows"]
    edges = {row["population"] for row in rows if row["kind"] == "seuil" and row["level"] == "2A"}
    assert edges == {
        *(0, 1, 2148, 2149, 2150, 3998, 3999, 4000, 4001, 9999, 10000, 10001, 10002),
    }
    besancon = [row for row in rows if row["kind"] == "commune" and row["key"] == "25056"]
    assert [(row["level"], row["amount"]) for row in besancon] == [
        ("2A", "45621.66"),
        ("2B", None),
    ]
    assert cli("tariffs", "2025").code == 0
    assert cli("tariffs", "2031").code == 1
