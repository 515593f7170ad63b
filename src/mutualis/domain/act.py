"""Who did a thing, and when."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Act:
    """Who did it, when, with which program, from which files (a fingerprint)."""

    day: date
    operator: str
    program: str
    inputs: str
