"""What is wrong with an entry of the register."""

from mutualis.domain.french.register import at_row
from mutualis.domain.problems.refusals import Fact, Reason
from mutualis.domain.value import Struct


class Finding(Struct, frozen=True):
    """What is wrong with an entry: its place in the register, its number, why."""

    seq: int
    number: str | None
    reason: Reason

    @property
    def text(self) -> str:
        return at_row(self.seq, self.number, self.reason.text)


def finding(seq: int, number: str | None, code: str, **facts: Fact) -> Finding:
    return Finding(seq, number, Reason(code, facts))
