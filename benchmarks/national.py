"""A body as large as France, made from a seed: invented communes with the real shape.

About half have fewer than 460 inhabitants and 3 % more than 10 000, which are in 2A: level 2B has
no price for them.
"""

import shutil
from datetime import date, timedelta
from itertools import cycle
from math import exp, log
from pathlib import Path
from random import Random
from statistics import NormalDist

ROOT = Path(__file__).parents[1]
YEAR = 2025
FRANCE = 35_000
_MEDIAN, _SPREAD, _LARGEST = 460, 1.62, 2_100_000
_LARGE = 10_000
_FIRST = [
    "Saint",
    "Beau",
    "Clair",
    "Font",
    "Mont",
    "Ville",
    "Roche",
    "Val",
    "Haute",
    "Bourg",
    "Champ",
    "Pont",
    "Belle",
    "Neuf",
]
_LAST = [
    "Aubin",
    "Brice",
    "Cyr",
    "Denis",
    "Eloi",
    "Fargeau",
    "Genis",
    "Hilaire",
    "Ouen",
    "Julien",
    "Loup",
    "Marcel",
    "Ixe",
    "Privat",
]
_BESIDE = [
    "Aube",
    "Bourne",
    "Creuse",
    "Doubs",
    "Eure",
    "Furan",
    "Garonne",
    "Huisne",
    "Indre",
    "Isère",
    "Loire",
    "Marne",
    "Nive",
]
_HEAD = (
    "annee;code_insee;commune;siren;population_municipale;population_totale;niveau;source_niveau;"
    "adresse;code_postal;ville"
)


def luhn(digits: str) -> str:
    """The number with its key."""
    doubled = [int(digit) * (1 + rank % 2) for rank, digit in enumerate(reversed(digits), start=1)]
    return digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def departments() -> list[str]:
    numbers = [f"{number:02d}" for number in range(1, 96) if number != 20]
    return sorted([*numbers, "2A", "2B"])


def code_of(rank: int) -> tuple[str, str]:
    """The INSEE code and the SIREN of a commune, 365 to a department."""
    department = departments()[rank // 365]
    number = rank % 365 + 1
    return f"{department}{number:03d}", luhn(f"21{rank // 365 + 1:02d}{number:04d}")


def population(random: Random) -> int:
    drawn = NormalDist(log(_MEDIAN), _SPREAD).inv_cdf(random.uniform(0.0005, 0.99999))
    return min(round(exp(drawn)), _LARGEST)


def rows(size: int, seed: int = 0) -> list[str]:
    """The lines of communes.csv, in INSEE order."""
    random = Random(seed)
    found = []
    for rank in range(size):
        code, siren = code_of(rank)
        name = f"{random.choice(_FIRST)}-{random.choice(_LAST)}-sur-{random.choice(_BESIDE)}"
        people = population(random)
        level = "2A" if people > _LARGE else random.choice(("2A", "2B", "2B", "1"))
        found.append(
            f"{YEAR};{code};{name};{siren};{people};{people + people // 50};{level};exemple;"
            f"1 place de la Mairie;{code.replace('A', '0').replace('B', '0')};{name}"
        )
    return found


def requests(codes: list[str], size: int, seed: int = 0) -> list[str]:
    """Rows of requests.csv: those that are shipped, of other communes and days, again and again."""
    random = Random(seed)
    found = []
    for rank, row in zip(range(size), cycle(_shipped("requests.csv")), strict=False):
        own, day = row.split(";"), date(2024, 9, 1) + timedelta(days=random.randrange(180))
        project = f"{own[3]} {rank}"
        found.append(
            ";".join([f"P{rank:05d}", f"{day:%d/%m/%Y}", random.choice(codes), project, *own[4:]])
        )
    return found


def interventions(codes: list[str], size: int, seed: int = 0) -> list[str]:
    """Rows of interventions.csv, made in the same way, of no quote and no request."""
    random = Random(seed)
    found = []
    for _, row in zip(range(size), cycle(_shipped("interventions.csv")), strict=False):
        own, day = row.split(";"), date(YEAR, 1, 1) + timedelta(days=random.randrange(365))
        said = [f"{day:%d/%m/%Y}", random.choice(codes), "", *own[3:5], str(random.randint(1, 3))]
        found.append(";".join([*said, "", "", *own[8:]]))
    return found


def _shipped(name: str) -> list[str]:
    return (ROOT / "data" / name).read_text(encoding="utf-8-sig").splitlines()[1:]


def add(folder: Path, name: str, lines: list[str]) -> None:
    """Rows at the end of a table of a workspace."""
    with (folder / "data" / name).open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def make(folder: Path, size: int) -> None:
    """A workspace of that many communes: the shipped data, for one year, with other communes."""
    data = folder / "data"
    shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("tables", "meetings"))
    for name in ("interventions.csv", "requests.csv", "movements.csv"):
        lines = (data / name).read_text(encoding="utf-8").splitlines()
        (data / name).write_text(lines[0] + "\n", encoding="utf-8")
    (data / "communes.csv").write_text("\n".join([_HEAD, *rows(size)]) + "\n", encoding="utf-8")
