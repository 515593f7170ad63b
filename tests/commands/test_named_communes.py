"""The same spelling of a commune or a service has the same answer wherever it is written."""

from pathlib import Path

import pytest

from conftest import Answer, Cli

REQUEST = (
    "id;date;commune;projet;service;direction;demi_journees_a;demi_journees_b;demi_journees_c\n"
    "P1;12/09/2024;{};Halle;{};;1;;\n"
)
INTERVENTION = "date;commune;prestation;categorie;demi_journees\n12/03/2025;{};{};A;1\n"
QUOTED = ("--line", "A:1:Étude", "--year", "2025", "--date", "14/03/2025", "--draft")


def answers(cli: Cli, folder: Path, commune: str) -> dict[str, Answer]:
    """What each command says of a spelling of a commune."""
    found = {
        "explain": cli("explain", commune, "2025"),
        "quote": cli("quote", commune, *QUOTED),
        "bill": cli("bill", "2025", "--commune", commune),
        "services": cli("services", "--commune", commune, "--year", "2025"),
        "usage --commune": cli("usage", "2025", "--commune", commune),
    }
    written(folder, "interventions", INTERVENTION.format(commune, "Veille juridique"))
    found["interventions.csv"] = cli("usage", "2025")
    written(folder, "requests", REQUEST.format(commune, "Accompagnement RH"))
    found["requests.csv"] = cli("requests", "rank", "2025")
    return found


def written(folder: Path, name: str, text: str) -> None:
    (folder / f"data/{name}.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Saône", ""),
        ("25532", ""),
        ("commune de saone", ""),
        ("Miserey", ""),
        ("Pouilley", "« Pouilley » ambiguë en 2025. Vouliez-vous dire Pouilley-Français (25466) ou "
         "Pouilley-les-Vignes (25467) ?"),
        ("Soane", "« Soane » inconnue en 2025. Vouliez-vous dire Saône (25532)"),
        ("Miser", "« Miser » inconnue en 2025. Vouliez-vous dire Miserey-Salines (25381)"),
        ("Le Gratteris", "« Le Gratteris » inconnue en 2025, mais connue en 2024."),
    ],
)  # fmt: skip
def test_a_commune(typed: str, said: str, cli: Cli, voted: Path) -> None:
    for where, answer in answers(cli, voted, typed).items():
        if (typed, where) == ("Le Gratteris", "requests.csv"):  # what it asked, Mamirolle asks now
            assert answer.code == 0
            continue
        unknown = [line for line in answer.err.splitlines() if "commune « " in line]
        if said:
            assert answer.code == 1, where
            assert [said in line.replace("\u00a0", " ") for line in unknown] == [True], where
        else:
            assert (unknown, answer.code) == ([], 0), where


@pytest.mark.parametrize(
    ("typed", "is_known"),
    [
        ("Accompagnement RH", True),
        ("ressources humaines : accompagnement rh", True),
        ("podium", True),
        ("podiu", False),
        ("Acompagnement RH", False),
        ("accompagnement personnalisé", False),
    ],
)
def test_a_service(typed: str, is_known: bool, cli: Cli, voted: Path) -> None:
    found = {"quote": cli("quote", "Saône", "--service", typed, *QUOTED)}
    written(voted, "interventions", INTERVENTION.format("Saône", typed))
    found["interventions.csv"] = cli("usage", "2025")
    written(voted, "requests", REQUEST.format("Saône", typed))
    found["requests.csv"] = cli("requests", "rank", "2025")
    for where, answer in found.items():
        assert (answer.code == 0) is is_known, (where, answer.err)
