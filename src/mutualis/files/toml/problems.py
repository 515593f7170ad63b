"""What is wrong with a TOML text, in French: syntax (T01), keys (T02, T03), values (T04)."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from mutualis.domain.french.names import nearest
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.value import Struct, replace
from mutualis.files.toml.lines import Path, Span, line_starts

_PAIR = r"([\w\"-]+)\s*=\s*"
_END = r"(?=\s*(?:[,}\]#]|$))"
_MOST_SHOWN = 40
_MOST_GUESSED = 100
SHAPES = ("[list]", "[table]")  # of a value that may be either: no key of the file


class Located(Struct, frozen=True, dict=True):
    """A text and where its keys and values stand."""

    name: str
    text: str
    spans: Mapping[Path, Span]

    @cached_property
    def _starts(self) -> list[int]:
        return line_starts(self.text)

    @cached_property
    def _tables(self) -> Mapping[Path, Span]:
        """Where each table that longer keys alone name begins."""
        found: dict[Path, Span] = {}
        for path, span in sorted(self.spans.items(), key=lambda item: item[1].start):
            for length in range(1, len(path)):
                found.setdefault(path[:length], span)
        return found

    def key(self, path: Path) -> Source:
        """The place of a key, or of the nearest table above it; the start without either."""
        wanted = path
        while wanted:
            span = self.spans.get(wanted) or self._tables.get(wanted)
            if span is not None:
                is_key = isinstance(wanted[-1], str) and self.text[span.start] != "["
                return self._place(span, len(str(wanted[-1])) if is_key else None)
            wanted = wanted[:-1]
        return Source(self.name, 1)

    def value(self, path: Path) -> Source:
        """The place of a value."""
        span = self.spans.get(path)
        if span is None:
            return self.key(path)
        line = bisect_right(self._starts, span.start)
        column = span.start - self._starts[line - 1] + 1
        return self._place(replace(span, line=line, column=column))

    def _place(self, span: Span, width: int | None = None) -> Source:
        start = self._starts[span.line - 1]
        end = self.text.find("\n", start)
        line = self.text[start : end if end >= 0 else None].rstrip("\r")
        room = len(line) - span.column + 1
        wide = span.end - span.start if width is None else width
        return Source(
            self.name,
            span.line,
            span.column,
            excerpt=line,
            caret=span.column - 1,
            width=max(1, min(wide, room)),
        )


def syntax_problem(name: str, text: str, error: Exception) -> Problem:
    """T01: the place from tomllib's own words, the remedy from what French hands type."""
    lines = text.split("\n")
    match = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    if match:
        line, column = int(match[1]), int(match[2])
        what, how = _habit(lines[line - 1], str(error))
    else:  # the end of the text, a number of thousands of digits, or endless nesting
        line, column = max(range(len(lines)), key=lambda rank: len(lines[rank])) + 1, 1
        what, how = "cette ligne est trop longue ou inachevée.", "la vérifier, ou la réécrire"
    excerpt = lines[line - 1].rstrip("\r")
    source = Source(name, line, column, excerpt=excerpt, caret=min(column - 1, len(excerpt)))
    return Problem("T01", source, {"what": what, "how": how})


def _habit(line: str, error: str) -> tuple[str, str]:
    """What is wrong with a line, for the slips of a French hand, and the line mended."""
    if "verwrite" in error or "twice" in error or "Cannot mutate" in error:
        return (
            f"« {line.strip()[:_MOST_SHOWN]} » est déjà écrit plus haut.",
            "n'en garder qu'un des deux",
        )
    found = re.search(_PAIR + r"(-?\d[\d \u00a0\u202f]*),(\d+)" + _END, line)
    if found:
        whole = re.sub(r"\D", "", found[2])
        return (
            f"« {found[0]} » : en TOML la décimale s'écrit avec un point.",
            f"{found[1]} = {whole}.{found[3]}",
        )
    found = re.search(_PAIR + r"(-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:\.\d+)?)" + _END, line)
    if found:
        mended = re.sub(r"[ \u00a0\u202f]", "", found[2])
        return f"« {found[2]} » : en TOML un nombre s'écrit sans espace.", f"{found[1]} = {mended}"
    found = re.search(_PAIR + r"(\d{2})/(\d{2})/(\d{4})", line)
    if found:
        return (
            f"« {found[0]} » : les dates s'écrivent AAAA-MM-JJ.",
            f"{found[1]} = {found[4]}-{found[3]}-{found[2]}",
        )
    found = re.search(_PAIR + r"(-?0\d+)", line)
    if found:
        return (
            f"« {found[2]} » : un nombre ne commence pas par un zéro.",
            f'{found[1]} = {int(found[2])}, ou {found[1]} = "{found[2]}" si c\'est un code',
        )
    value = line.partition("=")[2]
    if any(quote in value for quote in "“”«»‘’"):
        return "guillemets typographiques.", 'écrire les textes entre guillemets droits : "…"'
    if "\\" in value:
        return (
            "barre oblique inverse dans un texte entre guillemets.",
            "mettre le texte entre apostrophes : '…'",
        )
    if "Unclosed" in error:
        return (
            "il manque une virgule entre deux valeurs, ou ce qui ferme : « } » ou « ] ».",
            "l'ajouter là, ou à la fin de la ligne d'avant : { up_to = 3999, cap = 7048 },",
        )
    return (
        "cette ligne n'est pas du TOML.",
        "vérifier l'orthographe, les guillemets droits, les crochets et le signe « = » : "
        'clé = "texte" ou clé = 1.5',
    )


