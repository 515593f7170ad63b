"""mutualis explain, end to end."""

import re
from pathlib import Path
from typing import Any

from conftest import Cli, edit
from mutualis.domain.problems.catalogue import CATALOGUE

HEAD = (
    "annee;code_insee;commune;siren;population_municipale;population_totale;niveau;"
    "date_debut;date_fin"
)
# Example rows: a change of level on 1 July, a commune that joins in April.
UPGRADE = (
    "2025;25245;Fontain;200085827;1342;1360;2A;;30/06/2025",
    "2025;25245;Fontain;200085827;1342;1360;2B;01/07/2025;",
    "2025;25014;Amagney;212500144;937;946;2B;01/04/2025;",
)
MERGER = (
    "2025;25297;Le Gratteris;212502975;161;164;2A;;30/06/2025",
    "2025;25364;Mamirolle;212503643;1798;1848;2B;;30/06/2025",
    "2025;25364;Mamirolle;934280017;1974;2030;2B;01/07/2025;",
)


def with_rows(folder: Path, rows: tuple[str, ...], proration: str) -> None:
    (folder / "data/communes.csv").write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    edit(folder / "data/tariffs.toml", 'proration = "full_year"', f'proration = "{proration}"')


def read_at(folder: Path, source: str) -> str:
    """The line of a file that a step cites."""
    file, _, line = source.partition(":")
    return (folder / file).read_text("utf-8-sig").splitlines()[int(line) - 1]


def named(answer: Any, name: str) -> list[dict[str, Any]]:
    return [step for step in answer["steps"] if step["name"] == name]


def test_explain(cli: Cli, folder: Path) -> None:
    answer = cli("explain", "SAONE", "2025", "--json").json
    assert (answer["code_insee"], answer["year"], answer["level"]) == ("25532", 2025, "2B")
    assert answer["amount"] == "7048.00"
    assert answer["next_threshold"] == {"population": 4000, "amount": "9416.00"}
    steps = {step["name"]: step for step in answer["steps"]}
    lines = {
        name: (folder / name).read_text("utf-8-sig").splitlines()
        for name in ("data/communes.csv", "data/tariffs.toml")
    }

    def cited(step: str) -> str:
        file, _, line = steps[step]["source"].partition(":")
        return lines[file][int(line) - 1]

    assert cited("Population").startswith("2025;25532;Saône")
    assert "per_inhabitant = 3.28" in cited("Tarif par habitant")
    assert "cap = 7048" in cited("Plafond")
    assert steps["Montant brut"]["source"] == "calcul"
    assert [steps[name]["value"] for name in steps] == [
        *("3142", "3.28", "10305.76", "7048.00", "7048.00")
    ]
    assert answer["other_levels"] == {"1": "0.00", "2A": "1193.96"}
    screen = cli("explain", "saone", "2025").out.replace("\u00a0", " ")
    assert "dans 858 habitants : 9 416,00 €" in screen
    assert "niveau 2A, 1 193,96 €" in screen
    assert "à compléter (data/tariffs.toml:" in screen


def test_explain_a_commune_without_a_fee(cli: Cli) -> None:
    answer = cli("explain", "Besançon", "2025")
    assert answer.code == 0
    assert "Pas de facture : non adhérente." in answer.out
    assert "le niveau 2B n'a pas de prix au-dessus de 10\u00a0000 habitants" in answer.out
    assert "Ensuite : mutualis account 25056 2025\n" in answer.out
    assert cli("account", "25056", "2025").code == 0
    free = cli("explain", "Audeux", "2025", "--json").json
    assert (free["amount"], free["steps"]) == ("0.00", [])
    assert free["not_billed"].startswith("niveau 1 gratuit")


def test_explain_an_unknown_or_ambiguous_commune(cli: Cli) -> None:
    ambiguous = cli("explain", "Pouilley", "2025")
    assert ambiguous.code == 1
    assert "Pouilley-Français (25466) ou Pouilley-les-Vignes (25467)" in ambiguous.err
    assert cli("explain", "Dijon", "2025").code == 1
    merged = cli("explain", "Le Gratteris", "2025")
    assert merged.code == 1


def test_an_issued_year_is_explained_at_its_own_price(cli: Cli, small: Path) -> None:
    """The file's other price is told; « bill », narrowed as it says, has nothing more to issue."""
    cli.once(("bill", "2025", "--issue", "--yes", "--date", "15/03/2025"))
    before = cli("explain", "Amagney", "2025", "--json").json["amount"]
    edit(small / "data/tariffs.toml", "per_inhabitant = 3.28", "per_inhabitant = 3.29")
    answer = cli("explain", "Amagney", "2025")
    assert "B20" in answer.err
    assert cli("explain", "Amagney", "2025", "--json").json["amount"] == before
    assert "mutualis bill 2025 --commune 25014" in answer.out
    draft = cli("bill", "2025", "--commune", "25014")
    assert (draft.code, "les documents émis disent ce qui est dû" in draft.out) == (0, True)


