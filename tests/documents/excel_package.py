"""What makes Excel offer to repair a workbook, and no schema says: `faults` lists what it finds."""

import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from openpyxl.utils.cell import range_boundaries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CELL = r"\$?[A-Z]{1,3}\$?[1-9]\d*"
AREA = re.compile(rf"'((?:[^']|'')+)'!({CELL}(:{CELL})?|\$?\d+:\$?\d+|\$?[A-Z]+:\$?[A-Z]+)")
LIKE_A_CELL = re.compile(r"([A-Z]{1,3}\d+|R\d*C?\d*|C\d*)", re.IGNORECASE)
WORD = re.compile(r"[^\W\d][\w.]*|_[\w.]*")


def faults(path: Path) -> list[str]:
    """Everything that is wrong with the package of a workbook, in words."""
    return list(Package(path).faults())


def units(text: str) -> int:
    """Excel counts in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def box(area: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom."""
    left, top, right, bottom = range_boundaries(area)
    assert left
    assert top
    assert right
    assert bottom
    return left, top, right, bottom


def overlap(one: str, other: str) -> bool:
    a, b = box(one), box(other)
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


class Package:
    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}
        self.trees: dict[str, ET.Element] = {}
        self.book = self.xml("xl/workbook.xml")
        targets = self.targets("xl/workbook.xml")
        self.sheets = {
            sheet.attrib["name"]: targets[sheet.attrib[f"{LINKS}id"]]
            for sheet in self.book.iter(f"{MAIN}sheet")
        }

    def xml(self, name: str) -> ET.Element:
        if name not in self.trees:
            self.trees[name] = ET.fromstring(self.parts[name])
        return self.trees[name]

    def targets(self, name: str) -> dict[str, str]:
        """The parts that a part leads to, by the id of the relationship."""
        folder, _, file = name.rpartition("/")
        rels = f"{folder}/_rels/{file}.rels".lstrip("/")
        if rels not in self.parts:
            return {}
        return {
            item.attrib["Id"]: posixpath.normpath(
                posixpath.join("/", folder, item.attrib["Target"])
            )[1:]
            for item in self.xml(rels).iter(f"{PACKAGE}Relationship")
            if item.get("TargetMode") != "External"
        }

    def faults(self) -> Iterator[str]:
        yield from self.parts_faults()
        yield from self.names_faults()
        tables = []
        for title, part in self.sheets.items():
            for fault in (*self.cells_faults(part), *self.page_faults(part)):
                yield f"{title} : {fault}"
            tables += [(title, part, name) for name in self.tables(part)]
        yield from self.tables_faults(tables)

    def parts_faults(self) -> Iterator[str]:
        if len(set(self.names)) < len(self.names):
            yield "a part stands twice"
        types = self.xml("[Content_Types].xml")
        overrides = {item.attrib["PartName"][1:] for item in types.iter(f"{TYPES}Override")}
        defaults = {item.attrib["Extension"] for item in types.iter(f"{TYPES}Default")}
        # XML alone says nothing of what a part is.
        untyped = set(self.parts) - overrides - {"[Content_Types].xml"}
        yield from (
            f"no content type: {name}"
            for name in sorted(untyped)
            if name.rpartition(".")[2] not in defaults - {"xml"}
        )
        yield from (
            f"content type of nothing: {name}" for name in sorted(overrides - {*self.parts})
        )
        for name in self.names:
            for target in self.targets(name).values():
                if target not in self.parts:
                    yield f"{name} leads to nothing: {target}"

    def names_faults(self) -> Iterator[str]:
        lower = [title.casefold() for title in self.sheets]
        if len(set(lower)) < len(list(self.book.iter(f"{MAIN}sheet"))):
            yield "two sheets of one name"
        for title in self.sheets:
            bad = re.search(r"[\[\]:*?/\\]", title) or title != title.strip("'")
            if bad or not 1 <= units(title) <= 31 or title.casefold() in ("history", "historique"):
                yield f"name of a sheet: {title}"
        seen = set()
        for item in self.book.iter(f"{MAIN}definedName"):
            key = (item.attrib["name"].casefold(), item.get("localSheetId"))
            if key in seen or int(item.get("localSheetId", 0)) >= len(self.sheets):
                yield f"defined name: {key}"
            seen.add(key)
            rest = AREA.sub("", item.text or "")
            sheets = {m[1].replace("''", "'") for m in AREA.finditer(item.text or "")}
            if rest.strip(",") or not sheets or not sheets <= {*self.sheets}:
                yield f"defined name: {item.text}"

    def cells_faults(self, part: str) -> Iterator[str]:
        sheet, styles = self.xml(part), self.xml("xl/styles.xml")
        formats = len(styles.findall(f"{MAIN}cellXfs/{MAIN}xf"))
        if any(int(cell.get("s", 0)) >= formats for cell in sheet.iter(f"{MAIN}c")):
            yield "style out of range"
        looks = len(styles.findall(f"{MAIN}dxfs/{MAIN}dxf"))
        if any(int(rule.get("dxfId", 0)) >= max(looks, 1) for rule in sheet.iter(f"{MAIN}cfRule")):
            yield "conditional style out of range"
        places = [cell.attrib["r"] for cell in sheet.iter(f"{MAIN}c")]
        if len(set(places)) < len(places):
            yield "a cell stands twice"
        if any(units("".join(text.itertext())) > 32767 for text in sheet.iter(f"{MAIN}is")):
            yield "a text too long for a cell"
        merges = [item.attrib["ref"] for item in sheet.iter(f"{MAIN}mergeCell")]
        areas = [*merges, *(self.xml(name).attrib["ref"] for name in self.tables(part))]
        areas += [item.attrib["ref"] for item in sheet.findall(f"{MAIN}autoFilter")]
        yield from (f"{a} and {b} overlap" for a, b in combinations(areas, 2) if overlap(a, b))
        links = [item.attrib for item in sheet.iter(f"{MAIN}hyperlink")]
        if len({link["ref"] for link in links}) < len(links):
            yield "two links in a cell"
        for link in links:
            match = AREA.fullmatch(link.get("location", ""))
            if match is None or match[1].replace("''", "'") not in self.sheets:
                yield f"link to nowhere: {link}"

    def page_faults(self, part: str) -> Iterator[str]:
        sheet = self.xml(part)
        for name in ("oddHeader", "oddFooter"):
            for item in sheet.iter(f"{MAIN}{name}"):
                if units(item.text or "") > 255:
                    yield f"{name} of more than 255 characters"
        heights = [float(row.get("ht", 0)) for row in sheet.iter(f"{MAIN}row")]
        widths = [float(column.get("width", 0)) for column in sheet.iter(f"{MAIN}col")]
        if max([0, *heights]) > 409 or max([0, *widths]) > 255:
            yield "a row or a column too large"
        for rule in sheet.iter(f"{MAIN}dataValidation"):
            lengths = (("errorTitle", 32), ("error", 255), ("promptTitle", 32), ("prompt", 255))
            formula = rule.findtext(f"{MAIN}formula1") or ""
            if units(formula) > 257 or any(units(rule.get(k, "")) > n for k, n in lengths):
                yield f"rule of entry: {rule.attrib}"

    def tables(self, part: str) -> list[str]:
        targets = self.targets(part)
        ids = [item.attrib[f"{LINKS}id"] for item in self.xml(part).iter(f"{MAIN}tablePart")]
        return [targets[key] for key in ids if targets[key] in self.parts]

    def tables_faults(self, tables: list[tuple[str, str, str]]) -> Iterator[str]:
        found = [(title, part, self.xml(name)) for title, part, name in tables]
        names = [table.attrib["displayName"].casefold() for _, _, table in found]
        names += [item.attrib["name"].casefold() for item in self.book.iter(f"{MAIN}definedName")]
        ids = [table.attrib["id"] for _, _, table in found]
        if len(set(ids)) < len(ids) or any(names.count(name) > 1 for name in names[: len(ids)]):
            yield "two tables of one name"
        for title, part, table in found:
            name, ref = table.attrib["displayName"], table.attrib["ref"]
            if not WORD.fullmatch(name) or LIKE_A_CELL.fullmatch(name) or units(name) > 255:
                yield f"{title} : name of the table: {name}"
            left, top, right, bottom = box(ref)
            columns = [item.attrib["name"] for item in table.iter(f"{MAIN}tableColumn")]
            if bottom <= top:
                yield f"{title} : table without a row"
            if len({column.casefold() for column in columns}) < len(columns):
                yield f"{title} : two columns of one name"
            counts = {int(item.attrib["count"]) for item in table.iter(f"{MAIN}tableColumns")}
            if counts != {len(columns)} or right - left + 1 != len(columns):
                yield f"{title} : number of columns"
            first = next(
                row for row in self.xml(part).iter(f"{MAIN}row") if row.get("r") == str(top)
            )
            heads = ["".join(cell.itertext()) for cell in first][left - 1 : right]
            if heads != columns or any(cell.get("t") != "inlineStr" for cell in first):
                yield f"{title} : titles of the table: {heads}"
            filters = [item.attrib["ref"] for item in table.iter(f"{MAIN}autoFilter")]
            if filters != [ref]:
                yield f"{title} : filter of the table"
