"""Records as canonical JSON and back: sorted keys, decimals, fractions and dates as text.

The text of a row is what its hash covers, so a row is never written anew: reading must accept
every format that was ever written, under the names of `stored_keys`. A key that is added later
needs a default. What rows have in common is stored once: `{"shared":["text",2]}` stands for the
second shared text, and the hash covers the text that it stands for.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache, partial
from types import UnionType
from typing import Any, Union, get_args, get_origin

from mutualis.domain.register.records import Record
from mutualis.domain.value import Struct
from mutualis.register.form import Form
from mutualis.register.stored_keys import FORMS, forms_of_row

MOST_DIGITS = 60
_Reader = Callable[[Any], Any]
# The number of a shared text, made by the second where the value is a new one.
Share = Callable[[Any, Callable[[], str]], int]
_Writer = Callable[[Any, Share | None], Any]
# Its quotes stand in no string, and no value is a list of two kinds of things.
_REFERENCE = re.compile(r'\{"shared":\["text",(\d{1,9})\]\}', re.ASCII)
_BLANKS: tuple[Any, ...] = (None, "", "0", "0.00", [])


class UnknownKey(ValueError):
    """A stored key that no form lists: a later program wrote it, or somebody else."""

    def __init__(self, key: str, where: str) -> None:
        super().__init__(f"unknown key {key} in {where}")
        self.key = key


def dump(record: Record, share: Share | None = None) -> str:
    """The canonical text of a record; with `share`, what other rows may hold too is a number of
    a shared text, which `whole` puts in its place."""
    return _text(_plain(record, share))


def whole(stored: str, parts: Sequence[str]) -> str:
    """The canonical text that a stored one stands for; a text that is lost leaves a null."""
    return _REFERENCE.sub(lambda found: _part(parts, int(found[1])), stored)


@lru_cache(maxsize=2**16)  # a command reads the register before it asks, and before it writes
def load(kind: str, text: str, parts: tuple[str, ...] = ()) -> Record:
    """The record of a row of that kind, stored with those shared texts; raises ValueError when
    its text is not one, UnknownKey when it holds what this program does not know."""
    try:
        value = json.loads(text, object_pairs_hook=partial(_once, parts))
        forms = [form for form in forms_of_row(kind) if _is_of(form, value)]
        if len(forms) != 1:
            raise ValueError(f"not a record of kind {kind}")
        record: Record = _record(forms[0], value)
    except (KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not a record of kind {kind}: {error}") from error
    return record


def _part(parts: Sequence[str], number: int) -> str:
    return parts[number - 1] if 0 < number <= len(parts) else "null"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class _Shared(Struct, frozen=True):
    """The text of what a row shares, where its value stands."""

    text: str


def _once(parts: tuple[str, ...], pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Shared:
    """An object as read; one key twice would lose a value."""
    found = dict(pairs)
    match pairs:
        case [("shared", ["text", int(number)])]:
            return _Shared(_part(parts, number))
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def _is_of(form: Form, value: Mapping[str, Any]) -> bool:
    return all(value.get(key) == constant for key, constant in form.constants.items())


def _plain(value: Any, share: Share | None) -> Any:
    if value is None or type(value) is str or type(value) is int:
        return value
    return _writer(type(value))(value, share)  # type: ignore[arg-type]  # a class is hashable


@cache
def _writer(kind: type[Any]) -> _Writer:
    """What turns a value of that class into what JSON holds; made once a class."""
    if issubclass(kind, StrEnum):
        return lambda value, _: value.value
    if issubclass(kind, Struct):
        return _writer_of_form(FORMS[kind])
    if issubclass(kind, Decimal):
        return lambda value, _: f"{value:f}"
    if issubclass(kind, Fraction):
        return lambda value, _: str(value)
    if issubclass(kind, date):
        return lambda value, _: value.isoformat()
    if issubclass(kind, Mapping):
        return lambda value, share: {str(key): _plain(v, share) for key, v in value.items()}
    if issubclass(kind, frozenset):
        return lambda value, share: sorted(_plain(item, share) for item in value)
    if issubclass(kind, tuple):
        return lambda value, share: [_plain(item, share) for item in value]
    if issubclass(kind, str | int):
        return lambda value, _: value
    raise TypeError(f"{kind.__name__} has no place in the register")


def _writer_of_form(form: Form) -> _Writer:
    stored, sparse, constants = tuple(form.stored.items()), form.sparse, form.constants

    def write(value: Any, share: Share | None) -> Any:
        if share is not None and form.is_shared:
            return {"shared": ["text", share(value, lambda: _text(write(value, None)))]}
        own = {key: _plain(getattr(value, attribute), share) for key, attribute in stored}
        for key in sparse:
            if own[key] in (None, []):
                del own[key]
        return {**own, **constants}

    return write


def _record(form: Form, value: Mapping[str, Any] | _Shared) -> Any:
    if isinstance(value, _Shared):
        return _shared(form.kind, value.text)  # type: ignore[arg-type]  # a class is hashable
    readers = _readers(form.kind)  # type: ignore[arg-type]  # a class is hashable
    found: dict[str, Any] = {}
    for key, item in value.items():
        if key in readers:
            attribute, leaf, read = readers[key]
            if attribute in found:
                raise ValueError("a key is there twice, under two of its names")
            found[attribute] = item if type(item) is leaf else read(item)
        elif key not in form.known or (key in form.blank and item not in _BLANKS):
            raise UnknownKey(key, form.name)
    return form.kind(**found)


@lru_cache(maxsize=2**10)  # each row that shares a text holds the same value
def _shared(kind: type[Any], text: str) -> Any:
    return _record(FORMS[kind], json.loads(text, object_pairs_hook=partial(_once, ())))


@cache
def _readers(kind: type[Any]) -> Mapping[str, tuple[str, Any, _Reader]]:
    """Under each of its names, the attribute of a key of a class, the type that JSON itself reads
    where it is one, and what reads the others."""
    form = FORMS[kind]
    own = {
        key: (name, _leaf(form.hints[name]), _reader(form.hints[name]))
        for key, name in form.stored.items()
    }
    return {**own, **{key: own[to] for key, to in form.aliases.items()}}


def _leaf(kind: Any) -> type[Any] | None:
    return next((leaf for leaf in (str, int) if kind in (leaf, leaf | None)), None)


@cache
def _reader(kind: Any) -> _Reader:
    """What builds a value of that type from what JSON holds of it; made once a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        inner = _reader(next(a for a in arguments if a is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple or origin is frozenset:
        item = _reader(arguments[0])
        return lambda value: origin(map(item, value))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        # JSON keeps a key as text.
        key, held = int if arguments[0] is int else _reader(arguments[0]), _reader(arguments[1])
        return lambda value: {key(name): held(item) for name, item in value.items()}
    if isinstance(kind, type) and issubclass(kind, Struct):
        return partial(_record, FORMS[kind])
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    return _LEAVES.get(kind) or partial(_of_type, kind)


def _amount(value: Any) -> Decimal:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not an amount")
    amount = Decimal(value)
    if not amount.is_finite() or abs(amount.adjusted()) > MOST_DIGITS:
        raise ValueError(f"{value!r} is not an amount")
    return amount


def _fraction(value: Any) -> Fraction:
    if not re.fullmatch(r"-?\d{1,400}(/\d{1,400})?", value, re.ASCII):
        raise ValueError("not a fraction")
    return Fraction(value)


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is not a whole number")
    return value


def _of_type(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not a {kind}")
    return value


_LEAVES: Mapping[Any, _Reader] = {
    int: _whole,
    Decimal: _amount,
    Fraction: _fraction,
    date: date.fromisoformat,
}
