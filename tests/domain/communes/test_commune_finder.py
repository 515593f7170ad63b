"""What a spelling of a commune means: a table by hand, over three years of a small body."""

from datetime import date

import pytest

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.finder import (
    AmbiguousCommune,
    CommuneFinder,
    Contradiction,
    FoundCommune,
    UnknownCommune,
)
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.problems.problem import Source
from mutualis.domain.value import replace

ALL = {
    "25212": "École-Valentin",
    "25297": "Le Gratteris",
    "25438": "Osselle-Routelle",
    "25466": "Pouilley-Français",
    "25467": "Pouilley-les-Vignes",
    "25527": "Saint-Vit",
    "25532": "Saône",
}
PLACE = Source("data/communes.csv")


def row(year: int, code: str, name: str) -> CommuneYear:
    return CommuneYear(year, code, name, "", 100, 100, "1", PLACE, PLACE)


def body(*more: CommuneYear) -> CommuneFinder:
    """2024 with Le Gratteris and Champoux, which is Saône's since 2025; 2025 without either."""
    merged = replace(row(2024, "25117", "Champoux"), end=date(2024, 12, 31))
    rows = [row(year, code, name) for year in (2024, 2025) for code, name in ALL.items()]
    gone = [r for r in rows if (r.year, r.code_insee) != (2025, "25297")]
    joined = Movement(
        date(2025, 1, 1), MovementKind.MERGER, "25117", "Champoux", "25532", "Saône", "", PLACE
    )
    return CommuneFinder(Communes.of([*gone, merged, *more], movements=Movements.of([joined])))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("École-Valentin", "25212"),
        ("ecole-valentin", "25212"),
        ("Ecole", "25212"),
        (" 25212 ", "25212"),
        ("Saône", "25532"),
        ("Commune de Saône", "25532"),
        ("MAIRIE DE SAONE", "25532"),
        ("saint vit", "25527"),
        ("St-Vit", "25527"),
        ("les vignes", "25467"),
        ("Commune de Pouilley-Français", "25466"),
    ],
)
def test_a_spelling_that_means_one(typed: str, code: str) -> None:
    for year in (2025, None):
        found = body().find(typed, year)
        assert isinstance(found, FoundCommune)
        assert (found.code, found.rows[0].year) == (code, 2025)


@pytest.mark.parametrize(
    ("typed", "state", "guess"),
    [
        (
            "Pouilley",
            "ambiguë en 2025",
            " Vouliez-vous dire Pouilley-Français (25466) ou Pouilley-les-Vignes (25467) ?",
        ),
        ("Soane", "inconnue en 2025", " Vouliez-vous dire Saône (25532) ?"),
        ("Osse", "inconnue en 2025", " Vouliez-vous dire Osselle-Routelle (25438) ?"),
        ("Pouil", "inconnue en 2025", " Vouliez-vous dire Pouilley-Français (25466) ou "
         "Pouilley-les-Vignes (25467) ?"),
        ("Le Gratteris", "inconnue en 2025, mais connue en 2024", ""),
        ("Gratteris", "inconnue en 2025, mais connue en 2024", ""),
        ("25297", "inconnue en 2025, mais connue en 2024", ""),
        ("25999", "inconnue en 2025", ""),
        ("zzz", "inconnue en 2025", ""),
        ("", "inconnue en 2025", ""),
        ("???", "inconnue en 2025", ""),
    ],
)  # fmt: skip
def test_a_spelling_that_means_none_or_several(typed: str, state: str, guess: str) -> None:
    found = body().find(typed, 2025)
    assert isinstance(found, AmbiguousCommune | UnknownCommune)
    assert found.facts == {"wanted": typed, "state": state, "guess": guess}


def test_the_last_year_that_knows_it() -> None:
    found = body().find("Gratteris")
    assert isinstance(found, FoundCommune)
    assert found.rows[0].year == 2024
    unknown = body().find("Soane")
    assert isinstance(unknown, UnknownCommune)
    assert unknown.facts["state"] == "inconnue"


