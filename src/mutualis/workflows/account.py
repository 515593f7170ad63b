"""The accounts of communes: what each owes, its documents, its quotes, what it received."""

from datetime import date
from pathlib import Path

from mutualis.domain.checks.recorded import rules_are_kept
from mutualis.domain.issuing.commune_account import CommuneAccount, YearAccount
from mutualis.domain.problems.problem import Problem
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.balance import with_recorded
from mutualis.domain.value import Struct
from mutualis.domain.workspace import Workspace
from mutualis.register.about import FOR_AN_ACCOUNT
from mutualis.workflows.account_year import Files, known_of, read_year, year_account
from mutualis.workflows.bill import missing_of
from mutualis.workflows.inputs import gather
from mutualis.workflows.named_commune import NamedCommune
from mutualis.workflows.printing import Printer, print_account, print_accounts
from mutualis.workflows.register import ledger_of
from mutualis.workflows.register_list import ledger_about


class AllAccounts(Struct, frozen=True):
    """The account of everyone in one year, in the order of codes."""

    year: int
    accounts: tuple[CommuneAccount, ...]
    warnings: tuple[Problem, ...]


def read_account(root: Path, wanted: str, year: int | None, day: date) -> CommuneAccount:
    """The account as on a day, of one year, or of every year that has a row or a document.

    Raises UnusableData when no commune, or several, are meant, Refusal when the year has nothing.
    """
    ledger, named = ledger_about(root, wanted, year, FOR_AN_ACCOUNT)
    files = Files(named.workspace, named.movements, ledger, day)
    years = [year] if year is not None else _known_years(files)
    found = tuple(one for y in years if (one := _named_year(files, named, y)) is not None)
    if not found:
        raise Refusal(
            "account.nothing",
            commune=named.row.name,
            code=named.code,
            year=", ".join(map(str, years)),
        )
    full = [one for one in found if one.account is not None or one.owned or one.missions]
    detailed = full[-1] if full else found[-1]
    return CommuneAccount(
        day=day,
        ledger=ledger,
        asked=None if detailed.person.code_insee == named.code else named.row,
        years=found,
        detailed=detailed,
        warnings=_other_rules(files, detailed.year) if detailed.is_priced else (),
    )


def read_all(root: Path, year: int | None, day: date) -> AllAccounts:
    """The account of everyone in a year, as on a day: by default, the last year that can be
    priced.

    Raises UnusableData when the files cannot be read, Refusal when the year has nothing.
    """
    workspace, _ = gather(root)
    ledger = ledger_of(root)
    files = Files(workspace, with_recorded(ledger, workspace.communes.movements), ledger, day)
    asked = _last_year(workspace, files) if year is None else year
    read = read_year(files, asked)
    found = [one for code in read.persons if (one := year_account(read, code)) is not None]
    if not found:
        raise Refusal("account.nobody", year=asked)
    accounts = (CommuneAccount(day, ledger, None, (one,), one, ()) for one in found)
    return AllAccounts(
        asked, tuple(accounts), _other_rules(files, asked) if read.accounts is not None else ()
    )


def write_account(root: Path, found: CommuneAccount, printer: Printer) -> tuple[str, ...]:
    """The page of the detailed year, as a PDF; raises UnusableData where the files do not say who
    issues it, NotWritten."""
    workspace, _ = gather(root)
    return print_account(printer, found, workspace.issuer)


def write_all(root: Path, found: AllAccounts, printer: Printer, *, each: bool) -> tuple[str, ...]:
    """The page of everyone: `each` in a PDF of its own, all in one where the printer merges; raises
    NotWritten."""
    workspace, _ = gather(root)
    return print_accounts(printer, found.year, found.accounts, workspace.issuer, each=each)


def _named_year(files: Files, named: NamedCommune, year: int) -> YearAccount | None:
    code = named.heir(known_of(files, year).day)
    return year_account(read_year(files, year, code), code, named.row)


def _other_rules(files: Files, year: int) -> tuple[Problem, ...]:
    if files.workspace is None:
        return ()
    return tuple(rules_are_kept(files.workspace, files.ledger, year))


def _known_years(files: Files) -> list[int]:
    years = set(_recorded_years(files))
    if files.workspace is not None:
        years |= {*files.workspace.communes.years}
    return sorted(years)


def _recorded_years(files: Files) -> set[int]:
    years = {claim.year for claim in files.ledger.claims}
    return years | {mission.issued.year for mission in files.ledger.missions.by_quote.values()}


def _last_year(workspace: Workspace, files: Files) -> int:
    """The last year that can be priced; else the last that has a document or a quote, else that of
    the day."""
    years = sorted(workspace.communes.years, reverse=True)
    recorded = max(_recorded_years(files), default=files.day.year)
    return next((year for year in years if not missing_of(workspace, year)), recorded)
