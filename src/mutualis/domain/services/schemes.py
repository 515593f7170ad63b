"""Departmental schemes: what another body does for communes, and for which services of ours."""

from collections.abc import Iterable, Iterator
from datetime import date

from mutualis.domain.french.names import fold, is_invented
from mutualis.domain.french.typography import count
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.services.finder import FoundService, ServiceFinder
from mutualis.domain.value import Struct, equal_but_for

FILE = "data/departmental_schemes.csv"


class Scheme(Struct, frozen=True):
    """One row: `carrier` is the body that runs it, `services` name those of the catalogue.

    It runs from `start` to `end`, both included; a day that is not given leaves that end open.
    """

    name: str
    carrier: str
    services: tuple[str, ...]
    start: date | None = None
    end: date | None = None
    origin: str = ""
    source: Source = Source(FILE)
    services_at: Source = Source(FILE)
    end_at: Source = Source(FILE)

    __eq__ = equal_but_for("source", "services_at", "end_at")

    @property
    def label(self) -> str:
        return f"{self.name} ({self.carrier})"

    @property
    def is_example(self) -> bool:
        return is_invented(self.origin)

    def in_force(self, day: date) -> bool:
        return (self.start or day) <= day <= (self.end or day)

    def meets(self, other: "Scheme") -> bool:
        """Whether both are in force on some day."""
        first, last = max(self.start or date.min, other.start or date.min), date.max
        return first <= min(self.end or last, other.end or last)

    def is_named(self, text: str) -> bool:
        return fold(text) in (fold(self.name), fold(self.label))


class Coverage:
    """Which schemes cover a service, whichever way its name is written."""

    def __init__(self, schemes: Iterable[Scheme], finder: ServiceFinder) -> None:
        self.finder = finder
        self.schemes = tuple(schemes)
        self._of: dict[object, list[Scheme]] = {}
        for scheme in self.schemes:
            for key in {self._key(service) for service in scheme.services}:
                self._of.setdefault(key, []).append(scheme)

    def of(self, service: str, *days: date) -> tuple[Scheme, ...]:
        """The schemes for a service that are in force on each of the days, in file order."""
        found = self._of.get(self._key(service), []) if service else []
        return tuple(scheme for scheme in found if all(map(scheme.in_force, days)))

    def problems(self) -> Iterator[Problem]:
        """S09: a scheme for a service that the catalogue has not, or has twice."""
        for scheme in self.schemes if self.finder else ():
            for service in scheme.services:
                found = self.finder.find(service)
                if not isinstance(found, FoundService):
                    facts = {**found.facts, "scheme": scheme.name}
                    yield Problem("S09", scheme.services_at, facts)

    def _key(self, service: str) -> object:
        found = self.finder.find(service) if self.finder else None
        return found.cells[0].key if isinstance(found, FoundService) else fold(service)


def said(schemes: Iterable[Scheme]) -> str:
    """The schemes with their carriers; empty without any."""
    return " ; ".join(dict.fromkeys(scheme.label for scheme in schemes))


def covered(what: str, schemes: Iterable[Scheme], source: Source) -> Iterator[Problem]:
    """S13, where there are schemes for what is asked."""
    labels = said(schemes)
    if labels:
        yield Problem("S13", source, {"what": what, "schemes": labels})


def schemes_are_real(schemes: Iterable[Scheme]) -> Iterator[Problem]:
    """S14, in one warning."""
    examples = [scheme for scheme in schemes if scheme.is_example]
    if examples:
        source = Source(examples[0].source.file, examples[0].source.line, field="source")
        yield Problem("S14", source, {"count": count(len(examples), "dispositif")})
