"""One command, faulted at one call: what must hold then, and once it is typed again."""

import errno
import hashlib
import random
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from machine import Machine, Outcome
from msgspec import Struct
from writing import Command

from mutualis.register import store
from mutualis.register.rows import Row
from mutualis.workflows.register import verify

LOCK = ".mutualis.lock"
OTHERS = 3  # calls of a kind, besides its first and its last
RENDER = re.compile(r"mutualis (register render [\w/-]+(?: --pdf)?)")
TAKEN = re.compile(
    r"une fois pour toutes|émis et enregistrés|[Ss]éance .* enregistrée|export est noté"
)
NOTHING = re.compile(r"rien n'a été|aucun numéro", re.IGNORECASE)
ROOM = {"open", "write", "mkdir"}
ERRORS = {
    "open": ["EACCES"],
    "mkdir": ["EACCES"],
    "rename": ["EACCES", "EIO"],
    "unlink": ["EACCES"],
    "write": ["EIO"],
    "sync": ["EIO"],
    "truncate": ["EIO"],
}


class Fault(Struct, frozen=True):
    """What happens at the N-th call of a command; `name` tells it to a person."""

    at: int
    call: str
    kind: str
    what: str
    request: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.what} at {self.at}: {self.call} {self.kind}"


class State(Struct, frozen=True):
    """The rows of a register by their hash, and the digest of every other file."""

    rows: tuple[str, ...]
    files: dict[str, str]


class Reference(Struct, frozen=True):
    """The command without a fault, and typed twice."""

    before: State
    first: Outcome
    after: State
    again: Outcome
    twice: State
    calls: list[tuple[str, str]]


class Sweep:
    """The cases of one machine, each in a folder of its own, from workspaces made once."""

    def __init__(self, machine: Machine, folder: Path) -> None:
        self.machine, self.folder = machine, folder
        self._prepared: dict[tuple[Any, ...], Path] = {}

    def prepared(self, steps: tuple[Any, ...]) -> Path:
        """A case folder whose workspace has gone through the steps."""
        if steps in self._prepared:
            return self._prepared[steps]
        start = self.prepared(steps[:-1]) if len(steps) > 1 else None
        case = self.folder / f"prepared-{len(self._prepared)}"
        (case / "work").mkdir(parents=True)
        if start is not None:
            shutil.copytree(start / "work", case / "work", dirs_exist_ok=True)
        step = steps[-1]
        if callable(step):
            step(case / "work")
        else:
            done = self.machine.run(case, *Command(step, ()).words)
            assert done.code == 0, f"{step}: {done.err}"
        self._prepared[steps] = case
        return case

    def case(self, command: Command) -> Path:
        """A new case folder, ready for the command."""
        source = self.prepared(command.steps)
        case = self.folder / "case"
        shutil.rmtree(case, ignore_errors=True)
        (case / "work").mkdir(parents=True)
        shutil.copytree(source / "work", case / "work", dirs_exist_ok=True)
        return case

    def reference(self, command: Command) -> Reference:
        case = self.case(command)
        before = state_of(case / "work")
        first = self.machine.run(case, *command.words)
        lines = (case / "log").read_text().splitlines()
        after = state_of(case / "work")
        again = self.machine.run(case, *command.words)
        calls = [(call, path) for call, _, path in (line.partition(" ") for line in lines)]
        return Reference(before, first, after, again, state_of(case / "work"), calls)

    def wrong(self, command: Command, reference: Reference, fault: Fault) -> Iterator[str]:
        """What does not hold, in a sentence each."""
        case = self.case(command)
        work = case / "work"
        hurt = self.machine.run(case, *command.words, at=fault.at, **fault.request)
        yield from self._broken(work)
        state = state_of(work)
        if state.rows not in (reference.before.rows, reference.after.rows):
            yield "the register is neither as before nor as after"
        committed = state.rows != reference.before.rows
        if fault.what not in ("kill", "torn"):
            yield from told(hurt, state, reference, committed=committed)
        again = self.machine.run(case, *command.words)
        if command.adds:
            yield from self._broken(work)
            yield from beside(state_of(work), reference)
        else:
            yield from self._completed(case, again, reference)

    def _completed(self, case: Path, again: Outcome, reference: Reference) -> Iterator[str]:
        """Typed again, the command ends in the state that it would have had."""
        if "panne" in again.err or "Traceback" in again.err or again.code in (2, 70, 120):
            yield f"typed again: {again.code} {again.err[-400:]}"
            return
        remedies = RENDER.findall(again.err) if again.code else []
        for line in remedies:
            done = self.machine.run(case, *line.split())
            if done.code:
                yield f"the remedy {line}: {done.code} {done.err[-300:]}"
        if again.code not in (reference.first.code, reference.again.code):
            yield f"typed again: {again.code} {again.err[-400:]}"
        yield from self._broken(case / "work")
        state = state_of(case / "work")
        if state.rows != reference.after.rows:
            yield f"typed again: {len(state.rows)} rows, not {len(reference.after.rows)}"
        # The remedy writes the PDF of a document that nobody had asked for, and does not sign for
        # one that it found there.
        own = {
            f"{word}: {name}"
            for word, end in (("left behind", ".pdf"), ("other", "SHA256SUMS"))
            for name in state.files
            if remedies and name.endswith(end)
        }
        yield from (line for line in unlike(state, reference.after) if line not in own)

    def _broken(self, work: Path) -> Iterator[str]:
        if not ((work / "data").is_dir() or (work / store.NAME).exists()):
            return  # the folder of a workspace to be, not one
        verified = verify(work)
        if not verified.is_intact:
            yield f"not intact: {[finding.reason.text for finding in verified.findings][:2]}"


