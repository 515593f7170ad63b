"""What a forged entry says at the very edge of a rule; titres and exports, in order."""

from datetime import date
from decimal import Decimal

import pytest
from lives import Life, row, voted
from test_lies import at, told

from mutualis.domain.act import Act
from mutualis.domain.changes.change import Change, Effects
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.invoice import MembershipInvoice
from mutualis.domain.kinds import ExportKind, Nature
from mutualis.domain.register.audit_account import BatchAccounts
from mutualis.domain.register.audit_credit import Claims
from mutualis.domain.register.audit_titres import TitresRead
from mutualis.domain.register.figures import (
    grid_holds,
    line_holds,
    membership_holds,
    same_settings,
    whole_line_holds,
)
from mutualis.domain.register.finance_software import FinanceSoftware
from mutualis.domain.register.findings import finding
from mutualis.domain.register.records import Exported, Titre, TitreWithdrawn
from mutualis.domain.tariffs.proration import Part
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

DUE = Decimal("160.36")  # 422 x 0,38 €
MORE = Decimal("160.37")
AUXONS, AMAGNEY = row("25030", "2A"), row("25014", "2B")
ACT = Act(date(2025, 4, 1), "agent", "test", "")


def life_at(shipped: Workspace, minimum: Decimal) -> Life:
    life = Life(shipped, replace(voted(shipped.tariffs), minimum_recovery=minimum))
    life.bill([AUXONS, AMAGNEY])
    return life


@pytest.fixture
def kept(shipped: Workspace) -> Life:
    """A fee of 160,36 €, kept below a minimum of 160,37 €; another is invoiced."""
    return life_at(shipped, MORE)


def batch_of(life: Life) -> Batch:
    batch = life.records[at(life, "lot 1")]
    assert isinstance(batch, Batch)
    return batch


def invoice_of(life: Life) -> MembershipInvoice:
    (invoice,) = (r for r in life.records if isinstance(r, MembershipInvoice))
    return invoice


@pytest.mark.parametrize(("minimum", "is_found"), [(MORE, False), (DUE, True)])
def test_what_is_kept_is_below_the_minimum(minimum: Decimal, is_found: bool, kept: Life) -> None:
    tariffs = replace(batch_of(kept).tariffs, minimum_recovery=minimum)
    found = told(kept, "lot 1", tariffs=tariffs)
    assert ("audit.not_below_minimum" in found) is is_found


@pytest.mark.parametrize(("minimum", "is_found"), [(MORE, False), (DUE, True)])
def test_a_change_to_nothing_is_of_what_is_kept(
    minimum: Decimal, is_found: bool, kept: Life
) -> None:
    batch = batch_of(kept)
    nothing = Change("25030", "Auxons", Decimal(0), Decimal(0), Effects())
    tariffs = replace(batch.tariffs, minimum_recovery=minimum)
    found = told(kept, "lot 1", tariffs=tariffs, changes=(nothing,))
    assert ("audit.change" in found) is is_found


def test_effects_make_the_change(kept: Life) -> None:
    amount = invoice_of(kept).amount
    for effect, is_found in ((amount, False), (amount + Decimal("0.01"), True)):
        told_of = Change("25014", "Amagney", Decimal(0), amount, Effects(perimeter=effect))
        assert ("audit.change" in told(kept, "lot 1", changes=(told_of,))) is is_found


# --- figures ----------------------------------------------------------------------------------


def test_a_grid_is_that_of_its_year(kept: Life) -> None:
    grid = batch_of(kept).tariffs.grids[2025]
    assert grid_holds(grid, 2025)
    assert not grid_holds(grid, 2026)
    assert not grid_holds(None, 2025)
    exchanged = {**grid.levels, "2A": grid.levels["2B"], "2B": grid.levels["2A"]}
    assert not grid_holds(replace(grid, levels=exchanged), 2025)


def test_settings_are_the_same_wherever_they_were_read(kept: Life) -> None:
    tariffs = batch_of(kept).tariffs
    assert same_settings(tariffs, replace(tariffs, file="autre", sources={}), 2025)
    for other in (
        replace(tariffs, minimum_recovery=DUE),
        replace(tariffs, proration="day"),
        replace(tariffs, grids={}),
    ):
        assert not same_settings(tariffs, other, 2025)
        assert same_settings(tariffs, tariffs, 2026)


def test_figures_of_a_document(kept: Life) -> None:
    invoice, tariffs = invoice_of(kept), batch_of(kept).tariffs
    assert membership_holds(invoice, tariffs)
    for other in (
        replace(invoice, population=invoice.population + 1),
        replace(invoice, grid_act="autre"),
        replace(invoice, year=2026),
        replace(invoice, potential=Decimal(1)),
        replace(invoice, commune=replace(invoice.commune, year=2024)),
        replace(invoice, commune=replace(invoice.commune, level="2A")),
    ):
        assert not membership_holds(other, tariffs)
    assert not membership_holds(invoice, replace(tariffs, grids={}))


