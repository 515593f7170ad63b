"""INSEE's v_mvtcommune_AAAA.csv: what each commune became since 1943, one row a code before and
after. Its parts (delegated and associated communes, arrondissements) are left aside."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from mutualis.domain.communes.movements import Movement, MovementKind
from mutualis.domain.french.names import fold
from mutualis.domain.french.typography import count
from mutualis.domain.problems.problem import Problem, Source
from mutualis.files.insee.download import read_insee
from mutualis.files.tables import cells
from mutualis.files.tables.csv_table import find_delimiter, header_of, read_table
from mutualis.files.tables.row_reader import RowReader
from mutualis.files.tables.table import FileRow
from mutualis.files.tables.text import TextFile

MEMBER = "mvtcommune*.csv"
ORIGIN = "INSEE, mouvements de communes"
COMMUNE = "COM"
KINDS = {
    "10": MovementKind.NEW_NAME,
    "20": MovementKind.RESTORED,  # made of a part of another, it starts empty too
    "21": MovementKind.RESTORED,
    "30": MovementKind.MERGER,
    "31": MovementKind.MERGER,
    "32": MovementKind.NEW_COMMUNE,
    "33": MovementKind.MERGER,
    "41": MovementKind.NEW_CODE,
    "50": MovementKind.NEW_CODE,
}
WITHIN = ("34", "35", "70")  # they change what a part of a commune is
_BEFORE, _AFTER = ("TYPECOM_AV", "COM_AV"), ("TYPECOM_AP", "COM_AP")
_NAMES = ("LIBELLE_AV", "LIBELLE_AP")
COLUMNS = ("MOD", "DATE_EFF", *_BEFORE, *_AFTER, *_NAMES)


def read_insee_movements(
    path: Path, communes: Collection[str]
) -> tuple[list[Movement], list[Problem]]:
    """The movements of these communes, oldest first; the file may be INSEE's archive."""
    file = read_insee(path, MEMBER)
    return ([], [file]) if isinstance(file, Problem) else parse_insee_movements(file, communes)


def parse_insee_movements(
    file: TextFile, communes: Collection[str]
) -> tuple[list[Movement], list[Problem]]:
    """Every row of an event that touches one of the communes: what became of the others in it
    says whether one of them survived."""
    header = header_of(file.text)
    delimiter = find_delimiter(header, COLUMNS)
    titles = {fold(title.strip('" ')) for title in header.split(delimiter or ",")}
    if not {fold(column) for column in COLUMNS} <= titles:
        facts = {
            "expected": "v_mvtcommune_AAAA.csv",
            "what": f"titres de colonnes « {header.strip()[:60]} »",
            "how": "donner le fichier « Événements survenus aux communes depuis 1943 », ou "
            "l'archive qui le contient, page « Code officiel géographique » d'insee.fr",
        }
        return [], [*file.problems, Problem("N01", Source(file.name, 1), facts)]
    touched = _Touched(communes)
    read_table(file, COLUMNS, keep=touched.sees)
    table = read_table(file, COLUMNS, keep=touched.keeps)
    problems = list(table.problems)
    if touched.damaged:
        facts = {"count": count(touched.damaged, "ligne"), "sample": f"« {touched.sample} »"}
        return [], [*problems, Problem("N03", Source(file.name), facts)]
    found: list[Movement] = []
    for row in table.rows:
        movement, wrong = _movement(row)
        problems.extend(wrong)
        if movement is not None:
            found.append(movement)
    return sorted(found, key=lambda movement: movement.day), problems


class _Touched:
    """The codes of each event that touches the communes wanted, found as the rows go by."""

    def __init__(self, communes: Collection[str]) -> None:
        self.communes = frozenset(communes)
        self.damaged, self.sample = 0, ""
        self._pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._events: dict[tuple[str, str], set[str]] = {}

    def sees(self, columns: Mapping[str, int], texts: Sequence[str]) -> bool:
        """Take note of a row; none is kept."""
        event, pair = _of_communes(columns, texts)
        if pair is None:
            return False
        for code in pair:
            if len(code) == 4 and code.isdigit():
                self.damaged, self.sample = self.damaged + 1, self.sample or code
        self._pairs.setdefault(event, []).append(pair)
        return False

    def keeps(self, columns: Mapping[str, int], texts: Sequence[str]) -> bool:
        event, pair = _of_communes(columns, texts)
        return pair is not None and not self._codes(event).isdisjoint(pair)

    def _codes(self, event: tuple[str, str]) -> set[str]:
        """The communes wanted, and those that the rows of a kind and a day link to them."""
        codes = self._events.get(event)
        if codes is None:
            codes, size = set(self.communes), 0
            while size != len(codes):
                size = len(codes)
                for pair in self._pairs.get(event, ()):
                    if not codes.isdisjoint(pair):
                        codes.update(pair)
            self._events[event] = codes
        return codes


def _of_communes(
    columns: Mapping[str, int], texts: Sequence[str]
) -> tuple[tuple[str, str], tuple[str, str] | None]:
    """The kind and day of a row, and its two codes when both are of communes."""

    def at(column: str) -> str:
        position = columns[column]
        return texts[position].strip().upper() if position < len(texts) else ""

    event = (at("MOD"), at("DATE_EFF"))
    if at(_BEFORE[0]) != COMMUNE or at(_AFTER[0]) != COMMUNE or event[0] in WITHIN:
        return event, None
    return event, (at(_BEFORE[1]), at(_AFTER[1]))


def _movement(row: FileRow) -> tuple[Movement | None, list[Problem]]:
    reader = RowReader(row, COLUMNS)
    day = reader.read("DATE_EFF", cells.day)
    before = reader.read("COM_AV", cells.insee_code)
    after = reader.read("COM_AP", cells.insee_code)
    names = [reader.text(column) for column in _NAMES]
    kind = KINDS.get(row["MOD"].text)
    if kind is None:
        facts = {"value": row["MOD"].text[:40], "known": ", ".join((*KINDS, *WITHIN))}
        reader.problems.append(Problem("N15", row["MOD"].source, facts))
    if day is None or before is None or after is None or kind is None or reader.problems:
        return None, [*reader.warnings, *reader.problems]
    movement = Movement(day, kind, before, names[0], after, names[1], ORIGIN, row["COM_AV"].source)
    return movement, reader.warnings
