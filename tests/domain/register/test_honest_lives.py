"""`verify` refuses no honest life of a year's accounts, and what is issued again is nothing."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from lives import Life, joins, row, voted

from mutualis.domain.communes.communes import CommuneYear, Settlement
from mutualis.domain.communes.movements import Movements
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import NegativeStatement
from mutualis.domain.invoices.invoice import MembershipInvoice, Statement
from mutualis.domain.kinds import Nature
from mutualis.domain.memberships.plan import Selection
from mutualis.domain.tariffs.proration import DAY, FULL_YEAR, MONTH
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

DECISION = "Délibération 2 (exemple)"


def to_ac(one: CommuneYear) -> CommuneYear:
    return replace(one, settlement=Settlement.AC)


def people(one: CommuneYear, more: int) -> CommuneYear:
    return replace(one, municipal_population=one.municipal_population + more)


AMAGNEY, AUXONS, SAONE = row("25014", "2B"), row("25030", "2A"), row("25532", "2A")
MERGER, LATE_MERGER = joins("25014", "25532", "07-01"), joins("25014", "25532", "2026-01-01")


def remise_then_rise(life: Life) -> None:
    """A remise is not billed back, nor by a rise; withdrawn, it is."""
    life.bill([AMAGNEY, to_ac(SAONE)])
    remise = life.credit("F2025-0001", "100", DECISION)
    life.credit("R2025-0001", "50", DECISION)
    assert not life.bill([AMAGNEY, to_ac(SAONE)])
    made = life.bill([people(AMAGNEY, 63), to_ac(people(SAONE, 100))])
    assert [type(one) for one in made[1:]] == [MembershipInvoice, Statement]
    life.withdraw(remise.number)
    assert life.bill([people(AMAGNEY, 63), to_ac(people(SAONE, 100))])


def remise_then_fall(life: Life) -> None:
    """A fee that falls below what was granted: the balance goes to nothing, not below."""
    life.bill([AMAGNEY])
    life.credit("F2025-0001", "3000", DECISION)
    assert life.bill([row("25014", "2A")])
    assert not life.bill([row("25014", "2A")])


def whole_remise_then_no_member(life: Life) -> None:
    life.bill([AMAGNEY, AUXONS])
    life.credit("F2025-0001", None, DECISION)
    life.bill([row("25014", ""), row("25030", "")])


def there_and_back(life: Life) -> None:
    """Titre, AC, then titre again: each time the stale document goes first."""
    for rows in ([AMAGNEY], [to_ac(AMAGNEY)], [people(AMAGNEY, 30)]):
        assert life.bill(rows)


def cancelled_and_issued_again(life: Life) -> None:
    life.bill([AMAGNEY, to_ac(SAONE)])
    life.credit("F2025-0001")
    life.credit("R2025-0001")
    assert len(life.bill([AMAGNEY, to_ac(SAONE)])) == 3


def small_rises(life: Life) -> None:
    """Three rises of 9.84 €: the first is kept, the second asks for both."""
    made = [life.bill([people(AMAGNEY, more)]) for more in (0, 3, 6, 9)]
    assert [len(one) for one in made] == [2, 0, 2, 0]
    life.bill([people(AMAGNEY, 9), people(AUXONS, 0)])


def kept_beside_what_is_issued(life: Life) -> None:
    """A batch whose table holds an account kept below the minimum."""
    life.bill([AMAGNEY])
    (batch, *_) = life.bill([people(AMAGNEY, 3), AUXONS])
    assert isinstance(batch, Batch)
    assert batch.below_minimum


def several_corrections(life: Life) -> None:
    """A fall that takes the last document whole, and a part of the one before."""
    life.bill([AMAGNEY, to_ac(SAONE)])
    life.bill([people(AMAGNEY, 63), to_ac(people(SAONE, 100))])
    made = life.bill([people(AMAGNEY, -100), to_ac(people(SAONE, -100))])
    assert sum(isinstance(one, NegativeStatement) for one in made) == 2


def narrowed(life: Life) -> None:
    life.bill([AMAGNEY, AUXONS], selection=Selection(communes=frozenset({"25030"})))
    life.bill([AMAGNEY, AUXONS])


def merged_after_issue(life: Life) -> None:
    """The heir's account has both documents; a credit is made out to it."""
    ended = [row("25014", "2B", end="06-30"), to_ac(people(SAONE, -200))]
    life.bill([AMAGNEY, to_ac(SAONE)])
    life.day = life.day.replace(month=9)
    assert life.bill(ended, [MERGER])
    assert not life.bill(ended, [MERGER])
    assert life.credit("F2025-0001", "10", DECISION).commune.code_insee == "25532"


