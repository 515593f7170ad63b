"""The commune that a person named, in a file or at the command line: one rule for all of them.

A code is the commune's. A name is compared without accents, capitals, hyphens or article, and
within « Commune de … »; the names that it had in other years are its own. Some whole words of a
name are enough (« Ecole », « les Vignes ») where they mean one commune of all that the file has
ever known. That holds too where money is billed or a quota counted, because nothing is guessed: a
commune that comes later makes such a name ambiguous, an error, and never another commune's; a
whole name comes before parts of one, even when only another year knows it; and what is cut inside
a word, or misspelt, is an error with a suggestion (« Osse » is a commune, not Osselle-Routelle).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.french import names as misnamed
from mutualis.domain.french.names import Names, bare, suggestions
from mutualis.domain.value import Struct

MOST_NAMES = 5  # of an ambiguous name that are told


class FoundCommune(Struct, frozen=True):
    """The rows of the commune in the year asked for, or in the last one that knows it."""

    rows: tuple[CommuneYear, ...]

    @property
    def code(self) -> str:
        return self.rows[0].code_insee


class AmbiguousCommune(Struct, frozen=True):
    """One row of each commune that may be meant; `year` is None for the last one that knows it."""

    wanted: str
    year: int | None
    candidates: tuple[CommuneYear, ...]

    @property
    def facts(self) -> Mapping[str, str]:
        """What the problem of whoever asked says: `wanted`, `state` and `guess`."""
        state = misnamed.ambiguous_commune(self.year)
        return _facts(self.wanted, state, self.candidates[:MOST_NAMES])


class UnknownCommune(Struct, frozen=True):
    """One row of each commune that is spelt alike, or that this one has become; the years that do
    know this one."""

    wanted: str
    year: int | None
    suggestions: tuple[CommuneYear, ...] = ()
    known_in: tuple[int, ...] = ()

    @property
    def facts(self) -> Mapping[str, str]:
        """What the problem of whoever asked says: `wanted`, `state` and `guess`."""
        state = misnamed.unknown_commune(self.year, self.known_in)
        return _facts(self.wanted, state, self.suggestions)


class Contradiction(Struct, frozen=True):
    """A code with a name that is not its commune's; `other` is whose it is, where one is meant."""

    commune: CommuneYear
    name: str
    other: CommuneYear | None

    @property
    def facts(self) -> Mapping[str, str]:
        """`code`, `own`, `name` and `other`."""
        other = self.other
        return {
            "code": self.commune.code_insee,
            "own": self.commune.name,
            "name": self.name,
            "other": "" if other is None else misnamed.code_of(self.name, other.code_insee),
        }


