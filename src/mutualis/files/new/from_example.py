"""What a real workspace takes from an example one: its files, its communes at their real levels."""

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from mutualis.domain.communes.communes import ListedCommune, listed_for
from mutualis.domain.french.names import is_invented
from mutualis.domain.french.typography import count, enumerated
from mutualis.domain.problems.problem import Problem
from mutualis.files.data.communes import NAME, OPTIONAL, REQUIRED
from mutualis.files.tables.input_table import read_input
from mutualis.files.tables.table import FileRow
from mutualis.files.tables.text import BOM

_COLUMNS = (*REQUIRED, *OPTIONAL)
# The line that makes an example of a workspace, and what is said above it.
_MARK = re.compile(r"(^#[^\n]*\n)*^[\"']?example[\"']?\s*=\s*true\b[^\n]*\n(\r?\n)?", re.MULTILINE)


def kept_files(root: Path, left_out: Collection[str]) -> dict[str, bytes]:
    """The bytes of what `data` holds, by path in the workspace; hidden files and links are not
    taken, nor are `left_out`, files or folders. Raises OSError."""
    kept = {}
    for path in sorted((root / "data").rglob("*")):
        name = path.relative_to(root).as_posix()
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
        out = any(name == one or name.startswith(f"{one}/") for one in left_out)
        if path.is_file() and not path.is_symlink() and not hidden and not out:
            kept[name] = path.read_bytes()
    return kept


def without_the_mark(issuer: bytes) -> bytes:
    """data/issuer.toml, an example no more: without the line that says so, the comment above it and
    a mark of encoding."""
    return _MARK.sub("", issuer.decode("utf-8-sig"), count=1).encode()


def communes_at(
    root: Path, first: int, listed: Sequence[ListedCommune], list_name: str
) -> tuple[bytes, list[Problem]]:
    """data/communes.csv from the year `first` on, as the tool writes its tables, each commune as
    the list has it that year, or why not: a listed commune that the file has not (N12), levels that
    are still invented (N16)."""
    name, table = read_input(root, NAME, REQUIRED, OPTIONAL)
    known = {code: [*own] for code, own in groupby(sorted(listed, key=_code), key=_code)}
    rows = [row for row in table.rows if int(row.text("annee")) >= first]
    codes = {row.text("code_insee") for row in rows}
    problems = [
        Problem("N12", one.source, {"code": one.code_insee, "file": name})
        for one in listed
        if one.code_insee not in codes and (one.year is None or one.year >= first)
    ]
    invented: dict[str, FileRow] = {}
    found = []
    for row in rows:
        code = row.text("code_insee")
        found.append(_cells(row, listed_for(int(row.text("annee")), known.get(code, ()))))
        if is_invented(found[-1].get("source_niveau", "")):
            invented.setdefault(code, row)
    if invented:
        names = [row.text("commune") for row in invented.values()]
        where = next(iter(invented.values())).place("source_niveau")
        facts = {
            "count": count(len(names), "commune"),
            "names": enumerated(names),
            "list": list_name,
        }
        problems.append(Problem("N16", where, facts))
    return _written(found), problems


def _code(commune: ListedCommune) -> str:
    return commune.code_insee


def _cells(row: FileRow, listed: ListedCommune | None) -> Mapping[str, str]:
    if listed is None:
        return row.texts
    own = {"niveau": listed.level, "source_niveau": listed.level_source, "date_source": ""}
    if listed.siren:
        own["siren"] = listed.siren
    if listed.settlement is not None:
        own["reglement"] = listed.settlement.value
    return {**row.texts, **own}


def _written(rows: Sequence[Mapping[str, str]]) -> bytes:
    """The columns that are needed, and those that hold something."""
    columns = [c for c in _COLUMNS if c in REQUIRED or any(row.get(c) for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return BOM + out.getvalue().encode()
