"""One commune's account for other programs; money as strings."""

from typing import Any

from mutualis.cli.screens import quotes as quotes_screen
from mutualis.cli.screens.bill.draft import change
from mutualis.cli.screens.parts import account_line
from mutualis.cli.screens.register.documents import completed_by, entry
from mutualis.cli.screens.register.titres import entry as titre_entry
from mutualis.cli.screens.usage.answer import quota
from mutualis.domain.costs.received import Received
from mutualis.domain.costs.unit_cost import UnitCosts
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim, Statement
from mutualis.domain.issuing.commune_account import (
    CommuneAccount,
    CommuneUsage,
    Forecast,
    NextThreshold,
    YearAccount,
)
from mutualis.domain.missions.mission import Mission
from mutualis.domain.money import ZERO, plain
from mutualis.domain.quotes.work_done import totals
from mutualis.domain.register.accounting import effect_of, titre_amount, titre_state, to_enter
from mutualis.domain.register.ledger import Ledger
from mutualis.workflows.account import AllAccounts


def of_years(found: CommuneAccount) -> dict[str, Any]:
    """The JSON contract of `account` without a year."""
    person = found.detailed.person
    return {
        "code_insee": person.code_insee,
        "commune": person.name,
        "asked": _asked(found),
        "years": [of_year(one, found) for one in found.years],
    }


def of_year(one: YearAccount, found: CommuneAccount) -> dict[str, Any]:
    """The JSON contract of `account` with a year.

    What the files alone tell is null where they cannot price the year, as `missing` says.
    """
    ledger, sums, account = found.ledger, one.sums, one.account
    stale = frozenset[str]() if account is None else account.stale
    line = None if account is None else account.line
    return {
        "year": one.year,
        **(_without_files(one) if account is None else account_line(account)),
        "asked": _asked(found),
        "missing": one.missing,
        "state": None if one.left is None else one.left.value,
        "grid_is_projected": one.is_projected,
        "example_levels": account is not None and account.is_example,
        "explanation": one.free if line is None else line.explanation,
        "change": None if one.change is None else change(one.change),
        "invoiced": plain(sums.invoiced),
        "withheld": plain(sums.withheld),
        "corrected": plain(sums.corrected),
        "withdrawn": plain(sums.withdrawn),
        "unqualified": plain(sums.unqualified),
        "documents": [
            {**_claim(item.document, ledger), "stale": item.number in stale} for item in one.owned
        ],
        "quotes": [_quote(mission, found) for mission in one.missions],
        "usage": None if one.usage is None else _usage(one.usage),
        "next_threshold": None if one.threshold is None else _threshold(one.threshold),
        "forecast": None if one.forecast is None else _forecast(one.forecast),
    }


def of_all(found: AllAccounts) -> dict[str, Any]:
    """The JSON contract of `account --all`."""
    return {
        "year": found.year,
        "accounts": [of_year(account.detailed, account) for account in found.accounts],
    }


def _without_files(one: YearAccount) -> dict[str, Any]:
    """The keys of an account that the register alone can fill."""
    return {
        "code_insee": one.person.code_insee,
        "commune": one.person.name,
        "due": None,
        "granted": plain(one.sums.granted),
        "target": None,
        "balance": plain(one.sums.balance),
        "stale": None,
        "remaining": None,
        "to_qualify": [number for item in one.owned for number in item.unqualified],
    }


def _asked(found: CommuneAccount) -> dict[str, str] | None:
    asked = found.asked
    return None if asked is None else {"code_insee": asked.code_insee, "commune": asked.name}


def _claim(claim: Claim, ledger: Ledger) -> dict[str, Any]:
    before = (t for t, _ in ledger.finance.history(claim.number))
    last = ledger.titre_of(claim.number)
    amount = None if isinstance(claim, Statement) else plain(titre_amount(claim, ledger))
    return {
        **entry(claim, ledger),
        "exercice": claim.exercice,
        "remaining": plain(ledger.remaining(claim.number)),
        "completes": list(completed_by(claim)),
        "titre_state": titre_state(claim, ledger),
        "titre_amount": amount,
        "titres_replaced": [titre_entry(titre) for titre in before if titre is not last],
        "credits": [_credit(credit, ledger) for credit in ledger.credits_of(claim.number)],
    }


def _credit(credit: CreditNote, ledger: Ledger) -> dict[str, Any]:
    return {
        **entry(credit, ledger),
        "reason": credit.reason,
        "decision": credit.decision,
        "withdrawn": credit.number in ledger.withdrawn,
        "accounting": effect_of(credit, ledger),
        "to_enter": credit in to_enter(ledger),
    }


def _quote(mission: Mission, found: CommuneAccount) -> dict[str, Any]:
    return {
        **quotes_screen.entry(mission, found.day),
        "half_days": dict(mission.accepted),
        "done": totals(mission.works),
        "unbilled": totals(mission.waiting),
        "overbilled": list(mission.overbilled),
        "invoices": [_claim(invoice, found.ledger) for invoice in found.invoices_of(mission)],
    }


def _usage(usage: CommuneUsage) -> dict[str, Any]:
    received, costs = usage.received, usage.costs
    return {
        "interventions": len(usage.served),
        "half_days": usage.half_days,
        "half_days_on_quote": usage.on_quote,
        **_at_cost(received, costs),
        "costs": None
        if costs is None
        else [{"year": year, "status": status.value} for year, status in costs.vintages],
        "on_quote": None
        if received is None
        else {"half_days": usage.on_quote, **_at_cost(received.on_quote, costs)},
        "services": [
            {
                "service": name,
                "interventions": len(part.lines),
                "half_days": part.half_days,
                **_at_cost(part, costs),
            }
            for name, part in (() if received is None else received.by_service)
        ],
        "quotas": [quota(use) for use in usage.quotas],
    }


def _at_cost(received: Received | None, costs: UnitCosts | None) -> dict[str, Any]:
    """What half-days are worth, and how many have no cost; null without a file of costs, or where
    none of them has one."""
    if costs is None:
        return {"at_cost": None, "half_days_without_cost": None}
    if received is None or not received.lines:
        return {"at_cost": plain(ZERO), "half_days_without_cost": 0}
    amount = plain(received.at_cost) if received.has_cost else None
    return {"at_cost": amount, "half_days_without_cost": received.uncosted}


def _threshold(turn: NextThreshold) -> dict[str, Any]:
    return {
        "population": turn.population,
        "missing": turn.missing,
        "kind": turn.kind,
        "amount": None if turn.amount is None else plain(turn.amount),
    }


def _forecast(ahead: Forecast) -> dict[str, Any]:
    """`missing` says why there is no amount."""
    known = ahead.change is not None
    return {
        "year": ahead.year,
        "amount": None if ahead.change is None else plain(ahead.change.after),
        "change": None if ahead.change is None else change(ahead.change),
        "missing": None if ahead.missing is None else ahead.missing.value,
        "free": ahead.free,
        "grid_of": ahead.grid_of if known else None,
        "grid_is_voted": ahead.is_voted if known else None,
        "rows_of": ahead.rows_of if known else None,
        "rates": {str(year): plain(rate) for year, rate in ahead.rates.items()},
    }
