"""The date under which a command records something: typed, or that of a plausible clock."""

from datetime import date
from pathlib import Path

from mutualis.cli.terminal.values import day_of, today


def recorded_day(text: str | None, command: str, folder: Path) -> date:
    """The date typed, or today; raises Refusal when the clock is far from all that is known."""
    from mutualis.workflows.clock import check_clock

    day = day_of(text, command)
    if text is None:
        check_clock(folder, day)
    return day


def noted_day(folder: Path) -> date:
    """Today, for what has no date but that of its record: a doubtful clock is told."""
    from mutualis.cli.terminal import console
    from mutualis.workflows.clock import doubt_of_clock

    day = today()
    doubt = doubt_of_clock(folder, day)
    if doubt is not None:
        console.tell(
            f"avertissement : {doubt.reason.text} ; ce qui est noté porte cette date.", "yellow"
        )
    return day