def test_figures_of_a_line(kept: Life) -> None:
    batch = batch_of(kept)
    (line,), grid = batch.below_minimum, batch.tariffs.grids[2025]
    assert whole_line_holds(line, grid, batch.tariffs)
    for off in (
        replace(line, deducted=Decimal(1)),
        replace(line, granted=Decimal(1)),
        replace(line, listed=("F",)),
        replace(line, completes="F"),
    ):
        assert not whole_line_holds(off, grid, batch.tariffs)
        assert line_holds(off, grid, batch.tariffs)
    assert not line_holds(line, replace(grid, year=2026), batch.tariffs)
    whole, half = Part(line.row, line.fee), Part(line.row, line.fee, 6, 12)
    assert line_holds(replace(line, parts=(whole,)), grid, batch.tariffs)
    assert not line_holds(replace(line, parts=(half,)), grid, batch.tariffs)
    assert not line_holds(replace(line, parts=(replace(whole, group=1),)), grid, batch.tariffs)
    second = replace(whole, group=1)
    assert not line_holds(replace(line, parts=(second, whole)), grid, batch.tariffs)


# --- titres -----------------------------------------------------------------------------------


def titre(number: str, name: str = "12") -> Titre:
    return Titre(ACT, number, 2025, name, "3", date(2025, 4, 1), "212500144")


def test_titres_in_order() -> None:
    one, other, undone = titre("F1"), titre("F1", "13"), TitreWithdrawn(ACT, "F1", "essai")
    export = Exported(ACT, ExportKind.TITRES, "titres.csv", ("F1", "F2"))
    again = Exported(ACT, ExportKind.TITRES, "titres-2.csv", ("F2",))
    own = FinanceSoftware((export, one, undone, other, again))
    assert own.last == {"F1": other}
    assert own.history("F1") == ((one, undone), (other, None))
    assert own.history("F9") == ()
    assert own.titres == (one, other)
    assert own.exports(ExportKind.TITRES) == (export, again)
    assert own.exports(ExportKind.REDUCTIONS) == ()
    assert own.before(again) == (export, one, undone, other)
    assert (own.exported("F1"), own.exported("F2"), own.exported("F9")) == (export, again, None)
    assert own.unanswered == {"F2": again}
    gone = FinanceSoftware((one, undone))
    assert gone.last == {}


def test_a_credit_is_deducted_where_it_stood_at_the_export(kept: Life) -> None:
    invoice = invoice_of(kept)
    credit = kept.credit(invoice.number, "10")
    export = Exported(ACT, ExportKind.TITRES, "titres.csv", (invoice.number,))
    assert FinanceSoftware((invoice, credit, export)).deducted == {credit.number}
    assert FinanceSoftware((invoice, export, credit)).deducted == frozenset()
    assert FinanceSoftware((invoice, credit)).deducted == frozenset()


def test_titres_read_again(kept: Life) -> None:
    invoice = invoice_of(kept)
    claims = Claims()
    claims.take(invoice, 2)
    assert claims.worth == {invoice.number: invoice.amount}
    read = TitresRead(claims)

    def codes(found: object) -> list[str]:
        return [one.reason.code.removeprefix("audit.") for one in found]  # type: ignore[attr-defined]

    assert codes(read.titre(1, titre(invoice.number))) == ["titre_of_nothing"]
    read.take(invoice)
    named = replace(titre(invoice.number), debtor=invoice.commune.siren)
    assert codes(read.titre(3, replace(named, debtor="200000000"))) == ["titre_debtor"]
    assert codes(read.titre(3, replace(named, debtor=""))) == []
    assert codes(read.titre(3, named)) == []
    assert codes(read.close()) == []
    export = Exported(ACT, ExportKind.TITRES, "x", (invoice.number,))
    assert codes(read.export(4, export)) == ["export_of_another"]  # it has its titre
    assert codes(read.withdrawal(5, TitreWithdrawn(ACT, invoice.number, ""))) == [
        "titre_withdrawal"
    ]
    assert codes(read.withdrawal(5, TitreWithdrawn(ACT, invoice.number, "x"))) == [
        "titre_withdrawal"
    ]
    assert codes(read.export(6, export)) == []
    reductions = replace(export, what=ExportKind.REDUCTIONS)
    assert codes(read.export(6, reductions)) == ["export_of_another"]
    assert codes(read.export(6, replace(export, documents=()))) == ["export_empty"]
    twice = replace(export, documents=(invoice.number,) * 2)
    assert codes(read.export(6, twice)) == ["export_empty"]


def test_a_batch_keeps_the_account_of_what_it_corrects(kept: Life) -> None:
    batch, claims = batch_of(kept), Claims()
    accounts = BatchAccounts(1, replace(batch, accounts=()), claims)
    assert accounts.place == (2025, 1)
    credit = kept.credit(invoice_of(kept).number, "10")
    assert credit.nature is Nature.CORRECTION
    accounts.credit(credit)
    assert [one.reason.code for one in accounts.close()] == ["audit.without_account"]


def test_a_finding_names_its_row() -> None:
    assert finding(12, "F1", "audit.negative").text.startswith("ligne 12 (F1) : ")
    assert finding(12, None, "audit.negative").text.startswith("ligne 12 : ")
