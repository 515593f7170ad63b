"""mutualis quote, end to end."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from at_once import at_once
from conftest import Cli, edit

LINES = ("--line", "A:2:Rédaction du cahier des charges", "--line", "B:3:Analyse : étape 1")
QUOTE = ("quote", "saône", *LINES, "--date", "15/03/2025")


def test_quote(cli: Cli, folder: Path) -> None:
    answer = cli(*QUOTE, "--service", "Accompagnement RH", "--valid-days", "60", "--json").json
    assert answer["number"] is None
    assert (answer["year"], answer["code_insee"], answer["commune"]) == (2025, "25532", "Saône")
    assert answer["lines"] == [
        {
            "category": "A",
            "half_days": 2,
            "unit_price": "255.00",
            "amount": "510.00",
            "label": "Rédaction du cahier des charges",
        },
        {
            "category": "B",
            "half_days": 3,
            "unit_price": "186.00",
            "amount": "558.00",
            "label": "Analyse : étape 1",
        },
    ]
    assert answer["total"] == "1068.00"
    assert answer["valid_until"] == "2025-05-14"
    sheet = load_workbook(folder / answer["files"][0]).worksheets[0]
    cells = [value for row in sheet.iter_rows(values_only=True) for value in row if value]
    for text in (
        "PROJET",
        "Commune de Saône",
        "Établi le 15 mars 2025, valable jusqu'au 14 mai 2025 (60 jours)",
        "mille soixante-huit euros",
        "TVA non applicable, article 256 B du code général des impôts",
        "Bon pour accord, Commune de Saône",
        "Date :",
        "Nom :",
        "Qualité :",
        "Service : Accompagnement RH",
        "Prix de la grille 2025.",
    ):
        assert text in [str(cell).replace("\u00a0", " ") for cell in cells], text
    assert 1068 in cells


def test_a_second_draft_does_not_replace_the_first(cli: Cli, folder: Path) -> None:
    one = cli(*QUOTE, "--json").json["files"]
    other = cli(*QUOTE, "--json").json["files"]
    assert one != other
    assert all((folder / name).exists() for name in (*one, *other))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("quote", "Thise", *LINES), "est au niveau 2A"),
        (("quote", "Besançon", *LINES), "n'est pas adhérente"),
        (("quote", "Saône", "--line", "D:1:x"), "n'a pas de catégorie « D »"),
        (("quote", "Saône", "--line", "A:0:x"), "« 0 »"),
        (("quote", "Saône", "--line", "A:-1:x"), "« -1 »"),
        (("quote", "Saône", "--line", "A:1.5:x"), "« 1.5 »"),
        (("quote", "Saône", "--line", "A:1,5:x"), "« 1,5 »"),
        (("quote", "Saône", "--line", "A:deux:x"), "« deux »"),
        (("quote", "Saône", "--line", "A:99999999999:x"), "« 99999999999 »"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_refused_quotes(arguments: tuple[str, ...], words: str, cli: Cli, folder: Path) -> None:
    answer = cli(*arguments, "--date", "15/03/2025")
    assert answer.code == 3
    assert words in answer.err
    assert "À faire" in answer.err
    assert not (folder / "out").exists()


def test_every_wrong_line_is_named(cli: Cli) -> None:
    answer = cli(
        "quote", "Saône", "--line", "D:0:x", "--line", "A:1:y", "--line", "E:2:z", "--year", "2025"
    )
    assert answer.code == 3
    assert answer.err.count("ligne 1") == 2
    assert "ligne 3" in answer.err
    assert "ligne 2" not in answer.err


def test_membership_counts_on_the_day_of_the_quote(cli: Cli, folder: Path) -> None:
    path = folder / "data/communes.csv"
    head, *lines = path.read_text("utf-8-sig").splitlines()
    out = [f"{head};date_debut;date_fin"]
    for line in lines:
        if line.startswith("2025;25532;"):
            out += [
                f"{line.replace(';2B;', ';2A;')};;30/06/2025",
                f"{line};01/07/2025;",
            ]
        else:
            out.append(f"{line};;")
    path.write_text("\n".join(out), "utf-8-sig")
    assert cli("quote", "Saône", *LINES, "--date", "30/06/2025").code == 3
    assert cli("quote", "Saône", *LINES, "--date", "01/07/2025").code == 0


def test_the_day_of_the_quote_counts_in_another_year_too(cli: Cli, folder: Path) -> None:
    """Fontain is 2A in 2025 and 2B in 2026: no quote in 2025 for a mission of 2026."""
    cli.once(("index", "2026", "--act", "Délibération d'exemple"))
    early = cli("quote", "Fontain", *LINES, "--year", "2026", "--date", "15/11/2025")
    assert early.code == 3
    assert "en 2025" in early.err
    assert cli("quote", "Fontain", *LINES, "--year", "2026", "--date", "15/01/2026").code == 0


def test_before_the_vote(cli: Cli, folder: Path) -> None:
    cli("index", "2026")
    answer = cli("quote", "Saône", *LINES, "--date", "10/01/2026", "--json").json
    assert (answer["year"], answer["grid"], answer["total"]) == (2026, 2025, "1068.00")
    screen = cli("quote", "Saône", *LINES, "--date", "10/01/2026").out
    assert "Prix de la grille 2025, la grille 2026 n'étant pas encore votée." in screen
    edit(
        folder / "data/tariffs.toml",
        'before_vote = "previous_grid"',
        'before_vote = "refuse"',
    )
    refused = cli("quote", "Saône", *LINES, "--date", "10/01/2026")
    assert refused.code == 3
    assert "mutualis index 2026 --act" in refused.err
    cli.once(("index", "2026", "--act", "Délibération d'exemple"))
    voted = cli("quote", "Saône", *LINES, "--date", "10/01/2026", "--json").json
    assert (voted["grid"], voted["total"]) == (2026, "1075.00")  # 2 x 257 + 3 x 187


def test_several_people_quote_at_once(folder: Path) -> None:
    names = [answer.json["files"][0] for answer in at_once(4, folder, *QUOTE, "--json")]
    assert len(set(names)) == 4
    assert all((folder / name).stat().st_size > 1000 for name in names)


def test_the_same_quote_of_the_same_day_is_made_once(voted: Path, cli: Cli) -> None:
    quote = ("quote", "Saône", "--line", "A:1:Cadrage", "--date", "15/03/2025")
    assert cli(*quote).code == 0
    refused = cli(*quote)
    assert refused.code == 3
    assert "D2025-0001 est le même" in refused.err
    assert "mutualis register render D2025-0001" in refused.err
    assert cli(*quote[:-1], "16/03/2025").code == 0
    assert cli(*quote, "--again").code != 0  # the register is past that day
    assert cli(*quote[:-1], "16/03/2025", "--again", "--json").json["number"] == "D2025-0003"
