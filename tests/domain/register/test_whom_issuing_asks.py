"""Issuing a year asks the level, SIREN and address of those that get a document alone."""

import pytest
from lives import Life, row, voted

from mutualis.domain.communes.communes import Settlement
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace


@pytest.fixture
def life(shipped: Workspace) -> Life:
    return Life(shipped, voted(shipped.tariffs))


def places(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [str(reason.facts["place"]) for reason in refused.value.reason.details]


@pytest.mark.parametrize("settlement", list(Settlement))
def test_an_invoice_and_a_statement(life: Life, settlement: Settlement) -> None:
    wrong = replace(row("25532", "2B"), level_source="exemple", siren="", postal_code="")
    with pytest.raises(Refusal) as refused:
        life.bill([replace(wrong, settlement=settlement)])
    names = ("source_niveau", "siren", "code_postal")
    assert len(places(refused)) == 3
    assert [name for name in names if name not in " ".join(places(refused))] == []


def test_who_gets_no_document_is_not_asked(life: Life) -> None:
    free = replace(row("25030", "1"), siren="", city="", level_source="exemple")
    none = replace(row("25014", ""), siren="", city="", level_source="exemple")
    assert life.bill([row("25532", "2B"), free, none])


def test_who_is_corrected(life: Life) -> None:
    own = row("25532", "2B")
    life.bill([own])
    with pytest.raises(Refusal) as refused:
        life.bill([replace(own, level="2A", city="")])
    assert len(places(refused)) == 1
    assert life.bill([replace(own, level="2A")])
