"""A register with a long history, written by commit 7b59ae2: read, proved and rendered as then.

Every key that its rows hold is somewhere away from its default, so that a key that a later program
forgets changes an answer below (see registers/history/README.md).
"""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree
from openpyxl import load_workbook
from pdfs import plain
from pypdf import PdfReader

from conftest import ROOT, TESTS, Cli, Clock
from mutualis.register import codec, store
from mutualis.register.stored_keys import FORMS
from rewording import say_otherwise

HISTORY = ROOT / "tests/registers/history"
EXPECTED = HISTORY / "expected"
FOOTER = re.compile(r"^Communauté fictive des Sources - .*\n?page \d+/\d+$", re.MULTILINE)
Compare = Callable[[str, str], None]


def rows(folder: Path = HISTORY) -> list[tuple[str, str | None, str]]:
    """The kind, the number and the content of each row, whatever the program makes of it."""
    with closing(sqlite3.connect(f"file:{folder / store.NAME}?mode=ro", uri=True)) as database:
        found = database.execute("SELECT kind, number, content FROM entries ORDER BY seq")
        parts = store.parts_of(database)
        return [(kind, number, codec.whole(stored, parts)) for kind, number, stored in found]


NUMBERS = [number for _, number, _ in rows() if number is not None]


@pytest.fixture(autouse=True)
def late(clock: Clock) -> None:
    """After the answers were recorded: a quote has expired since."""
    clock.day = date(2026, 12, 31)


@pytest.fixture
def history(folder: Path) -> Path:
    """A workspace with a copy of the register, and the inputs that its history ended with."""
    shutil.rmtree(folder / "data")
    shutil.copytree(HISTORY / "data", folder / "data")
    shutil.copy(HISTORY / store.NAME, folder / store.NAME)
    return folder


@pytest.fixture
def same() -> Compare:
    """Compare a text with the one recorded; a new one is recorded and fails, to be read."""

    def compare(name: str, text: str) -> None:
        path = EXPECTED / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            pytest.fail(f"recorded {name}: read it, then run the test again")
        assert text == path.read_text(encoding="utf-8"), f"{name} is what 7b59ae2 answered"

    return compare


def test_verified(history: Path, cli: Cli) -> None:
    answer = cli("register", "verify", "--json")
    assert answer.code == 0
    kept("verify.json", answer.json)
    assert (answer.json["findings"], answer.json["withheld"]) == ([], "8579.47")
    for kind, _, content in rows():
        if kind == "backup":
            head = json.loads(content)["head"]
            assert cli("register", "verify", "--expect", head).code == 0


