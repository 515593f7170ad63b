"""mutualis index --deliberation: of which grids, and what is written."""

from pathlib import Path

from conftest import Cli, edit

FILES = [f"out/2026/projet-deliberation-2026.{end}" for end in ("docx", "pdf")]


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


def data_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data").glob("*.*")}


def test_it_goes_with_the_grid_that_is_written(voted: Path, cli: Cli) -> None:
    answer = cli("index", "2026", "--deliberation", "--json").json
    assert answer["files"] == ["data/tariffs.toml", *FILES]
    assert (answer["written"], answer["status"]) == (True, "projected")
    assert all((voted / name).is_file() for name in FILES)


def test_a_dry_run_writes_it_and_leaves_the_data(voted: Path, cli: Cli) -> None:
    before = data_of(voted)
    answer = cli("index", "2026", "--deliberation", "--dry-run")
    assert answer.code == 0
    assert "data n'a pas changé (--dry-run)." in answer.out
    assert all(f"Écrit : {name}" in answer.out for name in FILES)
    assert data_of(voted) == before
    dry = contents(voted)
    assert cli("index", "2026", "--deliberation", "--dry-run", "--json").json["files"] == FILES
    assert cli("index", "2026", "--deliberation").code == 0
    assert contents(voted) == dry


def test_a_projected_grid_has_its_own_at_any_time(voted: Path, cli: Cli) -> None:
    assert cli("index", "2026", "--deliberation").code == 0
    found, before = contents(voted), data_of(voted)
    for name in FILES:
        (voted / name).unlink()
    answer = cli("index", "2026", "--deliberation", "--json").json
    assert (answer["files"], answer["written"]) == (FILES, False)
    assert (answer["from"], answer["to"], answer["rate"]) == (2025, 2026, "0.8")
    assert len(answer["amounts"]) == 7
    assert contents(voted) == found
    assert data_of(voted) == before
    shown = cli("index", "2026", "--deliberation").out
    assert "La grille 2026 est projetée" in shown
    assert "--dry-run" not in shown


def test_a_rate_computed_from_an_older_base_is_kept(voted: Path, cli: Cli) -> None:
    """A grid that took its rate from the indices of 2015 keeps it when those of 2025 come.

    120.80 / 119.95 - 1 = 0.708 63 %: 3.28 × 1.007 086 3 = 3.303 → 3.30; in base 2025,
    99.95 / 99.17 - 1 = 0.786 53 %, 3.306 → 3.31.
    """
    cpi, tariffs = voted / "data/cpi.csv", voted / "data/tariffs.toml"
    edit(tariffs, 'rate = "published"       ', 'rate = "computed"        ')
    text = cpi.read_text("utf-8-sig")
    old = [line for line in text.splitlines() if ";2025;" not in line]
    old.append("2025-12;001759970;2015;120,80;;exemple")
    cpi.write_text("\n".join(old) + "\n", "utf-8-sig")
    first = cli("index", "2026", "--deliberation", "--json").json["amounts"]
    assert next(a["after"] for a in first if a["key"] == "levels.2B.per_inhabitant") == "3.30"
    new = [line.replace(";0,8;", ";;") for line in text.splitlines() if ";2025;" in line]
    cpi.write_text("\n".join([*old, *new]) + "\n", "utf-8-sig")
    again = cli("index", "2026", "--deliberation", "--json").json["amounts"]
    assert [(a["key"], a["after"]) for a in again] == [(a["key"], a["after"]) for a in first]


def test_a_voted_grid_has_none(voted: Path, cli: Cli) -> None:
    assert cli("index", "2026", "--act", "Délibération d'exemple").code == 0
    answer = cli("index", "2026", "--deliberation")
    assert answer.code == 3
    assert "la grille est votée (Délibération d'exemple)" in answer.err
    assert not (voted / "out").exists()


def test_a_grid_that_was_not_indexed_has_none(voted: Path, cli: Cli) -> None:
    assert cli("index", "2026").code == 0
    path = voted / "data/tariffs.toml"
    tables = path.read_text("utf-8").split("\n[")
    kept = [table for table in tables if not table.startswith("grids.2026.indexation")]
    path.write_text("\n[".join(kept), "utf-8")
    answer = cli("index", "2026", "--deliberation")
    assert answer.code == 3
    assert "La grille 2026 n'a pas été indexée par mutualis" in answer.err
    assert not (voted / "out").exists()


def test_a_grid_changed_since_stops_it(voted: Path, cli: Cli) -> None:
    assert cli("index", "2026").code == 0
    edit(voted / "data/tariffs.toml", "per_inhabitant = 3.31", "per_inhabitant = 3.30")
    answer = cli("index", "2026", "--deliberation")
    assert answer.code == 1
    assert "[I09]" in answer.err
    assert not (voted / "out").exists()


def test_a_grid_whose_year_before_is_gone_stops_it(voted: Path, cli: Cli) -> None:
    assert cli("index", "2026").code == 0
    path = voted / "data/tariffs.toml"
    tables = path.read_text("utf-8").split("\n[")
    kept = [table for table in tables if not table.startswith("grids.2025")]
    path.write_text("\n[".join(kept), "utf-8")
    answer = cli("index", "2026", "--deliberation")
    assert answer.code == 1
    assert "[I04]" in answer.err
    assert not (voted / "out").exists()


def test_a_year_that_has_no_price_writes_nothing(voted: Path, cli: Cli) -> None:
    edit(
        voted / "data/tariffs.toml", "{ up_to = 10000, cap = 9416 }", "{ up_to = 4500, cap = 9416 }"
    )
    before = data_of(voted)
    answer = cli("index", "2026", "--deliberation")
    assert answer.code == 1
    assert "Saint-Vit" in answer.err
    assert data_of(voted) == before
    assert not (voted / "out").exists()


def test_a_draft_that_somebody_filled_in_is_kept(voted: Path, cli: Cli) -> None:
    assert cli("index", "2026", "--deliberation").code == 0
    (voted / FILES[0]).write_bytes(b"exemple")
    answer = cli("index", "2026", "--deliberation")
    assert (voted / FILES[0]).read_bytes() == b"exemple"
    assert (voted / "out/2026/projet-deliberation-2026-reecrit.docx").is_file()
    assert "n'est plus tel que mutualis l'a" in answer.err


def test_a_draft_that_cannot_be_put_says_that_the_grid_is_there(voted: Path, cli: Cli) -> None:
    (voted / "out").write_bytes(b"")
    answer = cli("index", "2026", "--deliberation")
    assert answer.code == 4
    assert "La grille 2026 est écrite" in answer.err
    assert "[grids.2026]" in (voted / "data/tariffs.toml").read_text("utf-8")
    (voted / "out").unlink()
    assert cli("index", "2026", "--deliberation").code == 0


def test_a_broken_template_stops_it_before_the_grid(voted: Path, cli: Cli) -> None:
    (voted / "data/templates").mkdir()
    (voted / "data/templates/deliberation.typ").write_text("#let compose(paper) = {", "utf-8")
    before = (voted / "data/tariffs.toml").read_bytes()
    answer = cli("index", "2026", "--deliberation")
    assert answer.code == 1
    assert "data/templates/deliberation.typ" in answer.err
    assert (voted / "data/tariffs.toml").read_bytes() == before


def test_an_act_says_that_the_vote_is_over(cli: Cli) -> None:
    answer = cli("index", "2026", "--deliberation", "--act", "exemple")
    assert answer.code == 2
    assert "--deliberation et --act s'excluent" in answer.err
