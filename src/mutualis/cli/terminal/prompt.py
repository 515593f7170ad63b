"""The one question that mutualis asks, in French; and who is asking."""

import getpass
import sys

from mutualis.cli.terminal.values import text_of
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.value import Struct


class Question(Struct, frozen=True):
    """What is done for good, by the codes of its refusals: nobody can answer, somebody says no."""

    unattended: str
    declined: str


ISSUE = Question("command_line.issue_unattended", "command_line.issue_declined")
PUBLISH = Question("command_line.publish_unattended", "command_line.publish_declined")


def confirm(question: str, act: Question, *, yes: bool) -> None:
    """Go on when the answer is oui; raises Refusal otherwise, or when nobody can answer."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise Refusal(act.unattended)
    # On stderr, so that the answer of --json stays alone on stdout.
    print(f"{question} [o/N] ", end="", flush=True, file=sys.stderr)
    if sys.stdin.readline().strip().lower() not in ("o", "oui"):
        raise Refusal(act.declined)


def operator_of(typed: str | None) -> str:
    """Who issues: the name typed, else that of the account."""
    return text_of(typed, "--operator", most=80) if typed else account_name()


def account_name() -> str:
    """The name of the account that runs the command."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "inconnu"
