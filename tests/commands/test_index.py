"""mutualis index, end to end."""

import json
from pathlib import Path
from typing import Any

import pytest

from at_once import at_once
from conftest import Cli, edit

LINES = ("--line", "A:2:Rédaction du cahier des charges", "--line", "B:3:Analyse : étape 1")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["\n", ""])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_index_keeps_every_byte(
    newline: str, last: str, mark: bytes, cli: Cli, folder: Path
) -> None:
    path = folder / "data/tariffs.toml"
    text = path.read_text("utf-8").rstrip("\n") + last
    before = mark + text.replace("\n", newline).encode()
    path.write_bytes(before)
    assert cli("index", "2026").code == 0
    after = path.read_bytes()
    assert after.startswith(before)
    added = after[len(before) :].decode()
    assert "[grids.2026]" in added
    assert "cap = 7104 }" in added
    assert "\n" not in added.replace(newline, "")
    assert cli("bill", "2026").code == 0


def test_index_twice_refuses(cli: Cli, folder: Path) -> None:
    assert cli("index").code == 0
    before = (folder / "data/tariffs.toml").read_bytes()
    again = cli("index", "2026")
    assert again.code == 3
    assert "existe déjà" in again.err
    assert (folder / "data/tariffs.toml").read_bytes() == before


def test_dry_run_writes_nothing(cli: Cli, folder: Path) -> None:
    before = (folder / "data/tariffs.toml").read_bytes()
    answer = cli("index", "2026", "--dry-run", "--json").json
    assert answer["written"] is False
    assert answer["files"] == []
    assert (folder / "data/tariffs.toml").read_bytes() == before


def test_the_contract_of_index(cli: Cli) -> None:
    answer = cli("index", "2026", "--json").json
    assert (answer["from"], answer["to"], answer["month"]) == (2025, 2026, "2025-12")
    assert (answer["rate"], answer["written"]) == ("0.8", True)
    assert answer["files"] == ["data/tariffs.toml"]
    rate_2b = next(a for a in answer["amounts"] if a["key"] == "levels.2B.per_inhabitant")
    assert (rate_2b["before"], rate_2b["exact"], rate_2b["after"]) == ("3.28", "3.30624", "3.31")
    assert rate_2b["variants"] == {
        "published/exact": "3.31",
        "published/published": "3.31",
        "computed/exact": "3.31",
        "computed/published": "3.31",
        "rates_alone": "3.31",
        "hors_tabac": None,
    }
    half_day = next(a for a in answer["amounts"] if a["key"] == "levels.3.half_day.A")
    assert half_day["variants"]["rates_alone"] == "255.00"


def test_recording_the_act_changes_two_values(cli: Cli, folder: Path) -> None:
    cli("index", "2026")
    path = folder / "data/tariffs.toml"
    before = path.read_text("utf-8")
    act = 'Délibération « n° 12 » du 3 mars, "tarifs" \\ annexe'
    answer = cli("index", "2026", "--act", act, "--json").json
    assert answer["status"] == "voted"
    assert (answer["from"], answer["month"], answer["rate"]) == (2025, "2025-12", "0.8")
    after = path.read_text("utf-8")
    changed = [
        (old, new)
        for old, new in zip(before.splitlines(), after.splitlines(), strict=True)
        if old != new
    ]
    assert changed == [
        ('status = "projected"', 'status = "voted"'),
        ('act = "à compléter"', f"act = {json.dumps(act, ensure_ascii=False)}"),
    ]
    assert cli("index", "2026", "--act", "autre").code == 3
    assert path.read_text("utf-8") == after


def test_the_act_of_a_voted_grid_can_be_filled_in_once(cli: Cli, folder: Path) -> None:
    assert cli("index", "2025", "--act", "Délibération d'exemple").code == 0
    text = (folder / "data/tariffs.toml").read_text("utf-8")
    assert 'act = "Délibération d\'exemple"             # numéro et date' in text
    assert cli("index", "2025", "--act", "autre").code == 3
    assert "B07" not in cli("check").out