def credited_to_the_heir(life: Life) -> None:
    """The movement that a credit records is known from then on."""
    life.bill([AMAGNEY, SAONE])
    life.communes = replace(life.communes, movements=Movements.of([LATE_MERGER]))
    life.day = life.day.replace(year=2026)
    credit = life.credit("F2025-0001", "10", DECISION)
    assert (credit.commune.code_insee, credit.row.code_insee) == ("25532", "25014")
    life.bill([people(AMAGNEY, 50), SAONE], [LATE_MERGER])


def merged_after_the_year(life: Life) -> None:
    """Two fees, each rounded once, on one document of the heir's."""
    life.day = life.day.replace(year=2026)
    made = life.bill([AMAGNEY, SAONE], [LATE_MERGER])
    assert isinstance(made[1], MembershipInvoice)
    assert [part.group for part in made[1].parts] == [0, 1]
    life.bill([people(AMAGNEY, 50), SAONE], [LATE_MERGER])


def merged_through_others(life: Life) -> None:
    """A chain of mergers, by communes that have no row of the year."""
    chain = [
        joins("25014", "99991", "2026-01-01"),
        joins("99991", "99992", "2026-01-02"),
        joins("99992", "25532", "2026-01-03"),
    ]
    life.bill([AMAGNEY, SAONE])
    life.day = life.day.replace(year=2026)
    life.communes = replace(life.communes, movements=Movements.of(chain))
    life.credit("F2025-0001", "10", DECISION)
    assert life.bill([people(AMAGNEY, 63), SAONE], chain)


def adopted(life: Life) -> None:
    """A grid corrected after issue: the act that adopts it is recorded with it."""
    life.bill([AMAGNEY])
    life.tariffs = replace(life.tariffs, minimum_recovery=Decimal(5))
    assert not life.bill([people(AMAGNEY, 3)])
    assert life.bill([people(AMAGNEY, 3)], adopted=DECISION)
    assert life.bill([people(AMAGNEY, 5)])


def of_before(life: Life) -> None:
    """A register of before: a partial credit that may be either, then qualified as a remise."""
    life.bill([AMAGNEY])
    life.records = tuple(
        replace(one, accounts=()) if isinstance(one, Batch) else one for one in life.records
    )
    credit = life.credit("F2025-0001", "100", old=True)
    assert not life.bill([people(AMAGNEY, 63)])
    life.bill([people(AMAGNEY, 63), AUXONS])
    life.qualify(credit.number, Nature.REMISE)
    (_, complement) = life.bill([people(AMAGNEY, 63), AUXONS])
    assert isinstance(complement, MembershipInvoice)
    assert complement.granted == 100


LIVES = (
    remise_then_rise,
    remise_then_fall,
    whole_remise_then_no_member,
    there_and_back,
    cancelled_and_issued_again,
    small_rises,
    kept_beside_what_is_issued,
    several_corrections,
    narrowed,
    merged_after_issue,
    credited_to_the_heir,
    merged_after_the_year,
    merged_through_others,
    adopted,
    of_before,
)


@pytest.mark.parametrize("proration", [FULL_YEAR, MONTH, DAY])
@pytest.mark.parametrize("lived", LIVES, ids=lambda lived: lived.__name__)
def test_an_honest_life_is_intact(
    lived: Callable[[Life], None], proration: str, shipped: Workspace
) -> None:
    life = Life(shipped, replace(voted(shipped.tariffs), proration=proration))
    lived(life)
    assert life.findings == []
