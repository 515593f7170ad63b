"""The service of the catalogue that a person named, in a file or at the command line.

One rule for all of them: its name, with its theme or its quota if they are written, without
accents or capitals; else some whole words of its name (« podium »), where no other service has
them. Nothing is guessed, so that this holds where quotas count too: a name of several themes, words
of several services or a misspelt name are an error, with what may have been meant.
"""

from collections.abc import Iterable, Mapping

from mutualis.domain.french import names as misnamed
from mutualis.domain.french.names import Names, suggestions
from mutualis.domain.services.service import Service, Services
from mutualis.domain.value import Struct

MOST_NAMES = 5  # of an ambiguous name that are told

Cells = tuple[Service, ...]


class FoundService(Struct, frozen=True):
    """The cells of the service, one a level."""

    cells: Cells


class AmbiguousService(Struct, frozen=True):
    """How to write each of the services that may be meant."""

    wanted: str
    candidates: tuple[str, ...]

    @property
    def facts(self) -> Mapping[str, str]:
        """What the problem of whoever asked says: `wanted`, `state` and `guess`."""
        return _facts(self.wanted, misnamed.ambiguous_service(), self.candidates[:MOST_NAMES])


class UnknownService(Struct, frozen=True):
    """The names that are spelt alike."""

    wanted: str
    suggestions: tuple[str, ...] = ()

    @property
    def facts(self) -> Mapping[str, str]:
        """What the problem of whoever asked says: `wanted`, `state` and `guess`."""
        return _facts(self.wanted, misnamed.unknown_service(), self.suggestions)


class ServiceFinder:
    """The services of a catalogue by what people write for them, each spelling looked up once."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._cells = {cells[0].key: cells for cells in services.groups}
        self._names = Names(
            ((row.name, row.key) for row in services.rows),
            ((spelling, row.key) for row in services.rows for spelling in row.spellings),
        )
        self._meant: dict[str, tuple[Cells, ...]] = {}

    def __bool__(self) -> bool:
        """Whether there is a catalogue."""
        return bool(self._cells)

    def meant(self, wanted: str) -> tuple[Cells, ...]:
        """The services that a text can mean: none, one or several."""
        if wanted not in self._meant:
            keys = self._names.whole(wanted) or self._names.in_part(wanted)
            self._meant[wanted] = tuple(self._cells[key] for key in dict.fromkeys(keys))
        return self._meant[wanted]

    def find(self, wanted: str) -> FoundService | AmbiguousService | UnknownService:
        meant = self.meant(wanted)
        if len(meant) == 1:
            return FoundService(meant[0])
        if meant:
            titles = (self._services.title(cells[0]) for cells in meant)
            return AmbiguousService(wanted, tuple(titles))
        names = (row.name for row in self._services.rows)
        return UnknownService(wanted, tuple(suggestions(wanted, names)))


def _facts(wanted: str, state: str, names: Iterable[str]) -> Mapping[str, str]:
    guess = misnamed.did_you_mean(f"« {name} »" for name in names)
    return {"wanted": wanted, "state": state, "guess": guess}