def test_a_missing_december_can_be_given(cli: Cli, folder: Path) -> None:
    cli("index", "2026")
    missing = cli("index", "2027")
    assert missing.code == 1
    assert "[I01]" in missing.err
    assert "mutualis index 2027 --rate" in missing.err
    given = ("--rate", "1,0 %", "--index", "100,95", "--base", "2025", "--source", "exemple; 2027")
    before = (folder / "data/cpi.csv").read_bytes()
    answer = cli("index", "2027", *given, "--json").json
    assert sorted(answer["files"]) == ["data/cpi.csv", "data/tariffs.toml"]
    added = (folder / "data/cpi.csv").read_bytes().removeprefix(before).decode()
    assert added == '2026-12;011814630;2025;100,95;1.0;"exemple; 2027"\n'.replace("1.0", "1,0")
    assert cli("check").code == 0
    # The same month again in that base is refused.
    assert cli("index", "2026", *given).code == 3


def test_bases_are_never_divided(cli: Cli, folder: Path) -> None:
    edit(folder / "data/tariffs.toml", 'rate = "published"', 'rate = "computed"')
    path = folder / "data/cpi.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    kept = [line for line in lines if not line.startswith("2024-12;011814630")]
    path.write_text("\n".join(kept), "utf-8-sig")
    answer = cli("index", "2026")
    assert answer.code == 1
    assert "[I02]" in answer.err


def test_readings_of_the_rule(cli: Cli, folder: Path) -> None:
    """computed rate, published chain, rates alone, no decrease: each by hand."""
    tariffs = folder / "data/tariffs.toml"
    cli("index", "2026")
    cli("index", "2026", "--act", "Délibération d'exemple")
    given = ("--rate", "1,0", "--index", "100,95", "--base", "2025", "--source", "exemple")
    exact = after(cli("index", "2027", *given, "--dry-run", "--json").json)
    assert exact["levels.2A.per_inhabitant"] == "0.39"  # 0.386 870 4
    edit(tariffs, 'chain = "exact"  ', 'chain = "published"  ')
    published = after(cli("index", "2027", *given, "--dry-run", "--json").json)
    assert published["levels.2A.per_inhabitant"] == "0.38"  # 0.38 x 1.01 = 0.383 8
    assert published["levels.2B.per_inhabitant"] == "3.34"  # 3.31 x 1.01 = 3.343 1
    edit(tariffs, 'indexed = ["per_inhabitant", "cap", "half_day"]', 'indexed = ["cap"]')
    caps_alone = after(cli("index", "2027", *given, "--dry-run", "--json").json)
    assert caps_alone["levels.2B.per_inhabitant"] == "3.31"
    assert caps_alone["levels.2B.brackets.0.cap"] == "7175.00"  # 7104 x 1.01 = 7175.04
    falling = ("--rate", "-0,4", "--index", "99,55", "--base", "2025", "--source", "exemple")
    fallen = after(cli("index", "2027", *falling, "--dry-run", "--json").json)
    assert fallen["levels.2B.brackets.0.cap"] == "7076.00"  # 7104 x 0.996 = 7075.584
    edit(tariffs, "never_decrease = false  ", "never_decrease = true  ")
    kept = after(cli("index", "2027", *falling, "--dry-run", "--json").json)
    assert kept["levels.2B.brackets.0.cap"] == "7104.00"


def test_the_index_without_tobacco(cli: Cli, folder: Path) -> None:
    """A reading of its own where the file has the series; invented figures."""
    path = folder / "data/cpi.csv"
    path.write_text(
        path.read_text("utf-8-sig") + "2025-12;hors_tabac;2025;99,50;0,6;exemple\n", "utf-8"
    )
    amounts = cli("index", "2026", "--dry-run", "--json").json["amounts"]
    caps = {a["key"]: a["variants"]["hors_tabac"] for a in amounts}
    assert caps["levels.2B.brackets.0.cap"] == "7090.00"  # 7048 x 1.006 = 7090.288
    assert "tabac" in cli("index", "2026", "--dry-run").out


def after(answer: Any) -> dict[str, str]:
    return {amount["key"]: amount["after"] for amount in answer["amounts"]}


def test_index_without_the_year_before(cli: Cli) -> None:
    answer = cli("index", "2028")
    assert answer.code == 1
    assert "mutualis index 2026, puis mutualis index 2027." in answer.err


