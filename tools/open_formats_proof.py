"""Have frictionless judge the shipped tables, and jsonschema the settings, then copies of them
broken on purpose; and see that publiccode.yml holds what its standard asks.

`python tools/open_formats_proof.py`, by a Python that has both (requirements-check.lock).
Exit 1 when one finds a fault in what is shipped, or none in a broken copy.
"""

import copy
import csv
import json
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from frictionless import Package, system
from jsonschema import Draft7Validator
from yaml import safe_load

DATA = Path(__file__).resolve().parents[1] / "data"
NUMBERS = ("integer", "number", "year", "date", "yearmonth")
SETTINGS = ("tariffs", "issuer", "criteria")
MANDATORY = (
    *("publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus"),
    *("softwareType", "description/fr/shortDescription", "description/fr/longDescription"),
    *("description/fr/features", "legal/license", "maintenance/type", "maintenance/contacts"),
    *("localisation/localisationReady", "localisation/availableLanguages"),
)
BY_NAME = ("directorates",)  # a table whose keys are names: any other is one more


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


def tables() -> Iterator[str]:
    """What is wrong with the tables or their schemas; a line an attempt."""
    yield from (f"shipped: {fault}" for fault in sorted(faults(DATA)))
    package = json.loads((DATA / "datapackage.json").read_text("utf-8"))
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
                found = faults(folder, name)
                is_found = found == {(name, column, kind)}
                yield "" if is_found else f"{path.name}, {column} = {text!r}: {kind}? {found}"
                path.write_bytes(sound)


def broken(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where a value of another type, or a key that is unknown, is to be put."""
    if isinstance(value, dict):
        if path[-1:] != BY_NAME:
            yield (*path, "inconnue")
        for key, item in value.items():
            yield from broken(item, (*path, key))
    elif isinstance(value, list):
        for rank, item in enumerate(value):
            yield from broken(item, (*path, rank))
    else:
        yield path


def settings() -> Iterator[str]:
    """What is wrong with the TOML files or their schemas; a line an attempt."""
    for name in SETTINGS:
        schema = json.loads((DATA / f"schemas/{name}.json").read_text("utf-8"))
        Draft7Validator.check_schema(schema)
        judge = Draft7Validator(schema)
        text = (DATA / f"{name}.toml").read_text("utf-8")
        shipped = json.loads(json.dumps(tomllib.loads(text), default=date.isoformat))
        if f"#:schema ./schemas/{name}.json" not in text.splitlines()[:4]:
            yield f"{name}.toml does not name its schema"
        yield from (f"{name}.toml: {error.message}" for error in judge.iter_errors(shipped))
        for path in broken(shipped):
            other = copy.deepcopy(shipped)
            place = other
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = [None]
            yield "" if not judge.is_valid(other) else f"{name}.toml: {path} may be anything"


def publiccode() -> Iterator[str]:
    """What publiccode.yml lacks of what version 0.4 of its standard makes mandatory."""
    told = safe_load((DATA.parent / "publiccode.yml").read_text("utf-8"))
    for path in MANDATORY:
        value: Any = told
        for key in path.split("/"):
            value = value.get(key) if isinstance(value, dict) else None
        yield "" if value not in (None, "", []) else f"publiccode.yml: {path} is missing"
    shorts = [one["shortDescription"] for one in told["description"].values()]
    yield "" if max(map(len, shorts)) <= 150 else "publiccode.yml: shortDescription is too long"
    long = told["description"]["fr"]["longDescription"]
    yield "" if 150 <= len(long) <= 10_000 else "publiccode.yml: longDescription"


def main() -> None:
    lines = [*tables(), *settings(), *publiccode()]
    wrong = [line for line in lines if line]
    print("\n".join((*wrong, f"{len(lines)} trials, {len(wrong)} findings")))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
