"""The one question that mutualis asks, in French; and who is asking."""

import getpass
import sys

from mutualis.domain.refusals import Refusal


def confirm(question: str, *, yes: bool) -> None:
    """Go on when the answer is oui; raises Refusal otherwise, or when nobody can answer."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise Refusal(
            "Émettre est définitif et demande une confirmation : rien n'a été émis.",
            "ajouter --yes dans un script",
        )
    print(f"{question} [o/N] ", end="", flush=True)
    if sys.stdin.readline().strip().lower() not in ("o", "oui"):
        raise Refusal("Rien n'a été émis.")


def account_name() -> str:
    """The name of the account that runs the command."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "inconnu"
