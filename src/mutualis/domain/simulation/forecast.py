"""What each person of a year would be asked for the year after, as the files lead to it.

Nothing is supposed: a grid that is not there is the last one indexed by the rate that is known of,
rows that are not there are those of the last year, and what neither gives is told.
"""

from collections.abc import Mapping
from datetime import date

from mutualis.domain.changes.change import Change
from mutualis.domain.changes.path import compare
from mutualis.domain.changes.side import Side
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.debtors import groups_of
from mutualis.domain.issuing.commune_account import Forecast, NoForecast
from mutualis.domain.memberships.fees import why_free
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct


class YearAhead(Struct, frozen=True):
    """The year after one, priced and known on `day`: `changes` and `rows`, the last ones that a
    person owes for, are by its code."""

    dataset: Dataset
    day: date
    changes: Mapping[str, Change]
    rows: Mapping[str, CommuneYear]

    def of(self, code: str) -> Forecast:
        """That of the person of a code in the year before."""
        dataset, year = self.dataset, self.dataset.year
        if dataset.communes.movements.heir(code, date(year - 1, 12, 31), self.day) != code:
            return Forecast(year, NoForecast.MERGED)
        row, change = self.rows.get(code), self.changes.get(code)
        if row is None or change is None:
            return Forecast(year, NoForecast.NO_ROW)
        return Forecast(
            year,
            change=change,
            free="" if change.after or _owes(row, dataset) else why_free(row, dataset.grid),
            grid_of=dataset.grid_of,
            rows_of=dataset.rows_of,
            rates=dataset.rates,
            is_voted=dataset.grid.is_voted,
        )


def _owes(row: CommuneYear, dataset: Dataset) -> bool:
    """Whether its level has a fee: what is not asked for is then too small."""
    level = dataset.grid.levels.get(row.level)
    return level is not None and level.is_priced


def look_ahead(before: Tariffs, dataset: Dataset, day: date, only: str | None = None) -> YearAhead:
    """The year of a dataset beside the one before, which `before` prices: as known at its end, or
    on `day` where that is later; of one person where `only` is its code.

    Both must be priced without an error (checks B02 and B03).
    """
    year = dataset.year
    known = max(day, date(year, 12, 31))
    earlier = Side(dataset.communes, before, year - 1)
    later = Side(dataset.communes, dataset.tariffs, year, known)
    changes = {change.code_insee: change for change in compare(earlier, later, only).changes}
    communes = dataset.communes
    if only is not None:
        communes = communes.of_codes(communes.movements.family(only))
    groups = groups_of(communes, year, known)
    return YearAhead(dataset, known, changes, {g.debtor.code_insee: g.row for g in groups})
