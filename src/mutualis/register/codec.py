"""Records as canonical JSON and back: sorted keys, decimals, fractions and dates as text.

The text of a row is what its hash covers, so a row is never written anew: reading must
accept every format that was ever written. A field that a later version adds needs a default.
"""

import dataclasses
import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
MOST_DIGITS = 60


def dump(record: Any) -> str:
    """The canonical text of a record."""
    return json.dumps(_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(kind: type[T], text: str) -> T:
    """The record of a text; raises ValueError when it is not one."""
    try:
        record: T = _build(kind, json.loads(text))
    except (KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error
    return record


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
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


@lru_cache(maxsize=64)
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


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
        return {_build(arguments[0], k): _build(arguments[1], v) for k, v in value.items()}
    if dataclasses.is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        known = {f.name for f in dataclasses.fields(kind)} & set(value)
        return kind(**{name: _build(hints[name], value[name]) for name in known})  # type: ignore[operator]
    return _leaf(kind, value)


def _leaf(kind: Any, value: Any) -> Any:
    """A value that holds no other."""
    if kind is Decimal:
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
    if kind is int:
        return int(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not a {kind}")
    return value
