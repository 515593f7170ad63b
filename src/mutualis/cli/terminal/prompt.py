"""The one question that mutualis asks, in French; and who is asking."""

import getpass
import sys

from mutualis.cli.terminal.values import text_of
from mutualis.domain.problems.refusals import Refusal


def confirm(
    question: str, *, yes: bool, act: str = "émettre", nothing: str = "rien n'a été émis"
) -> None:
    """Go on when the answer is oui; raises Refusal otherwise, or when nobody can answer.

    `act` is what is about to be done, `nothing` says that it was not.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise Refusal(
            f"{act.capitalize()} est définitif et demande une confirmation : {nothing}.",
            "ajouter --yes dans un script",
        )
    # On stderr, so that the answer of --json stays alone on stdout.
    print(f"{question} [o/N] ", end="", flush=True, file=sys.stderr)
    if sys.stdin.readline().strip().lower() not in ("o", "oui"):
        raise Refusal(f"Pas de confirmation : {nothing}.", f"répondre o pour {act}")


def operator_of(typed: str | None) -> str:
    """Who issues: the name typed, else that of the account."""
    return text_of(typed, "--operator", most=80) if typed else account_name()


def account_name() -> str:
    """The name of the account that runs the command."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "inconnu"
