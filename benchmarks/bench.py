"""Every ratio from one run: python -m benchmarks.bench [--size N] [--times N].

Ratios of processor time to a reference of the same run; no time is printed before the amounts
agree with a plain computation.
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from benchmarks.harness import ROOT, Cost, cheapest, once
from benchmarks.inside import plain_cents, plain_rows
from benchmarks.national import FRANCE, YEAR, add, code_of, interventions, make, requests

START = "import typer, rich.table"
MODELS = f"{START}, pydantic"
HELP = (("--help", 0), ("--version", 0), ("chek", 2))
SHIPPED: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("tariffs", f"{YEAR}"),
    ("explain", "Amagney", f"{YEAR}"),
)


class Bench:
    """`folder` holds the workspaces and what the processes say; `times` is how often each runs."""

    def __init__(self, folder: Path, size: int, times: int) -> None:
        self.folder, self.size, self.times = folder, size, times

    def workspace(self, size: int) -> Path:
        """A workspace of invented communes, made once."""
        path = self.folder / str(size)
        if not path.exists():
            path.mkdir()
            make(path, size)
        return path

    def command(self, arguments: Sequence[str], root: Path, times: int | None = None) -> Cost:
        words = ["-m", "mutualis", *arguments, "--dir", str(root)]
        return cheapest(words, self.folder, times or self.times)

    def reference(self, name: str, root: Path) -> Cost:
        words = ["-m", "benchmarks.references", name, str(root)]
        return cheapest(words, self.folder, self.times)

    def prepare(self, name: str, root: Path) -> None:
        """Keep what a reference needs, in a process of its own: the peak of a child is never told
        below that of the process that starts it."""
        once(["-m", "benchmarks.references", name, str(root)], self.folder)

    def say(self, what: str, cost: float, beside: float, goal: str, note: str = "") -> None:
        ratio = f"{cost / beside:6.2f} ×"
        print(f"{what:44} {ratio}  ({goal})  {cost:.2f} s / {beside:.2f} s  {note}", flush=True)

    def check_amounts(self) -> None:
        """What is due, in all, is what whole cents come to."""
        root = self.workspace(self.size)
        words = ["-m", "mutualis", "bill", f"{YEAR}", "--json", "--dir", str(root)]
        lines = json.loads(once(words, self.folder).said)["lines"]
        due = {line["code_insee"]: int(Decimal(line["amount"]) * 100) for line in lines}
        rows = plain_rows(root)
        cents = zip(rows, plain_cents(rows), strict=True)
        # Below the least that is recovered, nothing is claimed.
        expected = {row["code_insee"]: amount for row, amount in cents if amount >= 1500}
        assert due == expected, "the amounts are not those of a plain computation"

    def starting(self) -> None:
        """A quarter of a second each: by more runs, of which one that is disturbed counts less."""
        times = 5 * self.times
        beside = cheapest(["-c", START], self.folder, times).seconds
        for word, code in HELP:
            cost = cheapest(["-m", "mutualis", word], self.folder, times, code)
            self.say(word, cost.seconds, beside, "≤ 1.2")
        beside = cheapest(["-c", MODELS], self.folder, times).seconds
        for words in SHIPPED:
            cost = self.command(words, ROOT, times)
            self.say(f"{' '.join(words)}, real data", cost.seconds, beside, "≤ 2.5")

    def inside(self) -> None:
        root = self.workspace(self.size)
        goals = {"loading": "≤ 12", "fees": "≤ 6", "breakdowns": "≤ 12"}
        for name, goal in goals.items():
            said = once(["-m", "benchmarks.inside", name, str(root)], self.folder).said
            found = json.loads(said)
            self.say(f"{name} of {self.size}", found["seconds"], found["reference"], goal)

    def documents(self) -> None:
        """A batch with all its sheets, of the real data and of a longer one; an invoice."""
        real = self.folder / "real"
        shutil.copytree(ROOT / "data", real / "data")
        for what, root in (("real data", real), ("350 communes", self.workspace(350))):
            cost = self.command(("bill", f"{YEAR}"), root).seconds
            self.prepare("keep_all_cells", root)
            beside = self.reference("workbook", root).seconds
            self.say(f"bill, all sheets, {what}", cost, beside, "≤ 1.8 plain workbook")
        found = json.loads(once(["-m", "benchmarks.inside", "pdf", str(real)], self.folder).said)
        title = "an invoice, PDF and Factur-X"
        self.say(title, found["seconds"], found["reference"], "≤ 4 Typst alone")

    def national(self) -> None:
        root = self.workspace(self.size)
        loading = self.reference("loading", root).seconds
        commands: tuple[tuple[str, ...], ...] = (
            ("check",),
            ("explain", "01003", f"{YEAR}"),
            ("account", "01003", f"{YEAR}"),
            ("simulate", f"{YEAR}", "--json"),
        )
        for words in commands:
            self.grown(words, loading, "≤ 2 loading")
        draft = ("bill", f"{YEAR}")
        self.command(draft, root, 1)
        self.prepare("keep_cells", root)
        self.grown(draft, self.reference("workbook", root).seconds, "≤ 1.5 plain workbook")

    def grown(self, words: Sequence[str], beside: float, goal: str) -> None:
        """A command at the whole size, beside a reference and beside a tenth of it."""
        cost = self.command(words, self.workspace(self.size))
        tenth = self.command(words, self.workspace(self.size // 10))
        note = f"growth {cost.seconds / tenth.seconds:.1f} (≤ 11), {cost.peak:.0f} MB"
        self.say(f"{' '.join(words)}, {self.size}", cost.seconds, beside, goal, note)

    def work(self) -> None:
        """Requests ranked and planned, then interventions checked, of a small body."""
        communes = 350
        codes = [code_of(at)[0] for at in range(communes)]
        asked = (
            (
                "requests.csv",
                requests,
                4 * self.size // 7,
                ("requests", "rank", f"{YEAR}", "--json"),
            ),
            ("interventions.csv", interventions, 20 * self.size // 7, ("check",)),
        )
        for name, rows, size, words in asked:
            roots = []
            for many in (size // 10, size):
                root = self.folder / f"{many}-{name}"
                shutil.copytree(self.workspace(communes), root)
                add(root, name, rows(codes, many))
                roots.append(root)
            small, root = roots
            beside = self.reference(name.removesuffix(".csv"), root).seconds
            cost, tenth = self.command(words, root), self.command(words, small)
            note = f"growth {cost.seconds / tenth.seconds:.1f} (≤ 11), {cost.peak:.0f} MB"
            title = f"{' '.join(words)}, {size} rows"
            self.say(title, cost.seconds, beside, "≤ 2 loading", note)

    def register(self) -> None:
        roots = []
        for size in (self.size // 10, self.size):
            root = self.folder / f"issued-{size}"
            shutil.copytree(self.workspace(size), root)
            roots.append((root, self.command(("bill", f"{YEAR}", "--issue", "--yes"), root, 1)))
        (small, tenth), (root, cost) = roots
        self.prepare("keep_entries", root)
        beside = self.reference("entries", root).seconds
        rows = len(plain_rows(root))
        bytes_a_row = (root / "register.db").stat().st_size / rows
        note = f"growth {cost.seconds / tenth.seconds:.1f} (≤ 11), {cost.peak:.0f} MB, "
        note += f"{bytes_a_row:.0f} B a commune (≤ 2 048)"
        self.say(f"bill --issue, {self.size}", cost.seconds, beside, "≤ 4 executemany", note)
        hashing = self.reference("hashing", root).seconds
        commands = (
            ("register", "verify"),
            ("register", "list"),
            ("register", "list", "--commune", "01003"),
            ("account", "01003", f"{YEAR}"),
        )
        for words in commands:
            cost, tenth = self.command(words, root), self.command(words, small)
            note = f"growth {cost.seconds / tenth.seconds:.1f} (≤ 11), {cost.peak:.0f} MB"
            title = f"{' '.join(words)}, issued"
            self.say(title, cost.seconds, hashing, "≤ 3 hashing", note)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=FRANCE, help="communes (35 000)")
    parser.add_argument("--times", type=int, default=3, help="runs of each, the least counts")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), asked.size, asked.times)
        bench.check_amounts()
        bench.starting()
        bench.inside()
        bench.national()
        bench.documents()
        bench.work()
        bench.register()


if __name__ == "__main__":
    main()
