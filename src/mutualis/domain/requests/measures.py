"""The figures by which requests may be ranked: one entry each, and everything else walks the list.

A new criterion is one more entry of `MEASURES`, with its data: the file of criteria, the session,
the notes, the explanation and the documents take its words and its figure from here.
"""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from mutualis.domain.french.typography import count, euros
from mutualis.domain.problems.refusals import Reason
from mutualis.domain.value import Struct


class Facts(Struct, frozen=True):
    """What is known of a request and its commune.

    `waited` counts the days from the request to the first day planned, `under_way` the commune's
    projects, `received` its half-days over the last `years`, None in a workspace that notes no
    intervention. `potential` is the commune's potentiel financier in euros, None when not given.
    """

    waited: int = 0
    under_way: int = 0
    population: int = 0
    potential: Decimal | None = None
    received: int | None = None
    years: int = 0


class Origin(StrEnum):
    """What a figure is computed from: the request's date, the commune's row of the year, or what
    the body has done and does for the commune."""

    REQUEST = "request"
    COMMUNE = "commune"
    HISTORY = "history"


class Measure(Struct, frozen=True):
    """One figure x: its words, its unit, and how it is computed.

    `short` heads a narrow column. `direction` says which figure is better: a greater one (1), a
    smaller one (-1), or as the body decides (0); `points` are two reference points, as an example
    (the figures of note 0 and of note 1). `detail` says in words where the figure comes
    from, when it is not the figure itself. The scheme's own presentation names the measures
    `of_scheme`: the file must have them, and their act needs no date, since it has none. A figure
    that cannot be computed gives the reason why.
    """

    name: str
    label: str
    short: str
    meaning: str
    unit: str
    direction: int
    points: tuple[int, int]
    origin: Origin
    figure: Callable[[Facts], Fraction | Reason]
    detail: Callable[[Facts], str] = lambda _: ""
    of_scheme: bool = False
    needs_interventions: bool = False

    def value(self, facts: Facts) -> Fraction:
        """The figure; 0 when something lacks, which the session has told as a problem."""
        found = self.figure(facts)
        return Fraction(0) if isinstance(found, Reason) else found


def _wealth(facts: Facts) -> Fraction | Reason:
    if facts.potential is None:
        return Reason("requests.no_potential")
    return Fraction(Fraction(facts.potential), facts.population) if facts.population else _NOBODY


def _received(facts: Facts) -> Fraction | Reason:
    if facts.received is None:
        return Reason("requests.no_interventions")
    return Fraction(1000 * facts.received, facts.population) if facts.population else _NOBODY


def _inhabitants(facts: Facts) -> str:
    return count(facts.population, "habitant")


_NOBODY = Reason("requests.no_population")
WAITING, WEALTH = "waiting", "wealth"
MEASURES = {
    measure.name: measure
    for measure in (
        Measure(
            WAITING,
            label="Attente",
            short="attente",
            meaning="jours écoulés entre la demande et le premier mois planifié",
            unit="j",
            direction=1,
            points=(0, 365),
            origin=Origin.REQUEST,
            figure=lambda facts: Fraction(facts.waited),
            of_scheme=True,
        ),
        Measure(
            "under_way",
            label="Projets en cours",
            short="projets",
            meaning="projets de la commune déjà en cours",
            unit="",
            direction=-1,
            points=(3, 0),
            origin=Origin.HISTORY,
            figure=lambda facts: Fraction(facts.under_way),
            of_scheme=True,
        ),
        Measure(
            "population",
            label="Population",
            short="population",
            meaning="habitants de la commune",
            unit="hab.",
            direction=0,
            points=(5000, 200),
            origin=Origin.COMMUNE,
            figure=lambda facts: Fraction(facts.population),
        ),
        Measure(
            WEALTH,
            label="Potentiel financier",
            short="potentiel",
            meaning="potentiel financier de la commune, en euros par habitant",
            unit="€/hab.",
            direction=-1,
            points=(1500, 500),
            origin=Origin.COMMUNE,
            figure=_wealth,
            detail=lambda facts: (
                f"{euros(facts.potential or Decimal(0))} pour {_inhabitants(facts)}"
            ),
        ),
        Measure(
            "received",
            label="Équilibre territorial",
            short="équilibre",
            meaning="demi-journées déjà reçues par la commune, pour 1 000 habitants",
            unit="demi-j./1 000 hab.",
            direction=-1,
            points=(100, 0),
            origin=Origin.HISTORY,
            figure=_received,
            detail=lambda facts: (
                f"{count(facts.received or 0, 'demi-journée')} en "
                f"{count(facts.years, 'an')} pour {_inhabitants(facts)}"
            ),
            needs_interventions=True,
        ),
    )
}
