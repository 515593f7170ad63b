"""The command line: its commands, its exit codes."""

import contextlib
import gc
import importlib
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer

from mutualis import __version__, progress
from mutualis.cli.arguments import workspace_folder
from mutualis.cli.terminal.completion import ASKED, answer
from mutualis.cli.terminal.french import FrenchCommand, FrenchGroup, usage_error
from mutualis.cli.terminal.streams import flush, let_go, make_safe, system_error
from mutualis.domain.problems.refusals import Broken, Interrupted, Refusal, Unread

# The commands in the order of the help, each in the module of its name but for these: the first of
# several makes a group, to which the others add their commands.
_COMMANDS = (
    *("init", "level", "check", "bill", "explain", "account"),
    *("tariffs", "index", "simulate", "services", "quote", "credit", "usage", "costs", "report"),
    *("import", "quotes", "register", "requests"),
)
_MODULES = {
    "import": ("import_insee",),
    "quotes": ("quotes", "quotes_work"),
    "register": ("register", "register_export", "register_titres", "register_verify"),
}
_HELP = "Tarifs, factures, devis et indexation des services mutualisés d'une intercommunalité."
_EXAMPLES = """
    mutualis init essai --example  préparer un dossier d'essai
    mutualis check                 vérifier les données
    mutualis bill 2025             préparer le lot de factures 2025
    mutualis explain Saône 2025    dire pourquoi ce montant
    mutualis account Saône         tout ce qu'une commune doit et a reçu
    mutualis index 2026            indexer les tarifs pour 2026
    mutualis simulate 2026 --cpi 1 voir avant le vote ce qui changerait
    """
_debug = False


def _show_version(context: typer.Context, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        print(f"mutualis {__version__}")
        raise typer.Exit


def root(
    context: typer.Context,
    debug: Annotated[
        bool, typer.Option("--debug", help="En cas de panne, affiche la trace complète.")
    ] = False,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", help="Affiche la version.", is_eager=True, callback=_show_version
        ),
    ] = False,
) -> None:
    global _debug
    _debug = debug
    if context.invoked_subcommand is None:
        _welcome(workspace_folder(context, Path(os.environ.get("MUTUALIS_DIR", ""))))


def _welcome(folder: Path) -> None:
    """What `mutualis` alone answers."""
    from mutualis.cli.screens import welcome
    from mutualis.cli.terminal.values import today
    from mutualis.workflows.state import is_workspace, state_of

    if not is_workspace(folder):
        welcome.show_nothing()
        return
    state = state_of(folder, today())
    if state.errors:
        welcome.show_errors(state)
    else:
        welcome.show(state)


class _Commands(Mapping[str, Any]):
    """The commands by name, each imported and made when it is asked for: to make all takes as long
    as a tenth of `check`."""

    def __getitem__(self, name: str) -> Any:
        if name not in _COMMANDS:
            raise KeyError(name)
        return _made(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_COMMANDS)

    def __len__(self) -> int:
        return len(_COMMANDS)


class _Program(FrenchGroup):
    """All commands, listed by what their modules say without being made."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings | {"commands": _Commands()})

    def listed(self, _ctx: Any) -> list[tuple[str, str]]:
        modules = {name: _module(name) for name in _COMMANDS}
        return [
            (name, module.app.info.short_help if hasattr(module, "app") else module.SHORT_HELP)
            for name, module in modules.items()
        ]


@cache
def program() -> Any:
    """The command line, as typer runs it."""
    made = typer.Typer(
        cls=_Program,
        name="mutualis",
        help=_HELP,
        epilog=_EXAMPLES,
        add_completion=False,
        rich_markup_mode=None,
        invoke_without_command=True,
        pretty_exceptions_enable=False,
        options_metavar="[OPTIONS]",
        subcommand_metavar="COMMANDE [ARGUMENTS]…",
    )
    made.callback()(root)
    return typer.main.get_command(made)


def _module(name: str) -> Any:
    """The module of a command; of a group its first, once the others have added theirs to it."""
    modules = _MODULES.get(name, (name,))
    first, *_ = [importlib.import_module(f"mutualis.cli.commands.{each}") for each in modules]
    return first


@cache
def _made(name: str) -> Any:
    module = _module(name)
    if hasattr(module, "app"):
        group = typer.main.get_group(module.app)
        group.name = name
        return group
    made = typer.Typer(rich_markup_mode=None, add_completion=False)
    made.command(
        name,
        cls=FrenchCommand,
        help=module.HELP,
        short_help=module.SHORT_HELP,
        epilog=module.EXAMPLES,
        options_metavar="[OPTIONS]",
        no_args_is_help=False,
    )(module.command)
    return typer.main.get_command(made)


def main() -> None:
    """Run the command of sys.argv and exit with its code."""
    # Thousands of rows are made, all of them kept: looking for cycles among them is a quarter of
    # the work, and there are next to none.
    gc.set_threshold(100_000, 20, 100)
    # No plugin changes how a file is read: looking for one reads the metadata of all packages.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "1"
    make_safe()
    asked = os.environ.get(ASKED)
    if asked:
        print(answer(program(), asked), end="")
        let_go()
        return
    if sys.stderr.isatty():
        progress.watch(_tell_progress)
    code = run([_as_typed(word) for word in sys.argv[1:]])
    let_go()
    sys.exit(code)


def _tell_progress(task: progress.Task, done: int, total: int) -> None:
    from mutualis.cli.terminal.console import tell_progress

    tell_progress(task, done, total)


def _as_typed(word: str) -> str:
    """An argument that a locale without UTF-8 has read byte by byte."""
    if word.isascii() or not any("\udc80" <= char <= "\udcff" for char in word):
        return word
    return word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def run(arguments: list[str]) -> int:
    """The exit code of a command line; every message is shown."""
    from mutualis.domain.problems import tables
    from mutualis.workflows import committed

    committed.begin()
    tables.tell_as(tables.NAMES)
    try:
        code = program()(arguments, prog_name="mutualis", standalone_mode=False)
        if code == Interrupted.exit_code:  # what typer makes of Ctrl-C
            raise KeyboardInterrupt
        flush()
        return code if isinstance(code, int) else 0
    except (Exception, KeyboardInterrupt, SystemExit) as error:
        # Once it ends, it ends whole: what it has registered must be said.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            return _ended(error)
        finally:
            signal.signal(signal.SIGINT, before)


def _ended(error: BaseException) -> int:
    """Say why the command ends, and what it had registered by then; returns its code."""
    from mutualis.cli.terminal.console import tell_refusal
    from mutualis.workflows import committed

    if type(error).__name__ == "NoArgsIsHelpError":
        print(error)
        return 2
    cause = _refusal_of(error)
    refusal = committed.told(cause)
    with contextlib.suppress(OSError):  # stderr may be closed or full too
        if _debug and isinstance(cause, Broken):
            traceback.print_exception(error)
        if not isinstance(refusal, Unread):
            tell_refusal(refusal)
    return refusal.exit_code


def _refusal_of(error: BaseException) -> Refusal:
    """What ends the command, as a refusal."""
    if isinstance(error, SystemExit) and isinstance(error.__context__, OSError):
        error = error.__context__  # typer ends so when stdout is a broken pipe
    if isinstance(error, Refusal):
        return error
    if isinstance(error, typer.TyperException):
        return usage_error(error)
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return Interrupted("issued.interrupted")
    if isinstance(error, BrokenPipeError):
        return Unread("issued.unread")
    if isinstance(error, OSError):
        return system_error(error)
    return Broken("issued.broken", name=type(error).__name__)
