"""data/criteria.toml: weights, reference points, capacities; a workspace may do without it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, create_model

from mutualis.domain.french.typography import number
from mutualis.domain.problems.problem import Problem
from mutualis.domain.requests.criteria import Capacity, Criteria, Criterion
from mutualis.domain.requests.measures import MEASURES
from mutualis.domain.tariffs.grid import TO_FILL_IN
from mutualis.files.data.tariffs_schema import Amount, a_number
from mutualis.files.tables.text import is_present
from mutualis.files.toml.file import Strict, TomlFile, left_out, read_toml

NAME = "data/criteria.toml"
MOST_MONTHS, YEARS = 60, 3
Month = Annotated[
    str, Field(pattern=r"^(19|2\d)\d{2}-(0[1-9]|1[0-2])$", description="un mois AAAA-MM")
]
_Weight = Annotated[
    Decimal,
    BeforeValidator(a_number),
    Field(ge=0, le=1000, decimal_places=4, allow_inf_nan=False),
]
_HalfDays = Annotated[int, Field(strict=True, ge=0, le=10_000)]


class _CriterionModel(Strict):
    weight: _Weight = Field(examples=["1"])
    zero_at: Amount = Field(examples=["0"])
    one_at: Amount = Field(examples=["365"])
    act: str = TO_FILL_IN
    adopted_on: Annotated[date, Field(strict=True)] | None = None


class _ReceivedModel(_CriterionModel):
    years: Annotated[int, Field(strict=True, ge=1, le=20)] = YEARS


class _PlanningModel(Strict):
    months: Annotated[int, Field(strict=True, ge=1, le=MOST_MONTHS)] = 12
    first: Month | None = Field(default=None, alias="from", description="un mois AAAA-MM")


class _DirectorateModel(Strict):
    half_days: _HalfDays = Field(examples=["12"])
    exceptions: dict[Month, _HalfDays] = Field(default={}, description="un mois AAAA-MM")


class _FileModel(Strict):
    planning: _PlanningModel = left_out()
    criteria: Strict = Field(examples=["…"])
    directorates: dict[str, _DirectorateModel] = Field(examples=["…"])


def _with_measures() -> type[_FileModel]:
    """The model of the file, with one table a measure."""
    tables: dict[str, Any] = {}
    for measure in MEASURES.values():
        model = _ReceivedModel if measure.needs_interventions else _CriterionModel
        zero, one = measure.points
        example = f"{{ weight = 1, zero_at = {zero}, one_at = {one} }}"
        tables[measure.name] = (
            (model, Field(examples=[example])) if measure.of_scheme else (model | None, None)
        )
    criteria = create_model("_Criteria", __base__=Strict, **tables)
    return create_model("_File", __base__=_FileModel, criteria=(criteria, Field(examples=["…"])))


def read_criteria(root: Path) -> tuple[Criteria | None, list[Problem]]:
    """The criteria of the file; None when there is none, or when it has errors."""
    if not is_present(root / NAME):
        return None, []
    file = read_toml(root, NAME, _with_measures())
    model = file.model
    if model is None:
        return None, list(file.problems)
    tables = {name: table for name, table in model.criteria if table is not None}
    criteria = tuple(
        Criterion(
            name=name,
            weight=table.weight,
            zero_at=table.zero_at,
            one_at=table.one_at,
            act=table.act,
            adopted_on=table.adopted_on,
            source=file.source("criteria", name, "weight"),
        )
        for name, table in tables.items()
    )
    years = [table.years for table in tables.values() if isinstance(table, _ReceivedModel)]
    problems = [*file.problems, *_reversed(file, criteria), *_alike(file, model)]
    read = Criteria(
        criteria=criteria,
        capacities={
            name: Capacity(
                name,
                item.half_days,
                dict(item.exceptions),
                file.source("directorates", name, "half_days"),
            )
            for name, item in model.directorates.items()
        },
        horizon=model.planning.months,
        first_month=model.planning.first,
        received_years=max(years, default=YEARS),
        first_at=file.source("planning", "from"),
        source=file.source("directorates"),
    )
    return read, problems


def _reversed(file: TomlFile[_FileModel], criteria: tuple[Criterion, ...]) -> Iterator[Problem]:
    """R05: two reference points that are one, or that favour what the scheme does not."""
    for criterion in criteria:
        gap = criterion.one_at - criterion.zero_at
        wanted = criterion.measure.direction
        if gap and gap * wanted >= 0:
            continue
        relation = {1: "supérieur", -1: "inférieur", 0: "différent"}[wanted]
        link = "à" if wanted else "de"
        facts = {
            "label": criterion.label,
            "zero": number(criterion.zero_at),
            "one": number(criterion.one_at),
            "relation": f"{relation} {link}",
        }
        yield Problem("R05", file.source("criteria", criterion.name, "one_at"), facts)


def _alike(file: TomlFile[_FileModel], model: _FileModel) -> Iterator[Problem]:
    """T04: a directorate without a name."""
    for name in model.directorates:
        if not name.strip():
            facts = {"key": "directorates", "value": "« »", "expected": "un nom de direction"}
            yield Problem("T04", file.source("directorates", name), facts)
