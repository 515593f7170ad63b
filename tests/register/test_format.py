"""The stored format is the register's own: its names are listed, none leaves the list."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from conftest import Cli
from mutualis.domain.act import Act
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.records import Answer
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record
from mutualis.register import codec, store
from mutualis.register import stored_keys as forms
from mutualis.register.form import Form
from mutualis.register.stored_keys import FORMS

ANSWER = Answer(Act(date(2025, 4, 2), "x", "0.1.0", ""), "D2025-0001", True, date(2025, 4, 1), "y")


def reached(kind: Any) -> Iterator[type[Any]]:
    """The classes that a type is made of."""
    if isinstance(kind, type):
        yield kind
    for argument in get_args(kind):
        yield from reached(argument)


def stored_classes() -> set[type[Any]]:
    """Every class that a record may hold, at any depth."""
    found: set[type[Any]] = set()
    of_rows = [form.kind for own in forms.ROWS.values() for form in own]
    waiting = [*reached(Record), *(kind for kind in of_rows if issubclass(kind, Record))]
    while waiting:
        kind = waiting.pop()
        if kind not in found and (issubclass(kind, Struct | StrEnum)):
            found.add(kind)
            if issubclass(kind, Struct):
                hints = get_type_hints(kind)
                waiting.extend(c for f in fields(kind) for c in reached(hints[f.name]))
    return found


def test_every_class_that_is_stored_has_a_form() -> None:
    records = {kind for kind in stored_classes() if issubclass(kind, Struct)}
    assert records == set(FORMS)


def default_of(own: FieldInfo) -> str:
    """What stands where an older row has no such key: « ? None »; empty when it is needed."""
    if own.default_factory is not NODEFAULT:
        return f"? {own.default_factory()!r}"
    return "" if own.default is NODEFAULT else f"? {own.default!r}"


def described(form: Form) -> Iterator[str]:
    for key, attribute in sorted(form.stored.items()):
        own = next(f for f in fields(form.kind) if f.name == attribute)
        yield f"  {key}{default_of(own)}"
    for key, constant in sorted(form.constants.items()):
        yield f"  {key} = {constant}"
    for old, key in sorted(form.aliases.items()):
        yield f"  {old} -> {key}"
    for key in sorted(form.blank):
        yield f"  {key} left blank"


def test_the_format_is_the_one_recorded(snapshot: Callable[[str, str], None]) -> None:
    """A key may be added, with a default (« ? »); none leaves, none becomes needed."""
    rows = {kind: forms.forms_of_row(kind) for kind in sorted(forms.ROWS)}
    lines = []
    for kind, own in rows.items():
        for form in own:
            lines += [f"row {kind}", *described(form)]
    of_rows = {form.kind for own in rows.values() for form in own}
    for form in sorted(FORMS.values(), key=lambda form: form.kind.__name__):
        if form.kind not in of_rows:
            lines += [form.name, *described(form)]
    for values in sorted(stored_classes(), key=lambda values: values.__name__):
        if issubclass(values, StrEnum):
            lines += [f"values of {values.__name__}", *(f"  {one.value}" for one in values)]
    snapshot("register/format.txt", "\n".join(lines) + "\n")


def text_of(**changes: object) -> str:
    return json.dumps({**json.loads(codec.dump(ANSWER)), **changes})


def test_what_is_written_is_read_back() -> None:
    assert codec.load("answer", codec.dump(ANSWER)) == ANSWER


def test_an_unknown_key_is_refused_by_its_name() -> None:
    with pytest.raises(codec.UnknownKey) as refused:
        codec.load("answer", text_of(signed_by="le maire"))
    assert refused.value.key == "signed_by"
    act = {**json.loads(codec.dump(ANSWER))["act"], "place": "ici"}
    with pytest.raises(codec.UnknownKey, match="place"):
        codec.load("answer", text_of(act=act))


def test_a_key_that_is_missing_is_refused_unless_it_has_a_default() -> None:
    whole = json.loads(codec.dump(ANSWER))
    del whole["by"]
    with pytest.raises(ValueError, match="not a record of kind answer"):
        codec.load("answer", json.dumps(whole))


class Renamed(Struct, frozen=True):
    """What a class may become: an attribute has another name, another one an older key."""

    when: date
    reference: str = ""


def test_an_attribute_may_change_its_name_and_a_key_too(monkeypatch: pytest.MonkeyPatch) -> None:
    form = Form(
        Renamed,
        "day commitment",
        attributes={"day": "when", "commitment": "reference"},
        aliases={"engagement": "commitment"},
    )
    monkeypatch.setitem(forms.ROWS, "renamed", (form,))
    kind: type[Any] = Renamed
    monkeypatch.setitem(FORMS, kind, form)
    for key in ("commitment", "engagement"):
        read = codec.load("renamed", json.dumps({"day": "2025-04-01", key: "BC-12"}))
        assert read == Renamed(date(2025, 4, 1), "BC-12")
    assert json.loads(codec.dump(read)) == {"commitment": "BC-12", "day": "2025-04-01"}


def test_a_class_and_its_form_do_not_come_apart() -> None:
    """The fault that emptied every order reference in silence: an attribute without its key."""
    for keys in ("day commitment", "when", "when reference more"):
        with pytest.raises(AssertionError, match="no stored key"):
            forms.by_class([Form(Renamed, keys)])


def test_a_key_that_was_always_blank_may_not_be_filled_in(small: Path, cli: Cli) -> None:
    """An older program wrote « work » empty in the invoice of a membership."""
    cli.once(("bill", "2025", "--issue", "--yes"))
    row = next(row for row in store.read_rows(small) if row.kind == "invoice")
    old = {**json.loads(row.content), "work": None, "reason": "", "effect": ""}
    assert codec.load("invoice", json.dumps(old)) == row.record
    with pytest.raises(codec.UnknownKey, match="reason"):
        codec.load("invoice", json.dumps({**old, "reason": "geste"}))


def test_verify_and_list_name_the_unknown_key(
    small: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A register that a later program wrote: nothing is dropped, nothing is built upon it."""
    cli.once(("bill", "2025", "--issue", "--yes"))
    known = codec.dump

    def later(record: Record, share: codec.Share | None = None) -> str:
        return json.dumps({**json.loads(known(record, share)), "urgence": "haute"}, sort_keys=True)

    (small / "register.db").unlink()
    with monkeypatch.context() as patched:
        patched.setattr(codec, "dump", later)
        with pytest.raises(Refusal):  # what is written is read before it is there for good
            store.append(small, lambda _: (ANSWER,))
        assert store.read_rows(small) == []
        patched.setattr(store, "ledger_of", lambda _: Ledger())  # a program that knows the key
        store.append(small, lambda _: (ANSWER,))
    verified = cli("register", "verify")
    assert (verified.code, "« urgence »" in verified.out) == (1, True)
    for command in (("register", "list"), ("bill", "2025", "--issue", "--yes")):
        answer = cli(*command)
        assert answer.code == 3
        assert "ligne 1" in answer.err
        assert "« urgence »" in answer.err
        assert "mettre mutualis à jour" in answer.err


def test_what_is_not_canonical_is_no_record() -> None:
    """A whole number with a fraction, a key twice, a key and its older name: a value would go."""
    whole = codec.dump(ANSWER)
    twice = whole.replace('"by":"y"', '"by":"y","by":"z"')
    for text in (twice, text_of(act={**json.loads(whole)["act"], "day": 3})):
        with pytest.raises(ValueError, match=r"not a record|twice"):
            codec.load("answer", text)
    withdrawn = {"act": json.loads(whole)["act"], "quote": "D2025-0001", "reason": "x"}
    for rank in (1.9, "1 ", True):
        with pytest.raises(ValueError, match="not a whole number"):
            codec.load("withdrawal", json.dumps({**withdrawn, "rank": rank}))
