"""What the scheme costs and brings in over a year, however it is looked at.

The cost is that of the half-days done, at the grid's prices. The income is that of memberships,
which pay for what a level includes, and that of missions, paid on quote.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from mutualis.domain.communes.communes import CommuneYear, merger
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


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a table: the costs and incomes of one commune, level, theme or directorate.

    `fees` is None where memberships cannot be shared out: they open every theme at once.
    """

    key: str
    label: str
    interventions: int = 0
    half_days: int = 0
    membership_cost: Decimal = ZERO
    mission_cost: Decimal = ZERO
    fees: Decimal | None = ZERO
    missions: Decimal = ZERO

    @property
    def cost(self) -> Decimal:
        return self.membership_cost + self.mission_cost

    @property
    def income(self) -> Decimal:
        return (self.fees or ZERO) + self.missions

    @property
    def balance(self) -> Decimal | None:
        """What comes in less what it costs; None where the fees are not shared out."""
        return None if self.fees is None else self.income - self.cost

    def with_income(self, line: Income) -> "Share":
        if line.product == Product.MISSION:
            return replace(self, missions=self.missions + line.amount)
        return self if self.fees is None else replace(self, fees=self.fees + line.amount)


@dataclass(frozen=True, slots=True)
class CategoryUse:
    """The half-days of a category of agents, at its price."""

    category: str
    half_days: int
    unit_price: Decimal
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Usage:
    """The usage of a year, whole or of one commune (`commune`, with what it merged).

    `asked` is the merged commune that was asked for, when `commune` answers for it. `other_years`
    counts the interventions of each other year, which are left out. `prices_of` is the year of the
    grid that took the place of a missing one.

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
            found.append(CategoryUse(category, half_days, price, sum((i.cost for i in own), ZERO)))
        return tuple(found)

    @property
    def examples(self) -> int:
        return sum(item.intervention.is_example for item in self.served)

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
        groups: dict[str, list[Served]] = {key: [] for key in labels}
        for item in self.served:
            groups[of_served(item)].append(item)
        shares = {
            key: Share(
                key,
                label,
                len(groups[key]),
                sum(item.half_days for item in groups[key]),
                sum((item.cost for item in groups[key] if not item.on_quote), ZERO),
                sum((item.cost for item in groups[key] if item.on_quote), ZERO),
                fees,
            )
            for key, label in labels.items()
        }
        for line in self.incomes.lines:
            shares[of_income(line)] = shares[of_income(line)].with_income(line)
        return tuple(shares.values())


def summed(shares: Iterable[Share]) -> Share:
    """The sum of a table's lines."""
    lines: Sequence[Share] = tuple(shares)
    known = [share.fees for share in lines if share.fees is not None]
    return Share(
        "",
        words.TOTAL,
        sum(share.interventions for share in lines),
        sum(share.half_days for share in lines),
        sum((share.membership_cost for share in lines), ZERO),
        sum((share.mission_cost for share in lines), ZERO),
        sum(known, ZERO) if known or not lines else None,
        sum((share.missions for share in lines), ZERO),
    )