def model_problems(
    located: Located, error: ValidationError, model: type[BaseModel]
) -> Iterator[Problem]:
    """One problem for each complaint of pydantic."""
    for rank, detail in enumerate(error.errors()):
        path = tuple(part for part in detail["loc"] if part not in ("[key]", *SHAPES))
        is_key = "[key]" in detail["loc"]
        table = f"[{'.'.join(map(str, path[:-1]))}]" if path[:-1] else "la racine du fichier"
        known = _fields_at(model, path[:-1])
        key = str(path[-1])
        if detail["type"] == "extra_forbidden":
            # A few are shown; to look for what each of thousands may mean would take minutes.
            close = nearest(key, known, limit=1) if rank < _MOST_GUESSED else []
            facts = {
                "key": key,
                "table": table,
                "guess": f" Vouliez-vous dire « {close[0]} » ?" if close else "",
                "known": ", ".join(sorted(known)),
            }
            yield Problem("T02", located.key(path), facts)
        elif detail["type"] == "missing":
            field = known.get(key)
            value = str(field.examples[0]) if field and field.examples else "…"
            example = f"{key} = {value}"
            if value == "…":  # a table
                example = f"le bloc [{key}], comme dans l'exemple (mutualis init essai --example)"
            facts = {"key": key, "table": table, "example": example}
            yield Problem("T03", located.key(path[:-1]), facts)
        else:
            facts = {
                "key": ".".join(map(str, path)),
                "value": _shown(detail["input"]),
                "expected": _expected(dict(detail), known.get(key)),
            }
            if is_key:  # the name of a table, which the table above it describes
                above = _fields_at(model, path[:-2]).get(str(path[-2]))
                facts["expected"] = _expected(dict(detail), above)
            yield Problem("T04", located.key(path) if is_key else located.value(path), facts)


def _fields_at(model: type[BaseModel], path: Sequence[str | int]) -> Mapping[str, FieldInfo]:
    """The keys that the table at `path` may have."""
    kind: Any = model
    for part in path:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = _by_key(kind).get(str(part))
            kind = None if field is None else _bare(field.annotation)
        else:  # a mapping or a list, whose items are all of one kind
            kind = _bare((get_args(kind) or (None,))[-1])
    return _by_key(kind) if isinstance(kind, type) and issubclass(kind, BaseModel) else {}


def _by_key(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _bare(annotation: Any) -> Any:
    """The type without its constraints (Annotated) nor None."""
    while get_origin(annotation) in (Annotated, Union, UnionType):
        annotation = get_args(annotation)[0]
    return annotation


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "une table"
    if isinstance(value, list):
        return "une liste" if value else "une liste vide"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"« {str(value)[:_MOST_SHOWN]} »"


def _expected(detail: Mapping[str, Any], field: FieldInfo | None) -> str:
    """What the value should have been, in words; a field may say so itself."""
    kind, context = detail["type"], detail.get("ctx") or {}
    if kind == "literal_error":
        values = re.findall(r"'([^']*)'", str(context["expected"]))
        known = "une de ces valeurs : " + ", ".join(f"« {value} »" for value in values)
        typed = detail["input"]
        close = nearest(typed, values, limit=1) if isinstance(typed, str) else []
        return f"{known} (« {close[0]} » ?)" if close else known
    if kind in ("string_pattern_mismatch", "string_too_short", "string_too_long", "too_short"):
        if field and field.description:
            return field.description
        if kind == "string_too_short":  # an item of a list, which no field describes
            return "un texte qui n'est pas vide"
        return "un texte de la bonne forme"
    if kind in _LIMITS:
        key, words = _LIMITS[kind]
        return f"{words} {context[key]}"
    if kind == "value_error":
        return str(context.get("error", "une autre valeur"))
    return next((words for start, words in _KINDS if kind.startswith(start)), "une table de clés")


_LIMITS = {
    "greater_than": ("gt", "un nombre supérieur à"),
    "greater_than_equal": ("ge", "un nombre au moins égal à"),
    "less_than_equal": ("le", "un nombre au plus égal à"),
    "decimal_max_places": ("decimal_places", "un nombre de décimales au plus égal à"),
}
_KINDS = (
    ("finite", "un nombre fini"),
    ("decimal", "un nombre, sans guillemets, avec un point pour la décimale"),
    ("int", "un nombre entier"),
    ("bool", "true ou false, sans guillemets"),
    ("date", "une date, sans guillemets : 2026-01-15"),
    ("string", "un texte entre guillemets droits"),
    ("list", "une liste entre crochets"),
)