class CommuneFinder:
    """The communes of a file by what people write for them, each spelling looked up once."""

    def __init__(self, communes: Communes) -> None:
        self._rows = {
            (year, rows[0].code_insee): rows
            for year in communes.years
            for rows in communes.by_commune(year)
        }
        self._years: dict[str, list[int]] = {}
        for year, code in self._rows:
            self._years.setdefault(code, []).append(year)
        self._movements = communes.movements
        self._found: dict[
            tuple[str, int | None], FoundCommune | AmbiguousCommune | UnknownCommune
        ] = {}

    def find(
        self, wanted: str, year: int | None = None
    ) -> FoundCommune | AmbiguousCommune | UnknownCommune:
        """The commune that a code or a name means in a year, or in the last one that knows it."""
        key = (wanted, year)
        if key not in self._found:
            self._found[key] = self._find(wanted.strip(), year)
        return self._found[key]

    def find_both(
        self, code: str, name: str, year: int | None = None
    ) -> FoundCommune | AmbiguousCommune | UnknownCommune | Contradiction:
        """The same from a column of codes and one of names, of which one may be empty."""
        if not code or not name.strip():
            return self.find(code or name, year)
        found, named = self.find(code, year), self.find(name, year)
        match found, named:
            case FoundCommune(), FoundCommune() if found.code == named.code:
                return found
            case FoundCommune(), AmbiguousCommune() if found.code in {
                c.code_insee for c in named.candidates
            }:
                return found
            case FoundCommune(), _:
                other = named.rows[-1] if isinstance(named, FoundCommune) else None
                return Contradiction(found.rows[-1], name.strip(), other)
            case UnknownCommune(), FoundCommune():
                return UnknownCommune(code, year, (named.rows[-1],), found.known_in)
            case UnknownCommune(), UnknownCommune():
                return UnknownCommune(code, year, named.suggestions, found.known_in)
        return found

    def code(self, found: FoundCommune, day: date) -> str:
        """The code of a commune; of the one that it has become, where it merged before `day`."""
        since = date(found.rows[0].year, 1, 1)
        return self._movements.heir(found.code, since, day) or found.code

    def code_of(self, wanted: str, day: date) -> str | None:
        """The same of a spelling, in the last year that knows it; None when it finds none."""
        found = self.find(wanted)
        return self.code(found, day) if isinstance(found, FoundCommune) else None

    def on(
        self, wanted: str, year: int, day: date
    ) -> FoundCommune | AmbiguousCommune | UnknownCommune:
        """The commune of the year that answers on `day` for the one named, which may have merged
        before it."""
        found = self.find(wanted, year)
        if isinstance(found, AmbiguousCommune):
            return found
        known = found if isinstance(found, FoundCommune) else self.find(wanted)
        if not isinstance(known, FoundCommune):
            return found
        heir = self.find(self.code(known, day), year)
        is_known = isinstance(found, FoundCommune)
        return heir if is_known or isinstance(heir, FoundCommune) else found

    @cached_property
    def _names(self) -> Names[tuple[int, str]]:
        return Names((row.name, key) for key, rows in self._rows.items() for row in rows)

    def _find(
        self, wanted: str, year: int | None
    ) -> FoundCommune | AmbiguousCommune | UnknownCommune:
        code = wanted.upper()
        if code in self._years:
            return self._one([code], wanted, year)
        forms = (wanted, bare(wanted))
        whole = next((keys for form in forms if (keys := self._names.whole(form))), [])
        if whole:
            # A name that has gone from one commune to another is that of whose it is in the year.
            when = max(known for known, _ in whole) if year is None else year
            own = [code for known, code in whole if known == when]
            return self._one(own or (code for _, code in whole), wanted, year)
        parts = next((keys for form in forms if (keys := self._names.in_part(form))), [])
        codes = sorted({code for _, code in parts})
        if len(codes) == 1:
            return self._one(codes, wanted, year)
        if codes:
            return AmbiguousCommune(wanted, year, tuple(self._last(code, year) for code in codes))
        groups = (rows for (when, _), rows in self._rows.items() if year in (None, when))
        known = {row.name: row for rows in groups for row in rows}
        close = suggestions(bare(wanted), known)
        return UnknownCommune(wanted, year, tuple(known[name] for name in close))

    def _one(
        self, codes: Iterable[str], wanted: str, year: int | None
    ) -> FoundCommune | AmbiguousCommune | UnknownCommune:
        """Of the communes that bear a name, the one of the year."""
        codes = sorted(set(codes))
        here = [code for code in codes if year is None or (year, code) in self._rows]
        if not here:
            years = sorted({known for code in codes for known in self._years[code]})
            return UnknownCommune(wanted, year, self._heirs(codes, year), tuple(years))
        if len(here) > 1:
            return AmbiguousCommune(wanted, year, tuple(self._last(code, year) for code in here))
        when = self._years[here[0]][-1] if year is None else year
        return FoundCommune(self._rows[when, here[0]])

    def _heirs(self, codes: Iterable[str], year: int | None) -> tuple[CommuneYear, ...]:
        """What communes of earlier years have become in a year: who was perhaps meant."""
        heirs = {
            self._movements.heir(code, date(self._years[code][-1], 1, 1), date(year, 12, 31))
            for code in codes
            if year is not None and self._years[code][-1] < year
        }
        own = sorted(code for code in heirs if code is not None and (year, code) in self._rows)
        return tuple(self._last(code, year) for code in own)

    def _last(self, code: str, year: int | None) -> CommuneYear:
        """The row of a commune in the year, else its last one."""
        years = self._years[code]
        when = year if year is not None and year in years else years[-1]
        return self._rows[when, code][-1]


def _facts(wanted: str, state: str, named: Iterable[CommuneYear]) -> Mapping[str, str]:
    names = dict.fromkeys(f"{row.name} ({row.code_insee})" for row in named)
    return {"wanted": wanted, "state": state, "guess": misnamed.did_you_mean(names)}
