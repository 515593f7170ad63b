"""The texts of refusals: one entry a code, one module a family, whose name begins its codes.

A test keeps them in step with where they are raised: each code is known and used, each place
gives the facts that its text names.
"""

from mutualis.domain.problems.refusal_texts import (
    account,
    audit,
    commands,
    credit,
    data,
    indexation,
    issuing,
    meetings,
    missions,
    numbering,
    populations,
    quotes,
    register,
    requests,
)
from mutualis.domain.problems.refusal_texts.simulation import simulate
from mutualis.domain.problems.refusal_texts.text import RefusalText

FAMILIES = (
    audit,
    credit,
    data,
    indexation,
    issuing,
    meetings,
    missions,
    numbering,
    populations,
    quotes,
    account,
    register,
    requests,
    simulate,
    *commands.FAMILIES,
)
TEXTS: dict[str, RefusalText] = {
    code: text for family in FAMILIES for code, text in family.TEXTS.items()
}

__all__ = ["TEXTS", "RefusalText"]