def told(hurt: Outcome, state: State, reference: Reference, *, committed: bool) -> Iterator[str]:
    """The exit code and the message say what happened."""
    said = f"{hurt.code} {hurt.err[-400:]}"
    whole = state == reference.after
    if "panne" in hurt.err or "Traceback" in hurt.err or hurt.code in (2, 70, 120):
        yield f"a bug: {said}"
    elif hurt.code in (0, reference.first.code):
        if not whole:
            names = [*unlike(state, reference.after)]
            # Without its sum, a file is taken for one that somebody has changed: it is kept.
            if any(not name.endswith(": out/SHA256SUMS") for name in names):
                yield f"success is claimed: {said} {names}"
    elif committed and hurt.code != 4:
        yield f"registered, and the code is {said}"
    elif committed and (not TAKEN.search(hurt.err) or NOTHING.search(hurt.err)):
        yield f"registered, and not said: {said}"
    elif not committed and TAKEN.search(hurt.err):
        yield f"nothing registered, and said so: {said}"
    elif hurt.code not in (4, 130):
        yield f"the code is {said}"
    elif (
        NOTHING.search(hurt.err)
        and "est faite" not in hurt.err
        and state.files != reference.before.files
    ):
        yield f"something was written: {said} {[*unlike(state, reference.before)]}"


def beside(state: State, reference: Reference) -> Iterator[str]:
    """What is no whole file of the command, typed once or twice."""
    for name, digest in state.files.items():
        if reference.twice.files.get(name) != digest:
            yield f"left behind: {name}"


def unlike(state: State, wanted: State) -> Iterator[str]:
    """How the files differ from those wanted."""
    for name in sorted(state.files.keys() | wanted.files.keys()):
        if state.files.get(name) != wanted.files.get(name):
            what = "left behind" if name not in wanted.files else "missing"
            yield f"{what if (name in state.files) != (name in wanted.files) else 'other'}: {name}"


def state_of(work: Path) -> State:
    files = {}
    for path in sorted(work.rglob("*")):
        name = path.relative_to(work).as_posix()
        if path.is_file() and name not in (store.NAME, LOCK):
            data = path.read_bytes()
            if path.suffix == ".db":
                data = "".join(row.hash for row in rows_of(path)).encode()
            files[name] = hashlib.sha256(data).hexdigest()[:12]
    return State(tuple(row.hash for row in store.read_rows(work)), files)


def rows_of(path: Path) -> list[Row]:
    with store._connection(path) as database:
        return store._rows(database)


def kind_of(path: str) -> str:
    """What sort of file a path of the log is."""
    path = re.sub(r"\.mutualis-[^/]*", ".mutualis-*", path)
    if path.startswith("tmp/"):
        return "tmp/etilqs" if "etilqs" in path else "tmp/*"
    return re.sub(r"out/.*/([^/]*)\.(xlsx|pdf|csv)$", r"out/*.\2", path)


def faults(calls: list[tuple[str, str]], seed: int, most: int | None) -> list[Fault]:
    """At the first and the last call of each kind, and at some of the others; `most` of all, drawn
    by the seed."""
    groups: dict[tuple[str, str], list[int]] = {}
    for at, (call, path) in enumerate(calls, start=1):
        groups.setdefault((call, kind_of(path)), []).append(at)
    draw = random.Random(seed)
    found = [
        Fault(at, call, kind, what, request)
        for (call, kind), places in groups.items()
        for at in {places[0], places[-1], *draw.sample(places, min(OTHERS, len(places)))}
        for what, request in requests(call)
    ]
    chosen = found if most is None else draw.sample(found, min(most, len(found)))
    return sorted(chosen, key=lambda fault: (fault.at, fault.what))


def requests(call: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "kill", {"action": "kill"}
    yield "ctrl-c", {"action": "signal", "number": int(signal.SIGINT)}
    if call == "write":
        yield "torn", {"action": "torn"}
    if call in ROOM:
        yield "full", {"action": "fail from", "number": errno.ENOSPC}
    for name in ERRORS.get(call, []):
        yield name, {"action": "fail", "number": getattr(errno, name)}
