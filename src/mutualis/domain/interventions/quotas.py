"""How often a membership lets a commune ask for a service in a year, and how often it did."""

from collections.abc import Iterable

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.services.service import Service, Services, applying
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.value import Struct


class QuotaUse(Struct, frozen=True):
    """The requests of a commune for a service whose number is limited at its level.

    `requests` holds the first intervention of each, in order of time.
    """

    commune: CommuneYear
    service: Service
    requests: tuple[Served, ...] = ()

    @property
    def quota(self) -> int:
        return self.service.quota or 0

    @property
    def used(self) -> int:
        return len(self.requests)

    @property
    def left(self) -> int:
        return max(0, self.quota - self.used)

    @property
    def exceeded(self) -> int:
        return max(0, self.used - self.quota)


def quota_uses(
    communes: Communes, services: Services, grid: Grid, served: Iterable[Served]
) -> tuple[QuotaUse, ...]:
    """One for each commune and limited service of its levels in the year, in INSEE-code order.

    What a commune asked for while it was at another level does not count.
    """
    limited = [cells for cells in services.groups if any(c.quota is not None for c in cells)]
    found: dict[tuple[str, tuple[str, str], str], QuotaUse] = {}
    for row in communes.of_year(grid.year):
        for cells in limited:
            service = applying(cells, grid, row.level)
            if service is not None and service.quota is not None:
                found.setdefault(
                    (row.code_insee, service.key, service.level), QuotaUse(row, service)
                )
    seen: dict[tuple[str, tuple[str, str], str], dict[tuple[str, str], Served]] = {}
    for item in served:
        service = item.service
        if item.on_quote or service is None:
            continue
        key = (item.commune.code_insee, service.key, service.level)
        if key in found and item.is_included:
            seen.setdefault(key, {}).setdefault(item.request, item)
    return tuple(
        QuotaUse(use.commune, use.service, tuple(seen.get(key, {}).values()))
        for key, use in found.items()
    )
