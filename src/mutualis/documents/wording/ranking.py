"""What the screen, the workbook and the letters say of a ranking, in the same words."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import floor

from mutualis.domain.french.typography import NBSP, count, month_name, number
from mutualis.domain.requests.candidate import Term
from mutualis.domain.requests.criteria import Criteria, Criterion
from mutualis.domain.requests.measures import MEASURES
from mutualis.domain.requests.ranking import Ranked, Session
from mutualis.domain.requests.request import Request

EXAMPLE = "Demandes inventées, données en exemple : aucune commune ne les a faites."


def title(session: Session) -> str:
    end = month_name(session.months[-1])
    return (
        f"Demandes des communes : classement {session.year}, de {month_name(session.start)} à {end}"
    )


def criteria_lines(criteria: Criteria) -> Iterator[str]:
    """The criteria that count with their formula, then those that do not."""
    for criterion in criteria.active:
        yield f"{criterion.label}, poids {number(criterion.weight)} : {formula(criterion)}"
    idle = [c.label.lower() for c in criteria.criteria if not c.is_active]
    if idle:
        yield f"Sans effet (poids 0) : {', '.join(idle)}"


def formula(criterion: Criterion) -> str:
    """« note = (x - 0) ÷ (365 - 0), x = jours écoulés… »."""
    zero, one = number(criterion.zero_at), number(criterion.one_at)
    meaning = criterion.measure.meaning
    return f"note = (x - {zero}) ÷ ({one} - {zero}), entre 0 et 1 ; x = {meaning}"


def reference(criterion: Criterion) -> str:
    """« note 0 : 0 j ; note 1 : 365 j »."""
    unit = criterion.measure.unit
    ends = [f"{number(x)}{NBSP}{unit}".strip(NBSP) for x in (criterion.zero_at, criterion.one_at)]
    return f"note 0 : {ends[0]} ; note 1 : {ends[1]}"


def days_asked(request: Request) -> str:
    """« 10 demi-journées (A 4, B 6) »."""
    parts = ", ".join(f"{category} {days}" for category, days in request.half_days.items())
    return f"{count(request.total, 'demi-journée')} ({parts})"


def points(score: Fraction) -> str:
    """A score on 100, to two decimals: 75,48. Half up; the exact one decides the ranks."""
    return number(rounded(score * 100, 2))


def note(value: Fraction) -> str:
    """A note from 0 to 1, to three decimals."""
    return number(rounded(value, 3))


def rounded(value: Fraction, places: int) -> Decimal:
    """A fraction >= 0, half up."""
    scaled = floor(value * 10**places + Fraction(1, 2))
    return Decimal(scaled).scaleb(-places)


def figure(name: str, value: Fraction) -> str:
    """The figure of a criterion with its unit: 170 j, 1 054,20 €/hab."""
    whole = value.denominator == 1
    text = number(value.numerator if whole else rounded(value, 2))
    return f"{text}{NBSP}{MEASURES[name].unit}".strip(NBSP)


def term_brief(term: Term) -> str:
    """« attente 0,466 »."""
    return f"{MEASURES[term.name].short} {note(term.note)}"


def wish(item: Ranked) -> str:
    """Whether the wished date is met; empty without one."""
    if item.is_met is None:
        return ""
    return f"souhait{NBSP}tenu" if item.is_met else f"après{NBSP}souhait"
