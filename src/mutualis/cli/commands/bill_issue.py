"""mutualis bill --issue: ask, issue, say what was done"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mutualis.cli.commands.bill_request import BillRequest


def issue_memberships(asked: "BillRequest") -> None:
    """Issue what is due for a year, as its draft shows it."""
    from mutualis.cli.screens.bill import issue as screen
    from mutualis.cli.terminal import console
    from mutualis.cli.terminal.prompt import ISSUE, confirm
    from mutualis.cli.terminal.values import today
    from mutualis.workflows.bill_issue import issue_batch, prepare_issue

    billing = prepare_issue(asked.folder, asked.part, asked.day)
    console.tell_problems(billing.warnings, brief=True)
    if not asked.json:
        screen.tell(billing)
    if billing.issue.items or billing.adopts:
        confirm(screen.question(billing), ISSUE, yes=asked.yes)
    issued = issue_batch(
        billing,
        today=today(),
        operator=asked.operator,
        exercice=asked.exercice,
        printer=asked.printer,
    )
    if asked.json:
        console.show_json(screen.answer(issued))
    else:
        screen.show(issued, asked.folder)
