"""Typer in French: the help pages and the messages about a command line it cannot read."""

import inspect
import re
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from typer import Typer, TyperException
from typer.core import TyperCommand, TyperGroup, TyperOption

from mutualis.domain.problems.refusals import UnreadableRequest

F = TypeVar("F", bound=Callable[..., None])


class _FrenchPages:
    """Replaces the parts of a help page that typer writes in English."""

    def get_help_option(self, ctx: Any) -> Any:
        """False when it is not typed: typer would import pydantic to make nothing of nothing."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.default = False
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        plain = pieces.replace("{", "").replace("}", "")
        plain = plain.replace("[[", "[").replace("]]", "]")  # optional, as its name says too
        formatter.write_usage(ctx.command_path, plain, prefix="Utilisation : ")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        sections: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for param in self.get_params(ctx):  # type: ignore[attr-defined]
            record = param.get_help_record(ctx)
            if record is not None:
                sections[param.param_type_name].append(_french_record(*record))
        for title, kind in (("Arguments", "argument"), ("Options", "option")):
            _section(formatter, title, sections[kind])

    def format_epilog(self, _ctx: Any, formatter: Any) -> None:
        epilog = self.epilog  # type: ignore[attr-defined]
        if epilog:
            formatter.write("\nExemples :\n")
            for line in inspect.cleandoc(epilog).splitlines():
                formatter.write(f"  {line}\n")


class FrenchCommand(_FrenchPages, TyperCommand):
    """A command whose help page is in French, with its examples as they are typed."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuses an option that has two values, of which typer keeps the last in silence; who asks
        for the help gets it all the same."""
        _, _, order = self.make_parser(ctx).parse_args(args=[*args])
        asks_for_help = any(param.is_eager for param in order)
        for param, times in Counter(order).items():
            is_value = isinstance(param, TyperOption) and not param.is_flag and not param.multiple
            if times > 1 and is_value and not asks_for_help and not ctx.resilient_parsing:
                raise UnreadableRequest("command_line.given_twice", name=max(param.opts, key=len))
        return super().parse_args(ctx, args)


class FrenchGroup(_FrenchPages, TyperGroup):
    """The list of commands, in French."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        _section(formatter, "Commandes", self.listed(ctx))

    def listed(self, ctx: Any) -> list[tuple[str, str]]:
        """The name of each command that is shown, and what it does."""
        commands = [self.get_command(ctx, name) for name in self.list_commands(ctx)]
        return [
            (command.name or "", command.get_short_help_str(90))
            for command in commands
            if command is not None and not command.hidden
        ]


def group(help_text: str, short_help: str, epilog: str) -> Typer:
    """A group of commands, to be filled by `command_of`."""
    return Typer(
        cls=FrenchGroup,
        help=help_text,
        short_help=short_help,
        epilog=epilog,
        no_args_is_help=True,
        rich_markup_mode=None,
        subcommand_metavar="COMMANDE [ARGUMENTS]…",
    )


def command_of(app: Typer) -> Callable[[str, str], Callable[[F], F]]:
    """A decorator for the commands of a group: their name, then their examples."""

    def command(name: str, examples: str) -> Callable[[F], F]:
        return app.command(name, cls=FrenchCommand, epilog=examples, options_metavar="[OPTIONS]")

    return command


def usage_error(error: TyperException) -> UnreadableRequest:
    """What is wrong with the command line, from typer's own exception."""
    ctx = getattr(error, "ctx", None)
    command = ctx.command_path if ctx is not None else "mutualis"
    kind = type(error).__name__
    if kind == "MissingParameter":
        param: Any = getattr(error, "param", None)
        if getattr(param, "param_type_name", "") == "option":
            name = param.opts[0]
            return UnreadableRequest("command_line.missing_option", name=name, command=command)
        name = param.metavar if param is not None else ""
        return UnreadableRequest("command_line.missing_argument", name=name, command=command)
    if kind == "NoSuchOption":
        name = getattr(error, "option_name", "")
        if name in FORMER_OPTIONS:
            return UnreadableRequest(FORMER_OPTIONS[name], name=name, command=command)
        near = " ou ".join(sorted(getattr(error, "possibilities", None) or []))
        if not near and isinstance(getattr(ctx, "command", None), FrenchGroup):
            code = "command_line.option_before_the_command"
            return UnreadableRequest(code, name=name, command=command)
        if not near:
            return UnreadableRequest("command_line.unknown_option", name=name, command=command)
        return UnreadableRequest(
            "command_line.unknown_option_near", name=name, near=near, command=command
        )
    message = str(getattr(error, "message", error))
    for pattern, code in _CODES:
        match = re.search(pattern, message)
        if match:
            facts: dict[str, Any] = match.groupdict()
            if "near" in facts:
                facts["near"] = facts["near"].replace("', '", " ou ")
            return UnreadableRequest(code, command=command, **facts)
    return UnreadableRequest("command_line.unreadable", message=message, command=command)


# Options of before that are another now: what to write instead is said.
FORMER_OPTIONS = {
    "--new-only": "command_line.former_new_only",
    "--complement": "command_line.former_complement",
}

# Typer gives no code to these: its English sentence is all there is to know them by.
_CODES = (
    (
        r"No such command (['\"])(?P<name>.*?)\1\. Did you mean '(?P<near>.*?)'\?",
        "command_line.unknown_command_near",
    ),
    (
        r"No such command (['\"])(?P<name>.*?)\1",
        "command_line.unknown_command",
    ),
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)",
        "command_line.extra_argument",
    ),
    (r"Option '(?P<name>.*?)' requires an argument", "command_line.option_wants_value"),
    (
        r"Option '(?P<name>.*?)' requires (?P<wanted>\d+) arguments",
        "command_line.option_wants_values",
    ),
    (r"Option '(?P<name>.*?)' does not take a value", "command_line.option_takes_no_value"),
    (r"Missing command", "command_line.missing_command"),
)


def _french_record(names: str, text: str) -> tuple[str, str]:
    text = text.replace("[required]", "[obligatoire]")
    text = text.replace("Show this message and exit.", "Affiche cette aide.")
    text = text.replace("env var:", "variable d'environnement :")
    text = text.replace("[default:", "[par défaut :")
    # No-break spaces, so that a line never begins with a colon nor ends with a quotation mark.
    text = text.replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    return re.sub(r" <\w+>", "", names), text


def _section(formatter: Any, title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        formatter.write(f"\n{title} :\n")
        with formatter.indentation():
            formatter.write_dl(rows)
