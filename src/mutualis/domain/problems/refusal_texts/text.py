"""What a refusal says: why, what was not done, and what to do."""

from mutualis.domain.value import Struct


class RefusalText(Struct, frozen=True):
    """`why` is a French sentence without its full stop, `nothing` what did not happen then
    (« rien n'a été émis »), `remedy` what to do, with the command to type. Words in braces are
    facts. A reason that stands in a list, or that `verify` tells, is a `why` alone.
    """

    why: str
    nothing: str = ""
    remedy: str = ""
