"""Reading what people save, writing what must not be lost."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Cli, edit
from mutualis.domain.communes.communes import Communes
from mutualis.domain.problems.problem import Problem
from mutualis.domain.problems.refusals import NotWritten
from mutualis.files.data.communes import NAME, read_communes
from mutualis.files.data.tariffs import parse_tariffs
from mutualis.files.disk import atomic
from mutualis.files.workspace import load


def spelled(text: str, delimiter: str, newline: str) -> str:
    return text.replace(";", delimiter).replace("\n", newline)


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("extra", ["", ";;;;;;;\n;;;;;;;\n"])
def test_the_same_table_saved_otherwise(
    delimiter: str, newline: str, encoding: str, extra: str, folder: Path
) -> None:
    expected, _ = read_communes(folder)
    path = folder / NAME
    text = path.read_text("utf-8-sig") + extra
    path.write_bytes(spelled(text, delimiter, newline).encode(encoding))
    got, problems = read_communes(folder)
    assert [p.code for p in problems] == (["C01"] if encoding == "cp1252" else [])
    assert facts(got) == facts(expected)
    assert len(got.rows) == 202


def facts(communes: Communes) -> list[tuple[object, ...]]:
    return [
        (r.year, r.code_insee, r.name, r.siren, r.municipal_population, r.total_population, r.level)
        for r in communes.rows
    ]


def test_columns_in_any_order_numbers_with_spaces(folder: Path) -> None:
    text = (
        "sep=;\n"
        "niveau;autre;commune;population_totale;population_municipale;siren;code_insee;annee\n"
        '2b;x;"L\'Étoile; ""bis""";1 250;1\u202f234;212 500 144;2a004;2025\n'
    )
    (folder / NAME).write_text(text, "utf-8")
    communes, problems = read_communes(folder)
    assert problems == []
    row = communes.rows[0]
    assert (row.name, row.code_insee, row.siren) == ('L\'Étoile; "bis"', "2A004", "212500144")
    assert (row.municipal_population, row.total_population, row.level) == (1234, 1250, "2B")
    assert (row.source.line, row.source.cell) == (3, "G2")


def test_population_zero_is_valid(folder: Path, cli: Cli) -> None:
    head = "annee;code_insee;commune;siren;population_municipale;population_totale;niveau"
    (folder / NAME).write_text(f"{head}\n2025;55039;Beaumont;215500398;0;0;2B\n", "utf-8")
    answer = cli("bill", "2025", "--json").json
    assert [line["commune"] for line in answer["below_minimum"]] == ["Beaumont"]


def test_all_problems_of_all_files_at_once(folder: Path, cli: Cli) -> None:
    edit(folder / "data/communes.csv", "2025;25014;Amagney;", "2025;2501;Amagney;")
    edit(folder / "data/tariffs.toml", "cap = 7048", "cpa = 7048")
    edit(folder / "data/issuer.toml", 'siren = "242500361"', "siren = 242500361")
    (folder / "data/cpi.csv").unlink()
    answer = cli("bill", "2025")
    assert answer.code == 1
    places = [line.split(" : ")[0] for line in answer.err.splitlines() if line[:6] == "erreur"]
    assert [place.split(" ")[1].split(":")[0] for place in places] == [
        *("data/communes.csv", "data/cpi.csv", "data/issuer.toml", "data/tariffs.toml")
    ]
    assert "4\u00a0erreurs : rien n'a été calculé ni écrit." in answer.err
    assert not (folder / "out").exists()


def test_at_most_five_of_a_kind(folder: Path, cli: Cli) -> None:
    path = folder / NAME
    path.write_text(path.read_text("utf-8-sig").replace(";2A;", ";2C;"), "utf-8")
    out = cli("check").out
    assert out.count("erreur[B02]") == 5
    assert "… et 16\u00a0autres [B02] dans data/communes.csv" in out
    assert len(cli("check", "--format", "json").json["problems"]) > 20


@pytest.mark.parametrize(
    "text",
    [
        "population = " + "[" * 5000,
        "minimum_recovery = " + "9" * 5000,
        "minimum_recovery = 1e999999999",
        "minimum_recovery = 1e99999999999999999999",
        "minimum_recovery = inf",
        "grids = 1",
        "[grids.2025]\nlevels = []",
        "[grids.abcd]",
        "\x00",
        'a = "\\u0000"',
        "",
    ],
    ids=lambda text: text[:25],
)
def test_no_toml_is_a_bug(text: str) -> None:
    tariffs, problems = parse_tariffs(text)
    assert tariffs is None
    assert problems
    for problem in problems:
        assert problem.message
        assert problem.remedy


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200), at=st.floats(0, 1), cut=st.integers(0, 40))
@pytest.mark.parametrize("name", ["communes.csv", "tariffs.toml", "cpi.csv", "issuer.toml"])
def test_any_bytes_give_problems_or_a_result(
    name: str, data: bytes, at: float, cut: int, folder: Path
) -> None:
    path = folder / "data" / name
    original = path.read_bytes()
    start = int(at * len(original))
    try:
        path.write_bytes(original[:start] + data + original[start + cut :])
        loaded = load(folder)
        assert loaded.workspace is not None or loaded.problems
        for problem in loaded.problems:
            assert isinstance(problem, Problem)
            assert problem.message
            assert problem.remedy
    finally:
        path.write_bytes(original)