def test_the_parts_of_a_year(cli: Cli, folder: Path) -> None:
    """6/12 × 509.96 + 6/12 × 4 401.76 = 254.98 + 2 200.88 = 2 455.86."""
    with_rows(folder, UPGRADE, "month")
    answer = cli("explain", "Fontain", "2025", "--json").json
    assert answer["amount"] == answer["steps"][-1]["value"] == "2455.86"
    assert answer["steps"][-1]["name"] == "Montant dû"
    shown = ("level", "from", "to", "share", "amount_of_year", "amount")
    assert [[part[key] for key in shown] for part in answer["parts"]] == [
        ["2A", "2025-01-01", "2025-06-30", "6/12", "509.96", "254.98"],
        ["2B", "2025-07-01", "2025-12-31", "6/12", "4401.76", "2200.88"],
    ]
    people, rates = named(answer, "Population"), named(answer, "Tarif par habitant")
    assert [step["part"] for step in people] == [step["part"] for step in rates] == [1, 2]
    assert [read_at(folder, step["source"]) for step in people] == [UPGRADE[0], UPGRADE[1]]
    assert ["0.38" in read_at(folder, rates[0]["source"]), rates[1]["value"]] == [True, "3.28"]
    assert [s["value"] for s in named(answer, "Montant de la période")] == ["254.98", "2200.88"]
    assert "part" not in answer["steps"][-1]
    billed = cli("bill", "2025", "--json").json["lines"]
    assert next(x["parts"] for x in billed if x["code_insee"] == "25245") == answer["parts"]
    screen = cli("explain", "Fontain", "2025").out.replace("\u00a0", " ")
    assert "2. Fontain, niveau 2B, du 1er juillet au 31 décembre 2025 (6/12)\n" in screen
    assert "Partie d'année : par douzièmes" in screen
    assert "plafond atteint, 7 048,00 €, pour une année entière" in screen


def test_a_whole_year_due_for_a_part_of_it(cli: Cli, folder: Path) -> None:
    with_rows(folder, UPGRADE, "full_year")
    screen = cli("explain", "Amagney", "2025").out
    assert "Partie d'année : l'année entière est due" in screen
    answer = cli("explain", "Amagney", "2025", "--json").json
    assert (answer["amount"], answer["parts"], answer["compared"]) == ("3073.36", [], [])


def test_a_merger_due_at_its_highest_moment(cli: Cli, folder: Path) -> None:
    """161 × 0.38 + 1 798 × 3.28 = 5 958.62 until June, then 1 974 × 3.28 = 6 474.72."""
    path = folder / "data/movements.csv"
    path.write_text(path.read_text("utf-8-sig").replace("2025-01-01", "2025-07-01"), "utf-8")
    with_rows(folder, MERGER, "full_year")
    answer = cli("explain", "Le Gratteris", "2025", "--json").json
    assert (answer["code_insee"], answer["amount"]) == ("25364", "6474.72")
    assert [(moment["from"], moment["amount"]) for moment in answer["compared"]] == [
        ("2025-01-01", "5958.62"),
        ("2025-07-01", "6474.72"),
    ]
    assert [part["level"] for part in answer["compared"][0]["communes"]] == ["2A", "2B"]
    screen = cli("explain", "Le Gratteris", "2025").out.replace("\u00a0", " ")
    assert "Le Gratteris (réunie à Mamirolle depuis le 1er juillet 2025)." in screen
    assert "01/07/2025   Mamirolle, niveau 2B" in screen


def test_a_fee_of_a_row_that_is_not_the_last(cli: Cli, folder: Path) -> None:
    """From 2B to 2A in July, due whole: the figures and their lines are those of the 2B row."""
    rows = (UPGRADE[0].replace("2A", "2B"), UPGRADE[1].replace("2B", "2A"))
    with_rows(folder, rows, "full_year")
    answer = cli("explain", "Fontain", "2025", "--json").json
    assert (answer["level"], answer["amount"]) == ("2B", "4401.76")
    assert read_at(folder, answer["steps"][0]["source"]) == rows[0]
    assert list(answer["other_levels"]) == ["1", "2A"]


def test_an_issued_year_says_where_its_own_figures_are(cli: Cli, small: Path) -> None:
    """What the file now says otherwise is not cited; a remise is a step: 937 × 3.28 - 48."""
    cli.once(("bill", "2025", "--issue", "--yes", "--date", "15/03/2025"))
    edit(small / "data/tariffs.toml", "per_inhabitant = 3.28", "per_inhabitant = 3.29")
    number = cli("register", "list", "--json").json["documents"][0]["number"]
    remise = ("credit", number, "--remise", "48", "--act", "Vote d'exemple", "--reason", "exemple")
    assert cli(*remise, "--date", "16/03/2025").code == 0
    answer = cli("explain", "Amagney", "2025", "--json").json
    (rate,) = named(answer, "Tarif par habitant")
    assert (rate["value"], rate["source"]) == ("3.28", "registre, lot 1")
    assert [(step["value"], step["source"]) for step in answer["steps"][-2:]] == [
        ("-48.00", "registre"),
        ("3025.36", "calcul"),
    ]
    assert (answer["amount"], answer["account"]["remaining"]) == ("3025.36", "0.00")
    assert f"Déjà émis : 3\u00a0025,36\u00a0€ ({number})" in cli("explain", "Amagney", "2025").out


def test_a_code_is_explained_without_the_words_of_the_program(cli: Cli) -> None:
    told = cli("explain", "C07").out.replace("\u00a0", " ")
    assert "Message : « … » n'est pas un …\n" in told
    for code in CATALOGUE:
        answer = cli("explain", code)
        assert answer.code == 0
        assert not re.search(r"[{}]|À faire : \W*$", answer.out, re.MULTILINE), code
