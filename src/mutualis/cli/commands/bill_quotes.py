"""mutualis bill --quotes: what was done on quotes, drafted or issued"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mutualis.cli.commands.bill_request import BillRequest


def draft_missions(asked: "BillRequest") -> None:
    """Bill the missions of a year's quotes, without a number."""
    from mutualis.cli.screens.bill import quotes as screen
    from mutualis.workflows import bill_quotes as workflow

    drafted = workflow.draft_missions(
        asked.folder,
        asked.year,
        asked.communes,
        made_on=asked.day,
        out=asked.out,
        printer=asked.printer,
    )
    screen.give(drafted, asked.folder, issued=False, json=asked.json)


def issue_missions(asked: "BillRequest") -> None:
    """Bill them for good."""
    from mutualis.cli.screens.bill import quotes as screen
    from mutualis.cli.terminal.prompt import ISSUE, confirm
    from mutualis.cli.terminal.values import today
    from mutualis.domain.issuing.batch import check_missions
    from mutualis.domain.issuing.mission_batch import check_debtors
    from mutualis.workflows.bill_quotes import bill_missions, prepare_missions

    prepared = prepare_missions(asked.folder, asked.year, asked.communes, day=asked.day)
    if prepared.plan.lines:
        check_debtors(prepared.plan.lines, prepared.workspace.communes, prepared.day)
        issuer = prepared.workspace.issuer
        check_missions(prepared.plan, prepared.ledger, issuer, prepared.day)
        confirm(screen.question(prepared.plan), ISSUE, yes=asked.yes)
    issued = bill_missions(
        prepared,
        today=today(),
        operator=asked.operator,
        exercice=asked.exercice,
        printer=asked.printer,
    )
    screen.give(issued, asked.folder, issued=True, json=asked.json)
