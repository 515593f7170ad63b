"""The command line: its commands, its exit codes."""

import sys
import traceback
from typing import Annotated

import typer

from mutualis import __version__
from mutualis.cli.commands import (
    account,
    bill,
    check,
    credit,
    explain,
    import_insee,
    index,
    init,
    quote,
    quotes,
    quotes_work,
    register,
    register_export,
    register_titres,
    register_verify,
    requests,
    services,
    tariffs,
    usage,
)
from mutualis.cli.terminal.french import FrenchCommand, FrenchGroup, usage_error
from mutualis.cli.terminal.streams import make_safe
from mutualis.domain.problems.refusals import Refusal

BUG, INTERRUPTED = 70, 130

app = typer.Typer(
    cls=FrenchGroup,
    name="mutualis",
    help="Tarifs, factures, devis et indexation des services mutualisés d'une intercommunalité.",
    epilog="""
    mutualis init essai --example  préparer un dossier d'essai
    mutualis check                 vérifier les données
    mutualis bill 2025             préparer le lot de factures 2025
    mutualis explain Saône 2025    dire pourquoi ce montant
    mutualis account Saône         tout ce qu'une commune doit et a reçu
    mutualis index 2026            indexer les tarifs pour 2026
    """,
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    options_metavar="[OPTIONS]",
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
)
_debug = False


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"mutualis {__version__}")
        raise typer.Exit


@app.callback()
def root(
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


for module in (
    *(init, check, bill, explain, account),
    *(tariffs, index, services, quote, credit, usage),
):
    app.command(
        module.NAME,
        cls=FrenchCommand,
        help=module.HELP,
        short_help=module.SHORT_HELP,
        epilog=module.EXAMPLES,
        options_metavar="[OPTIONS]",
        no_args_is_help=False,
    )(module.command)


for group in (import_insee, quotes, register, requests):
    app.add_typer(group.app, name=group.NAME)
# These add their commands to those of the group that they are named after.
_ = (quotes_work, register_export, register_titres, register_verify)


def main() -> None:
    """Run the command of sys.argv and exit with its code."""
    make_safe()
    sys.exit(run([_as_typed(word) for word in sys.argv[1:]]))


def _as_typed(word: str) -> str:
    """An argument that a locale without UTF-8 has read byte by byte."""
    if word.isascii() or not any("\udc80" <= char <= "\udcff" for char in word):
        return word
    return word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def run(arguments: list[str] | None = None) -> int:
    """The exit code of a command line; every message is shown."""
    try:
        code = app(arguments, prog_name="mutualis", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except Refusal as refusal:
        return _refused(refusal)
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error)
            return 2
        return _refused(usage_error(error))
    except (KeyboardInterrupt, typer.Abort):
        print("\nInterrompu.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        return 1
    except Exception as error:
        if _debug:
            traceback.print_exc()
        else:
            print(
                f"panne : mutualis a rencontré une erreur imprévue ({type(error).__name__}). "
                "Aucune donnée n'est en cause a priori.\n  À faire : relancer avec "
                "« mutualis --debug … » et transmettre la trace au mainteneur.",
                file=sys.stderr,
            )
        return BUG


def _refused(refusal: Refusal) -> int:
    from mutualis.cli.terminal.console import tell_refusal

    tell_refusal(refusal)
    return refusal.exit_code
