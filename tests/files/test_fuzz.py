"""Files changed at random: a result or problems, never a traceback, never a silent wrong amount.

1 000 changes in CI, MUTUALIS_FUZZ of them on demand (`make fuzz`); the same ones at every run.
"""

import os
import random
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import ROOT, Cli
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.problems.problem import Problem
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.requests.request import RequestState
from mutualis.domain.usage.share import summed
from mutualis.workflows.inputs import checked, gather, grid_of
from mutualis.workflows.requests_rank import prepare
from mutualis.workflows.services import list_services
from mutualis.workflows.usage import measure_usage

CHANGES = int(os.environ.get("MUTUALIS_FUZZ", "1000"))
SHARES = 8  # processes that may take a part each
COMMUNES, TARIFFS = "data/communes.csv", "data/tariffs.toml"
REQUESTS, CRITERIA = "data/requests.csv", "data/criteria.toml"
SERVICES, INTERVENTIONS = "data/services.csv", "data/interventions.csv"
FILES = (
    COMMUNES,
    COMMUNES,
    TARIFFS,
    TARIFFS,
    "data/cpi.csv",
    "data/movements.csv",
    "data/issuer.toml",
    "data/tables/2025.csv",
    SERVICES,
    INTERVENTIONS,
    REQUESTS,
    CRITERIA,
)
CELLS = (
    *(
        "",
        " ",
        "0",
        "-1",
        "1e9",
        "1e999999999",
        "9" * 400,
        "NaN",
        "inf",
        "1.234",
        "1 234,5",
        "3,28 €",
    ),
    *(
        "=1+1",
        "@x",
        "#REF!",
        "TOTAL",
        "22-mai",
        "31/04/2025",
        "45777",
        "2,42500E+13",
        "1004",
        "25 056",
    ),
    *(
        "Ã©",
        "\ufffd",
        "\u202e",
        "\x00",
        "\x1b[31m",
        '"',
        "'",
        ";",
        "\n",
        "2b",
        "3",
        "Z",
        "oui",
        "AC",
    ),
    *(
        "true",
        "[]",
        "{}",
        "[[x]]",
        "1979-05-27",
        "1_000",
        "0x1F",
        "'''",
        '"""',
        "= =",
        "à compléter",
    ),
)
Change = Callable[[random.Random, bytes], bytes]


# --- changes -----------------------------------------------------------------------------------


