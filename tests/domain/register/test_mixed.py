"""A register is that of an example or a real one: nothing is added to the other, and it shows."""

from datetime import date

import pytest
from lives import Life, codes_of, row, voted

from mutualis.domain.invoices.batch import Batch
from mutualis.domain.issuing.batch import number_quote
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.quote import Quote, WantedLine, price_lines
from mutualis.domain.register.numbering import mixed
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace


def life_of(shipped: Workspace, *, example: bool) -> Life:
    workspace = replace(shipped, issuer=replace(shipped.issuer, example=example))
    return Life(workspace, voted(shipped.tariffs))


@pytest.mark.parametrize("example", [False, True])
def test_whose_register_it_is(shipped: Workspace, example: bool) -> None:
    life = life_of(shipped, example=example)
    assert life.ledger.is_example is None
    life.bill([row("25532", "2B")])
    assert life.ledger.is_example is example
    assert life.findings == []
    number = life.ledger.memberships[0].number
    assert number == ("EXF2025-0001" if example else "F2025-0001")


@pytest.mark.parametrize("example", [False, True])
def test_nothing_of_the_other_is_added(shipped: Workspace, example: bool) -> None:
    life = life_of(shipped, example=example)
    life.bill([row("25532", "2B")])
    issuer = replace(shipped.issuer, example=not example)
    life.workspace = replace(life.workspace, issuer=issuer)
    before = life.records
    with pytest.raises(Refusal) as refused:
        life.bill([row("25532", "2B"), row("25014", "2B")])
    assert refused.value.reason.code == "issuing.lacking"
    with pytest.raises(Refusal):
        number_quote(quote(life), issuer, life.act, life.ledger)
    assert life.records == before


def quote(life: Life) -> Quote:
    grid = life.tariffs.grids[2025]
    assert grid.on_quote is not None
    lines = price_lines([WantedLine("A", "1", "Suivi")], grid.on_quote, grid)
    end = date(2025, 12, 31)
    return Quote(None, 2025, life.day, end, row("25532", "2B"), grid, "", "", lines)


@pytest.mark.parametrize("example", [False, True])
def test_a_mixed_register_is_found(shipped: Workspace, example: bool) -> None:
    life = life_of(shipped, example=example)
    life.bill([row("25532", "2B")])
    other = life_of(shipped, example=not example)
    other.day = life.day
    forged = number_quote(quote(other), other.workspace.issuer, other.act, other.ledger)
    assert codes_of((*life.records, forged)) == ["audit.mixed"]
    (found,) = mixed([(7, life.records[0]), (8, life.records[-1]), (9, forged)])
    assert (found.seq, found.number) == (9, forged.number)
    batch = next(record for record in life.records if isinstance(record, Batch))
    (found,) = mixed([(7, forged), (8, batch)])
    assert (found.seq, found.number) == (8, None)
