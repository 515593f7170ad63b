"""The communes that requests name, whatever the year that knows them."""

from datetime import date

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.french.names import nearest
from mutualis.domain.problems.problem import Problem
from mutualis.domain.requests.request import Request


class CommuneFinder:
    """The communes that requests name, each spelling looked up once a year."""

    def __init__(self, communes: Communes) -> None:
        self._communes = communes
        self._found: dict[tuple[str, int], list[tuple[CommuneYear, ...]]] = {}
        self._codes: dict[tuple[str, date], str | None] = {}
        self._on: dict[tuple[str, int, date], list[tuple[CommuneYear, ...]]] = {}

    def find(self, wanted: str, year: int) -> list[tuple[CommuneYear, ...]]:
        """The rows of the communes of the year that a code or a name can mean."""
        key = (wanted, year)
        if key not in self._found:
            self._found[key] = self._communes.find(wanted, year)
        return self._found[key]

    def known(self, wanted: str) -> bool:
        """Whether one commune, and only one, is meant in some year."""
        return any(len(self.find(wanted, year)) == 1 for year in self._communes.years)

    def code(self, wanted: str, day: date) -> str | None:
        """The code that a spelling means in the last year that knows it; for a commune merged
        before `day`, that of its successor."""
        key = (wanted, day)
        if key not in self._codes:
            self._codes[key] = None
            for year in reversed(self._communes.years):
                found = self.find(wanted, year)
                if len(found) == 1:
                    self._codes[key] = self._communes.heir(found[0][0].code_insee, day)
                    break
        return self._codes[key]

    def on(self, wanted: str, year: int, day: date) -> list[tuple[CommuneYear, ...]]:
        """The rows of the year of the commune that answers on `day` for the one named."""
        found = self.find(wanted, year)
        if len(found) > 1:
            return found
        key = (wanted, year, day)
        if key not in self._on:
            own = found[0][0].code_insee if found else None
            code = self._communes.heir(own, day) if own else self.code(wanted, day)
            self._on[key] = self.find(code, year) if code is not None else []
        return self._on[key]

    def problem(self, request: Request, year: int | None) -> Problem:
        """R01, for a commune that a year does not know (None: that none does)."""
        years = self._communes.years if year is None else [year]
        found = [rows[0] for one in years for rows in self.find(request.commune, one)]
        when = "" if year is None else f" en {year}"
        if found:
            state = f"ambiguë{when}"
        else:
            state = f"inconnue{when}"
            known = [y for y in self._communes.years if len(self.find(request.commune, y)) == 1]
            last = max(known, default=None)
            if last is not None:
                state += (
                    f", mais connue en {last} (si elle a fusionné, donner sa « date_fin » et son "
                    f"« successeur » dans ses lignes de {last})"
                )
            rows = [row for one in years for row in self._communes.of_year(one)]
            close = nearest(request.commune, [row.name for row in rows])
            found = [row for name in close for row in rows if row.name == name]
        names = list(dict.fromkeys(f"{row.name} ({row.code_insee})" for row in found))[:5]
        guess = f" Vouliez-vous dire {' ou '.join(names)} ?" if names else ""
        facts = {
            "id": request.id,
            "commune": request.commune,
            "state": state,
            "guess": guess,
        }
        return Problem("R01", request.place("commune"), facts)
