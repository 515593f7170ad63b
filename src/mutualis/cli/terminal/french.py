"""Typer in French: the help pages and the messages about a command line it cannot read."""

import inspect
import re
from collections.abc import Callable
from typing import Any, TypeVar

from typer import Typer, TyperException
from typer.core import TyperCommand, TyperGroup

F = TypeVar("F", bound=Callable[..., None])
_MISSING = "Il manque {what} : {name}."


class _FrenchPages:
    """Replaces the parts of a help page that typer writes in English."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        plain = pieces.replace("{", "").replace("}", "")
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


class FrenchGroup(_FrenchPages, TyperGroup):
    """The list of commands, in French."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        commands = [self.get_command(ctx, name) for name in self.list_commands(ctx)]
        rows = [
            (command.name or "", command.get_short_help_str(90))
            for command in commands
            if command is not None and not command.hidden
        ]
        _section(formatter, "Commandes", rows)


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


def usage_error(error: TyperException) -> tuple[str, str]:
    """What is wrong with the command line and what to do, from typer's own exception."""
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx is not None else "mutualis"
    remedy = f"{path} --help donne les options et des exemples."
    kind = type(error).__name__
    message = str(getattr(error, "message", error))
    if kind == "MissingParameter":
        param = getattr(error, "param", None)
        is_option = getattr(param, "param_type_name", "") == "option"
        name = (param.opts[0] if is_option else param.metavar) if param is not None else ""
        return _MISSING.format(what="l'option" if is_option else "l'argument", name=name), remedy
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None) or []
        guess = f" Vouliez-vous dire {' ou '.join(sorted(near))} ?" if near else ""
        return f"Option inconnue : {getattr(error, 'option_name', '')}.{guess}", remedy
    for pattern, french in _MESSAGES:
        match = re.search(pattern, message)
        if match:
            return french.format(*match.groups()), remedy
    return f"La ligne de commande ne peut pas être lue ({message}).", remedy


_MESSAGES = (
    (
        r"No such command '(.*?)'\.(?: Did you mean '(.*?)'\?)",
        "Commande inconnue : {0}. Vouliez-vous dire {1} ?",
    ),
    (r"No such command '(.*?)'", "Commande inconnue : {0}."),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", "Argument en trop : {0}."),
    (r"Option '(.*?)' requires an argument", "L'option {0} attend une valeur."),
    (r"Option '(.*?)' requires (\d+) arguments", "L'option {0} attend {1} valeurs."),
    (r"Option '(.*?)' does not take a value", "L'option {0} ne prend pas de valeur."),
    (r"Missing command", "Il manque une commande."),
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
