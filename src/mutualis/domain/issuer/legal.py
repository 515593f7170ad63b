"""The texts under which the body claims: what its documents cite, as it has set them."""

from collections.abc import Mapping
from enum import StrEnum

from mutualis.domain.value import Struct, field


class Regime(StrEnum):
    """How the services are rendered: which one is the body's own choice, never assumed."""

    SHARED = "service_commun"
    PROVIDED = "mise_a_disposition"
    AGREED = "convention"
    URBAN = "communaute_urbaine"
    OTHER = "autre"


class Legal(Struct, frozen=True):
    """`text` says what the regime is where it is another, or adds the body's own convention.

    `withheld` is the act by which fees are withheld from the attribution de compensation;
    `populations` the decree that made official those in force on 1 January of a year.
    """

    regime: Regime | None = None
    text: str = ""
    withheld: str = ""
    populations: Mapping[int, str] = field(default_factory=dict)
