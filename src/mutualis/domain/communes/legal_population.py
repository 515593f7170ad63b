"""INSEE's legal populations of a commune, as its file gives them."""

from mutualis.domain.problems.problem import Source
from mutualis.domain.value import Struct


class LegalPopulation(Struct, frozen=True):
    """One commune in INSEE's file."""

    code_insee: str
    name: str
    municipal: int
    total: int
    source: Source