def test_verified_in_other_words(history: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stored sentences are printed, never compared: a later program may word them better."""
    assert say_otherwise(monkeypatch) > 20
    kept("verify.json", cli("register", "verify", "--json").json)


def test_what_is_to_qualify_is_not_said_to_be_paid(history: Path, cli: Cli) -> None:
    answer = cli("bill", "2024").out
    assert "Rien de plus à émettre.\n" in answer
    assert "À qualifier : Roche-le-Fictif" in answer


def test_listed(history: Path, cli: Cli) -> None:
    """All that was answered is still there; a later program says more."""
    listed = cli("register", "list", "--json").json
    numbered = [d for d in listed["documents"] if d["number"] in NUMBERS]
    kept("list.json", {**listed, "documents": numbered})
    kept("show.json", [cli("register", "show", n, "--json").json for n in NUMBERS])
    before = [d["number"] for d in listed["documents"] if d not in numbered]
    assert before == ["lot 4/99901", "lot 4/99904", "lot 10/99904"]
    withheld = [cli("register", "show", number, "--json").json["amount"] for number in before]
    assert withheld == ["3177.27", "2655.20", "2747.00"]


def kept(name: str, answer: Any) -> None:
    """An answer holds all that was recorded of it."""
    recorded = json.loads((EXPECTED / name).read_text("utf-8"))
    assert list(lost(recorded, answer)) == []


def test_quotes(history: Path, cli: Cli, same: Compare) -> None:
    """Accepted, declined, expired, partly done, billed; a later program says more."""
    quotes = cli("quotes", "list", "--json").json
    kept("quotes.json", quotes)
    numbers = [quote["number"] for quote in quotes["quotes"]]
    kept("quotes-show.json", [cli("quotes", "show", n, "--json").json for n in numbers])
    years = ("2024", "2025", "2026")
    unbilled = [cli("register", "unbilled", year, "--json").json for year in years]
    keys = ("year", "works", "total")
    same("unbilled.json", as_text([{key: one[key] for key in keys} for one in unbilled]))


@pytest.mark.parametrize("mode", ["a-titrer", "complet", "retenues-ac"])
def test_exported(mode: str, history: Path, cli: Cli, same: Compare) -> None:
    option = {"a-titrer": (), "complet": ("--all",), "retenues-ac": ("--withheld",)}[mode]
    assert cli("register", "export", *option).code == 0
    name = "export-a-titrer-01" if mode == "a-titrer" else f"export-{mode}"
    text = (history / f"out/{name}.csv").read_bytes().decode("cp1252")
    same(f"export-{mode}.csv", text.replace("\r\n", "\n"))
    assert cli("register", "export", "--format", "json", *option).code == 0
    kept(f"export-{mode}.json", json.loads((history / f"out/{name}.json").read_text("utf-8")))


@pytest.mark.parametrize("number", NUMBERS)
def test_rendered(number: str, history: Path, cli: Cli, same: Compare) -> None:
    """The workbook of its batch, or its own, and what its PDF says to people and to machines."""
    assert cli("register", "render", number).code == 0
    files = sorted(path for path in (history / "out").rglob("*") if path.is_file())
    for path in files:
        name = path.relative_to(history / "out").as_posix()
        if path.name != "SHA256SUMS":
            same(f"render/{name}.txt", visible(path))


@pytest.mark.parametrize("day", ["20/02/2025", "18/09/2025"])
def test_meetings(day: str, history: Path, cli: Cli, same: Compare) -> None:
    """The decision and the letters of a meeting, as last corrected."""
    assert cli("requests", "render", day).code == 0
    for path in sorted((history / "out").rglob("*.*")):
        same(f"render/{path.relative_to(history / 'out').as_posix()}.txt", visible(path))


def as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def visible(path: Path) -> str:
    """What a person reads in a file, a line a row or a paragraph; no format, no formula."""
    if path.suffix == ".csv":
        return path.read_bytes().decode(encoding_of(path)).replace("\r\n", "\n")
    if path.suffix == ".pdf":
        return "".join(f"{line}\n" for line in (*pdf_lines(path), *electronic_lines(path)))
    book = load_workbook(path)
    return "".join(f"{line}\n" for sheet in book for line in sheet_lines(sheet))


def encoding_of(path: Path) -> str:
    """The plain issuer of 2024 exports in UTF-8, the other one in Windows' encoding."""
    return "utf-8-sig" if path.read_bytes().startswith(b"\xef\xbb\xbf") else "cp1252"


def sheet_lines(sheet: Any) -> Iterator[str]:
    yield f"[{sheet.title}]"
    for row in sheet.iter_rows():
        cells = [shown(cell.value) for cell in row]
        line = " | ".join(text for text in cells if text)
        if line:
            yield line


def shown(value: object) -> str:
    """A cell without its format; empty for a formula, whose value only a program computes."""
    text = str(Decimal(str(value)).normalize()) if isinstance(value, float) else str(value or "")
    text = re.sub(r"\s+", " ", text).strip().removesuffix(" 00:00:00")
    return "" if text.startswith("=") else text


def pdf_lines(path: Path) -> Iterator[str]:
    """The text of a PDF as one line, wherever its pages end, in the signs of a keyboard."""
    text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    yield plain(FOOTER.sub("", text))


def electronic_lines(path: Path) -> Iterator[str]:
    """The texts of the electronic invoice in a PDF, in order, without its markup."""
    with pikepdf.open(path) as pdf:
        if "factur-x.xml" not in pdf.attachments:
            return
        root = etree.fromstring(pdf.attachments["factur-x.xml"].get_file().read_bytes())
    yield "[factur-x.xml]"
    yield " | ".join(" ".join(text.split()) for text in root.itertext() if text.strip())


# What the rows hold, key by key.

# Mappings of data: their keys are values, and stand as * in a path.
MAPPINGS = {
    *("grids", "levels", "half_day", "rounding", "sources", "numbers", "accounts", "capacities"),
    *("exceptions", "values", "details", "booked", "half_days"),
}
EMPTY: tuple[object, ...] = (None, "", 0, "0", "0.00", False, [], {})
# What a key holds when nothing was said, where that is not empty: by the end of its path.
DEFAULTS: dict[str, tuple[object, ...]] = {
    "issuer.embed": (True,),
    "source.width": (1,),
    "level_at.width": (1,),
    "first_at.width": (1,),
    "sources.*.width": (1,),
    "numerator": (1,),
    "denominator": (1,),
    "settlement": ("titre",),
    "product": ("adhésion",),
    "request.state": ("à classer",),
    "criteria.received_years": (3,),
    "criteria.criteria.*.act": ("à compléter",),
    "tariffs.file": ("data/tariffs.toml",),
    "export.delimiter": (";",),
    "export.encoding": ("utf-8-sig",),
    "export.decimal": (",",),
    "export.date": ("%d/%m/%Y",),
    "numbers.*": ("F{year}-{rank:4}", "A{year}-{rank:4}", "D{year}-{rank:4}"),
    "accounts.*": ("70875", "673"),
    "indexation.series": ("ensemble",),
    "indexation.rate": ("published",),
    "indexation.chain": ("exact",),
    "indexation.indexed": (["per_inhabitant", "cap", "half_day"],),
    "rule.series": ("ensemble",),
    "rule.rate": ("published",),
    "rule.chain": ("exact",),
    "rule.indexed": (["per_inhabitant", "cap", "half_day"],),
    "rounding.*": ("0.01", "1"),
}
# Keys that no command can take away from their default, and why: patterns of « kind path ».
EXCEPTED = {
    r"(answer|work|withdrawal|titre|backup) act\.inputs": "made from no input file",
    r"invoice (reason|effect)": "a credit note alone has them",
    r"credit (parts|deducted)": "a credit note is an amount of its invoice, whose parts are there",
    r"batch (withheld|below_minimum)\.\*\.(number|deducted|completes)": (
        "a fee that is not invoiced has no number and completes nothing"
    ),
    r"batch below_minimum\.\*\.commune\.settlement": "a fee withheld has no minimum",
    r"batch (withheld|below_minimum)\.\*\.commune\.successor": (
        "the debtor of a membership is the last successor, which has none"
    ),
    r"(batch (withheld|below_minimum)\.\*(\.parts\.\*)?|invoice parts\.\*)\.fee\.level\.half_day": (
        "a level with a yearly fee is not on quote (T05)"
    ),
    r"batch tariffs\.file": "the name of the file is always the same",
    r"batch tariffs\.sources\.\*\.(cell|field|excerpt|caret|width)": (
        "of a key of the tariffs, the line and the column alone are kept"
    ),
    r"\w+ (issuer|session\.criteria.*)\.(source|first_at)\.(cell|field)": (
        "a TOML file has no cells and no columns"
    ),
    r"meeting .*request\.source\.(column|cell|field|excerpt|caret|width)": (
        "of a request, the line alone is kept"
    ),
    r"meeting .*request\.sources": "of a request, the line alone is kept",
    r"meeting .*request\.state": "only a request to rank is a candidate",
}


def walk(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, object]]:
    """Every path of a content with its value; ranks, and keys of mappings of data, are *."""
    if path:
        yield ".".join(path), value
    if isinstance(value, list):
        for item in value:
            yield from walk(item, (*path, "*"))
    elif isinstance(value, dict):
        names = [name for name in path if name != "*"]
        is_data = bool(names) and names[-1] in MAPPINGS and not is_record(path)
        for key, item in value.items():
            yield from walk(item, (*path, "*" if is_data else key))


