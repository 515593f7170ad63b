"""A TOML file checked against a pydantic model: each complaint in French, at its line."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from mutualis.domain.names import nearest
from mutualis.domain.problems import Problem, Source
from mutualis.files import toml_lines
from mutualis.files.text import read_text

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class TomlFile(Generic[M]):
    """`model` is None when the file has errors; `problems` may then also hold warnings."""

    name: str
    text: str
    model: M | None
    problems: tuple[Problem, ...]
    spans: Mapping[toml_lines.Path, toml_lines.Span]

    def source(self, *path: str | int) -> Source:
        """The place of a value, or of the nearest table above it."""
        wanted: toml_lines.Path = path
        while wanted:
            if wanted in self.spans:
                return place(self.name, self.text, self.spans[wanted])
            wanted = wanted[:-1]
        return Source(self.name, 1)

    def sources(self) -> dict[str, Source]:
        """The place of every value, by dotted path."""
        return {
            ".".join(map(str, path)): Source(self.name, span.line, span.column)
            for path, span in self.spans.items()
        }


def read_toml(root: Path, name: str, model: type[M]) -> TomlFile[M]:
    """Read and check a file; nothing of it is used when it has an error."""
    file = read_text(root, name)
    if isinstance(file, Problem):
        return TomlFile(name, "", None, (file,), {})
    return parse_toml(name, file.text, model, file.problems)


def parse_toml(
    name: str, text: str, model: type[M], problems: Sequence[Problem] = ()
) -> TomlFile[M]:
    try:
        data = tomllib.loads(text, parse_float=_decimal)
    except (ValueError, RecursionError) as error:
        return TomlFile(name, text, None, (*problems, _syntax(name, text, error)), {})
    spans = toml_lines.locate(text)
    try:
        return TomlFile(name, text, model.model_validate(data), tuple(problems), spans)
    except ValidationError as error:
        found = [_problem(name, text, spans, dict(detail), model) for detail in error.errors()]
        return TomlFile(name, text, None, (*problems, *found), spans)


def place(name: str, text: str, span: toml_lines.Span) -> Source:
    line = text.split("\n")[span.line - 1].rstrip("\r")
    width = max(1, min(span.end - span.start, len(line) - span.column + 1))
    return Source(name, span.line, span.column, excerpt=line, caret=span.column - 1, width=width)


def _value_place(file: TomlFile[BaseModel], path: toml_lines.Path) -> Source:
    """The place of a value rather than of its key, when it is on the key's line."""
    span = file.spans.get(path)
    if span is None:
        return file.source(*path)
    line_start = file.text.rfind("\n", 0, span.start) + 1
    if file.text.count("\n", 0, span.start) + 1 != span.line:
        return file.source(*path)
    return place(file.name, file.text, replace(span, column=span.start - line_start + 1))


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"not a decimal: {text[:20]}") from None


def _syntax(name: str, text: str, error: Exception) -> Problem:
    """T01: the place from tomllib's own words, the remedy from what French hands type."""
    match = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    lines = text.split("\n")
    line = int(match[1]) if match else len(lines)
    excerpt = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
    column = int(match[2]) if match else 1
    what, how = _habit(excerpt)
    if match is None and not isinstance(error, RecursionError):
        line, excerpt = _long_number_line(lines)
        what, how = "un nombre est trop long.", "vérifier les nombres de cette ligne."
    source = Source(name, line, column, excerpt=excerpt[:200], caret=min(column - 1, len(excerpt)))
    return Problem("T01", source, {"what": what, "how": how})


def _habit(line: str) -> tuple[str, str]:
    """What is wrong with a line, for the slips of a French keyboard, and the line mended."""
    value = line.partition("=")[2].split("#")[0].strip()
    key = line.partition("=")[0].strip()
    if re.fullmatch(r"-?\d[\d ]*,\d+", value):
        mended = value.replace(" ", "").replace(",", ".")
        return (
            f"« {line.strip()} » : en TOML la décimale s'écrit avec un point.",
            f"{key} = {mended}",
        )
    if re.fullmatch(r"-?\d{1,3}([ \u00a0\u202f]\d{3})+(\.\d+)?", value):
        mended = re.sub(r"[ \u00a0\u202f]", "", value)
        return f"« {value} » : en TOML un nombre s'écrit sans espace.", f"{key} = {mended}"
    if re.fullmatch(r"-?0\d+", value):
        return (
            f"« {value} » : un nombre ne commence pas par un zéro.",
            f'{key} = {int(value)}, ou {key} = "{value}" si c\'est un code.',
        )
    date = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", value)
    if date:
        return (
            f"« {value} » : les dates s'écrivent AAAA-MM-JJ.",
            f"{key} = {date[3]}-{date[2]}-{date[1]}",
        )
    if any(quote in value for quote in "“”«»‘’"):
        return (
            "guillemets typographiques.",
            f'écrire les textes entre guillemets droits : {key} = "…"',
        )
    if "\\" in value:
        return (
            "une barre oblique inverse dans un texte entre guillemets.",
            f"mettre le texte entre apostrophes : {key} = '…'",
        )
    return (
        "cette ligne n'est pas du TOML.",
        "vérifier l'orthographe, les guillemets droits, les crochets et le signe « = » : "
        'clé = "texte" ou clé = 1.5',
    )


