"""Make a new workspace, whole or not at all: the shipped example, or another body's."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from mutualis.domain.checks.issuable import left_to_fill
from mutualis.domain.checks.lists import check_all
from mutualis.domain.communes.communes import MADE, CommuneYear, ListedCommune, Settlement
from mutualis.domain.communes.legal_population import LegalPopulation
from mutualis.domain.french.names import fold
from mutualis.domain.problems.problem import Problem, Source, has_errors, in_order
from mutualis.domain.problems.refusals import UnreadableRequest, UnusableData
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct, replace
from mutualis.domain.workspace import Workspace
from mutualis.files.data import communes as communes_file
from mutualis.files.data import cpi as cpi_file
from mutualis.files.data import issuer as issuer_file
from mutualis.files.data import tariffs as tariffs_file
from mutualis.files.disk import atomic
from mutualis.files.insee.populations import read_populations
from mutualis.files.new import starter
from mutualis.files.new.codes_file import read_codes, typed_codes
from mutualis.files.new.example import example_files, open_formats
from mutualis.files.new.new_folder import building, check_free
from mutualis.files.tables import cells
from mutualis.files.tables.table import Cell
from mutualis.files.workspace import load

TEMPLATE = "modele-communes.xlsx"
TYPED = "--codes"


class MadeFrom(StrEnum):
    """What a workspace was made from; its value names the template that begins LISEZMOI.txt."""

    SHIPPED = "exemple"
    INSEE = "depart"
    EXAMPLE = "repris"


class Body(Struct, frozen=True):
    """Another body, as it is asked for: `codes` is a typed list, or the path of a file.

    `level` is given to every commune; empty, the list of codes gives each its own.
    """

    name: str
    siren: str
    codes: str
    populations: Path
    year: int
    level: str = ""


class NewWorkspace(Struct, frozen=True):
    """What was made: `files` are relative to `folder`.

    `lacking` is what real invoices will ask; `notes` concern the files that it was made from,
    `problems` are those of its own check. `left_out` is what an example had invented.
    """

    folder: Path
    workspace: Workspace
    year: int
    origin: MadeFrom
    lacking: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    @property
    def is_example(self) -> bool:
        return self.origin is MadeFrom.SHIPPED

    @property
    def communes(self) -> tuple[CommuneYear, ...]:
        return self.workspace.communes.of_year(self.year)


def init_example(folder: Path, *, made_on: date) -> NewWorkspace:
    """The shipped workspace; raises Refusal or NotWritten, and then nothing is left."""
    check_free(folder)
    return build(
        folder, example_files(), lambda w: max(w.tariffs.grids), (), made_on, MadeFrom.SHIPPED
    )


def init_body(folder: Path, body: Body, *, made_on: date) -> NewWorkspace:
    """A workspace for another body.

    Raises UnreadableRequest, UnusableData, Refusal or NotWritten, and then nothing is left.
    """
    siren = cells.siren(Cell(body.siren, Source("--siren")))
    if isinstance(siren, Problem):
        raise UnreadableRequest("init.not_a_siren", typed=body.siren)
    check_free(folder)
    tariffs_text = starter.tariffs_text(body.year)
    levels = joinable(_read_back(tariffs_text).grids[body.year])
    listed, problems = _listed(body, levels)
    known, more = _populations(body.populations, {commune.code_insee for commune in listed})
    problems.extend(more)
    if not has_errors(more):
        problems.extend(_unknown(listed, known, body.populations.name))
    if has_errors(problems):
        raise UnusableData(in_order(problems))
    rows = [_row(commune, known[commune.code_insee], body.year) for commune in listed]
    rows.sort(key=lambda row: row.code_insee)
    contents = {
        communes_file.NAME: starter.render_communes(rows),
        tariffs_file.NAME: tariffs_text.encode(),
        cpi_file.NAME: example_files()[cpi_file.NAME],
        issuer_file.NAME: starter.issuer_text(body.name, siren, body.year).encode(),
    }
    contents.update(open_formats(contents))
    notes = in_order(problems)
    return build(folder, contents, lambda _: body.year, notes, made_on, MadeFrom.INSEE)


def build(
    folder: Path,
    contents: Mapping[str, bytes],
    year_of: Callable[[Workspace], int],
    notes: Sequence[Problem],
    made_on: date,
    origin: MadeFrom,
) -> NewWorkspace:
    """Write the data aside, read them back, add what is made from them, put all in place."""
    from mutualis.documents.excel.communes_template import render_template

    with building(folder) as aside:
        for name, data in contents.items():
            atomic.put(aside / name, data)
        loaded = load(aside)
        workspace = loaded.workspace
        if workspace is None:
            raise UnusableData(loaded.problems)
        year = year_of(workspace)
        lacking = left_to_fill(workspace, year)
        rows = workspace.communes.of_year(year)
        made = {
            TEMPLATE: render_template(
                (*communes_file.REQUIRED, *communes_file.OPTIONAL),
                communes_file.REQUIRED,
                workspace.communes.rows,
                joinable(workspace.tariffs.grids[year]),
                workspace.issuer.name,
                made_on,
            ),
            starter.README: starter.render_readme(
                workspace.issuer.name,
                year,
                lacking,
                next((row.name for row in rows if row.level), rows[0].name),
                origin.value,
                is_example=origin is MadeFrom.SHIPPED,
            ),
        }
        for name, data in made.items():
            atomic.put(aside / name, data)
    return NewWorkspace(
        folder,
        workspace,
        year,
        origin,
        lacking,
        tuple(notes),
        tuple(in_order([*loaded.problems, *check_all(workspace)])),
        (*contents, *made),
    )


def joinable(grid: Grid) -> list[str]:
    """The levels that a commune can join."""
    return [code for code, level in grid.levels.items() if not level.is_on_quote]


def _read_back(text: str) -> Tariffs:
    tariffs, problems = tariffs_file.parse_tariffs(text)
    if tariffs is None:
        raise AssertionError(f"the template of tariffs cannot be read: {problems}")
    return tariffs


def _listed(body: Body, levels: Sequence[str]) -> tuple[list[ListedCommune], list[Problem]]:
    """The communes asked for, at the level asked for."""
    level = next((code for code in levels if fold(code) == fold(body.level)), "")
    if body.level and not level:
        raise UnreadableRequest("init.unknown_level", typed=body.level, levels=", ".join(levels))
    listed, problems = asked_for(body.codes, levels)
    listed = [one for one in listed if one.year in (None, body.year)]
    if not listed and not problems:
        raise UnreadableRequest("init.no_code")
    if level and any(commune.level for commune in listed):
        raise UnreadableRequest("init.levels_twice")
    if level:
        listed = [replace(one, level=level, level_source=MADE) for one in listed]
    return listed, problems


def asked_for(codes: str, levels: Sequence[str]) -> tuple[list[ListedCommune], list[Problem]]:
    """The communes of a typed list, or of the file whose path it is."""
    pieces = typed_codes(codes)
    wrong = [piece for piece in pieces if not _is_code(piece)]
    if not wrong:
        return _typed(pieces), []
    if all(len(piece) == 4 and piece.isdigit() for piece in pieces):
        whole = ",".join(piece.zfill(5) for piece in pieces[:5])
        raise UnreadableRequest("init.code_without_its_zero", typed=wrong[0], codes=whole)
    if _exists(Path(codes)):
        return read_codes(Path(codes), levels)
    if len(wrong) < len(pieces):
        raise UnreadableRequest("init.not_a_code", typed=wrong[0])
    return [], [Problem("N14", Source(TYPED), {"path": codes[:200], "option": TYPED})]


def _is_code(typed: str) -> bool:
    return not isinstance(cells.insee_code(Cell(typed, Source(TYPED))), Problem)


def _typed(codes: Sequence[str]) -> list[ListedCommune]:
    double = next((code for at, code in enumerate(codes) if code in codes[:at]), None)
    if double is not None:
        raise UnreadableRequest("init.code_twice", insee=double)
    return [ListedCommune(code, Source(TYPED)) for code in codes]


def _populations(
    path: Path, wanted: Collection[str]
) -> tuple[Mapping[str, LegalPopulation], list[Problem]]:
    if not _exists(path):
        facts = {"path": str(path)[:200], "option": "--populations"}
        return {}, [Problem("N14", Source("--populations"), facts)]
    known, problems = read_populations(path, wanted)
    # That none is there is said commune by commune.
    return known, [problem for problem in problems if problem.code != "N05"]


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a list of codes can be too long for a path
        return False


def _unknown(
    listed: Sequence[ListedCommune], known: Mapping[str, LegalPopulation], file: str
) -> list[Problem]:
    return [
        Problem("N12", commune.source, {"code": commune.code_insee, "file": file})
        for commune in listed
        if commune.code_insee not in known
    ]


def _row(commune: ListedCommune, insee: LegalPopulation, year: int) -> CommuneYear:
    return CommuneYear(
        year=year,
        code_insee=commune.code_insee,
        name=insee.name,
        siren=commune.siren,
        municipal_population=insee.municipal,
        total_population=insee.total,
        level=commune.level,
        source=commune.source,
        level_at=commune.source,
        settlement=commune.settlement or Settlement.TITRE,
        level_source=commune.level_source,
    )
