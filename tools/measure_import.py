"""How long INSEE's 35 000 communes take, beside a plain read: python tools/measure_import.py"""

import csv
import io
import tempfile
import time
from pathlib import Path

from mutualis.files.insee.populations import read_populations

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests/insee/donnees_communes-2026-doubs.csv"
ROWS = 35_000


def whole_country() -> str:
    """The sample's communes under the number of one department after another."""
    head, *lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split(";") for line in lines]
    out = [head, *lines]
    for number in range(1, 96):
        department = f"{number:02d}"
        if department not in ("20", "25"):
            for row in rows:
                out.append(
                    ";".join([*row[:2], department, *row[3:6], department + row[5], *row[7:]])
                )
    return "\n".join(out[: ROWS + 1]) + "\n"


def main() -> None:
    with (ROOT / "data/communes.csv").open(encoding="utf-8-sig", newline="") as shipped:
        wanted = {row["code_insee"] for row in csv.DictReader(shipped, delimiter=";")}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "donnees_communes.csv"
        path.write_text(whole_country(), encoding="utf-8")
        for _ in range(3):
            start = time.perf_counter()
            text = path.read_text(encoding="utf-8")
            rows = sum(1 for _ in csv.reader(io.StringIO(text), delimiter=";")) - 1
            plain = time.perf_counter() - start
            start = time.perf_counter()
            found, problems = read_populations(path, wanted)
            took = time.perf_counter() - start
            assert not problems
            print(
                f"{rows} rows: plain {plain * 1000:.0f} ms, import {took * 1000:.0f} ms "
                f"({len(found)} communes), ratio {took / plain:.1f}"
            )


if __name__ == "__main__":
    main()
