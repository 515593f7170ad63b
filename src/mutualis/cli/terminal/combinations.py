"""Which options go together, declared once a command: none is ignored in silence.

Names are those that are typed, « --issue ».
"""

from collections.abc import Callable, Collection, Sequence

import typer

from mutualis.domain.french.typography import alternatives
from mutualis.domain.problems.refusals import UnreadableRequest

Rule = Callable[[Collection[str]], None]


def check_options(context: typer.Context, rules: Collection[Rule]) -> None:
    """Raises UnreadableRequest for the first rule that the options typed break."""
    typed = set()
    for param in context.command.params:
        source = context.get_parameter_source(param.name or "")
        if source is not None and source.name == "COMMANDLINE":
            typed.update(param.opts)
    for rule in rules:
        rule(typed)


def only_with(other: str, *options: str) -> Rule:
    """`options` mean something beside `other` alone."""
    return only_with_one((other,), *options)


def only_with_one(others: Sequence[str], *options: str) -> Rule:
    """`options` mean something beside one of `others` alone."""

    def check(typed: Collection[str]) -> None:
        lone = ", ".join(name for name in options if name in typed)
        if lone and not any(other in typed for other in others):
            other = alternatives(others)
            raise UnreadableRequest("command_line.only_with", options=lone, other=other)

    return check


def needs(option: str, other: str) -> Rule:
    """`option` means nothing without `other`."""

    def check(typed: Collection[str]) -> None:
        if option in typed and other not in typed:
            raise UnreadableRequest("command_line.needs", option=option, other=other)

    return check


def only_without(other: str, *options: str) -> Rule:
    """`options` mean nothing beside `other`."""

    def check(typed: Collection[str]) -> None:
        idle = ", ".join(name for name in options if name in typed)
        if idle and other in typed:
            raise UnreadableRequest("command_line.only_without", options=idle, other=other)

    return check


def exclusive(one: str, other: str) -> Rule:
    """One of two, at most."""

    def check(typed: Collection[str]) -> None:
        if one in typed and other in typed:
            raise UnreadableRequest("command_line.exclusive", one=one, other=other)

    return check


def together(code: str, *options: str) -> Rule:
    """All or none; `code` is what to refuse with, its fact `missing` names those that lack."""

    def check(typed: Collection[str]) -> None:
        missing = ", ".join(name for name in options if name not in typed)
        if missing and any(name in typed for name in options):
            raise UnreadableRequest(code, missing=missing)

    return check
