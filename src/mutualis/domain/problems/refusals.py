"""Why a request is not carried out: one family of exceptions, each with its exit code.

Bad data are values (`problem`); a refusal ends the command. Both are a code and facts: no rule
writes or reads a sentence, the texts are in `refusal_texts`. What is not in this family is a bug.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mutualis.domain.problems.problem import Problem, told
from mutualis.domain.value import Struct, field

if TYPE_CHECKING:
    from mutualis.domain.problems.refusal_texts import RefusalText

Fact = str | int


class Reason(Struct, frozen=True):
    """Why something is refused or does not hold: a code, and the facts that its text names.

    `details` are reasons of their own, each told on a line below.
    """

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    details: tuple["Reason", ...] = ()

    @property
    def told(self) -> "RefusalText":
        """What is said of the code."""
        # The texts of all families are read when one is told, not to start.
        from mutualis.domain.problems.refusal_texts import TEXTS  # noqa: PLC0415

        return TEXTS[self.code]

    @property
    def text(self) -> str:
        """The sentence, without a full stop."""
        why = self.told.why.format_map(told(self.facts))
        return "\n  ".join((why, *(detail.text for detail in self.details)))

    @property
    def remedy(self) -> str:
        """What to do; empty when the sentence says it all."""
        return self.told.remedy.format_map(told(self.facts))


class Refusal(Exception):
    """The request is understood and refused. A `cause` is told first, and its remedy is the one to
    follow where this refusal has none of its own."""

    exit_code = 3

    def __init__(
        self,
        code: str,
        /,
        *,
        details: Sequence[Reason] = (),
        cause: "Refusal | None" = None,
        **facts: Fact,
    ) -> None:
        super().__init__(code)
        self.reason = Reason(code, facts, tuple(details))
        self.cause = cause

    @property
    def message(self) -> str:
        """Why, then what did not happen."""
        why, nothing = self.reason.text, self.reason.told.nothing
        if nothing and self.reason.details:
            text = f"{why}.\n{nothing[0].upper()}{nothing[1:]}."
        elif nothing:
            text = f"{why} : {nothing}."
        else:
            text = why if why.endswith((".", "?", "!", "…")) else f"{why}."
        return f"{self.cause.message} {text}" if self.cause is not None else text

    @property
    def remedy(self) -> str:
        """What to do instead; empty when the message says it all."""
        own = self.reason.remedy
        return self.cause.remedy if self.cause is not None and not own else own


class UnusableData(Refusal):
    """The files have errors, or lack what the request needs: nothing was computed or written."""

    exit_code = 1

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("data.errors")
        # What a cell may not hold is told by its table and by who reads it: the same problem, once.
        self.problems = tuple({id(problem): problem for problem in problems}.values())


class UnreadableRequest(Refusal):
    """The command line cannot be read."""

    exit_code = 2


class NotWritten(Refusal):
    """A file could not be put in place, or what was done could not be shown."""

    exit_code = 4


class Unread(Refusal):
    """Who was reading the answer has gone, as `head` does: nothing failed."""

    exit_code = 141


class Interrupted(Refusal):
    """Somebody typed Ctrl-C."""

    exit_code = 130


class Broken(Refusal):
    """The program is at fault."""

    exit_code = 70
