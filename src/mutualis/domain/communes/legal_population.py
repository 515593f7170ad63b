"""INSEE's legal populations of a commune, as its file gives them."""

from dataclasses import dataclass

from mutualis.domain.problems.problem import Source


@dataclass(frozen=True, slots=True)
class LegalPopulation:
    """One commune in INSEE's file."""

    code_insee: str
    name: str
    municipal: int
    total: int
    source: Source
