"""Whether a commune may have missions: asked of its quote, of its acceptance, of each work done."""

from collections.abc import Iterator
from datetime import date, timedelta

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.debtors import owing
from mutualis.domain.french.communes import known_as
from mutualis.domain.french.typography import long_date
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.quotes.quote import Quote, membership_on, within
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.value import Struct


class Applicant(Struct, frozen=True):
    """A commune as its rows name it on the day `known`, for a mission of `year` at a level."""

    commune: CommuneYear
    year: int
    known: date
    level: Level

    @classmethod
    def of(cls, quote: Quote) -> "Applicant":
        """Who a quote is for."""
        level = quote.grid.on_quote
        if level is None:
            raise AssertionError(f"{quote.number} was priced by no level")
        return cls(quote.commune, quote.year, within(quote.year, quote.issued_on), level)


def check_applicant(applicant: Applicant, communes: Communes, day: date) -> CommuneYear:
    """The row of the year on a day; raises Refusal when it opens no mission."""
    for asked, why in _refused(applicant, communes, day):
        raise Refusal(
            "quotes.reserved",
            commune=applicant.commune.name,
            insee=applicant.commune.code_insee,
            year=asked.year,
            level=applicant.level.code,
            requires=applicant.level.requires or "",
            details=[why],
        )
    own = [r for r in communes.rows if r.code_insee == applicant.commune.code_insee]
    row = _on(own, within(applicant.year, day))
    if row is None:
        raise AssertionError(f"{applicant.commune.code_insee} has no row on {day}")
    return row


def why_not_member(applicant: Applicant, communes: Communes, day: date) -> Reason | None:
    """Why what the commune has become opens no mission on a day; None when it does.

    It is asked in the year of the mission, brought to its nearest end, and on the day itself; a
    year of which the file has no row yet says nothing of anyone.
    """
    return next((why for _, why in _refused(applicant, communes, day)), None)


def _refused(applicant: Applicant, communes: Communes, day: date) -> Iterator[tuple[date, Reason]]:
    days = dict.fromkeys((within(applicant.year, day), day))
    known = [one for one in days if communes.of_year(one.year)]
    for asked in known or list(days)[:1]:
        why = _why_not(applicant, communes, asked)
        if why is not None:
            yield asked, why


def _why_not(applicant: Applicant, communes: Communes, day: date) -> Reason | None:
    quoted, level = applicant.commune, applicant.level
    person = owing(communes, quoted, applicant.known, day)
    own = [row for row in communes.rows if row.code_insee == person.code_insee]
    row, name = _on(own, day), known_as(quoted.name, person.name)
    if row is not None and level.is_open_to(row.level):
        return None
    if all(row.year != day.year for row in own):
        return Reason("quotes.no_row", {"commune": name, "year": day.year})
    before = [one for one in own if one.last_day < day and level.is_open_to(one.level)]
    if before and level.requires:
        since = long_date(before[-1].last_day + timedelta(days=1))
        facts = {"commune": name, "requires": level.requires, "since": since}
        return Reason("quotes.no_more_member", facts)
    if row is None:
        return Reason("quotes.no_membership_that_day", {"commune": name, "day": long_date(day)})
    if row.level:
        return Reason("quotes.other_membership", {"commune": name, "level": row.level})
    return Reason("quotes.not_a_member", {"commune": name})


def _on(own: list[CommuneYear], day: date) -> CommuneYear | None:
    return membership_on([row for row in own if row.year == day.year], day.year, day)
