"""One commune's account: what it owes, what was issued for it, its quotes, its usage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mutualis.domain.changes.change import Change
from mutualis.domain.checks.recorded import rules_are_kept
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.debtors import Known
from mutualis.domain.issuing.account import Accounts, accounts_on, left_of
from mutualis.domain.issuing.commune_account import CommuneAccount, CommuneUsage, YearAccount
from mutualis.domain.issuing.year_on_year import changes_to
from mutualis.domain.memberships.fees import why_free
from mutualis.domain.missions.mission import Mission
from mutualis.domain.problems.problem import Problem
from mutualis.domain.problems.refusals import Refusal, UnusableData
from mutualis.domain.register.balance import Owned, owned_of, sums_of
from mutualis.domain.register.ledger import Ledger
from mutualis.workflows.bill import missing_before, missing_of, priced_year
from mutualis.workflows.inputs import gather
from mutualis.workflows.named_commune import NamedCommune, named_commune
from mutualis.workflows.printing import Printer, print_account
from mutualis.workflows.register import ledger_of
from mutualis.workflows.usage import done_in


@dataclass(frozen=True, slots=True)
class _Read:
    ledger: Ledger
    named: NamedCommune
    day: date


def read_account(root: Path, wanted: str, year: int | None, day: date) -> CommuneAccount:
    """The account as on a day, of one year, or of every year that has a row or a document.

    Raises UnusableData when no commune, or several, are meant, Refusal when the year has nothing.
    """
    ledger = ledger_of(root)
    named = named_commune(root, ledger, wanted, year)
    read = _Read(ledger, named, day)
    years = [year] if year is not None else _known_years(read)
    found = tuple(one for known in years if (one := _year(read, known)) is not None)
    if not found:
        raise Refusal(
            "account.nothing",
            commune=read.named.row.name,
            code=read.named.code,
            year=", ".join(map(str, years)),
        )
    full = [one for one in found if one.account is not None or one.owned or one.missions]
    detailed = full[-1] if full else found[-1]
    asked = read.named.row
    return CommuneAccount(
        day=day,
        ledger=ledger,
        asked=None if detailed.person.code_insee == asked.code_insee else asked,
        years=found,
        detailed=detailed,
        warnings=_other_rules(read, detailed),
    )


def write_account(root: Path, found: CommuneAccount, printer: Printer) -> tuple[str, ...]:
    """The page of the detailed year, as a PDF; raises UnusableData where the files do not say who
    issues it, NotWritten."""
    workspace, _ = gather(root)
    return print_account(printer, found, workspace.issuer)


def _other_rules(read: _Read, one: YearAccount) -> tuple[Problem, ...]:
    if read.named.workspace is None or not one.is_priced:
        return ()
    return tuple(rules_are_kept(read.named.workspace, read.ledger, one.year))


def _known_years(read: _Read) -> list[int]:
    years = {claim.year for claim in read.ledger.claims}
    years |= {mission.issued.year for mission in read.ledger.missions.by_quote.values()}
    if read.named.workspace is not None:
        years |= {*read.named.workspace.communes.years}
    return sorted(years)


def _year(read: _Read, year: int) -> YearAccount | None:
    """None where the year has no row and no document of the commune."""
    known = Known(max(read.day, date(year, 1, 1)), read.named.movements)
    heir, ledger = read.named.heir(known.day), read.ledger
    accounts, changes, missing = _accounts(read, year)
    all_accounts = () if accounts is None else accounts.all
    account = next((a for a in all_accounts if a.person.code_insee == heir), None)
    owned = tuple(_owned(ledger, year, known, heir)) if account is None else account.owned
    missions = tuple(_missions(ledger, year, known, heir))
    rows = _rows(read, year, {read.named.code, heir})
    if account is None and not (owned or missions or rows):
        return None
    codes = {read.named.code, heir} if account is None else account.codes
    usage, usage_fails = _usage(read, year, codes)
    left = free = None
    if account is not None and accounts is not None:
        grid = accounts.tariffs.grids[year]
        left = left_of(account, accounts.tariffs.minimum_recovery)
        free = why_free(account.row, grid) if account.line is None else None
    return YearAccount(
        year=year,
        person=_person(read, heir, known.day) if account is None else account.person,
        account=account,
        missing=missing or ("" if account is not None else f"pas de ligne en {year}"),
        left=left,
        free=free or "",
        change=None
        if account is None
        else next((c for c in changes if c.code_insee == heir), None),
        is_priced=accounts is not None,
        is_projected=accounts is not None and not accounts.tariffs.grids[year].is_voted,
        owned=owned,
        sums=sums_of(owned, ledger),
        missions=missions,
        usage=usage,
        usage_fails=usage_fails,
    )


def _accounts(read: _Read, year: int) -> tuple[Accounts | None, Sequence[Change], str]:
    """The accounts of the year and their changes since the year before, or why there are none."""
    workspace, ledger = read.named.workspace, read.ledger
    if workspace is None:
        return None, (), "les fichiers de data ont des erreurs (mutualis check)"
    missing = missing_of(workspace, year)
    if missing:
        return None, (), missing
    try:
        priced, _ = priced_year(workspace, ledger, year)
    except UnusableData:
        return None, (), f"les données de {year} ont des erreurs (mutualis check)"
    accounts = accounts_on(priced.communes, priced.tariffs, year, ledger, read.day)
    if missing_before(priced, ledger, year):
        return accounts, (), ""
    return accounts, changes_to(accounts, priced.communes, priced.tariffs, ledger).changes, ""


def _owned(ledger: Ledger, year: int, known: Known, heir: str) -> Iterator[Owned]:
    """The documents of a person, from the register alone: those of an owner that was no commune
    any more are what the commune billed has become, by a merger learned late."""
    for item in owned_of(ledger, year, known):
        owner = item.owner
        if not known.movements.exists(owner, known.day):
            owner = known.learned_late(item.document.row.code_insee, year)
        if owner == heir:
            yield replace(item, owner=owner)


def _missions(ledger: Ledger, year: int, known: Known, heir: str) -> Iterator[Mission]:
    for mission in ledger.missions.by_quote.values():
        issued = mission.issued
        code = issued.commune.code_insee
        owner = known.movements.heir(code, issued.act.day, known.day) or code
        if issued.year == year and owner == heir:
            yield mission


def _rows(read: _Read, year: int, codes: set[str]) -> tuple[CommuneYear, ...]:
    if read.named.workspace is None:
        return ()
    return tuple(r for r in read.named.workspace.communes.of_year(year) if r.code_insee in codes)


def _person(read: _Read, heir: str, day: date) -> CommuneYear:
    """Who the commune named is on a day, where no account says it."""
    workspace, claims = read.named.workspace, read.ledger.claims
    known = None if workspace is None else workspace.communes.person(heir, day)
    recorded = [claim.commune for claim in claims if claim.commune.code_insee == heir]
    return known or (recorded or [read.named.row])[-1]


def _usage(
    read: _Read, year: int, codes: frozenset[str] | set[str]
) -> tuple[CommuneUsage | None, bool]:
    """What was done for communes, None where nothing can be said; whether that is for an error."""
    if read.named.workspace is None or not read.named.workspace.interventions.is_given:
        return None, False
    try:
        done = done_in(read.named.workspace, read.ledger, year)
    except Refusal:
        return None, True
    return CommuneUsage(
        tuple(item for item in done.served if item.commune.code_insee in codes),
        tuple(use for use in done.quotas if use.commune.code_insee in codes),
    ), False
