"""What the commands refuse: a family a command, and those of the files."""

from mutualis.domain.problems.refusal_texts.commands import (
    bill,
    command_line,
    credit_note,
    files,
    grids,
    index,
    init,
    issued,
    quote,
    requests_publish,
    requests_rank,
    themes,
    titres,
    usage,
)

FAMILIES = (
    bill,
    command_line,
    credit_note,
    files,
    grids,
    index,
    init,
    issued,
    quote,
    requests_publish,
    requests_rank,
    themes,
    titres,
    usage,
)
