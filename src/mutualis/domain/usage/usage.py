"""What was done over a year, at the grid's prices, at real cost, and what was paid for it.

What was paid is memberships, which pay for what a level includes, and missions, paid on quote.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from mutualis.domain.communes.communes import CommuneYear, merger
from mutualis.domain.costs.received import Recourse, recourses
from mutualis.domain.costs.unit_cost import UnitCosts
from mutualis.domain.french import interventions as words
from mutualis.domain.french.names import fold
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.interventions.quotas import QuotaUse
from mutualis.domain.kinds import Product
from mutualis.domain.money import ZERO
from mutualis.domain.services.finder import ServiceFinder
from mutualis.domain.services.service import Service, Services, on_quote
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.usage.income import Income, Incomes
from mutualis.domain.usage.load import DirectorateLoad
from mutualis.domain.usage.share import CategoryUse, Share
from mutualis.domain.value import Struct, field


class Usage(Struct, frozen=True):
    """The usage of a year, whole or of one commune (`commune`, with what it merged).

    `asked` is the merged commune that was asked for, when `commune` answers for it. `other_years`
    counts the interventions of each other year, which are left out. `prices_of` is the year of the
    grid that took the place of a missing one. `costs` is None where the year has no unit costs.
    `loads` are those of a whole usage: no commune has a capacity of its own.

    Each of the five tables sums to `total`, but for the fees that are not shared out.
    """

    year: int
    grid: Grid
    served: tuple[Served, ...]
    incomes: Incomes
    quotas: tuple[QuotaUse, ...]
    services: Services = field(default_factory=Services)
    commune: CommuneYear | None = None
    asked: CommuneYear | None = None
    other_years: Mapping[int, int] = field(default_factory=dict)
    prices_of: int | None = None
    costs: UnitCosts | None = None
    loads: tuple[DirectorateLoad, ...] = ()

    @property
    def recourses(self) -> tuple[Recourse, ...]:
        """What was done, with its unit cost where it has one."""
        return recourses(self.served, self.costs)

    @property
    def without_cost(self) -> dict[tuple[str, str], int]:
        """The half-days of each directorate and category that has no unit cost, in order; none
        where the year has no unit costs at all."""
        found: Counter[tuple[str, str]] = Counter()
        for line in self.recourses if self.costs is not None else ():
            if line.unit_cost is None:
                found[line.served.directorate, line.served.intervention.category] += line.units
        return dict(sorted(found.items()))

    @property
    def notes(self) -> tuple[str, ...]:
        """Who answers for a merged commune, whose prices these are, what is of other years."""
        found = []
        if self.asked is not None and self.commune is not None:
            merged = merger(self.asked, self.commune)
            found.append(words.of_merged(merged, self.commune.name))
        if self.prices_of is not None:
            found.append(words.prices_of(self.year, self.prices_of))
        if self.other_years:
            found.append(words.other_years(self.other_years))
        return tuple(found)

    @property
    def costs_from(self) -> str:
        """Where the real cost comes from, or how to have one."""
        vintages = () if self.costs is None else self.costs.vintages
        return words.known_cost(self.year, [(year, kind.value) for year, kind in vintages])

    @property
    def uncosted(self) -> str:
        """What has no unit cost, in words; empty when there is none."""
        return words.uncosted(self.without_cost)

    @property
    def total(self) -> Share:
        return self._shares(lambda _: "", lambda _: "", {"": words.TOTAL})[0]

    @property
    def by_commune(self) -> tuple[Share, ...]:
        """In INSEE-code order; each commune that pays or was served."""
        names = {item.debtor.code_insee: item.debtor.name for item in self.served}
        names |= {line.debtor.code_insee: line.debtor.name for line in self.incomes.lines}
        return self._shares(
            lambda item: item.debtor.code_insee,
            lambda line: line.debtor.code_insee,
            {code: names[code] for code in sorted(names)},
        )

    @property
    def by_level(self) -> tuple[Share, ...]:
        """In the order of the grid; missions count at the level on quote, whoever has them."""
        quoted = self.grid.on_quote.code if self.grid.on_quote is not None else ""
        codes = dict.fromkeys((*self.grid.levels, *(line.level for line in self.incomes.lines)))
        labels = {code: words.level(code) for code in codes}
        shares = self._shares(
            lambda item: quoted if item.on_quote else item.level,
            lambda line: line.level,
            {**labels, "": words.NOT_MEMBERS},
        )
        return tuple(share for share in shares if share.key or share.interventions)

    @property
    def by_theme(self) -> tuple[Share, ...]:
        """In the order of the catalogue; last, what is of no theme."""
        labels = {theme: theme for theme in self.services.themes}
        same = {fold(theme): theme for theme in labels}
        return self._known(
            lambda item: same.get(fold(item.theme), ""),
            lambda cell: same.get(fold(cell.theme), ""),
            {**labels, "": words.NO_THEME},
        )

    @property
    def by_service(self) -> tuple[Share, ...]:
        """In the order of the catalogue, with its theme where two have the name; then the rest."""
        titles = {row.key: self.services.title(row) for row in self.services.rows}

        def title(item: Served) -> str:
            return item.name if item.service is None else titles[item.service.key]

        labels = {name: name for name in (*titles.values(), *map(title, self.served))}
        return self._known(title, lambda cell: titles[cell.key], {**labels, "": words.NO_SERVICE})

    @property
    def by_directorate(self) -> tuple[Share, ...]:
        """In the order of the catalogue; last, what is of no directorate."""
        labels = {row.directorate: row.directorate for row in self.services.rows if row.directorate}
        return self._known(
            lambda item: item.directorate,
            lambda cell: cell.directorate,
            {**labels, "": words.NO_DIRECTORATE},
        )

    @property
    def levels(self) -> dict[str, str]:
        """The level of each commune of `by_commune`, at the end of the year."""
        found = {line.debtor.code_insee: line.debtor.level for line in self.incomes.lines}
        return found | {item.debtor.code_insee: item.debtor.level for item in self.served}

    @property
    def by_category(self) -> tuple[CategoryUse, ...]:
        level = self.grid.on_quote
        prices = level.half_day if level is not None else {}
        found = []
        for category, price in prices.items():
            own = [item for item in self.served if item.intervention.category == category]
            half_days = sum(item.half_days for item in own)
            at_price = sum((item.at_price for item in own), ZERO)
            found.append(CategoryUse(category, half_days, price, at_price))
        return tuple(found)

    @property
    def examples(self) -> int:
        return sum(item.intervention.is_example for item in self.served)

    @property
    def has_examples(self) -> bool:
        """Whether something is invented: the figures then describe nothing real."""
        return bool(self.examples) or any(
            (self.example_levels, self.example_directorates, self.example_costs)
        )

    @property
    def example_costs(self) -> bool:
        return self.costs is not None and any(row.is_example for row in self.costs.rows)

    @property
    def example_levels(self) -> bool:
        return any(item.commune.is_example for item in self.served) or any(
            line.debtor.is_example for line in self.incomes.lines
        )

    @property
    def example_directorates(self) -> bool:
        return any(
            item.service is not None and item.service.has_example_directorate
            for item in self.served
        )

    def _known(
        self,
        of_served: Callable[[Served], str],
        of_service: Callable[[Service], str],
        labels: dict[str, str],
    ) -> tuple[Share, ...]:
        """Shares by something of the catalogue: memberships are not shared out."""
        finder = ServiceFinder(self.services)

        def of_income(line: Income) -> str:
            if line.product != Product.MISSION:
                return ""
            named = finder.meant(line.service)
            quoted = [cell for cells in named if (cell := on_quote(cells, self.grid)) is not None]
            keys = {of_service(cell) for cell in quoted}
            if len(keys) != 1:
                # No service on the quote, or one of several themes: what was done on it tells.
                keys = {
                    of_served(item)
                    for item in self.served
                    if item.intervention.quote and item.intervention.quote == line.quote
                }
            return keys.pop() if len(keys) == 1 else ""

        shares = self._shares(of_served, of_income, labels, fees=None)
        used = (share for share in shares if share.interventions or share.missions)
        return tuple(used)

    def _shares(
        self,
        of_served: Callable[[Served], str],
        of_income: Callable[[Income], str],
        labels: dict[str, str],
        fees: Decimal | None = ZERO,
    ) -> tuple[Share, ...]:
        """One share a label, in their order."""
        groups: dict[str, list[Recourse]] = {key: [] for key in labels}
        for line in self.recourses:
            groups[of_served(line.served)].append(line)
        is_costed = self.costs is not None
        shares = {
            key: _share(key, label, groups[key], fees, is_costed=is_costed)
            for key, label in labels.items()
        }
        for income in self.incomes.lines:
            shares[of_income(income)] = shares[of_income(income)].with_income(income)
        return tuple(shares.values())


def _share(
    key: str, label: str, lines: Sequence[Recourse], fees: Decimal | None, *, is_costed: bool
) -> Share:
    served = [line.served for line in lines]
    return Share(
        key,
        label,
        len(lines),
        sum(line.units for line in lines),
        sum((item.at_price for item in served if not item.on_quote), ZERO),
        sum((item.at_price for item in served if item.on_quote), ZERO),
        fees,
        known_cost=sum((line.at_cost or ZERO for line in lines), ZERO) if is_costed else None,
        uncosted=sum(line.units for line in lines if line.unit_cost is None) if is_costed else 0,
    )
