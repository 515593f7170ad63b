"""Whether the files still say what the register was written from."""

from collections.abc import Iterator
from datetime import date

from mutualis.domain.communes.debtors import Known, is_misnumbered
from mutualis.domain.conditions.conditions import of_register
from mutualis.domain.french.typography import enumerated, short_date
from mutualis.domain.issuing.account import orphans_of
from mutualis.domain.issuing.credit_note import person_owing
from mutualis.domain.issuing.settings import last_batch, settings_that_differ
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.register.balance import movements_lost
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.workspace import Workspace

REGISTER = "register.db"
MOST_DAYS = 30  # that the finance software is given to answer an export


def check_recorded(workspace: Workspace, ledger: Ledger, today: date) -> list[Problem]:
    """What the files say otherwise than what was issued, for every year that has a batch; what was
    exported long ago and not answered."""
    years = [year for year in workspace.communes.years if last_batch(ledger, year) is not None]
    return in_order(
        [
            *of_register(workspace.issuer, ledger.is_example),
            *movements_are_kept(workspace, ledger),
            *exports_are_answered(ledger, today),
            *(found for year in years for found in rules_are_kept(workspace, ledger, year)),
            *(found for year in years for found in debtors_are_kept(workspace, ledger, year)),
            *numbers_are_kept(workspace, ledger, today),
        ]
    )


def rules_are_kept(workspace: Workspace, ledger: Ledger, year: int) -> Iterator[Problem]:
    """The grid and settings of a year that were not those of its last batch."""
    differing = settings_that_differ(workspace.tariffs, ledger, year)
    if differing:
        facts = {"year": str(year), "settings": ", ".join(differing)}
        of_tariffs = [key for key in differing if key != "vat"]
        source = Source(workspace.issuer.source.file)
        if of_tariffs:
            source = workspace.tariffs.source(of_tariffs[0])
        yield Problem("B20", source, facts)


def exports_are_answered(ledger: Ledger, today: date) -> Iterator[Problem]:
    """The exports whose titres or mandats are still not known after a month."""
    late: dict[tuple[date, str], list[str]] = {}
    for number, export in ledger.finance.unanswered.items():
        if (today - export.act.day).days > MOST_DAYS:
            late.setdefault((export.act.day, export.file), []).append(number)
    for (day, file), numbers in late.items():
        facts = {"numbers": enumerated(numbers), "day": short_date(day), "file": file}
        yield Problem("E01", Source(REGISTER), facts)


def movements_are_kept(workspace: Workspace, ledger: Ledger) -> Iterator[Problem]:
    """The movements by which something was issued, that the file has lost."""
    for move in movements_lost(ledger, workspace.movements):
        facts = {
            "day": short_date(move.day),
            "kind": move.kind.value,
            "before": move.code_before,
            "after": move.code_after,
            "row": ";".join(
                (
                    move.day.isoformat(),
                    move.kind.value,
                    move.code_before,
                    move.name_before,
                    move.code_after,
                    move.name_after,
                    move.origin,
                )
            ),
        }
        yield Problem("B21", Source(workspace.movements.file or move.source.file), facts)


def debtors_are_kept(workspace: Workspace, ledger: Ledger, year: int) -> Iterator[Problem]:
    """The documents whose debtor has no row in their year any more."""
    known = Known.of(workspace.communes, year)
    for owned in orphans_of(workspace.communes, year, ledger, known):
        facts = {
            "number": owned.number,
            "commune": owned.document.commune.name,
            "code": owned.owner,
            "year": str(year),
        }
        yield Problem("B22", Source(workspace.communes.file), facts)


def numbers_are_kept(workspace: Workspace, ledger: Ledger, today: date) -> Iterator[Problem]:
    """The documents that are worth something, made out under a SIREN that was corrected since."""
    communes = workspace.communes
    for claim in ledger.claims:
        if not ledger.remaining(claim.number):
            continue
        now, known = person_owing(claim, communes, today), Known.of(communes, claim.year, today)
        if is_misnumbered(claim.commune, now, known):
            facts = {
                "number": claim.number,
                "commune": now.name,
                "was": claim.commune.siren,
                "now": now.siren,
            }
            yield Problem("B32", Source(communes.file, now.source.line, field="siren"), facts)
