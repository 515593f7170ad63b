"""The minutes of a meeting of the prioritisation body, as its officer types them (TOML)."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.requests.departures import Minutes
from mutualis.domain.requests.ranking import Choice, Departure
from mutualis.files.tables.text import is_present, names_in
from mutualis.files.toml.file import Strict, read_toml

FOLDER = "data/meetings"
_EXAMPLE = '["Mme Dupont, maire de Saône"]'
_Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    Field(description="un texte de 1 à 300 caractères"),
]


class _DepartureModel(Strict):
    request: _Text = Field(examples=['"P2025-04"'])
    decision: Literal["move", "postpone", "refuse", "accept"] = Field(examples=['"postpone"'])
    reason: _Text = Field(examples=['"terrain non acquis"'])
    rank: Annotated[int, Field(strict=True, ge=1, le=10_000)] | None = None


class _MeetingModel(Strict):
    day: Annotated[date, Field(strict=True)] = Field(alias="date", examples=["2025-02-20"])
    members: list[_Text] = Field(
        examples=[_EXAMPLE], min_length=1, description="une liste d'au moins un nom"
    )
    departures: list[_DepartureModel] = []


def read_meeting(path: Path, year: int) -> Minutes | list[Problem]:
    """The minutes of a file given on the command line; N14 when it is not there, T04 when its date
    is further than a year from the one ranked."""
    if not is_present(path):
        facts = {"path": str(path)[:200], "option": "--meeting"}
        return [Problem("N14", Source("--meeting"), facts)]
    file = read_toml(Path(), path.as_posix(), _MeetingModel)
    if file.model is None:
        return list(file.problems)
    day = file.model.day
    if abs(day.year - year) > 1:
        facts = {
            "key": "date",
            "value": day.isoformat(),
            "expected": f"un jour de {year - 1} à {year + 1}",
        }
        return [*file.problems, Problem("T04", file.source("date"), facts)]
    departures = file.model.departures
    return Minutes(
        day=day,
        members=tuple(_one_line(name) for name in file.model.members),
        departures=tuple(
            Departure(
                d.request.strip().upper(), Choice(d.decision), " ".join(d.reason.split()), d.rank
            )
            for d in departures
        ),
        sources=tuple(
            file.source("departures", rank, "request") for rank in range(len(departures))
        ),
    )


def meeting_problems(root: Path) -> list[Problem]:
    """What is wrong with the files of `data/meetings`, whatever year each is to be of."""
    names = names_in(root, FOLDER)
    if isinstance(names, Problem):
        return [names]
    minutes = [name for name in names if name.endswith(".toml") and not name.startswith(".")]
    return [
        problem
        for name in minutes
        for problem in read_toml(root, f"{FOLDER}/{name}", _MeetingModel).problems
    ]


def _one_line(text: str) -> str:
    return " ".join(text.split())