def a_byte(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def some_bytes_more(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.randrange(1, 4)) + data[at:]


def some_bytes_less(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randrange(1, 40) :]


def a_shorter_file(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def a_cell(chance: random.Random, data: bytes) -> bytes:
    """Between two marks of a line, whatever the file."""
    lines = data.decode("utf-8").split("\n")
    at = chance.randrange(len(lines))
    mark = ";" if ";" in lines[at] else " = " if " = " in lines[at] else ","
    cells = lines[at].split(mark)
    cells[chance.randrange(len(cells))] = chance.choice(CELLS)
    lines[at] = mark.join(cells)
    return "\n".join(lines).encode("utf-8", "replace")


def the_lines(chance: random.Random, data: bytes) -> bytes:
    """One taken away, doubled, moved, or blank ones added."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    line = lines.pop(at)
    where = chance.randrange(len(lines) + 1)
    lines[where:where] = chance.choice(([], [line], [line, line], [line, b"", b";;;"]))
    return b"\n".join(lines)


def the_encoding(chance: random.Random, data: bytes) -> bytes:
    text = data.decode("utf-8-sig")
    text = text.replace("\n", chance.choice(("\n", "\r\n", "\r")))
    text = text.replace(";", chance.choice((";", ",", "\t", "|")))
    return text.encode(
        chance.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le")), "replace"
    )


def the_letters(chance: random.Random, data: bytes) -> bytes:
    """A letter doubled, dropped or put for another, as by a hand."""
    text = data.decode("utf-8")
    at = chance.randrange(1, len(text))
    return (text[:at] + chance.choice(("", text[at - 1], "é", "O", "l")) + text[at + 1 :]).encode()


CHANGE: tuple[Change, ...] = (
    *(a_byte, some_bytes_more, some_bytes_less, a_shorter_file),
    *(a_cell, a_cell, a_cell, the_lines, the_encoding, the_letters),
)


# --- what comes of them ------------------------------------------------------------------------


def bill(folder: Path) -> tuple[dict[str, Decimal], tuple[Problem, ...]]:
    """Every fee of 2025 by INSEE code, and the warnings; raises Refusal."""
    workspace, warnings = gather(folder)
    grid = grid_of(workspace, 2025)
    warnings += checked(workspace, grid)
    plan = plan_billing(workspace.communes, workspace.tariffs, grid)
    return {line.commune.code_insee: line.amount for line in plan.fees}, warnings


def use(folder: Path, what: str) -> None:
    """The catalogue or the usage of 2025; raises Refusal."""
    day = date(2025, 6, 1)
    if SERVICES in what:
        list_services(folder, today=day, year=2025, commune="Saône")
    usage = measure_usage(folder, 2025, made_on=day).usage
    assert summed(usage.by_commune) == summed(usage.by_level) == usage.total


def untouched(before: bytes, after: bytes) -> set[str]:
    """The codes whose 2025 line is still there as it was, under the same titles."""
    old, new = before.split(b"\n"), after.split(b"\n")
    if old[0] != new[0]:
        return set()
    kept = set(new)
    return {
        line.decode().split(";")[1] for line in old if line in kept and line.startswith(b"2025;")
    }


def locked_amounts(folder: Path) -> dict[str, set[Decimal]]:
    """What each commune of 2025 owes at each level, by the locked table."""
    amounts: dict[str, set[Decimal]] = {}
    for line in (folder / "data/tables/2025.csv").read_text("utf-8-sig").splitlines():
        kind, _, code, *_, amount = line.split(";")
        if kind == "commune" and amount:
            amounts.setdefault(code, set()).add(Decimal(amount.replace(",", ".")))
    return amounts


def outcome(
    folder: Path, what: str, after: bytes
) -> tuple[dict[str, Decimal], tuple[Problem, ...]] | None:
    """The fees and the warnings; None for a refusal. A failure keeps the file that made it."""
    try:
        found = bill(folder)
        if any(name in what for name in (SERVICES, INTERVENTIONS)):
            use(folder, what)
        return found
    except Refusal as refusal:
        if refusal.exit_code in (1, 3):
            return None
        raise
    except Exception as error:
        kept = folder / "failed"
        kept.write_bytes(after)
        raise AssertionError(f"{what}, kept as {kept}") from error


@pytest.mark.parametrize("share", range(SHARES))
def test_any_change_gets_an_answer(share: int, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    expected, _ = bill(tmp_path)
    locked = locked_amounts(tmp_path)
    chance = random.Random(share)
    refused = 0
    for turn in range(CHANGES // SHARES):
        name, change = chance.choice(FILES), chance.choice(CHANGE)
        path = tmp_path / name
        before = path.read_bytes()
        after = change(chance, before)
        path.write_bytes(after)
        what = f"{share}/{turn}: {change.__name__} of {name}"
        answer = outcome(tmp_path, what, after)
        path.write_bytes(before)
        if answer is None:
            refused += 1
            continue
        found, warnings = answer
        if name == COMMUNES:
            for code in untouched(before, after) & set(expected):
                assert found.get(code) == expected[code], (what, code)
        # A fee that is that of no level is told; a changed level is the commune's own affair.
        strange = [code for code, fee in found.items() if fee not in locked.get(code, ())]
        assert not strange or "L06" in {problem.code for problem in warnings}, (what, strange)
    assert CHANGES // SHARES // 5 < refused < CHANGES // SHARES


def test_any_change_of_the_requests_gets_an_answer(tmp_path: Path) -> None:
    """Every request that is still to be ranked is planned or refused, or the files are refused."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    chance = random.Random(7)
    answered = 0
    for turn in range(CHANGES // SHARES):
        name, change = chance.choice((REQUESTS, REQUESTS, CRITERIA)), chance.choice(CHANGE)
        path = tmp_path / name
        before = path.read_bytes()
        after = change(chance, before)
        path.write_bytes(after)
        try:
            done = prepare(tmp_path, 2025, first="2025-03", today=date(2025, 4, 1))
        except Refusal:
            pass
        except Exception as error:
            (tmp_path / "failed").write_bytes(after)
            raise AssertionError(f"{turn}: {change.__name__} of {name}") from error
        else:
            answered += 1
            found = sorted(item.candidate.request.id for item in done.outcome.everyone)
            assert found == [r.id for r in done.requests.in_state(RequestState.TO_RANK)]
        path.write_bytes(before)
    assert answered > CHANGES // SHARES // 10


def test_whole_commands_on_changed_files(folder: Path, cli: Cli) -> None:
    chance = random.Random(99)
    for _ in range(40):
        name, change = chance.choice(FILES), chance.choice(CHANGE)
        path = folder / name
        before = path.read_bytes()
        path.write_bytes(change(chance, before))
        for command in (
            ("check",),
            ("bill", "2025", "--json"),
            ("usage", "2025", "--workbook"),
            ("requests", "rank", "2025"),
        ):
            assert cli(*command).code in (0, 1, 3), (name, change.__name__, command)
        path.write_bytes(before)
