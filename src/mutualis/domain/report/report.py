"""What a report on a year is made from: nothing is in it that another command does not tell."""

from collections.abc import Sequence
from datetime import date

from mutualis.domain.changes.change import Change
from mutualis.domain.costs.margins import Balance, YearMargins
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.problems.problem import Source
from mutualis.domain.report.amounts import LevelAmounts
from mutualis.domain.report.members import Members
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.request import Requests
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.usage.income import Incomes
from mutualis.domain.usage.usage import Usage
from mutualis.domain.value import Struct


class Origins(Struct, frozen=True):
    """Where the figures come from: the names of the files, "" for one that is not there, and the
    numbers of their lines; `batches` are the ranks of the year's in the register."""

    communes: str
    rows: int
    rows_before: int
    movements: str
    grid: Source
    costs: str
    interventions: str
    services: str
    criteria: str
    requests: str
    batches: tuple[int, ...]


class YearReport(Struct, frozen=True):
    """A year as on a day. What is None could not be said, for want of data: `no_usage`,
    `no_costs` and `no_changes` say why, in words.

    `meetings` are those held in the year, the last record of each. `missions` and `to_invoice` are
    before tax, as `usage` counts them; `changes` are since the year before.
    """

    year: int
    day: date
    issuer: Issuer
    grid: Grid
    origins: Origins
    members: Members
    amounts: tuple[LevelAmounts, ...]
    changes: Sequence[Change] | None
    no_changes: str
    incomes: Incomes
    usage: Usage | None
    no_usage: str
    margins: YearMargins | None
    balance: Balance | None
    no_costs: str
    requests: Requests | None
    meetings: tuple[Meeting, ...]
    has_examples: bool
