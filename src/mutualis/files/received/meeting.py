"""The minutes of a meeting of the prioritisation body, as its officer types them (TOML)."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.requests.departures import Minutes
from mutualis.domain.requests.ranking import Choice, Departure
from mutualis.domain.value import replace
from mutualis.files.tables.text import is_present, names_in
from mutualis.files.toml.file import Strict, TomlFile, read_toml

FOLDER = "data/meetings"
# What the file called everybody who was there, until it told elected members and agents apart.
_BEFORE = "members"
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
    elected: list[_Text] = []
    agents: list[_Text] = []
    departures: list[_DepartureModel] = []


def read_meeting(path: Path, year: int) -> Minutes | list[Problem]:
    """The minutes of a file given on the command line; N14 when it is not there, T04 when its date
    is further than a year from the one ranked."""
    if not is_present(path):
        facts = {"path": str(path)[:200], "option": "--meeting"}
        return [Problem("N14", Source("--meeting"), facts)]
    file = _read(Path(), path.as_posix())
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
        elected=tuple(map(_one_line, file.model.elected)),
        agents=tuple(map(_one_line, file.model.agents)),
        departures=tuple(
            Departure(
                d.request.strip().upper(), Choice(d.decision), " ".join(d.reason.split()), d.rank
            )
            for d in departures
        ),
        sources=tuple(
            file.source("departures", rank, "request") for rank in range(len(departures))
        ),
        warnings=file.problems,
    )


def meeting_problems(root: Path) -> list[Problem]:
    """What is wrong with the files of `data/meetings`, whatever year each is to be of."""
    names = names_in(root, FOLDER)
    if isinstance(names, Problem):
        return [names]
    minutes = [name for name in names if name.endswith(".toml") and not name.startswith(".")]
    return [problem for name in minutes for problem in _read(root, f"{FOLDER}/{name}").problems]


def _read(root: Path, name: str) -> TomlFile[_MeetingModel]:
    """The file, with R18 and R19 among its problems."""
    file = read_toml(root, name, _MeetingModel)
    problems = [
        Problem("R18", found.source) if _is_of_before(found) else found for found in file.problems
    ]
    if file.model is not None:
        lists = {"élu": file.model.elected, "agent": file.model.agents}
        missing = [who for who, names in lists.items() if not names]
        if missing:
            facts = {"who": " ni ".join(missing)}
            problems.append(Problem("R19", file.source("date"), facts))
    return replace(file, problems=tuple(problems))


def _is_of_before(found: Problem) -> bool:
    return found.code == "T02" and found.facts["key"] == _BEFORE


def _one_line(text: str) -> str:
    return " ".join(text.split())
