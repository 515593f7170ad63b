"""The load of each directorate on the screen and to other programs."""

from typing import Any

from mutualis.cli.terminal import console
from mutualis.documents.wording import usage as wording
from mutualis.domain.french.typography import number
from mutualis.domain.usage.load import DirectorateLoad, MonthLoad
from mutualis.domain.usage.usage import Usage


def show_loads(usage: Usage) -> None:
    """A row a directorate, a column a month: « 14/12 » is 14 half-days where it can give 12."""
    if not usage.loads:
        return
    console.show_table(
        (wording.LOAD_TITLE, "Cap.", *(str(month) for month in range(1, 13))),
        [
            (
                wording.directorate(line),
                "" if line.usual is None else number(line.usual),
                *map(_cell, line.months),
            )
            for line in usage.loads
        ],
        right=range(1, 14),
    )
    console.show(wording.LOAD)
    for said in (wording.beyond(usage), wording.uncalibrated(usage)):
        if said:
            console.show(said)


def _cell(month: MonthLoad) -> str:
    if month.beyond:
        return f"{month.load}/{month.capacity}"
    return str(month.load) if month.load else ""


def load(line: DirectorateLoad) -> dict[str, Any]:
    """One directorate, for other programs."""
    return {
        "directorate": line.directorate,
        "calibrated": line.is_calibrated,
        "done": line.done,
        "promised": line.promised,
        "capacity": line.capacity,
        "months": [
            {
                "month": month.month,
                "done": month.done,
                "promised": month.promised,
                "load": month.load,
                "capacity": month.capacity,
                "beyond": month.beyond if line.is_calibrated else None,
            }
            for month in line.months
        ],
    }