def _long_number_line(lines: Sequence[str]) -> tuple[int, str]:
    longest = max(range(len(lines)), key=lambda rank: len(lines[rank]), default=0)
    return longest + 1, lines[longest] if lines else ""


def _problem(
    name: str,
    text: str,
    spans: Mapping[toml_lines.Path, toml_lines.Span],
    detail: Mapping[str, Any],
    model: type[BaseModel],
) -> Problem:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    kind = detail["type"]
    known: TomlFile[BaseModel] = TomlFile(name, text, None, (), spans)
    table = ".".join(map(str, path[:-1])) or "la racine du fichier"
    table = f"[{table}]" if path[:-1] else table
    if kind == "extra_forbidden":
        fields = sorted(_fields_at(model, path[:-1]))
        close = nearest(str(path[-1]), fields, limit=1)
        facts = {
            "key": str(path[-1]),
            "table": table,
            "guess": f" Vouliez-vous dire « {close[0]} » ?" if close else "",
            "known": ", ".join(fields),
        }
        return Problem("T02", known.source(*path), facts)
    if kind == "missing":
        example = _example(_fields_at(model, path[:-1]).get(str(path[-1])))
        facts = {"key": str(path[-1]), "table": table, "example": f"{path[-1]} = {example}"}
        return Problem("T03", known.source(*path[:-1]), facts)
    facts = {
        "key": ".".join(map(str, path)),
        "value": _shown(detail["input"]),
        "expected": _expected(kind, detail.get("ctx") or {}),
    }
    return Problem("T04", _value_place(known, path), facts)


def _fields_at(model: type[BaseModel], path: Sequence[str | int]) -> dict[str, FieldInfo]:
    """The keys that the table at `path` may have."""
    kind: Any = model
    for part in path:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = _by_key(kind).get(str(part))
            kind = None if field is None else _bare(field.annotation)
        else:  # a mapping or a list, whose items are all of one kind
            kind = _bare((get_args(kind) or (None,))[-1])
    return _by_key(kind) if isinstance(kind, type) and issubclass(kind, BaseModel) else {}


def _by_key(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _bare(annotation: Any) -> Any:
    """The type without its constraints (Annotated) nor None."""
    while get_origin(annotation) in (Annotated, Union, UnionType):
        annotation = get_args(annotation)[0]
    return annotation


def _example(field: FieldInfo | None) -> str:
    return str(field.examples[0]) if field is not None and field.examples else "…"


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "une table"
    if isinstance(value, list):
        return "une liste"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"« {str(value)[:40]} »"


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    """What the value should have been, in words."""
    if "expected" in context:
        values = re.findall(r"'([^']*)'", str(context["expected"]))
        return "une de ces valeurs : " + ", ".join(f"« {value} »" for value in values)
    limits = {
        "greater_than": ("gt", "un nombre supérieur à"),
        "greater_than_equal": ("ge", "un nombre au moins égal à"),
        "less_than_equal": ("le", "un nombre au plus égal à"),
        "decimal_max_places": ("decimal_places", "un nombre de décimales au plus égal à"),
    }
    if kind in limits:
        key, words = limits[kind]
        return f"{words} {context[key]}"
    words_by_kind = (
        ("finite", "un nombre fini"),
        ("decimal", "un nombre, sans guillemets, avec un point pour la décimale"),
        ("is_instance", "un nombre, sans guillemets, avec un point pour la décimale"),
        ("int", "un nombre entier"),
        ("bool", "true ou false"),
        ("date", "une date, sans guillemets : 2026-01-15"),
        ("string", "un texte entre guillemets droits"),
        ("list", "une liste entre crochets"),
        ("tuple", "une liste entre crochets"),
    )
    for start, words in words_by_kind:
        if kind.startswith(start):
            return words
    if kind == "value_error":
        return str(context.get("error", "une autre valeur"))
    return "une table de clés et de valeurs"