def test_settings_changed_later_leave_earlier_grids_sound(cli: Cli, folder: Path) -> None:
    """An indexed grid keeps the rule that it was made with."""
    tariffs = folder / "data/tariffs.toml"
    cli("index", "2026", "--act", "Délibération d'exemple")
    edit(tariffs, "cap = 1, half_day = 1 }", "cap = 10, half_day = 1 }")
    edit(
        tariffs,
        'series = "ensemble"             # "ensemble"',
        'series = "hors_tabac" # "ensemble"',
    )
    edit(tariffs, 'chain = "exact"                 # montants', 'chain = "published" # montants')
    assert cli("check").code == 0
    assert cli("bill", "2026").code == 0


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [("A = 257", "A = 25", "I09"), ("rate = 0.8", "rate = 8", "I08")],
)
def test_prices_that_check_rejects_are_not_used(
    before: str, after: str, code: str, cli: Cli, folder: Path
) -> None:
    cli("index", "2026", "--act", "Délibération d'exemple")
    edit(folder / "data/tariffs.toml", before, after)
    december = ("--rate", "1,0", "--index", "100,95", "--base", "2025", "--source", "exemple")
    for arguments in (
        ("check",),
        ("bill", "2026"),
        ("quote", "Saône", *LINES, "--date", "10/03/2026"),
        ("index", "2027", *december),
        ("explain", "Saône", "2026"),
        ("tariffs", "2026", "--lock"),
    ):
        answer = cli(*arguments)
        assert answer.code == 1, arguments
        assert f"[{code}]" in answer.out + answer.err
    assert not (folder / "out").exists()


@pytest.mark.parametrize("act", ["", "  ", "à compléter"])
def test_an_empty_act_writes_nothing(act: str, cli: Cli, folder: Path) -> None:
    before = (folder / "data/tariffs.toml").read_bytes()
    assert cli("index", "2026", "--act", act).code == 2
    assert cli("index", "2025", "--act", act).code == 2
    assert (folder / "data/tariffs.toml").read_bytes() == before


def test_index_and_vote_in_one_go(cli: Cli, folder: Path) -> None:
    december = ("--rate", "1,0", "--index", "100,95", "--base", "2025", "--source", "exemple")
    cli("index", "2026")
    answer = cli("index", "2027", *december, "--act", "Délibération d'exemple", "--json").json
    assert (answer["from"], answer["to"], answer["status"]) == (2026, 2027, "voted")
    assert answer["files"] == ["data/tariffs.toml", "data/cpi.csv"]
    assert len(answer["amounts"]) == 7
    again = cli("index", "2027", "--act", "autre", *december)
    assert again.code == 2
    assert "déjà" in again.err


