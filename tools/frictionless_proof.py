"""Have frictionless judge the shipped tables, then copies of them broken on purpose.

`python tools/frictionless_proof.py`, by a Python that has frictionless (requirements-check.lock).
Exit 1 when it finds a fault in what is shipped, or none in a broken copy.
"""

import csv
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from frictionless import Package, system

DATA = Path(__file__).resolve().parents[1] / "data"
NUMBERS = ("integer", "number", "year", "date", "yearmonth")


def faults(folder: Path, table: str = "") -> set[tuple[str, str, str]]:
    """The table, the column and the kind of each fault of a package, or of one of its tables."""
    with system.use_context(trusted=True):
        package = Package(str(folder / "datapackage.json"))
        judged = package.get_resource(table) if table else package
        report = judged.validate()
    found = {("", "", error.type) for error in report.errors}
    for task in report.tasks:
        found |= {(task.name, getattr(e, "field_name", ""), e.type) for e in task.errors}
    return found


def breakings(fields: list[dict[str, object]]) -> Iterator[tuple[str, str, str]]:
    """A fault to make in a table: the column, what to write in it, how frictionless calls it;
    nothing to write takes the column away."""
    for field in fields:
        name, limits = str(field["name"]), field.get("constraints", {})
        assert isinstance(limits, dict)
        if field["type"] in NUMBERS:
            yield name, "abc", "type-error"
        if "pattern" in limits or "enum" in limits:
            yield name, "abc", "constraint-error"
        if limits.get("required"):
            yield name, "", "missing-label"


def write_broken(path: Path, column: str, text: str) -> None:
    """Spoil the first row of the column, which is added where the table lacks it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file, delimiter=";"))
    if text and column not in header:
        header, rows = [*header, column], [[*row, ""] for row in rows]
    at = header.index(column)
    if text:
        rows[0][at] = text
    kept = [
        [cell for rank, cell in enumerate(row) if text or rank != at] for row in (header, *rows)
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(kept)


def main() -> None:
    wrong = [f"shipped: {fault}" for fault in sorted(faults(DATA))]
    package = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    tried = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "data"
        shutil.copytree(DATA, folder)
        for resource in package["resources"]:
            path = folder / resource["path"]
            sound = path.read_bytes()
            name = resource["name"]
            schema = json.loads((DATA / resource["schema"]).read_text("utf-8"))
            for column, text, kind in breakings(schema["fields"]):
                write_broken(path, column, text)
                tried += 1
                if (found := faults(folder, name)) != {(name, column, kind)}:
                    wrong.append(f"{path.name}, {column} = {text!r}: {kind} wanted, {found}")
                path.write_bytes(sound)
    print("\n".join((*wrong, f"{tried} broken copies, {len(wrong)} findings")))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
