"""Who did a thing, and when."""

from datetime import date

from mutualis.domain.value import Struct


class Act(Struct, frozen=True):
    """Who did it, when, with which program, from which files (a fingerprint)."""

    day: date
    operator: str
    program: str
    inputs: str
