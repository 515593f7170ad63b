"""Each lie that a chain made anew could tell of the accounts is found, by its own name."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from lives import Life, codes_of, joins, row, voted

from conftest import read_shipped
from mutualis.domain.act import Act
from mutualis.domain.changes.change import Change, Effects
from mutualis.domain.communes.communes import CommuneYear, Settlement
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import MembershipInvoice
from mutualis.domain.kinds import ExportKind, Nature
from mutualis.domain.register.records import (
    Backup,
    CreditQualified,
    Exported,
    Record,
    RemiseWithdrawn,
    Titre,
    TitreWithdrawn,
)
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

DECISION = "Délibération 2 (exemple)"
CENT = Decimal("0.01")
AMAGNEY, AUXONS, SAONE = row("25014", "2B"), row("25030", "2A"), row("25532", "2A")


def to_ac(one: CommuneYear, more: int = 0) -> CommuneYear:
    people = one.municipal_population + more
    return replace(one, settlement=Settlement.AC, municipal_population=people)


def people(one: CommuneYear, more: int) -> CommuneYear:
    return replace(one, municipal_population=one.municipal_population + more)


@pytest.fixture(scope="module")
def life() -> Life:
    """An invoice and a statement, each with a remise and a complement; then one that is stale, an
    adopted minimum, a fall, a remise withdrawn. No test changes it."""
    shipped = read_shipped()
    life = Life(shipped, voted(shipped.tariffs))
    life.bill([AMAGNEY, AUXONS, to_ac(SAONE)])  # F1, F2, R1
    life.credit("F2025-0001", "100", DECISION)  # A1
    life.credit("R2025-0001", "50", DECISION)  # R2
    life.bill([people(AMAGNEY, 63), AUXONS, to_ac(SAONE, 100)])  # F3, R3
    life.bill([people(AMAGNEY, 63), to_ac(AUXONS), to_ac(SAONE, 100)])  # R4, A2
    life.tariffs = replace(life.tariffs, minimum_recovery=Decimal(30))
    third = [people(AMAGNEY, 66), to_ac(AUXONS), to_ac(SAONE, 10)]
    life.bill(third, adopted=DECISION)  # R5; 9.84 kept
    life.withdraw("A2025-0001")
    return life


def at(life: Life, name: str) -> int:
    """The place of a document by its number, of a batch by its rank, of a kind by its name."""
    for place, record in enumerate(life.records):
        batch = f"lot {record.rank}" if isinstance(record, Batch) else type(record).__name__
        if name in (getattr(record, "number", None), batch):
            return place
    raise LookupError(name)


def told(life: Life, name: str, **changes: Any) -> list[str]:
    """What is found when a record says otherwise."""
    records, place = list(life.records), at(life, name)
    records[place] = replace(records[place], **changes)
    return codes_of(records)


def inserted(life: Life, *records: Record) -> list[str]:
    return codes_of((*life.records, *records))


def without(life: Life, name: str) -> list[str]:
    records = list(life.records)
    del records[at(life, name)]
    return codes_of(records)


def test_the_life_is_honest(life: Life) -> None:
    assert life.findings == []


LIES: Sequence[tuple[str, dict[str, Any], str]] = (
    # Documents, numbered each in its series.
    ("R2025-0003", {"rank": 4}, "audit.rank"),
    ("R2025-0003", {"number": "R2025-0009"}, "audit.number"),
    ("R2025-0003", {"series": "F2025-"}, "audit.series"),
    ("R2025-0003", {"signatory": None}, "audit.signatory"),
    ("R2025-0002", {"signatory": None}, "audit.signatory"),
    ("R2025-0003", {"population": 3243}, "audit.figures"),
    ("R2025-0003", {"exercice": 2024}, "audit.not_of_its_batch"),
    ("A2025-0002", {"exercice": 2024}, "audit.not_of_its_batch"),
    ("R2025-0003", {"batch": 9}, "audit.no_batch"),
    ("A2025-0002", {"issued_in": 9}, "audit.no_batch"),
    ("A2025-0002", {"issued_in": None}, "audit.cut_credits"),
    # What takes off.
    ("R2025-0002", {"amount": Decimal(-2000)}, "audit.credit_too_large"),
    ("A2025-0001", {"decision": ""}, "audit.nature"),
    ("A2025-0001", {"nature": Nature.CORRECTION}, "audit.nature"),
    ("A2025-0002", {"nature": Nature.REMISE, "decision": DECISION}, "audit.nature"),
    ("A2025-0001", {"commune": SAONE, "billed": AMAGNEY}, "audit.credit_debtor"),
    ("A2025-0001", {"refers_to": "R2025-0001"}, "audit.credit_kind"),
    ("RemiseWithdrawn", {"credit": "A2025-0002"}, "audit.withdrawal"),
    ("RemiseWithdrawn", {"credit": "A2025-0009"}, "audit.withdrawal"),
    ("RemiseWithdrawn", {"decision": ""}, "audit.withdrawal"),
    # Each document in one account.
    (
        "F2025-0003",
        {"completes": (), "refers_to": None, "deducted": Decimal(0), "amount": Decimal(3180)},
        "audit.billed_twice",
    ),
    ("F2025-0003", {"completes": ("F2025-0002",)}, "audit.completes_another"),
    ("F2025-0003", {"completes": ("F2025-0001", "F2025-0001")}, "audit.completes_another"),
    ("F2025-0003", {"refers_to": "F2025-0002"}, "audit.completes_another"),
    ("F2025-0003", {"refers_to": "F2025-0009"}, "audit.completes_nothing"),
    ("F2025-0003", {"granted": Decimal(99), "amount": Decimal("207.64")}, "audit.granted"),
    ("F2025-0003", {"deducted": Decimal(2972), "amount": Decimal(208)}, "audit.deducted"),
    ("F2025-0003", {"deducted": Decimal(4000), "amount": Decimal(-920)}, "audit.negative"),
    ("R2025-0003", {"granted": Decimal(0), "amount": Decimal(88)}, "audit.granted"),
    ("R2025-0004", {"commune": SAONE, "billed": AUXONS}, "audit.debtor"),
    # A batch and its settings.
    ("lot 4", {"adopted": ""}, "audit.settings"),
    ("lot 3", {"adopted": DECISION}, "audit.adopted"),
    ("lot 1", {"adopted": DECISION}, "audit.adopted"),
    ("lot 1", {"statements": 2}, "audit.cut_statements"),
    ("lot 3", {"credits": 2}, "audit.cut_credits"),
)


@pytest.mark.parametrize(("name", "changes", "code"), LIES, ids=lambda value: str(value)[:40])
def test_a_lie_of_a_record_is_found(
    name: str, changes: dict[str, Any], code: str, life: Life
) -> None:
    assert code in told(life, name, **changes)


TABLE: Sequence[tuple[int, str, dict[str, Any]]] = (
    (2, "25014", {"due": Decimal("3280.01")}),
    (2, "25014", {"granted": Decimal("100.01")}),
    (2, "25014", {"balance": Decimal("2973.37")}),
    (2, "25014", {"stale": CENT}),
    (2, "25014", {"documents": ()}),
    (2, "25014", {"code_insee": "25015"}),
    (2, "25030", {"balance": Decimal(0), "documents": ()}),
    (2, "25030", {"due": Decimal("160.37")}),
    (3, "25030", {"stale": Decimal(0)}),
    (4, "25014", {"due": Decimal("3289.85")}),
    (4, "25014", {"stale": CENT}),
    (4, "25532", {"due": Decimal("1197.77")}),
    (4, "25532", {"stale": CENT}),
)


@pytest.mark.parametrize(("rank", "code", "changes"), TABLE, ids=lambda value: str(value)[:40])
def test_a_lie_of_a_table_is_found(
    rank: int, code: str, changes: dict[str, Any], life: Life
) -> None:
    batch = life.records[at(life, f"lot {rank}")]
    assert isinstance(batch, Batch)
    assert code in {entry.code_insee for entry in batch.accounts}
    accounts = tuple(
        replace(entry, **changes) if entry.code_insee == code else entry for entry in batch.accounts
    )
    assert "audit.account" in told(life, f"lot {rank}", accounts=accounts)


def test_why_an_amount_changed_is_proved(life: Life) -> None:
    """Its effects make it, up to what is due; once a person."""
    batch = life.records[0]
    assert isinstance(batch, Batch)
    due = batch.accounts[0].due
    code = batch.accounts[0].code_insee
    true = Change(code, code, due - 7, due, Effects(population=Decimal(2), tariff=Decimal(5)))
    left = Change("25999", "Partie", Decimal(9), Decimal(0), Effects(perimeter=Decimal(-9)))
    assert told(life, "lot 1", changes=(true, left)) == []
    for forged in (
        replace(true, before=due - 8),
        replace(true, effects=Effects(population=Decimal(7) + CENT)),
        replace(true, before=due - 7 + CENT, after=due + CENT),
        replace(true, before=Decimal(7), after=Decimal(0), effects=Effects(level=Decimal(-7))),
        replace(left, before=Decimal(8), after=Decimal(-1)),
    ):
        assert told(life, "lot 1", changes=(forged,)) == ["audit.change"]
    assert set(told(life, "lot 1", changes=(true, true))) == {"audit.change"}


def test_nothing_is_claimed_below_the_minimum(life: Life) -> None:
    """In lot 4, at a minimum of 30, the account that keeps 9.84 is not one of less than 30."""
    batch = life.records[at(life, "lot 4")]
    assert isinstance(batch, Batch)
    (kept,) = batch.below_minimum
    none = Change(kept.row.code_insee, "A", Decimal(0), Decimal(0), Effects())
    assert told(life, "lot 4", changes=(none,)) == ["audit.change"]


def test_a_line_of_a_table_is_priced_again(life: Life) -> None:
    batch = life.records[at(life, "lot 2")]
    assert isinstance(batch, Batch)
    entry = batch.accounts[0]
    assert entry.line is not None
    fee = replace(entry.line.fee, population=1001)
    for line in (replace(entry.line, fee=fee), replace(entry.line, granted=CENT)):
        accounts = (replace(entry, line=line), *batch.accounts[1:])
        assert told(life, "lot 2", accounts=accounts) == ["audit.account"]


def test_what_is_due_is_proved_below_what_was_granted(shipped: Workspace) -> None:
    """No amount depends on it any more, but its line says it."""
    life = Life(shipped, voted(shipped.tariffs))
    life.bill([AMAGNEY])
    life.credit("F2025-0001", "3000", DECISION)
    batch, *_ = life.bill([row("25014", "2A")])
    assert isinstance(batch, Batch)
    (entry,) = batch.accounts
    forged = replace(entry, due=entry.due + CENT)
    assert told(life, "lot 2", accounts=(forged,)) == ["audit.account"]


def test_an_account_is_there_once(life: Life) -> None:
    batch = life.records[at(life, "lot 2")]
    assert isinstance(batch, Batch)
    twice = (*batch.accounts, batch.accounts[0])
    assert set(told(life, "lot 2", accounts=twice)) == {"audit.account"}
    assert "audit.without_account" in told(life, "lot 2", accounts=batch.accounts[1:])


def test_two_invoices_of_a_batch_without_a_table(life: Life) -> None:
    """In a register of before, nothing but the second invoice says that it is one too many."""
    batch, invoice = life.records[0], life.records[at(life, "F2025-0001")]
    assert isinstance(batch, Batch)
    assert isinstance(invoice, MembershipInvoice)
    old = replace(batch, accounts=(), statements=0)
    again = replace(invoice, number="F2025-0002", rank=2)
    assert codes_of((old, invoice, again)) == ["audit.billed_twice"]


def test_what_is_kept_is_what_remains(life: Life) -> None:
    """Taken out of the batch, or other than the rest of its account."""
    batch = life.records[at(life, "lot 4")]
    assert isinstance(batch, Batch)
    (kept,) = batch.below_minimum
    assert told(life, "lot 4", below_minimum=()) == ["audit.account"]
    for changes in ({"granted": Decimal(99)}, {"deducted": Decimal(3181)}, {"listed": ()}):
        forged = replace(kept, **changes)
        assert told(life, "lot 4", below_minimum=(forged,)) == ["audit.account"]
    moved = replace(kept, granted=kept.granted - 1, deducted=kept.deducted + 1)
    assert told(life, "lot 4", below_minimum=(moved,)) == ["audit.account"]
    assert told(life, "lot 4", below_minimum=(kept, kept)) == ["audit.account"]
    others = tuple(entry for entry in batch.accounts if entry.code_insee != "25014")
    assert told(life, "lot 4", accounts=others) == ["audit.without_account"]


def test_no_fee_is_set_apart_in_a_table(life: Life) -> None:
    """A fee withheld as registers of before wrote it would be claimed outside of its account."""
    invoice = life.records[at(life, "F2025-0001")]
    assert isinstance(invoice, MembershipInvoice)
    assert invoice.line is not None
    line = replace(invoice.line, number=None)
    assert told(life, "lot 4", withheld=(line,)) == ["audit.account"]


def test_a_document_taken_away_is_missed(life: Life) -> None:
    """Those of a batch, by its counts; whatever was built upon it, by its amounts."""
    assert "audit.cut_statements" in without(life, "R2025-0004")
    assert "audit.cut_credits" in without(life, "A2025-0002")
    assert "audit.granted" in without(life, "A2025-0001")


def test_the_last_document_taken_away_is_missed(life: Life) -> None:
    cut = life.records[: at(life, "R2025-0005")]
    assert codes_of(cut) == ["audit.cut_credits", "audit.account"]


def test_a_document_written_after_its_batch_is_found(life: Life) -> None:
    for number in ("R2025-0004", "A2025-0002"):
        records = list(life.records)
        records.append(records.pop(at(life, number)))
        assert "audit.no_batch" in codes_of(records)


def test_a_remise_is_withdrawn_once(life: Life) -> None:
    again = RemiseWithdrawn(life.act, "A2025-0001", DECISION, "essai")
    assert inserted(life, again) == ["audit.withdrawal"]
    statement = RemiseWithdrawn(life.act, "R2025-0002", DECISION, "essai")
    assert inserted(life, statement) == []


def test_what_is_known_is_not_qualified(life: Life) -> None:
    for number in ("A2025-0001", "A2025-0002", "A2025-0009"):
        known = CreditQualified(life.act, number, Nature.REMISE)
        assert inserted(life, known) == ["audit.qualification"]


def test_nothing_is_issued_before_a_credit_is_qualified(shipped: Workspace) -> None:
    life = Life(shipped, voted(shipped.tariffs))
    life.bill([AMAGNEY])
    credit = life.credit("F2025-0001", "100", old=True)
    life.qualify(credit.number, Nature.CORRECTION)
    life.bill([AMAGNEY])
    assert life.findings == []
    assert without(life, "CreditQualified") == ["audit.account"]


def test_nothing_more_is_corrected_than_its_table_says(life: Life) -> None:
    """A correction of 10 € slipped into the batch of a complement, and counted."""
    end = at(life, "lot 3")
    batch, remise = life.records[at(life, "lot 2")], life.records[at(life, "A2025-0001")]
    assert isinstance(batch, Batch)
    assert isinstance(remise, CreditNote)
    slipped = replace(
        remise,
        number="A2025-0002",
        rank=2,
        amount=Decimal(-10),
        nature=Nature.CORRECTION,
        decision="",
        act=batch.act,
        issued_in=2,
    )
    records = [replace(batch, credits=1) if one is batch else one for one in life.records[:end]]
    assert codes_of((*records, slipped)) == ["audit.account"]


def test_what_is_stale_goes_to_nothing(shipped: Workspace) -> None:
    """The same amount, taken off a document that should have stood."""
    merger = [joins("25030", "25532", "07-01")]
    life = Life(shipped, voted(shipped.tariffs))
    life.bill([AUXONS, to_ac(SAONE)])
    life.day = life.day.replace(month=9)
    batch, _, credit = life.bill([to_ac(AUXONS), to_ac(SAONE)], merger)
    assert isinstance(batch, Batch)
    assert isinstance(credit, CreditNote)
    assert life.findings == []
    life.records = life.records[:-1]
    other = replace(life.credit("R2025-0001", str(-credit.amount)), issued_in=2, act=batch.act)
    assert "audit.account" in codes_of((*life.records[:-1], other))


def test_a_heir_needs_a_recorded_movement(shipped: Workspace) -> None:
    life = Life(shipped, voted(shipped.tariffs))
    life.bill([AMAGNEY, SAONE], [joins("25014", "25532", "2026-01-01")])
    life.day = life.day.replace(year=2026)
    credit = life.credit("F2025-0001", "10", DECISION)
    assert credit.movements
    assert life.findings == []
    assert told(life, credit.number, movements=()) == ["audit.credit_debtor"]


def test_an_account_without_its_movements_is_another(shipped: Workspace) -> None:
    life = Life(shipped, voted(shipped.tariffs))
    life.bill([AMAGNEY, SAONE])
    life.day = life.day.replace(month=9)
    life.bill([people(AMAGNEY, 100), SAONE], [joins("25014", "25532", "07-01")])
    assert life.findings == []
    assert "audit.account" in told(life, "lot 2", movements=())


LAST = Act(date(2025, 5, 1), "agent", "test", "")
TRUE = Titre(LAST, "F2025-0001", 2025, "500", "", date(2025, 4, 1), "212500144")
UNDONE = TitreWithdrawn(LAST, "F2025-0001", "Celui d'une autre (exemple)")
HANDED = Exported(LAST, ExportKind.TITRES, "out/exemple.csv", ("F2025-0001", "A2025-0001"))


LATER = Backup(LAST, "copie.db", "0" * 64)  # what stands between two files of titres


def test_true_titres_and_exports(life: Life) -> None:
    of_credit = replace(TRUE, document="A2025-0002", titre="12", titre_day=None)
    other = replace(TRUE, document="F2025-0003")
    assert inserted(life, HANDED, replace(TRUE, titre="617"), TRUE, of_credit, other) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"document": "F2025-0009"}, "audit.titre_of_nothing"),
        ({"document": "R2025-0001"}, "audit.titre_of_nothing"),
        ({"document": "R2025-0002"}, "audit.titre_of_nothing"),
        ({"debtor": "219000015"}, "audit.titre_debtor"),
        ({"exercice": 2024}, "titres.before_exercice"),
        ({"exercice": 2026, "titre_day": None}, "titres.exercice_to_come"),
        ({"titre_day": date(2025, 2, 28)}, "titres.before_document"),
        ({"titre_day": date(2025, 5, 2)}, "titres.to_come"),
    ],
)
def test_a_lie_of_a_titre_is_found(changes: dict[str, Any], code: str, life: Life) -> None:
    assert code in inserted(life, replace(TRUE, **changes))


def test_a_number_of_two_debtors_is_found(shipped: Workspace) -> None:
    life = Life(shipped, voted(shipped.tariffs))
    other = replace(AUXONS, siren="219000015")
    life.bill([AMAGNEY, other])
    mine, theirs = TRUE, replace(TRUE, document="F2025-0002", debtor="219000015")
    assert inserted(life, mine, theirs) == ["audit.titre_shared"] * 2
    assert inserted(life, mine, LATER, theirs) == ["audit.titre_shared"]
    # Exchanged together, they are right; a register of before asked nothing of them.
    swapped = (replace(mine, titre="501"), theirs)
    assert inserted(life, mine, replace(theirs, titre="501"), LATER, *swapped) == []
    assert inserted(life, replace(mine, debtor=""), replace(theirs, debtor="")) == []


def test_a_titre_withdrawn(life: Life) -> None:
    """Its number is free for another debtor, its invoice may be exported and have one again."""
    assert inserted(life, TRUE, UNDONE, HANDED, TRUE) == []
    code = "audit.titre_withdrawal"
    assert inserted(life, UNDONE) == inserted(life, TRUE, replace(UNDONE, reason="")) == [code]
    assert inserted(life, TRUE, UNDONE, UNDONE) == [code]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"documents": ()}, "audit.export_empty"),
        ({"documents": ("F2025-0001", "F2025-0001")}, "audit.export_empty"),
        ({"documents": ("F2025-0009",)}, "audit.export_of_another"),
        ({"documents": ("R2025-0001",)}, "audit.export_of_another"),
        ({"documents": ("A2025-0001",)}, "audit.export_of_another"),
        ({"documents": ("F2025-0002", "A2025-0002")}, "audit.export_of_another"),
        ({"what": ExportKind.REDUCTIONS}, "audit.export_of_another"),
    ],
)
def test_a_lie_of_an_export_is_found(changes: dict[str, Any], code: str, life: Life) -> None:
    assert code in inserted(life, replace(HANDED, **changes))


def test_what_has_its_titre_is_not_exported(life: Life) -> None:
    assert inserted(life, TRUE, HANDED) == ["audit.export_of_another"]


def test_what_replaces_a_claim_was_made_with_the_credit_that_left_nothing_of_it(
    shipped: Workspace,
) -> None:
    life = Life(shipped, voted(shipped.tariffs))
    life.bill([AMAGNEY, AUXONS])
    day = life.day
    credit = life.credit("F2025-0001")
    life.day = day  # in one act
    life.bill([replace(AMAGNEY, address="5 place Neuve (exemple)"), AUXONS])
    before, last = life.records[:-1], life.records[-1]
    assert isinstance(last, MembershipInvoice)

    def told(**changes: Any) -> list[str]:
        return codes_of((*before, replace(last, **{"replaces": "F2025-0001", **changes})))

    assert told() == []
    assert told(replaces="F2025-0009") == ["audit.replaces"]
    assert told(replaces="F2025-0003") == ["audit.replaces"]  # itself
    assert told(replaces="F2025-0002") == ["audit.replaces"]  # worth something
    assert "audit.replaces" in told(act=replace(last.act, operator="un autre"))
    off = replace(credit, amount=Decimal(-10))  # the credit took a part alone
    partly = (*life.records[:-3], off, life.records[-2], replace(last, replaces="F2025-0001"))
    assert "audit.replaces" in codes_of(partly)
