"""What a spelling of a service means: a table by hand, over a small catalogue."""

import pytest

from mutualis.domain.problems.problem import Source
from mutualis.domain.services.finder import (
    AmbiguousService,
    FoundService,
    ServiceFinder,
    UnknownService,
)
from mutualis.domain.services.service import Service, Services

PLACE = Source("data/services.csv")


def cell(theme: str, level: str, name: str, quota: int | None = None) -> Service:
    return Service(theme, level, name, PLACE, PLACE, quota=quota)


CATALOGUE = Services(
    (
        cell("Généralités", "2A", "Questions juridiques", 3),
        cell("Généralités", "2B", "Questions juridiques"),
        cell("Généralités", "1", "Veille juridique"),
        cell("Accueil", "3", "Podium : livraison et installation"),
        cell("Rives", "3", "Étude"),
        cell("Ponts", "3", "Étude"),
        cell("Ponts", "3", "Étude des sols"),
    )
)


@pytest.mark.parametrize(
    ("typed", "theme", "name", "levels"),
    [
        ("Questions juridiques", "Généralités", "Questions juridiques", ["2A", "2B"]),
        ("questions juridiques (3 par an)", "Généralités", "Questions juridiques", ["2A", "2B"]),
        ("Généralités : Questions", "", "", []),  # a theme goes with the whole name
        ("généralités : VEILLE JURIDIQUE", "Généralités", "Veille juridique", ["1"]),
        ("veille", "Généralités", "Veille juridique", ["1"]),
        ("Podium", "Accueil", "Podium : livraison et installation", ["3"]),
        ("ponts : etude", "Ponts", "Étude", ["3"]),
        ("étude des", "Ponts", "Étude des sols", ["3"]),
        ("Accueil", "", "", []),  # a theme is no service
        ("Pod", "", "", []),
        ("", "", "", []),
    ],
)
def test_a_spelling_of_a_service(typed: str, theme: str, name: str, levels: list[str]) -> None:
    found = ServiceFinder(CATALOGUE).find(typed)
    if not name:
        assert isinstance(found, UnknownService)
    else:
        assert isinstance(found, FoundService)
        assert [c.level for c in found.cells] == levels
        assert (found.cells[0].theme, found.cells[0].name) == (theme, name)


@pytest.mark.parametrize(
    ("typed", "guess"),
    [
        ("juridique", ""),  # whole words: « Questions juridiques » is not meant
        ("étude", " Vouliez-vous dire « Rives : Étude » ou « Ponts : Étude » ?"),
    ],
)
def test_words_of_several_services(typed: str, guess: str) -> None:
    found = ServiceFinder(CATALOGUE).find(typed)
    assert isinstance(found, AmbiguousService if guess else FoundService)
    if isinstance(found, AmbiguousService):
        assert found.facts["state"] == "peut désigner plusieurs prestations du catalogue"
        assert found.facts["guess"] == guess


@pytest.mark.parametrize(
    ("typed", "guess"),
    [
        (
            "Question juridique",
            " Vouliez-vous dire « Questions juridiques » ou « Veille juridique » ?",
        ),
        ("Pod", " Vouliez-vous dire « Podium : livraison et installation » ?"),
        ("zzz", ""),
    ],
)
def test_the_suggestions(typed: str, guess: str) -> None:
    found = ServiceFinder(CATALOGUE).find(typed)
    assert isinstance(found, UnknownService)
    assert found.facts == {
        "wanted": typed,
        "state": "n'est pas une prestation du catalogue",
        "guess": guess,
    }


def test_without_a_catalogue() -> None:
    assert not ServiceFinder(Services())
    assert ServiceFinder(Services()).find("Podium") == UnknownService("Podium")
