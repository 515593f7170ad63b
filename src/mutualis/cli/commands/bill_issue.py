"""mutualis bill --issue: ask, issue, say what was done"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mutualis.cli.commands.bill_request import BillRequest


def issue_memberships(asked: "BillRequest") -> None:
    """Issue the batch of a year; what only fell is left to credit notes, and said."""
    from mutualis.cli.screens.bill import issue as screen
    from mutualis.cli.terminal import console
    from mutualis.cli.terminal.prompt import ISSUE, confirm
    from mutualis.cli.terminal.values import today
    from mutualis.workflows.bill_issue import issue_batch, prepare_issue

    prepared = prepare_issue(
        asked.folder,
        asked.year,
        levels=asked.levels,
        communes=asked.communes,
        new_only=asked.new_only,
        complement=asked.complement,
    )
    console.tell_problems(prepared.warnings, brief=True)
    screen.tell_falls(prepared.falls)
    if prepared.new:
        confirm(screen.question(prepared.new, asked.year), ISSUE, yes=asked.yes)
    issued = issue_batch(
        prepared,
        day=asked.day,
        today=today(),
        operator=asked.operator,
        exercice=asked.exercice,
        printer=asked.printer,
    )
    if asked.json:
        console.show_json(screen.answer(issued))
    else:
        screen.show(issued, asked.folder)
