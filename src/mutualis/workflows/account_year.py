"""A year as the accounts of its communes need it: what all of them share is read once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from mutualis.domain.changes.change import Change
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.debtors import Known
from mutualis.domain.communes.movements import Movements
from mutualis.domain.costs.received import Received, recourses
from mutualis.domain.costs.unit_cost import UnitCosts, costs_of_year
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.interventions.quotas import QuotaUse
from mutualis.domain.issuing.account import Account, Accounts, accounts_on, left_of
from mutualis.domain.issuing.commune_account import (
    CommuneUsage,
    Forecast,
    NoForecast,
    YearAccount,
    threshold_of,
)
from mutualis.domain.issuing.settings import tariffs_of_year
from mutualis.domain.issuing.year_on_year import changes_to
from mutualis.domain.memberships.fees import why_free
from mutualis.domain.missions.mission import Mission
from mutualis.domain.problems.problem import Problem, has_errors
from mutualis.domain.problems.refusals import Refusal, UnusableData
from mutualis.domain.register.balance import Owned, owned_of, sums_of
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.simulation.dataset import dataset_of
from mutualis.domain.simulation.forecast import YearAhead, look_ahead
from mutualis.domain.value import Struct, replace
from mutualis.domain.workspace import Workspace
from mutualis.workflows.bill import missing_before, missing_of, priced_year
from mutualis.workflows.simulate import checked, rates_that_fail
from mutualis.workflows.usage import done_in

_NO_RATE = ("I01", "I02")
_Item = TypeVar("_Item")


class Files(Struct, frozen=True):
    """What accounts are read from, on a day: `workspace` is None where the files cannot be read,
    `movements` are those of the files and of the register."""

    workspace: Workspace | None
    movements: Movements
    ledger: Ledger
    day: date


class YearRead(Struct, frozen=True):
    """A year of every commune: the documents, quotes and rows are by who answers for them on the
    day, what was done by commune.

    `missing` says why there are no `accounts`. `served` is None where no intervention is noted, or
    where they cannot be counted (`usage_fails`).
    """

    ledger: Ledger
    workspace: Workspace | None
    year: int
    known: Known
    accounts: Accounts | None
    missing: str
    of_person: Mapping[str, Account]
    changes: Mapping[str, Change]
    ahead: YearAhead | NoForecast
    owned: Mapping[str, Sequence[Owned]]
    missions: Mapping[str, Sequence[Mission]]
    rows: Mapping[str, Sequence[CommuneYear]]
    served: Mapping[str, Sequence[Served]] | None
    quotas: Mapping[str, Sequence[QuotaUse]]
    costs: UnitCosts | None
    usage_fails: bool

    @property
    def persons(self) -> list[str]:
        """Who has a row, a document or a quote in the year, in the order of codes."""
        if self.accounts is None:
            return sorted({*self.owned, *self.missions, *self.rows})
        orphans = {item.owner for item in self.accounts.orphans}
        return sorted({*self.of_person, *self.missions, *orphans})


def known_of(files: Files, year: int) -> Known:
    """What is known of who owes a year."""
    return Known(max(files.day, date(year, 1, 1)), files.movements)


def read_year(files: Files, year: int, only: str | None = None) -> YearRead:
    """The year of everyone; its changes and the year after are of one person, where `only` is its
    code."""
    workspace, ledger = files.workspace, files.ledger
    known = known_of(files, year)
    accounts, changes, missing = _accounts(files, year, only)
    served, quotas, usage_fails = _done(files, year)
    ahead: YearAhead | NoForecast = NoForecast.NOT_PRICED
    if workspace is not None and accounts is not None:
        ahead = _ahead(workspace, ledger, accounts, only)

    def owner(code: str, day: date) -> str:
        return known.movements.heir(code, day, known.day) or code

    return YearRead(
        ledger=ledger,
        workspace=workspace,
        year=year,
        known=known,
        accounts=accounts,
        missing=missing,
        of_person={} if accounts is None else {a.person.code_insee: a for a in accounts.all},
        changes={change.code_insee: change for change in changes},
        ahead=ahead,
        owned=_by(_owned(ledger, year, known), lambda item: item.owner),
        missions=_by(
            (m for m in ledger.missions.by_quote.values() if m.issued.year == year),
            lambda m: owner(m.issued.commune.code_insee, m.issued.act.day),
        ),
        rows=_by(
            () if workspace is None else workspace.communes.of_year(year),
            lambda row: owner(row.code_insee, date(year, 1, 1)),
        ),
        served=None if served is None else _by(served, lambda item: item.commune.code_insee),
        quotas=_by(quotas, lambda use: use.commune.code_insee),
        costs=None if workspace is None else _costs(workspace, year),
        usage_fails=usage_fails,
    )


def _by(items: Iterable[_Item], key: Callable[[_Item], str]) -> Mapping[str, Sequence[_Item]]:
    found: dict[str, list[_Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def _accounts(
    files: Files, year: int, only: str | None
) -> tuple[Accounts | None, Sequence[Change], str]:
    """The accounts of the year and their changes since the year before, or why there are none."""
    workspace, ledger = files.workspace, files.ledger
    if workspace is None:
        return None, (), "les fichiers de data ont des erreurs (mutualis check)"
    missing = missing_of(workspace, year)
    if missing:
        return None, (), missing
    try:
        priced, _ = priced_year(workspace, ledger, year)
    except UnusableData:
        return None, (), f"les données de {year} ont des erreurs (mutualis check)"
    of = () if only is None else (only,)
    accounts = accounts_on(priced.communes, priced.tariffs, year, ledger, files.day, of)
    if missing_before(priced, ledger, year):
        return accounts, (), ""
    changes = changes_to(accounts, priced.communes, priced.tariffs, ledger, only)
    return accounts, changes.changes, ""


def _ahead(
    workspace: Workspace, ledger: Ledger, accounts: Accounts, only: str | None
) -> YearAhead | NoForecast:
    """The year after, as its last batch recorded it, else as the files lead to it."""
    year = accounts.year + 1
    tariffs = tariffs_of_year(workspace.tariffs, ledger, year)
    dataset = dataset_of(workspace.communes, tariffs, workspace.index, year)
    if isinstance(dataset, Problem):
        return NoForecast.NO_RATE if dataset.code in _NO_RATE else NoForecast.NOT_PRICED
    told = checked(workspace, dataset) + rates_that_fail(workspace, workspace.index, dataset)
    if has_errors(told):
        return NoForecast.NOT_PRICED
    return look_ahead(accounts.tariffs, dataset, accounts.known.day, only)


def _owned(ledger: Ledger, year: int, known: Known) -> Iterable[Owned]:
    """The documents of the year, from the register alone: those of an owner that was no commune
    any more are what the commune billed has become, by a merger learned late."""
    for item in owned_of(ledger, year, known):
        owner = item.owner
        if not known.movements.exists(owner, known.day):
            owner = known.learned_late(item.document.row.code_insee, year)
        yield replace(item, owner=owner)


def _done(files: Files, year: int) -> tuple[Sequence[Served] | None, Sequence[QuotaUse], bool]:
    """What was done, None where nothing can be said; whether that is for an error."""
    workspace = files.workspace
    if workspace is None or not workspace.interventions.is_given:
        return None, (), False
    try:
        done = done_in(workspace, files.ledger, year)
    except Refusal:
        return None, (), True
    return done.served, done.quotas, False


def _costs(workspace: Workspace, year: int) -> UnitCosts | None:
    costs = workspace.costs
    if not costs.is_given:
        return None
    return costs_of_year(costs, year) if costs.of_year(year) else UnitCosts(year, ())


def year_account(read: YearRead, heir: str, asked: CommuneYear | None = None) -> YearAccount | None:
    """The year of who a commune is on the day, `asked` the row of the commune that was named; None
    where the year has no row and no document of it."""
    account, accounts = read.of_person.get(heir), read.accounts
    owned = tuple(read.owned.get(heir, ())) if account is None else account.owned
    missions, rows = tuple(read.missions.get(heir, ())), read.rows.get(heir, ())
    if account is None and not (owned or missions or rows):
        return None
    codes = {heir, *(row.code_insee for row in rows)} if account is None else account.codes
    person = _person(read, heir, asked, missions) if account is None else account.person
    year = YearAccount(
        year=read.year,
        person=person,
        account=account,
        missing=read.missing or ("" if account is not None else f"pas de ligne en {read.year}"),
        left=None,
        free="",
        change=None if account is None else read.changes.get(heir),
        is_priced=accounts is not None,
        is_projected=accounts is not None and not accounts.tariffs.grids[read.year].is_voted,
        owned=owned,
        sums=sums_of(owned, read.ledger),
        missions=missions,
        usage=_usage(read, person, codes),
        usage_fails=read.usage_fails,
    )
    if account is None or accounts is None:
        return year
    grid = accounts.tariffs.grids[read.year]
    return replace(
        year,
        left=left_of(account, accounts.tariffs.minimum_recovery),
        free=why_free(account.row, grid) if account.line is None else "",
        threshold=threshold_of(account, accounts.tariffs.tax(accounts.known.day)),
        forecast=_forecast(read, heir),
    )


def _forecast(read: YearRead, heir: str) -> Forecast:
    ahead = read.ahead
    return ahead.of(heir) if isinstance(ahead, YearAhead) else Forecast(read.year + 1, ahead)


def _person(
    read: YearRead, heir: str, asked: CommuneYear | None, missions: Sequence[Mission]
) -> CommuneYear:
    """Who the commune is on the day, where no account says it: by the files, else by the last
    document."""
    workspace = read.workspace
    known = None if workspace is None else workspace.communes.person(heir, read.known.day)
    recorded = [c.commune for c in read.ledger.claims if c.commune.code_insee == heir]
    others = [known, *reversed(recorded), asked, *(item.issued.commune for item in missions)]
    others += [item.document.commune for item in read.owned.get(heir, ())]
    return next(row for row in (*others, *read.rows.get(heir, ())) if row is not None)


def _usage(read: YearRead, person: CommuneYear, codes: Iterable[str]) -> CommuneUsage | None:
    if read.served is None:
        return None
    mine = [item for code in sorted(codes) for item in read.served.get(code, ())]
    costs = read.costs
    lines = tuple(recourses(mine, costs or UnitCosts(read.year, ())))
    return CommuneUsage(
        served=tuple(mine),
        quotas=tuple(use for code in sorted(codes) for use in read.quotas.get(code, ())),
        received=Received(person, lines) if lines else None,
        costs=costs,
    )
