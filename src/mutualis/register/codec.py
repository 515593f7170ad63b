"""Records as canonical JSON and back: sorted keys, decimals, fractions and dates as text.

The text of a row is what its hash covers, so a row is never written anew: reading must accept
every format that was ever written, under the names of `stored_keys`. A key that is added later
needs a default.
"""

import dataclasses
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache, partial
from types import UnionType
from typing import Any, Union, get_args, get_origin

from mutualis.domain.register.records import Record
from mutualis.register.stored_keys import FORMS, Form, forms_of_row

MOST_DIGITS = 60
_Reader = Callable[[Any], Any]
_BLANKS: tuple[Any, ...] = (None, "", "0", "0.00", [])


class UnknownKey(ValueError):
    """A stored key that no form lists: a later program wrote it, or somebody else."""

    def __init__(self, key: str, where: str) -> None:
        super().__init__(f"unknown key {key} in {where}")
        self.key = key


def dump(record: Record) -> str:
    """The canonical text of a record."""
    return json.dumps(_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=2**16)  # a command reads the register before it asks, and before it writes
def load(kind: str, text: str) -> Record:
    """The record of a row of that kind; raises ValueError when its text is not one, UnknownKey
    when it holds what this program does not know."""
    try:
        value = json.loads(text, object_pairs_hook=_once)
        forms = [form for form in forms_of_row(kind) if _is_of(form, value)]
        if len(forms) != 1:
            raise ValueError(f"not a record of kind {kind}")
        record: Record = _record(forms[0], value)
    except (KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not a record of kind {kind}: {error}") from error
    return record


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object as read; one key twice would lose a value."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def _is_of(form: Form, value: Mapping[str, Any]) -> bool:
    return all(value.get(key) == constant for key, constant in form.constants.items())


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if dataclasses.is_dataclass(value):
        return _stored(FORMS[type(value)], value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} has no place in the register")


def _stored(form: Form, value: Any) -> dict[str, Any]:
    own = {key: _plain(getattr(value, attribute)) for key, attribute in form.stored.items()}
    empty = {key for key in form.sparse if own[key] in (None, [])}
    return {**{key: item for key, item in own.items() if key not in empty}, **form.constants}


def _record(form: Form, value: Mapping[str, Any]) -> Any:
    readers = _readers(form.kind)  # type: ignore[arg-type]  # a class is hashable
    found: dict[str, Any] = {}
    for key, item in value.items():
        if key in readers:
            attribute, read = readers[key]
            if attribute in found:
                raise ValueError("a key is there twice, under two of its names")
            found[attribute] = read(item)
        elif key not in form.known or (key in form.blank and item not in _BLANKS):
            raise UnknownKey(key, form.name)
    return form.kind(**found)


@cache
def _readers(kind: type[Any]) -> Mapping[str, tuple[str, _Reader]]:
    """Under each of its names, the attribute of a key of a class and what reads it."""
    form = FORMS[kind]
    own = {key: (name, _reader(form.hints[name])) for key, name in form.stored.items()}
    return {**own, **{key: own[to] for key, to in form.aliases.items()}}


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
    if dataclasses.is_dataclass(kind):
        return partial(_record, FORMS[kind])  # type: ignore[index]
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
