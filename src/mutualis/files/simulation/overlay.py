"""A reform: a TOML file, or options of the command line, laid over a year's grid and settings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mutualis.domain.communes.communes import PopulationBasis
from mutualis.domain.problems.problem import Problem
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.value import Struct, replace
from mutualis.files.data.tariffs import grid_of, inconsistencies
from mutualis.files.data.tariffs_schema import GridModel, TariffsModel
from mutualis.files.data.tariffs_writer import table_of
from mutualis.files.simulation.overlay_schema import OverlayModel, ReformModel
from mutualis.files.toml.file import TomlFile, parse_toml, read_toml
from mutualis.files.toml.lines import Path as Keys
from mutualis.files.toml.literal import literal
from mutualis.files.toml.problems import Located, model_problems

OPTION = "--set"
_NUMBER = re.compile(r"-?\d[\d\s]*([.,]\d+)?\s*€?")


class Overlay(Struct, frozen=True):
    """What is said, and where; `values` are those of the TOML tables, no other."""

    title: str
    description: str
    values: Mapping[str, Any]
    located: Located


def read_reform(path: Path) -> tuple[Overlay | None, Sequence[Problem]]:
    """A reform's file, as it was named; None when it has errors."""
    file = read_toml(Path(), path.as_posix(), ReformModel)
    model = file.model
    if model is None:
        return None, file.problems
    return _overlay(file.located, model, model.title, model.description), file.problems


def parse_settings(pairs: Sequence[tuple[str, str]]) -> tuple[Overlay | None, Sequence[Problem]]:
    """Values by dotted key, each typed as people write numbers; their place is a line of OPTION."""
    text = "".join(f"{key} = {_value(typed)}\n" for key, typed in pairs)
    file = parse_toml(OPTION, text, OverlayModel)
    if file.model is None:
        return None, file.problems
    return _overlay(file.located, file.model, "", ""), file.problems


def laid_over(dataset: Dataset, overlay: Overlay) -> Dataset | list[Problem]:
    """The dataset with the reform, or what it makes of the grid that cannot be."""
    values, year = overlay.values, dataset.year
    problems: list[Problem] = []
    table = table_of(replace(dataset.grid, indexed_from=None))
    for code, changes in values.get("levels", {}).items():
        old = table["levels"].get(code, {})
        problems += _unknown_ranks(overlay, code, old, changes)
        table["levels"][code] = _merged(old, changes)
    if problems:
        return problems
    try:
        model = GridModel.model_validate(table)
    except ValidationError as error:
        return [*model_problems(overlay.located, error, GridModel)]
    problems += inconsistencies(_as_tariffs(overlay.located, str(year)), str(year), model)
    if problems:
        return problems
    settings = {key: values[key] for key in ("minimum_recovery", "proration") if key in values}
    if "population" in values:
        settings["population"] = PopulationBasis(values["population"])
    levels = grid_of(year, model).levels
    # A grid whose prices stay is still the one that its index gives.
    changed = dataset if levels == dataset.grid.levels else dataset.with_levels(levels)
    return replace(changed, tariffs=replace(changed.tariffs, **settings))


def _overlay(located: Located, model: OverlayModel, title: str, description: str) -> Overlay:
    spans = {_with_ranks(path): span for path, span in located.spans.items()}
    values = model.model_dump(exclude_unset=True)
    return Overlay(title, description, values, replace(located, spans=spans))


def _value(typed: str) -> str:
    """A number as TOML writes it, else a text."""
    if _NUMBER.fullmatch(typed.strip()):
        return re.sub(r"[\s€]", "", typed).replace(",", ".")
    return literal(typed)


def _merged(old: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A level with its changes: a table is added to, anything else replaced."""
    level = dict(old)
    for key, value in changes.items():
        if key == "brackets" and isinstance(value, dict):
            own = enumerate(level.get(key, []))
            level[key] = [{**bracket, **value.get(str(rank), {})} for rank, bracket in own]
        elif isinstance(value, dict):
            level[key] = {**level.get(key, {}), **value}
        else:
            level[key] = value
    return level


def _unknown_ranks(
    overlay: Overlay, code: str, old: Mapping[str, Any], changes: Mapping[str, Any]
) -> Iterator[Problem]:
    """T05: a change of a bracket that the level does not have."""
    brackets = changes.get("brackets")
    known = [str(rank) for rank in range(len(old.get("brackets", [])))]
    for rank in brackets if isinstance(brackets, dict) else ():
        if rank not in known:
            ranks = f"ses tranches sont {', '.join(known)}" if known else "il n'en a aucune"
            facts = {
                "what": f"le niveau {code} n'a pas de tranche {rank} : {ranks}",
                "how": "écrire un de ces rangs, ou toutes les tranches : brackets = [{ … }]",
            }
            place = ("levels", code, "brackets", int(rank))
            yield Problem("T05", overlay.located.key(place), facts)


def _with_ranks(path: Keys) -> Keys:
    """A path whose ranks of brackets are numbers, as in a list."""
    if len(path) > 3 and path[2] == "brackets" and str(path[3]).isdigit():
        return (*path[:3], int(path[3]), *path[4:])
    return path


def _as_tariffs(located: Located, year: str) -> TomlFile[TariffsModel]:
    """The places of a reform as those of a grid in the tariff file."""
    spans = {("grids", year, *path): span for path, span in located.spans.items()}
    return TomlFile(replace(located, spans=spans), None, ())