def is_record(path: tuple[str, ...]) -> bool:
    """Whether a * has already stood for the key of the mapping, so that this is its item."""
    return path[-1] == "*" and path[-2:] != ("booked", "*")


@cache
def paths(folder: Path = HISTORY) -> dict[str, list[object]]:
    """The values of each « kind path » of a register."""
    found: dict[str, list[object]] = {}
    for kind, _, content in rows(folder):
        for path, value in walk(json.loads(content)):
            found.setdefault(f"{kind} {path}", []).append(value)
    return found


def is_away(path: str, value: object) -> bool:
    """Whether a value is neither empty nor what stands when nothing was said."""
    usual = usual_of(path)
    return (value not in EMPTY or usual == (True,)) and value not in usual


@cache
def usual_of(path: str) -> tuple[object, ...]:
    return next((d for end, d in DEFAULTS.items() if re.search(rf"\b{re.escape(end)}$", path)), ())


def test_every_stored_key_is_away_from_its_default(same: Compare) -> None:
    found = paths()
    same("paths.txt", "".join(f"{path}\n" for path in sorted(found)))
    same_everywhere = [p for p, values in found.items() if not any(is_away(p, v) for v in values)]
    excepted = {p: e for p in same_everywhere for e in EXCEPTED if re.fullmatch(e, p)}
    assert sorted(same_everywhere) == sorted(excepted)
    assert set(excepted.values()) == set(EXCEPTED)


def test_reading_loses_nothing(history: Path) -> None:
    """A row read and written again holds all that it held; a later program may add to it, and
    leave out what was always blank."""
    for row in store.read_rows(history):
        blank = FORMS[type(row.record)].blank
        before = {k: v for k, v in json.loads(row.content).items() if k not in blank}
        missing = list(lost(before, json.loads(codec.dump(row.record))))
        assert missing == [], f"row {row.seq}, {row.kind}"


def lost(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """The paths whose value is not there any more."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            if key not in after:
                yield f"{path}.{key}"
            else:
                yield from lost(value, after[key], f"{path}.{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for one, other in zip(before, after, strict=True):
            yield from lost(one, other, f"{path}.*")
    elif before != after:
        yield path


BATCH = TESTS / "registers/batch-2025"


def test_a_real_batch_is_proved_listed_exported_and_rendered(folder: Path, cli: Cli) -> None:
    """The 40 invoices of 2025, by the program of then: the same amounts and the same texts."""
    shutil.copy(BATCH / store.NAME, folder / store.NAME)
    assert cli("register", "verify").code == 0
    recorded = json.loads(answer_of("list.json"))
    assert list(lost(recorded, cli("register", "list", "--json").json)) == []
    assert cli("register", "export", "--all").code == 0
    assert (folder / "out/export-complet.csv").read_bytes() == (
        BATCH / "expected/export-complet.csv"
    ).read_bytes()
    assert cli("register", "render", "F2025-0001").code == 0
    book = "adhesions-2025-lot-01.xlsx"
    assert visible(folder / "out/2025/lot-01" / book) == answer_of(f"{book}.txt")


def answer_of(name: str) -> str:
    return (BATCH / "expected" / name).read_text("utf-8")