def test_the_second_write_can_be_completed(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """cpi.csv is written and tariffs.toml is not: the message says so, running again finishes."""
    cli("index", "2026")
    december = ("--rate", "1,0", "--index", "100,95", "--base", "2025", "--source", "exemple")
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if str(target).endswith("tariffs.toml"):
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    answer = cli("index", "2027", *december)
    assert answer.code == 4
    assert "data/cpi.csv a déjà reçu 2026-12" in answer.err
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert cli("index", "2027", *december, "--json").json["files"] == ["data/tariffs.toml"]
    assert (folder / "data/cpi.csv").read_text("utf-8").count("2026-12") == 1
    assert cli("check").code == 0


@pytest.mark.parametrize(
    "header",
    [
        "mois;serie;base;indice;Variation annuelle;source",
        "Mois;Série;BASE;Indice;variation_annuelle;Source",
        "source;variation_annuelle;indice;base;serie;mois",
    ],
)
def test_a_december_is_added_under_any_header(header: str, cli: Cli, folder: Path) -> None:
    path = folder / "data/cpi.csv"
    _, *lines = path.read_text("utf-8-sig").splitlines()
    if header.startswith("source"):
        lines = [";".join(reversed(line.split(";"))) for line in lines]
    path.write_text("\n".join([header, *lines]), "utf-8")
    cli("index", "2026")
    december = ("--rate", "1,0", "--index", "100,95", "--base", "2025", "--source", "exemple")
    assert cli("index", "2027", *december).code == 0
    assert cli("check").code == 0


def test_a_rate_that_contradicts_the_file_is_refused(cli: Cli, folder: Path) -> None:
    before = (folder / "data/cpi.csv").read_bytes()
    for rate, index, base in (("0,9", "121,03", "2015"), ("0,7", "99,95", "2025")):
        answer = cli(
            "index", "2026", "--rate", rate, "--index", index, "--base", base, "--source", "INSEE"
        )
        assert answer.code == 3
        assert "donne déjà 2025-12" in answer.err
    assert (folder / "data/cpi.csv").read_bytes() == before


def test_a_rate_that_its_index_contradicts_is_refused(cli: Cli, folder: Path) -> None:
    """99.95 is of base 2015's neighbour: bases are never mixed, even by hand."""
    path = folder / "data/cpi.csv"
    lines = [x for x in path.read_text("utf-8-sig").splitlines() if not x.startswith("2025-12")]
    path.write_text("\n".join(lines), "utf-8")
    before = path.read_bytes()
    given = ("--rate", "0,8", "--index", "99,95", "--source", "INSEE, 15/01/2026", "--base")
    answer = cli("index", "2026", *given, "2015")
    assert answer.code == 3
    assert "base 2015" in answer.err
    assert path.read_bytes() == before
    provisional = ("--rate", "0,8", "--index", "99,95", "--base", "2025", "--source", "Provisoire")
    assert cli("index", "2026", *provisional).code == 3
    assert cli("index", "2026", *given, "2025").code == 0


DECEMBER = "2025-12;011814630;2025;99,95;0,8;INSEE"


@pytest.mark.parametrize("rate", ["0,8", "0.8", "+0,8", "+0,8 %", "0,8\u202f%", "+0.8%"])
def test_a_rate_is_read_alike_at_every_door(rate: str, cli: Cli, folder: Path) -> None:
    """In the file and by --rate, as INSEE writes it: the same grid."""
    path = folder / "data/cpi.csv"
    text = path.read_text("utf-8-sig")
    (line,) = (line for line in text.splitlines() if line.startswith("2025-12;011814630"))
    expected = cli("index", "2026", "--dry-run", "--json").json["amounts"]
    path.write_text(text.replace(line, DECEMBER.replace("0,8", rate)), "utf-8")
    assert cli("index", "2026", "--dry-run", "--json").json["amounts"] == expected
    path.write_text(text.replace(line, ""), "utf-8")
    given = ("--rate", rate, "--index", "99,95", "--base", "2025", "--source", "INSEE")
    assert cli("index", "2026", *given, "--dry-run", "--json").json["amounts"] == expected


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("2025-12;011814630;2025;0,8;99,95;INSEE", ["I15", "I11"]),  # swapped
        ("2025-12;011814630;2025;99,95;8;INSEE", ["I11"]),
        ("2025-12;011814630;2025;99,95;0,008;INSEE", ["I15", "I11"]),  # a fraction
        ("2025-12;011814630;2025;99,95;0,79;INSEE", ["I15"]),
        ("2025-12;011814630;2015;99,95;0,8;INSEE", ["I16", "I11"]),
        ("2025-12;011814630;2025;99,95;0,8;INSEE, estimation flash", ["I13"]),
        ("2025-12;011814630;2025;99,95;0,9;INSEE", ["I11"]),  # 0.113 away
        ("2025-12;011814630;2025;99,95;0,7;INSEE", []),  # 0.087 away: indices are rounded
        ("2025-12;011814630;2025;99,95;0,80;INSEE", []),
        # another base has both Decembers: the rate of a month does not depend on the base
        ("2025-12;ensemble;2035;70,56;8;INSEE\n2025-12;011814630;2025;99,95;;INSEE", ["I11"]),
        ("2025-12;011814630;2025;99,95;0,8;définitif (provisoire du 31/12 : 0,7)", []),
    ],
)
@pytest.mark.parametrize("act", [(), ("--act", "Délibération d'exemple")])
def test_a_figure_that_does_not_hold_stops_the_index(
    line: str, codes: list[str], act: tuple[str, ...], cli: Cli, folder: Path
) -> None:
    """99.95 / 99.17 = 1.00787: +0.8 %. Nothing is written otherwise, voted or not."""
    path = folder / "data/cpi.csv"
    text = path.read_text("utf-8-sig")
    (old,) = (line for line in text.splitlines() if line.startswith("2025-12;011814630"))
    path.write_text(text.replace(old, line), "utf-8")
    before = (folder / "data/tariffs.toml").read_bytes()
    answer = cli("index", "2026", *act)
    assert answer.code == (1 if codes else 0)
    assert [code for code in ("I13", "I15", "I16", "I11") if f"[{code}]" in answer.err] == codes
    assert ((folder / "data/tariffs.toml").read_bytes() == before) == bool(codes)
    assert cli("check").code == (1 if codes else 0)