@pytest.mark.parametrize(
    ("file", "before", "after", "code", "words"),
    [
        ("issuer.toml", '"242500361"', '"24250036"', "T04", "9 chiffres"),
        ("tariffs.toml", "[grids.2025]\n", "[grids.25]\n", "T04", "une année"),
        ("tariffs.toml", "cap = 1,", "cap = 0.001,", "T05", "plus fin que le centime"),
        ("tariffs.toml", "C = 150 }", "c = 150 }", "T04", "en capitales"),
        ("tariffs.toml", 'includes = ["1", "2A"]', 'includes = ["2B"]', "T05", "autre niveau"),
        ("tariffs.toml", 'requires = "2B"', 'status = "voted"', "T02", "Clés connues : brackets"),
        ("tariffs.toml", 'act = "à compléter" ', "", "T03", 'act = "à compléter"'),
        ("issuer.toml", "[vat]\n", "", "T03", "le bloc [vat], comme dans l'exemple"),
        ("tariffs.toml", "proration", "base_year = 1\nproration", "T02", "before_vote"),
        (
            "tariffs.toml",
            'status = "voted"',
            'status = "voted"\nstatus = "voted"',
            "T01",
            "plus haut",
        ),
        ("tariffs.toml", "up_to = 3999, cap", "up_to = 3999 cap", "T01", "manque une virgule"),
        ("tariffs.toml", "cap = 7048 },", "cap = 7048 }", "T01", "manque une virgule"),
        ("tariffs.toml", 'proration = "full_year"', 'proration = "week"', "T04", "full_year"),
        ("tariffs.toml", "up_to = 3999", "up_to = 39.5", "T04", "entier"),
        ("tariffs.toml", "up_to = 3999", "up_to = 1e3", "T04", "entier"),
        ("tariffs.toml", "cap = 7048", "cap = 7048.005", "T04", "décimales"),
        ("tariffs.toml", "cap = 7048", "cap = -1", "T04", "au moins égal à 0"),
        ("tariffs.toml", "cap = 7048", "cap = true", "T04", "true"),
        (
            "tariffs.toml",
            "never_decrease = false",
            'never_decrease = "non"',
            "T04",
            "true ou false",
        ),
    ],
)
def test_toml_mistakes(
    file: str, before: str, after: str, code: str, words: str, cli: Cli, folder: Path
) -> None:
    edit(folder / "data" / file, before, after)
    problems = cli("check", "--format", "json").json["problems"]
    mine = [p for p in problems if p["code"] == code]
    assert mine, problems
    assert any(words in p["message"] + p["remedy"] for p in mine), mine


def test_a_quote_never_closed(folder: Path, cli: Cli) -> None:
    path = folder / NAME
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace("2026;25631;Vorges", '2026;25631;"Vorges'), "utf-8")
    assert cli("check").code == 1, "the last line has swallowed its other cells"
    path.write_text(text.replace("2026;25616;Villars", '2026;25616;"Villars'), "utf-8")
    assert "peut-être jamais refermé" in cli("check").out


# --- writing -----------------------------------------------------------------------------------


def test_a_write_replaces_whole_and_keeps_the_mode(tmp_path: Path) -> None:
    path = tmp_path / "new/folder/file.bin"
    atomic.write(path, b"one")
    path.chmod(0o640)
    atomic.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in path.parent.iterdir()] == ["file.bin"]


@pytest.mark.parametrize(
    ("number", "words"), [(28, "disque est plein"), (13, "Excel"), (5, "n'a pas pu être écrit")]
)
def test_a_failed_write_leaves_the_old_file(
    number: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(b"old")

    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotWritten) as caught:
        atomic.write(path, b"new")
    assert words in caught.value.message
    assert caught.value.remedy
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["file.bin"]


def test_tariffs_changed_meanwhile_are_not_overwritten(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mutualis.files.data import tariffs_writer

    path = folder / "data/tariffs.toml"
    original = tariffs_writer.append_grid

    def slow(*arguments: object, **named: object) -> object:
        change = original(*arguments, **named)  # type: ignore[arg-type]
        path.write_bytes(path.read_bytes() + b"# someone else\n")
        return change

    monkeypatch.setattr(tariffs_writer, "append_grid", slow)
    answer = cli("index", "2026")
    assert answer.code == 4
    assert path.read_text("utf-8").endswith("# someone else\n")
