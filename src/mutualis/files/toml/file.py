"""A TOML file checked against a pydantic model, with the place of each of its values."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mutualis.domain.problems.problem import Problem, Source, has_errors
from mutualis.domain.value import Struct
from mutualis.files.tables.signs import look_at
from mutualis.files.tables.text import encoding_of, read_bytes, too_big, without_mark
from mutualis.files.toml import lines as toml_lines
from mutualis.files.toml.problems import Located, model_problems, syntax_problem

M = TypeVar("M", bound=BaseModel)
MOST_BYTES = 2**20  # such files are of a few kilobytes; each value is located, which takes time


class Strict(BaseModel):
    """A table whose every key is known: a typo would bill at a default."""

    # A model is built with the file that it is read for, and what stands in it once with it.
    model_config = ConfigDict(extra="forbid", defer_build=True)


def left_out() -> Any:
    """What stands for a table that a file may leave out: each of its keys at its default."""
    return Field(default={}, validate_default=True)


class TomlFile(Struct, Generic[M], frozen=True):
    """`model` is None when the file has errors, which `problems` then holds."""

    located: Located
    model: M | None
    problems: tuple[Problem, ...]

    def source(self, *path: str | int) -> Source:
        """The place of a key, or of the nearest table above it."""
        return self.located.key(path)

    def sources(self) -> Mapping[str, Source]:
        """The line of every key, by dotted path."""
        return {
            ".".join(map(str, path)): Source(self.located.name, span.line, span.column)
            for path, span in self.located.spans.items()
        }


def read_toml(root: Path, name: str, model: type[M]) -> TomlFile[M]:
    """Read and check a file; nothing of it is used when it has an error."""
    data = read_bytes(root, name)
    if isinstance(data, Problem):
        return TomlFile(Located(name, "", {}), None, (data,))
    if len(data) > MOST_BYTES:
        problem = too_big(name, len(data), MOST_BYTES)
        return TomlFile(Located(name, "", {}), None, (problem,))
    if encoding_of(data) != "utf-8":
        return TomlFile(Located(name, "", {}), None, (Problem("T06", Source(name)),))
    return parse_toml(name, without_mark(data).decode(), model)


def parse_toml(name: str, text: str, model: type[M]) -> TomlFile[M]:
    try:
        toml_lines.check_keys(text)
        data = tomllib.loads(text, parse_float=_decimal)
        located = Located(name, text, toml_lines.locate(text))
    except (ValueError, RecursionError) as error:
        return TomlFile(Located(name, text, {}), None, (syntax_problem(name, text, error),))
    problems: list[Problem] = []
    data = _looked_at(data, located, (), problems)
    if has_errors(problems):
        return TomlFile(located, None, tuple(problems))
    try:
        return TomlFile(located, model.model_validate(data), tuple(problems))
    except ValidationError as error:
        return TomlFile(located, None, (*problems, *model_problems(located, error, model)))


def _looked_at(value: Any, located: Located, path: toml_lines.Path, problems: list[Problem]) -> Any:
    """The value with each of its texts as it is to be read; what was taken out of one, or may not
    be in it, is added to the problems."""
    if isinstance(value, dict):
        for key in value:
            if not key.isprintable():
                problems.append(Problem("T07", located.key((*path, key))))
        return {
            key: _looked_at(item, located, (*path, key), problems) for key, item in value.items()
        }
    if isinstance(value, list):
        return [
            _looked_at(item, located, (*path, rank), problems) for rank, item in enumerate(value)
        ]
    if not isinstance(value, str):
        return value
    seen = look_at(value, of_table=False)
    if seen.taken or seen.code:
        source = located.value(path)
        found = (seen.warning(source), seen.fault(source))
        problems.extend(problem for problem in found if problem is not None)
    return seen.text


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"not a decimal: {text[:20]}") from None
