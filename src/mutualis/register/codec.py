"""Records as canonical JSON and back: sorted keys, decimals, fractions and dates as text.

The text of a row is what its hash covers, so a row is never written anew: reading must accept
every format that was ever written, under the names of `stored_keys`. A key that is added later
needs a default.
"""

import dataclasses
import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import UnionType
from typing import Any, Union, get_args, get_origin

from mutualis.domain.register.records import Record
from mutualis.register.stored_keys import FORMS, Form, forms_of_row

MOST_DIGITS = 60


class UnknownKey(ValueError):
    """A stored key that no form lists: a later program wrote it, or somebody else."""

    def __init__(self, key: str, where: str) -> None:
        super().__init__(f"unknown key {key} in {where}")
        self.key = key


def dump(record: Record) -> str:
    """The canonical text of a record."""
    return json.dumps(_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
    for key in value:
        if key not in form.known:
            raise UnknownKey(key, form.name)
        if key in form.blank and value[key] not in (None, "", "0", "0.00", []):
            raise UnknownKey(key, form.name)
    named = _once([(form.aliases.get(key, key), item) for key, item in value.items()])
    return form.kind(
        **{
            attribute: _build(form.hints[attribute], named[key])
            for key, attribute in form.stored.items()
            if key in named
        }
    )


def _build(kind: Any, value: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        inner = next(a for a in arguments if a is not type(None))
        return None if value is None else _build(inner, value)
    if origin is tuple:
        return tuple(_build(arguments[0], item) for item in value)
    if origin is frozenset:
        return frozenset(_build(arguments[0], item) for item in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {_key(arguments[0], k): _build(arguments[1], v) for k, v in value.items()}
    if dataclasses.is_dataclass(kind):
        return _record(FORMS[kind], value)  # type: ignore[index]
    return _leaf(kind, value)


def _key(kind: Any, text: str) -> Any:
    """The key of a mapping, which JSON keeps as text."""
    return int(text) if kind is int else _build(kind, text)


def _leaf(kind: Any, value: Any) -> Any:
    """A value that holds no other."""
    if kind is int and type(value) is not int:
        raise TypeError(f"{value!r} is not a whole number")
    if kind is Decimal:
        if not isinstance(value, str):
            raise TypeError(f"{value!r} is not an amount")
        amount = Decimal(value)
        if not amount.is_finite() or abs(amount.adjusted()) > MOST_DIGITS:
            raise ValueError(f"{value!r} is not an amount")
        return amount
    if kind is Fraction:
        if not re.fullmatch(r"-?\d{1,400}(/\d{1,400})?", value, re.ASCII):
            raise ValueError("not a fraction")
        return Fraction(value)
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not a {kind}")
    return value
