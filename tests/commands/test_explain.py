"""mutualis explain, end to end."""

from pathlib import Path

from conftest import Cli, edit


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
    assert cli("bill", "2025", "--issue", "--yes", "--date", "15/03/2025").code == 0
    before = cli("explain", "Saône", "2025", "--json").json["amount"]
    edit(small / "data/tariffs.toml", "per_inhabitant = 3.28", "per_inhabitant = 3.29")
    answer = cli("explain", "Saône", "2025")
    assert "B20" in answer.err
    assert cli("explain", "Saône", "2025", "--json").json["amount"] == before
    assert "mutualis bill 2025 --commune 25532" in answer.out
    draft = cli("bill", "2025", "--commune", "25532")
    assert (draft.code, "les documents émis disent ce qui est dû" in draft.out) == (0, True)
