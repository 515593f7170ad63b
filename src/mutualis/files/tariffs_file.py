"""data/tariffs.toml: read as grids and settings."""

from collections.abc import Iterator
from pathlib import Path

from mutualis.domain.communes import PopulationBasis
from mutualis.domain.names import nearest
from mutualis.domain.problems import Problem
from mutualis.domain.tariffs import (
    DEFAULT_ROUNDING,
    Bracket,
    Grid,
    IndexationRule,
    IndexedFrom,
    Level,
    Status,
    Tariffs,
)
from mutualis.files.tariffs_schema import GridModel, LevelModel, TariffsModel
from mutualis.files.toml_file import TomlFile, parse_toml, read_toml

NAME = "data/tariffs.toml"


def read_tariffs(root: Path) -> tuple[Tariffs | None, list[Problem]]:
    return _tariffs(read_toml(root, NAME, TariffsModel))


def parse_tariffs(text: str) -> tuple[Tariffs | None, list[Problem]]:
    """The tariffs of a text that is not in the file yet."""
    return _tariffs(parse_toml(NAME, text, TariffsModel))


def _tariffs(file: TomlFile[TariffsModel]) -> tuple[Tariffs | None, list[Problem]]:
    problems = list(file.problems)
    model = file.model
    if model is None:
        return None, problems
    grids = {}
    for year, grid in sorted(model.grids.items()):
        found = list(_inconsistencies(file, year, grid))
        problems.extend(found)
        if not found:
            grids[int(year)] = _grid(int(year), grid)
    if any(problem.code == "T05" for problem in problems):
        return None, problems
    rule = model.indexation
    tariffs = Tariffs(
        population=PopulationBasis(model.population),
        minimum_recovery=model.minimum_recovery,
        proration=model.proration,
        before_vote=model.before_vote,
        indexation=IndexationRule(
            series=rule.series,
            base_year=rule.base_year,
            rate=rule.rate,
            chain=rule.chain,
            indexed=tuple(rule.indexed),
            never_decrease=rule.never_decrease,
            rounding={
                **DEFAULT_ROUNDING,
                **{str(kind): step for kind, step in rule.rounding.items()},
            },
        ),
        grids=grids,
        sources=file.sources(),
        file=file.name,
    )
    return tariffs, problems


def _grid(year: int, model: GridModel) -> Grid:
    origin = model.indexation
    return Grid(
        year=year,
        status=Status(model.status),
        act=model.act,
        levels={code: _level(code, level) for code, level in model.levels.items()},
        indexed_from=IndexedFrom(origin.year, origin.month, origin.rate, origin.series)
        if origin
        else None,
        act_url=model.url,
        checked_on=str(model.checked_on),
    )


def _level(code: str, model: LevelModel) -> Level:
    return Level(
        code=code,
        label=model.label,
        includes=tuple(model.includes),
        per_inhabitant=model.per_inhabitant,
        brackets=tuple(
            Bracket(b.up_to, b.cap, b.per_inhabitant, b.fixed, b.floor) for b in model.brackets
        ),
        requires=model.requires,
        half_day=dict(model.half_day),
    )


def _inconsistencies(file: TomlFile[TariffsModel], year: str, grid: GridModel) -> Iterator[Problem]:
    """T05: brackets out of order or open too early, levels that name a level that is not there."""
    codes = list(grid.levels)
    for code, level in grid.levels.items():
        path = ("grids", year, "levels", code)
        for key in ("includes", "requires"):
            named = getattr(level, key) or []
            for other in [named] if isinstance(named, str) else named:
                if other not in codes:
                    close = nearest(other, codes, limit=1)
                    what = (
                        f"le niveau {code} cite le niveau « {other} », absent de la grille {year}"
                    )
                    how = f"écrire un de ces niveaux : {', '.join(codes)}"
                    how += f" (« {close[0]} » ?)" if close else ""
                    yield Problem("T05", file.source(*path, key), {"what": what, "how": how})
        last = -1
        for rank, bracket in enumerate(level.brackets):
            is_last = rank == len(level.brackets) - 1
            source = file.source(*path, "brackets", rank)
            if bracket.up_to is None and not is_last:
                what = (
                    f"une tranche du niveau {code}, qui n'est pas la dernière, n'a pas de « up_to »"
                )
                how = "donner sa borne à cette tranche, ou la mettre en dernier"
                yield Problem("T05", source, {"what": what, "how": how})
            elif bracket.up_to is not None:
                if bracket.up_to <= last:
                    what = (
                        f"la tranche jusqu'à {bracket.up_to} du niveau {code} suit une tranche "
                        f"jusqu'à {last}"
                    )
                    how = "ranger les tranches par « up_to » croissant, chaque borne une seule fois"
                    yield Problem("T05", source, {"what": what, "how": how})
                last = max(last, bracket.up_to)
            if (
                bracket.floor is not None
                and bracket.cap is not None
                and bracket.floor > bracket.cap
            ):
                what = f"le minimum d'une tranche du niveau {code} dépasse son plafond"
                yield Problem("T05", source, {"what": what, "how": "corriger floor ou cap"})
        if level.half_day and (level.per_inhabitant is not None or level.brackets):
            what = f"le niveau {code} est à la fois un abonnement et un devis en demi-journées"
            how = "retirer per_inhabitant et brackets, ou half_day"
            yield Problem("T05", file.source(*path), {"what": what, "how": how})
