"""data/tariffs.toml: read as grids and settings."""

from collections.abc import Iterator
from pathlib import Path

from mutualis.domain.communes.communes import PopulationBasis
from mutualis.domain.french.names import nearest
from mutualis.domain.french.typography import number
from mutualis.domain.indexation.cpi import december_before
from mutualis.domain.money import CENT
from mutualis.domain.problems.problem import Problem
from mutualis.domain.tariffs.grid import (
    DEFAULT_ROUNDING,
    Bracket,
    Grid,
    IndexationRule,
    IndexedFrom,
    Level,
    Status,
)
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.files.data.tariffs_schema import (
    GridModel,
    IndexedFromModel,
    LevelModel,
    RuleModel,
    TariffsModel,
)
from mutualis.files.toml.file import TomlFile, parse_toml, read_toml

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
    problems.extend(_rounding_problems(file, model))
    grids = {}
    for year, grid in sorted(model.grids.items()):
        found = list(inconsistencies(file, year, grid))
        problems.extend(found)
        if not found:
            grids[int(year)] = grid_of(int(year), grid)
    if any(problem.code == "T05" for problem in problems):
        return None, problems
    tariffs = Tariffs(
        population=PopulationBasis(model.population),
        minimum_recovery=model.minimum_recovery,
        proration=model.proration,
        before_vote=model.before_vote,
        indexation=_rule(model.indexation, model.indexation.series),
        grids=grids,
        sources=file.sources(),
        file=NAME,
    )
    return tariffs, problems


def _rule(model: RuleModel, series: str) -> IndexationRule:
    return IndexationRule(
        series=series,
        base_year=model.base_year,
        rate=model.rate,
        chain=model.chain,
        indexed=tuple(model.indexed),
        never_decrease=model.never_decrease,
        rounding={**DEFAULT_ROUNDING, **{str(kind): step for kind, step in model.rounding.items()}},
    )


def _indexed_from(model: IndexedFromModel) -> IndexedFrom:
    rule = None if model.rule is None else _rule(model.rule, model.series)
    return IndexedFrom(
        model.year, model.month, model.rate, model.series, rule, tuple(model.indices)
    )


def grid_of(year: int, model: GridModel) -> Grid:
    return Grid(
        year=year,
        status=Status(model.status),
        act=model.act,
        levels={code: _level(code, level) for code, level in model.levels.items()},
        indexed_from=_indexed_from(model.indexation) if model.indexation else None,
        act_url=model.url,
        checked_on=model.checked_on,
        example=model.example,
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
        half_days_per_request=model.half_days_per_request,
        wealth=None if model.wealth is None else Wealth(**model.wealth.model_dump()),
    )


def _rounding_problems(file: TomlFile[TariffsModel], model: TariffsModel) -> Iterator[Problem]:
    """T05: only the price per inhabitant may have fractions of a cent."""
    for kind, step in model.indexation.rounding.items():
        if kind != "per_inhabitant" and step % CENT:
            what = f"l'arrondi de « {kind} » ({number(step)}) est plus fin que le centime"
            source = file.source("indexation", "rounding", kind)
            yield Problem("T05", source, {"what": what, "how": "mettre 0.01 ou un multiple"})


def inconsistencies(file: TomlFile[TariffsModel], year: str, grid: GridModel) -> Iterator[Problem]:
    """T05: what each level and the origin of a grid say that cannot be; `file` gives the places."""
    path = ("grids", year)
    codes = list(grid.levels)
    for code, level in grid.levels.items():
        place = (*path, "levels", code)
        yield from _wrong_names(file, place, level, [other for other in codes if other != code])
        yield from _wrong_brackets(file, place, level)
        if level.half_day and level.half_days_per_request is not None:
            what = f"le niveau {code} est sur devis : il n'a pas de limite par demande"
            source = file.source(*place, "half_days_per_request")
            yield Problem("T05", source, {"what": what, "how": "retirer half_days_per_request"})
        if level.wealth is not None and level.per_inhabitant is None and not level.brackets:
            what = f"le niveau {code} n'a pas de prix d'adhésion : « wealth » n'y pondère rien"
            source = file.source(*place, "wealth")
            yield Problem("T05", source, {"what": what, "how": "retirer wealth"})
        if level.half_day and (level.per_inhabitant is not None or level.brackets):
            what = f"le niveau {code} est à la fois un abonnement et un devis en demi-journées"
            how = "retirer per_inhabitant et brackets, ou half_day"
            yield Problem("T05", file.source(*place), {"what": what, "how": how})
    on_quote = [code for code, level in grid.levels.items() if level.half_day]
    if len(on_quote) > 1:
        what = f"plusieurs niveaux sur devis dans la grille {year} : {', '.join(on_quote)}"
        how = "réunir leurs catégories d'agents dans un seul niveau"
        yield Problem("T05", file.source(*path, "levels", on_quote[1]), {"what": what, "how": how})
    origin = grid.indexation
    if origin is not None:
        before = int(year) - 1
        if (origin.year, origin.month) != (before, december_before(int(year))):
            what = f"la grille {year} dit venir de {origin.year} par l'indice de {origin.month}"
            how = f'une grille suit la précédente : from = {before}, month = "{before}-12"'
            source = file.source(*path, "indexation")
            yield Problem("T05", source, {"what": what, "how": how})


def _wrong_names(
    file: TomlFile[TariffsModel], path: tuple[str, ...], level: LevelModel, others: list[str]
) -> Iterator[Problem]:
    """A level that names itself, or one that the grid does not have."""
    year, code = path[1], path[3]
    for key, names in (("includes", level.includes), ("requires", [level.requires])):
        for name in names:
            if name is not None and name not in others:
                close = nearest(name, others, limit=1)
                guess = f" (« {close[0]} » ?)" if close else ""
                facts = {
                    "what": f"le niveau {code} cite « {name} », qui n'est pas un autre niveau "
                    f"de la grille {year}",
                    "how": f"écrire un de ces niveaux : {', '.join(others)}{guess}",
                }
                yield Problem("T05", file.source(*path, key), facts)


def _wrong_brackets(
    file: TomlFile[TariffsModel], path: tuple[str, ...], level: LevelModel
) -> Iterator[Problem]:
    """Brackets out of order, open before the last, or with a floor above their cap."""
    code, last = path[3], -1
    for rank, bracket in enumerate(level.brackets):
        source = file.source(*path, "brackets", rank)
        if bracket.up_to is None and rank < len(level.brackets) - 1:
            what = f"une tranche du niveau {code}, qui n'est pas la dernière, n'a pas de « up_to »"
            how = "donner sa borne à cette tranche, ou la mettre en dernier"
            yield Problem("T05", source, {"what": what, "how": how})
        if bracket.up_to is not None and bracket.up_to <= last:
            what = (
                f"la tranche jusqu'à {number(bracket.up_to)} du niveau {code} suit une tranche "
                f"jusqu'à {number(last)}"
            )
            how = "ranger les tranches par « up_to » croissant, chaque borne une seule fois"
            yield Problem("T05", source, {"what": what, "how": how})
        last = max(last, bracket.up_to or 0)
        if bracket.floor is not None and bracket.cap is not None and bracket.floor > bracket.cap:
            what = f"le minimum d'une tranche du niveau {code} dépasse son plafond"
            yield Problem("T05", source, {"what": what, "how": "corriger floor ou cap"})