def test_a_whole_name_comes_before_parts_of_one() -> None:
    """Of another year even: Vaux, which has left, is not Chemaudin et Vaux."""
    finder = body(row(2024, "25600", "Vaux"), row(2025, "25147", "Chemaudin et Vaux"))
    assert finder.find("Vaux", 2025) == UnknownCommune("Vaux", 2025, known_in=(2024,))
    assert isinstance(finder.find("Chemaudin", 2025), FoundCommune)


def test_parts_of_a_name_mean_the_same_in_every_year() -> None:
    """A word of two communes is ambiguous, though one of them is in another year."""
    finder = body(row(2024, "25201", "Villers-la-Roche"), row(2025, "25202", "Mont-la-Roche"))
    for year in (2024, 2025, None):
        found = finder.find("la roche", year)
        assert isinstance(found, AmbiguousCommune)
        assert {c.code_insee for c in found.candidates} == {"25201", "25202"}


def test_the_name_that_a_commune_had() -> None:
    finder = body(row(2024, "25147", "Chemaudin"), row(2025, "25147", "Grand Bourg"))
    found = finder.find("chemaudin", 2025)
    assert isinstance(found, FoundCommune)
    assert found.rows[0].name == "Grand Bourg"


def test_a_name_that_went_to_another_commune() -> None:
    finder = body(
        row(2024, "25001", "Rive"), row(2025, "25001", "Rive Haute"), row(2025, "25002", "Rive")
    )
    for year, code in ((2024, "25001"), (2025, "25002"), (None, "25002")):
        found = finder.find("Rive", year)
        assert isinstance(found, FoundCommune)
        assert found.code == code


@pytest.mark.parametrize(
    ("code", "name", "found"),
    [
        ("25212", "Ecole", "25212"),
        ("25466", "Pouilley", "25466"),  # the code says which
        ("", "Saône", "25532"),
        ("25532", " ", "25532"),
    ],
)
def test_a_code_and_a_name(code: str, name: str, found: str) -> None:
    answer = body().find_both(code, name, 2025)
    assert isinstance(answer, FoundCommune)
    assert answer.code == found


def test_a_code_and_a_name_that_do_not_agree() -> None:
    for name, other in (("Saint Vit", " ; Saint Vit a le code 25527"), ("Saunes", "")):
        answer = body().find_both("25532", name, 2025)
        assert isinstance(answer, Contradiction)
        assert answer.facts == {"code": "25532", "own": "Saône", "name": name, "other": other}
    unknown = body().find_both("25999", "saone", 2025)
    assert isinstance(unknown, UnknownCommune)
    assert unknown.facts["guess"] == " Vouliez-vous dire Saône (25532) ?"


@pytest.mark.parametrize(
    ("typed", "guess"),
    [
        (("25117", ""), " Vouliez-vous dire Saône (25532) ?"),
        (("", "Champoux"), " Vouliez-vous dire Saône (25532) ?"),
        (("25117", "Champoux"), " Vouliez-vous dire Saône (25532) ?"),
        (("25297", ""), ""),  # gone, and no movement says where
    ],
)
def test_a_merged_commune_is_answered_with_what_it_became(
    typed: tuple[str, str], guess: str
) -> None:
    unknown = body().find_both(*typed, 2025)
    assert isinstance(unknown, UnknownCommune)
    assert (unknown.known_in, unknown.facts["guess"]) == ((2024,), guess)
    assert isinstance(body().find("25117", 2024), FoundCommune)
    before = body(row(2025, "25900", "Neuve")).find("25900", 2024)  # it is not what it comes from
    assert isinstance(before, UnknownCommune)
    assert before.suggestions == ()


def test_the_heir_of_a_merged_commune() -> None:
    finder = body()
    assert finder.code_of("Champoux", date(2024, 12, 31)) == "25117"
    assert finder.code_of("Champoux", date(2025, 1, 1)) == "25532"
    assert finder.code_of("Soane", date(2025, 1, 1)) is None
    found = finder.on("champoux", 2025, date(2025, 3, 1))
    assert isinstance(found, FoundCommune)
    assert found.code == "25532"
    lost = finder.on("Le Gratteris", 2025, date(2025, 3, 1))
    assert isinstance(lost, UnknownCommune)
    assert lost.known_in == (2024,)
    assert isinstance(finder.on("Pouilley", 2025, date(2025, 3, 1)), AmbiguousCommune)
