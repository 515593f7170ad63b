"""How the lines of a quote are taxed: each by the rule of its service, else of the half-days."""

from collections.abc import Sequence
from datetime import date

from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.quote import QuoteLine
from mutualis.domain.value import replace
from mutualis.domain.vat.tax import Tax, may_be_together


def taxed(
    lines: Sequence[QuoteLine], service: str, issuer: Issuer, day: date
) -> tuple[QuoteLine, ...]:
    """The lines as they are taxed on a day: the service of a line is its wording, where a rule
    names it, else that of the quote. Where no rule says anything, nor does a line."""
    rules = [issuer.vat_rule("half_days", line.label, service) for line in lines]
    taxes = [None if rule is None else rule.on(day) for rule in rules]
    if not any(taxes):
        return tuple(replace(line, tax=None) for line in lines)
    pairs = zip(lines, taxes, strict=True)
    return tuple(replace(line, tax=tax or issuer.own_tax) for line, tax in pairs)


def check_taxes(lines: Sequence[QuoteLine]) -> None:
    """Raises Refusal for two taxes that no document may hold together, and for a category of
    agents with two: work is noted by category."""
    taxes = {line.tax for line in lines if line.tax is not None}
    if not may_be_together(taxes):
        raise Refusal("quotes.taxed_and_outside")
    by_category: dict[str, Tax | None] = {}
    for line in lines:
        if by_category.setdefault(line.category, line.tax) != line.tax:
            raise Refusal("quotes.two_taxes", category=line.category)
