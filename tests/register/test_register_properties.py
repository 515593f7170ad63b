"""Any sequence of commands leaves a register that is sound, and the same when replayed."""

import contextlib
import io
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import TESTS
from mutualis.cli.app import run
from mutualis.domain.invoices.invoice import MissionInvoice
from mutualis.domain.quotes.work_done import totals
from mutualis.domain.register.balance import standing as standing_of
from mutualis.domain.register.ledger import Ledger
from mutualis.register import store
from mutualis.workflows.register import verify

Steps = list[tuple[str, int]]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *(
                    "issue",
                    "regularise",
                    "credit",
                    "part",
                    "remise",
                    "unremise",
                    "replace",
                    "people",
                ),
                *("quote", "accept", "decline", "done", "withdraw", "bill", "bill-named"),
                *("undo", "close", "reopen"),
            ]
        ),
        st.integers(0, 5),
    ),
    max_size=12,
)
# Sequences that chance seldom finds: a mission billed, corrected, billed again.
MISSION = [("quote", 0), ("accept", 0), ("done", 0), ("bill", 0)]
CLOSED = [
    *(("quote", 0), ("decline", 0), ("undo", 0), ("accept", 0), ("done", 0), ("undo", 0)),
    *(("close", 0), ("done", 0), ("reopen", 0), ("done", 0), ("close", 0), ("bill", 0)),
]
CORRECTED = [*MISSION, ("withdraw", 0), ("done", 1), ("replace", 0), ("issue", 0), ("bill", 0)]


@settings(max_examples=30)
@given(STEPS)
def test_any_sequence_keeps_the_register_sound(steps: Steps) -> None:
    """Numbers stay gapless, sums agree, and nothing is billed above what was done."""
    check(steps)


def test_a_mission_corrected() -> None:
    ledger = check(CORRECTED)
    assert [(d.number, str(d.amount)) for d in ledger.documents][:3] == [
        ("F2025-0001", "255.00"),
        ("A2025-0001", "-255.00"),
        ("F2025-0002", "510.00"),
    ]


def test_a_mission_closed() -> None:
    """Declined by mistake, accepted, closed by mistake, closed with one half-day released."""
    ledger = check(CLOSED)
    assert [(d.number, str(d.amount)) for d in ledger.documents] == [("F2025-0001", "510.00")]
    (mission,) = ledger.missions.by_quote.values()
    assert (mission.committed, mission.released) == ({"A": 2}, {"A": 1})


def test_replaying_the_inputs_gives_the_same_register() -> None:
    steps = [*CORRECTED, ("people", 3), ("remise", 4), ("quote", 1), ("regularise", 0)]
    registers = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as name:
            play(Path(name), steps)
            registers.append([row.content for row in store.read_rows(Path(name))])
    assert len(registers[0]) > 10
    assert registers[0] == registers[1]


def check(steps: Steps) -> Ledger:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        play(folder, steps)
        verified = verify(folder)
        ledger = store.read_ledger(folder)
    assert verified.is_intact, [f.text for f in verified.findings]
    for series in ("F2025-", "A2025-", "D2025-"):
        ranks = [d.rank for d in ledger.numbered if d.series == series]
        assert ranks == list(range(1, len(ranks) + 1))
    standing = [d for d in ledger.invoices if ledger.remaining(d.number) > 0]
    assert verified.invoiced + verified.credited == sum(
        (ledger.remaining(document.number) for document in standing), Decimal(0)
    )
    assert len(standing_of(ledger, 2025)) <= 2
    for mission in ledger.missions.by_quote.values():
        missions = [d for d in standing if isinstance(d, MissionInvoice)]
        billed = [d for d in missions if d.work.quote == mission.number]
        ranks = [rank for d in billed for rank in d.work.ranks]
        assert len(ranks) == len(set(ranks))
        for document in billed:  # half-days are 255 EUR in the grid of the small workspace
            days = sum(sum(w.half_days.values()) for w in document.work.works)
            assert document.amount == 255 * days
        for category, quantity in totals(mission.works).items():
            assert quantity <= mission.committed[category] <= mission.accepted[category]
        assert mission.works == () or mission.is_accepted
    return ledger


def play(folder: Path, steps: Steps) -> None:
    """Run the steps as commands in a small workspace."""
    shutil.copytree(TESTS / "broken/base", folder, dirs_exist_ok=True)
    (folder / "data/tables/2025.csv").unlink()
    people = 900
    for turn, (step, choice) in enumerate(steps):
        ledger = store.read_ledger(folder)
        numbers = [d.number for d in ledger.documents] or ["F2025-0001"]
        quotes = list(ledger.missions.by_quote) or ["D2025-0001"]
        number, quote = numbers[choice % len(numbers)], quotes[choice % len(quotes)]
        dated = ("--date", "15/01/2026")
        bill = ("bill", "2025", "--issue", "--yes", *dated)
        credit = ("credit", number, "--reason", "essai", *dated)
        note = ("--line", f"A:{1 + choice % 3}", "--certified-by", f"certificat {turn}")
        commands = {
            "issue": bill,
            "regularise": (*bill, "--regularise"),
            "credit": credit,
            "part": (*credit, "--amount", "10,00"),
            "remise": (*credit, "--remise", "10,00", "--act", f"acte {choice}"),
            "unremise": ("credit", number, "--withdraw", "--act", "essai", *dated),
            "replace": (*credit, "--replace"),
            "quote": ("quote", "25014", "--line", "A:3:x", "--year", "2025", *dated),
            "accept": ("quotes", "accept", quote, *dated),
            "decline": ("quotes", "decline", quote, *dated),
            "done": ("quotes", "done", quote, *note, *dated),
            "withdraw": ("quotes", "done", quote, "--cancel", str(1 + choice), "--reason", "essai"),
            "undo": ("quotes", "withdraw", quote, "--reason", "essai"),
            "close": ("quotes", "close", quote, "--reason", "essai", *dated),
            "reopen": ("quotes", "close", quote, "--cancel", "--reason", "essai"),
            "bill": (*bill, "--quotes"),
            "bill-named": (*bill, "--quotes", "--commune", "25014"),
        }
        if step == "people":
            people += choice
            path = folder / "data/communes.csv"
            lines = path.read_text("utf-8").splitlines()
            lines[1] = f"2025;25014;Amagney;212500144;{people};{people};2B"
            path.write_text("\n".join(lines), "utf-8")
        else:
            code = quiet(*commands[step], "--dir", str(folder), "--operator", "Camille")
            assert code in (0, 3), (step, code)


def quiet(*arguments: str) -> int:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return run(list(arguments))
