"""What each level gives of a catalogue, what it asks for beyond, and what a quote may be for."""

from decimal import Decimal

import pytest
from made import HERE, grid

from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.services.quoted import quoted_service
from mutualis.domain.services.service import (
    Access,
    Service,
    Services,
    applying,
    beyond,
    lowest,
    offers,
    on_quote,
)
from mutualis.domain.tariffs.grid import Level

GRID = grid(
    Level("1", "exemple"),
    Level("2A", "exemple", includes=("1",), per_inhabitant=Decimal(1), half_days_per_request=1),
    Level("2B", "exemple", includes=("2A",), per_inhabitant=Decimal(3)),
    Level("3", "exemple", requires="2B", half_day={"A": Decimal(400)}),
)


def cell(
    name: str, level: str, quota: int | None = None, theme: str = "Rives", *, sure: bool = True
) -> Service:
    return Service(theme, level, name, HERE, HERE, quota=quota, uncertain=not sure)


SERVICES = Services(
    (
        cell("Conseil", "2B"),
        cell("Conseil", "2A", 3),
        cell("Étude", "2A"),
        cell("Étude", "3"),
        cell("Podium", "3"),
        cell("Veille", "1"),
        cell("Ancien", "9"),
        cell("Accueil", "2A", sure=False),
        cell("Étude des sols", "3", theme="Ponts"),
        cell("Podium", "3", theme="Ponts"),
    )
)
BY_NAME = {(cells[0].theme, cells[0].name): cells for cells in SERVICES.groups}
CONSEIL, STUDY = BY_NAME["Rives", "Conseil"], BY_NAME["Rives", "Étude"]

Told = list[tuple[str, str, bool, tuple[str, ...], str]]


def told(name: str, level: str, closed: tuple[str, ...] = ()) -> Told:
    return [
        (o.service.level, o.access.value, o.on_quote, o.join, o.beyond)
        for o in offers(SERVICES, GRID, level, closed)
        if (o.service.theme, o.service.name) == ("Rives", name)
    ]


@pytest.mark.parametrize(
    ("name", "level", "found"),
    [
        ("Conseil", "", [("2A", "to_join", False, ("2A", "2B"), "")]),
        (
            "Conseil",
            "2A",
            [("2A", "included", False, (), ""), ("2B", "to_join", False, ("2B",), "")],
        ),
        ("Conseil", "2B", [("2B", "included", False, (), "")]),
        ("Veille", "", [("1", "to_join", False, ("1", "2A", "2B"), "")]),
        ("Veille", "2B", [("1", "included", False, (), "")]),
        ("Podium", "2A", [("3", "to_join", True, ("2B",), "")]),
        ("Podium", "2B", [("3", "on_quote", True, (), "")]),
        (
            "Étude",
            "2B",
            [
                ("2A", "included", False, (), ""),
                ("3", "on_quote", True, (), "au-delà d'une demi-journée"),
            ],
        ),
        ("Ancien", "2B", []),
    ],
)
def test_what_a_service_is_for_a_commune(name: str, level: str, found: Told) -> None:
    assert told(name, level) == found


def test_a_level_without_a_price_for_the_commune_is_not_to_join() -> None:
    assert told("Conseil", "", ("2B",)) == [("2A", "to_join", False, ("2A",), "")]
    assert told("Podium", "2A", ("2B",)) == [("3", "to_join", True, (), "")]


def test_the_cells_of_a_service() -> None:
    assert applying(CONSEIL, GRID, "1") is None
    assert applying(CONSEIL, GRID, "") is None
    levels = [getattr(applying(CONSEIL, GRID, level), "level", "") for level in ("2A", "2B")]
    assert levels == ["2A", "2B"]
    assert on_quote(CONSEIL, GRID) is None
    assert on_quote(STUDY, GRID) == STUDY[1]
    assert on_quote(STUDY, grid()) is None
    assert lowest(CONSEIL, GRID).level == "2A"
    assert lowest(BY_NAME["Rives", "Podium"], GRID).level == "3"
    assert lowest((cell("x", "9"), cell("x", "3")), GRID).level == "9"
    assert lowest((cell("x", "9"), cell("x", "2B")), GRID).level == "2B"
    assert lowest((cell("x", "9"), cell("x", "8")), GRID).level == "8"


def test_from_where_on_a_service_is_on_quote() -> None:
    assert beyond(STUDY, GRID) == "au-delà d'une demi-journée"
    assert beyond((*STUDY, cell("Étude", "2B")), GRID) == (
        "au-delà de ce que comprend le niveau 2B"
    )
    assert beyond(BY_NAME["Rives", "Podium"], GRID) == ""


def test_how_to_write_a_service() -> None:
    one, other = BY_NAME["Rives", "Podium"][0], BY_NAME["Ponts", "Podium"][0]
    assert (SERVICES.title(one), SERVICES.title(other)) == ("Rives : Podium", "Ponts : Podium")
    assert SERVICES.title(STUDY[0]) == "Étude"
    assert SERVICES.themes == ["Rives", "Ponts"]
    assert CONSEIL[1].label == "Conseil (3 par an)"
    assert CONSEIL[0].label == "Conseil"
    assert SERVICES
    assert not Services()
    assert {offer.access for offer in offers(SERVICES, GRID, "2B")} == {
        Access.INCLUDED,
        Access.ON_QUOTE,
    }


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Étude", "Étude"),
        ("sols", "Étude des sols"),
        ("ponts : podium", "Podium"),
        ("Podium", "service_of_several_themes"),
        ("Conseil", "given_up_to"),
        ("Accueil", "given_up_to"),
        ("Ancien", "given_service"),
        ("Rien", "unknown_service"),
        ("Podiom", "unknown_service"),
    ],
)
def test_what_a_quote_may_be_for(wanted: str, found: str) -> None:
    said = ""
    try:
        said = quoted_service(SERVICES, GRID, wanted).name
    except Refusal as refusal:
        said = refusal.reason.code.removeprefix("quotes.") if refusal.message else "no text"
    assert said == found


def test_a_level_that_gives_a_service_up_to_some_time() -> None:
    """Where the level says how long, and yet no cell is on quote."""
    alone = Services((cell("Étude", "2A"), cell("Étude bis", "3"), cell("Étude ter", "3")))
    with pytest.raises(Refusal) as refused:
        quoted_service(alone, GRID, "Étude")
    assert refused.value.reason.code == "quotes.given_up_to"
    many = Services((cell("Étude bis", "3"), cell("Étude ter", "3")))
    with pytest.raises(Refusal) as refused:
        quoted_service(many, GRID, "Étude")
    assert refused.value.reason.code == "quotes.several_services"
