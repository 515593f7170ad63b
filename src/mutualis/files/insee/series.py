"""INSEE's valeurs_mensuelles.csv: one monthly series, four lines of header, newest month first."""

import csv
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from mutualis.domain.french import indexation as french
from mutualis.domain.french.names import fold
from mutualis.domain.indexation.cpi import BASE_OF, SERIES
from mutualis.domain.indexation.cpi_update import Figure, Release
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.value import Struct
from mutualis.files.insee.download import read_insee
from mutualis.files.tables import cells
from mutualis.files.tables.csv_table import find_delimiter
from mutualis.files.tables.table import Cell, cell_of, letters
from mutualis.files.tables.text import TextFile

MEMBER = "valeurs_mensuelles.csv"
HEADER = ("Libellé", "idBank", "Dernière mise à jour", "Période")
FINAL = "A"
_HOW = (
    "donner valeurs_mensuelles.csv, ou l'archive qui le contient : page d'une seule série "
    "d'insee.fr, Télécharger > CSV"
)


class _Line(Struct, frozen=True):
    """The texts of a line of the file, and the line as it stands."""

    name: str
    number: int
    texts: Sequence[str]
    raw: str

    def cell(self, position: int, field: str) -> Cell:
        text = self.texts[position].strip() if position < len(self.texts) else ""
        source = Source(
            self.name,
            self.number,
            position + 1,
            f"{letters(position + 1)}{self.number}",
            field,
            self.raw,
            max(0, self.raw.find(text)),
            max(1, len(text)),
        )
        return Cell(text, source)


def read_series(path: Path) -> tuple[Release | None, list[Problem]]:
    """The series of a file, which may be INSEE's archive; None when it has errors."""
    file = read_insee(path, MEMBER)
    return (None, [file]) if isinstance(file, Problem) else parse_series(file)


def parse_series(file: TextFile) -> tuple[Release | None, list[Problem]]:
    lines = list(_lines(file))
    header = {fold(line.texts[0]): line for line in reversed(lines[:10]) if line.texts}
    found = [header.get(fold(title)) for title in HEADER]
    label, bank, updated, period = found
    if label is None or bank is None or period is None:
        return None, [*file.problems, _not_a_series(file, found)]
    problems = list(file.problems)
    named, place = bank.cell(1, "idBank"), label.cell(1, "Libellé").source
    text = cell_of(label.cell(1, "Libellé").text, place, problems).text
    given = cells.padded(named, 9)  # Excel takes the zeros off
    series = french.series_of(text) or SERIES.get(given)  # the title decides, not the number
    if series is None or not (given.isascii() and given.isdigit()):
        facts = {"series": given[:40] or "sans nom", "label": text[:120], "known": _known()}
        return None, [*problems, Problem("N09", named.source, facts)]
    base = _base(text, given, series)
    if len(base) != 4:
        return None, [*problems, Problem("N10", place, {"what": base, "label": text[:120]})]
    decembers, wrong = _decembers(lines[lines.index(period) + 1 :])
    problems.extend(wrong)
    if wrong:
        return None, in_order(problems)
    release = Release(given, series, base, text, _day(updated), tuple(decembers))
    if not release.final:
        which = ", ".join(figure.month for figure in decembers)
        what = f"seulement {which}, non définitif" if which else "aucun mois de décembre"
        problems.append(Problem("N11", Source(file.name), {"what": what}))
        return None, problems
    return release, problems


def _lines(file: TextFile) -> Iterator[_Line]:
    raws = re.split("\r\n|\r|\n", file.text)
    delimiter = find_delimiter(next((raw for raw in raws if raw.strip()), ""), HEADER) or ";"
    for number, raw in enumerate(raws, start=1):
        if raw.strip():
            try:
                yield _Line(file.name, number, next(csv.reader([raw], delimiter=delimiter)), raw)
            except csv.Error:
                yield _Line(file.name, number, (raw,), raw)


def _not_a_series(file: TextFile, found: Sequence[_Line | None]) -> Problem:
    missing = [title for title, line in zip(HEADER, found, strict=True) if line is None]
    what = "le fichier est vide"
    if file.text.strip():
        what = "pas de ligne " + ", ".join(f"« {title} »" for title in missing)
    facts = {"expected": MEMBER, "what": what, "how": _HOW}
    return Problem("N01", Source(file.name, 1), facts)


def _base(label: str, series_id: str, series: str) -> str:
    """The base that the label gives; why it cannot be trusted, when it cannot."""
    bases = set(re.findall(r"\bbase\s+(?:100\s+en\s+)?(\d{4})\b", label, re.IGNORECASE))
    if not bases:
        return "le libellé ne dit pas la base"
    if len(bases) > 1:
        return "le libellé donne plusieurs bases"
    base = str(bases.pop())
    if SERIES.get(series_id, series) != series:
        of = SERIES[series_id].replace("_", " ")
        return f"la série {series_id} est l'indice « {of} », le libellé en dit un autre"
    if BASE_OF.get(series_id, base) != base:
        return f"la série {series_id} est en base {BASE_OF[series_id]}, le libellé dit {base}"
    return base


def _known() -> str:
    """« 001759970 (ensemble, base 2015), … »."""
    return ", ".join(
        f"{bank} ({SERIES[bank].replace('_', ' ')}, base {base})" for bank, base in BASE_OF.items()
    )


def _day(line: _Line | None) -> str:
    text = "" if line is None else line.cell(1, HEADER[2]).text
    match = re.match(r"\d{2}/\d{2}/\d{4}", text, re.ASCII)
    return match.group() if match else ""


def _decembers(lines: Sequence[_Line]) -> tuple[list[Figure], list[Problem]]:
    figures: dict[str, Figure] = {}
    problems = []
    for line in lines:
        month, status = line.cell(0, "période"), line.cell(2, "statut")
        if not re.fullmatch(r"(19|20)\d{2}-(0[1-9]|1[0-2])", month.text, re.ASCII):
            facts = {"value": month.text[:40], "what": "un mois (AAAA-MM)", "guess": ""}
            problems.append(Problem("C13", month.source, facts))
        elif month.text.endswith("-12"):
            final = status.text.upper() == FINAL
            value = _index(line.cell(1, "indice"))
            if isinstance(value, Problem):
                if final or line.cell(1, "indice").text:  # INSEE leaves missing values empty
                    problems.append(value)
            elif month.text in figures:
                facts = {"month": month.text, "line": str(figures[month.text].source.line)}
                facts |= {"series": "du fichier", "base": "la même"}
                problems.append(Problem("I03", month.source, facts))
            else:
                figures[month.text] = Figure(month.text, value, final, month.source)
    return list(figures.values()), problems


def _index(cell: Cell) -> Decimal | Problem:
    """INSEE's decimal point is never a thousands separator: 104.123 is read."""
    value: Decimal | Problem
    if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", cell.text, re.ASCII):
        value = Decimal(cell.text)
    else:
        value = cells.read(cell, cells.decimal_number)
    if isinstance(value, Decimal) and value <= 0:
        facts = {"value": cell.text[:40], "what": "un indice positif", "guess": ""}
        return Problem("C13", cell.source, facts)
    return value
