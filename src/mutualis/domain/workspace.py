"""All that a folder's files say, once read."""

from collections.abc import Mapping
from functools import cached_property

from mutualis.domain.communes.communes import Communes
from mutualis.domain.communes.movements import Movements
from mutualis.domain.costs.cost import Costs
from mutualis.domain.indexation.cpi import PriceIndex
from mutualis.domain.interventions.intervention import Interventions
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.problems.problem import Problem
from mutualis.domain.requests.criteria import Criteria
from mutualis.domain.requests.request import Requests
from mutualis.domain.services.finder import ServiceFinder
from mutualis.domain.services.schemes import Coverage, Scheme
from mutualis.domain.services.service import Services
from mutualis.domain.tariffs.table import LockedTable
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct, field, replace


class Workspace(Struct, frozen=True, dict=True):
    """`tables` holds the locked tariff tables, by year.

    `services`, `schemes`, `interventions` and `costs` are empty in a workspace that does without
    them, `requests` and `criteria` None in one that does without the prioritisation body.
    """

    communes: Communes
    tariffs: Tariffs
    index: PriceIndex
    issuer: Issuer
    tables: Mapping[int, LockedTable] = field(default_factory=dict)
    services: Services = field(default_factory=Services)
    interventions: Interventions = field(default_factory=Interventions)
    requests: Requests | None = None
    criteria: Criteria | None = None
    costs: Costs = field(default_factory=Costs)
    schemes: tuple[Scheme, ...] = ()

    @cached_property
    def checked(self) -> dict[int, tuple[Problem, ...]]:
        """What the checks of a year have found, once they ran: a use of its prices asks for them
        again."""
        return {}

    def priced_by(self, tariffs: Tariffs) -> "Workspace":
        """The same with other prices and settings, if they are others."""
        return self if tariffs is self.tariffs else replace(self, tariffs=tariffs)

    @property
    def movements(self) -> Movements:
        """What communes became."""
        return self.communes.movements

    @property
    def coverage(self) -> Coverage:
        """The schemes that cover the services of the catalogue."""
        return Coverage(self.schemes, ServiceFinder(self.services))