def test_a_rate_given_has_one_decimal(cli: Cli, folder: Path) -> None:
    cli("index", "2026")
    given = ("--index", "100,95", "--base", "2025", "--source", "exemple")
    answer = cli("index", "2027", "--rate", "0,99", *given)
    assert answer.code == 1
    assert "[I15]" in answer.err
    assert cli("index", "2027", "--rate", "1,0", *given).code == 0


def test_several_people_index_at_once(folder: Path) -> None:
    before = (folder / "data/tariffs.toml").read_bytes()
    answers = at_once(6, folder, "index", "2026")
    codes = [answer.code for answer in answers]
    assert 0 in codes
    assert set(codes) <= {0, 3, 4}, answers
    after = (folder / "data/tariffs.toml").read_text("utf-8")
    assert after.count("[grids.2026]") == 1
    assert after.encode().startswith(before)


def test_a_kind_left_behind_and_the_fee_that_then_falls_are_named(cli: Cli, folder: Path) -> None:
    """A fixed 5 000 € from 1 001 inhabitants on, 5 € each below: 5,04 € after."""
    level = """label = "exemple"
brackets = [{ up_to = 1000, per_inhabitant = 5 }, { up_to = 2000, fixed = 5000 }]
"""
    path = folder / "data/tariffs.toml"
    path.write_text(path.read_text("utf-8") + f"\n[grids.2025.levels.2C]\n{level}", "utf-8")
    assert "I17" in cli("check").out
    assert "B40" not in cli("check").out
    answer = cli("index", "2026")
    assert answer.code == 0
    assert "[I17]" in answer.err
    assert "part fixe" in answer.err
    said = answer.err.replace("\u00a0", " ")
    assert "5 040,00 € à 1 000 habitants, mais 5 000,00 € à 1 001" in said
    assert "[B40]" in cli("check").out
    december = ("--rate", "0,0", "--index", "99,95", "--base", "2025", "--source", "exemple")
    again = cli("index", "2027", *december)
    assert "[B40]" not in again.err  # it was there the year before


def test_a_computed_grid_is_replayed_from_its_two_indices(cli: Cli, folder: Path) -> None:
    """By 99.95 / 99.17, unrounded: 7 103 €; a grid that an older program rounded to 0.1 holds."""
    path = folder / "data/tariffs.toml"
    edit(path, 'rate = "published"  ', 'rate = "computed"  ')
    answer = cli("index", "2026", "--json").json
    assert answer["rate"] == "0.786528"
    assert after(answer)["levels.2B.brackets.0.cap"] == "7103.00"
    assert "rate = 0.786528" in path.read_text("utf-8")
    assert cli("check").code == 0
    newer = ["2024-12;ensemble;2035;70,00;;exemple", "2025-12;ensemble;2035;70,56;;exemple"]
    index = folder / "data/cpi.csv"
    index.write_text("\n".join([*index.read_text("utf-8-sig").splitlines(), *newer]), "utf-8")
    assert cli("check").code == 0
    edit(path, "    99.95,", "    99.96,")
    assert "[I08]" in cli("check").out
    edit(path, "indices = [\n    99.17,\n    99.96,\n]\n", "")
    edit(path, "rate = 0.786528", "rate = 0.8")
    for old, new in (("7103", "7104"), ("9490", "9491")):
        edit(path, f"cap = {old} }}", f"cap = {new} }}")
    assert cli("check").code == 0
