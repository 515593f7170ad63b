"""Why a request is not carried out: one family of exceptions, each with its exit code.

Bad data are values (`problems`); a refusal ends the command. What is not in this family
is a bug.
"""

from collections.abc import Sequence

from mutualis.domain.problems.problem import Problem


class Refusal(Exception):
    """The request is understood and refused; `remedy` says what to do instead."""

    exit_code = 3

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UnusableData(Refusal):
    """The files have errors, or lack what the request needs: nothing was computed or written."""

    exit_code = 1

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("Les données ont des erreurs : rien n'a été calculé ni écrit.")
        self.problems = tuple(problems)


class UnreadableRequest(Refusal):
    """The command line cannot be read."""

    exit_code = 2


class NotWritten(Refusal):
    """A file could not be put in place."""

    exit_code = 4
