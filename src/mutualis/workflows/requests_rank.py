"""Rank the requests of communes: gather, check, decide; and explain one of them."""

from datetime import date
from pathlib import Path

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.names import nearest_numbers
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.problems.refusals import Refusal, UnusableData
from mutualis.domain.quotes.quote import membership_on
from mutualis.domain.requests.calendar import first_day, month_of, months_from
from mutualis.domain.requests.checks import received_by, start_is_to_come
from mutualis.domain.requests.criteria import Criteria
from mutualis.domain.requests.explanation import Place, standing
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.promises import promises
from mutualis.domain.requests.ranking import Outcome, Session, decide
from mutualis.domain.requests.request import FILE, Request, Requests, RequestState
from mutualis.domain.requests.session import session_of
from mutualis.domain.value import Struct, replace
from mutualis.domain.workspace import Workspace
from mutualis.files.data import criteria as criteria_file
from mutualis.files.data import requests as requests_file
from mutualis.register import store
from mutualis.workflows.inputs import checked, gather, grid_of, without_errors


class PreparedRanking(Struct, frozen=True):
    """A session ready to be decided, and its outcome by the criteria alone."""

    workspace: Workspace
    requests: Requests
    session: Session
    outcome: Outcome
    warnings: tuple[Problem, ...]

    @property
    def issuer(self) -> Issuer:
        return self.workspace.issuer

    @property
    def communes(self) -> tuple[CommuneYear, ...]:
        """The communes of the candidates, in INSEE-code order: each as it is on the first day
        planned, else as it was last in the year."""
        codes = {candidate.code_insee for candidate in self.session.candidates}
        year, day = self.session.year, first_day(self.session.start)
        return tuple(
            membership_on(rows, year, day) or rows[-1]
            for rows in self.workspace.communes.by_commune(year)
            if rows[0].code_insee in codes
        )


class Explained(Struct, frozen=True):
    """A request in its ranking, and the last meeting that decided of it, if one did."""

    prepared: PreparedRanking
    standing: Place
    meeting: Meeting | None


def prepare(
    root: Path, year: int, *, first: str | None, today: date, sitting: date | None = None
) -> PreparedRanking:
    """The session of `year`, planned from the month `first`; raises UnusableData or Refusal.

    `sitting` is the day of the meeting that decides, None for a ranking that none has seen.
    Without `first`, the planning begins with `from` of criteria.toml, else the month after
    the meeting, or after `today`, brought back into the year.
    """
    workspace, warnings = gather(root)
    requests, criteria = _inputs(workspace)
    grid = grid_of(workspace, year)
    warnings += tuple(p for p in checked(workspace, grid) if p.code in ("B08", "B12"))
    start = first_month(criteria, year, first, sitting or today)
    own = None if sitting is None else (year, sitting)
    held = promises(store.read_ledger(root).records, requests, own)
    session, problems = session_of(
        requests,
        criteria,
        grid,
        start,
        held,
        sitting,
        communes=workspace.communes,
        coverage=workspace.coverage,
        interventions=workspace.interventions,
        basis=workspace.tariffs.population,
    )
    problems += received_by(requests, today)
    if sitting is None:
        problems += start_is_to_come(Source("--from") if first else criteria.first_at, start, today)
    warnings += without_errors(problems)
    return PreparedRanking(workspace, requests, session, decide(session), tuple(in_order(warnings)))


def _inputs(workspace: Workspace) -> tuple[Requests, Criteria]:
    """Raises UnusableData that says how to make the one of the two files that is not there."""
    titles = ";".join(requests_file.columns(workspace.tariffs.categories))
    missing = [
        Problem("R13", Source(name), {"how": how})
        for name, value, how in (
            (FILE, workspace.requests, f"le créer (ou .xlsx), avec ces titres : {titles}."),
            (
                criteria_file.NAME,
                workspace.criteria,
                "le recopier de l'exemple (mutualis init essai --example), puis y mettre les "
                "poids, les points de repère et les directions de l'instance.",
            ),
        )
        if value is None
    ]
    if workspace.requests is None or workspace.criteria is None:
        raise UnusableData(missing)
    return workspace.requests, workspace.criteria


def first_month(criteria: Criteria, year: int, first: str | None, day: date) -> str:
    """The first month planned; raises Refusal for one that is not of the year, nor the next.

    Without one typed or in the file, it is the month after `day`, brought back into the year.
    """
    start = first or criteria.first_month
    if start is None:
        return min(max(_month_after(day), f"{year}-01"), f"{year}-12")
    if int(start[:4]) - year in (0, 1):
        return start
    raise Refusal(
        "requests_rank.other_year",
        year=year,
        next=year + 1,
        month=start,
        place="--from" if first else f"from, {criteria_file.NAME}",
    )


def _month_after(day: date) -> str:
    return months_from(month_of(day), 2)[1]


def explain_request(
    root: Path, wanted: str, *, year: int | None, first: str | None, today: date
) -> Explained:
    """One request in the ranking of its session; raises Refusal when it is not one to rank.

    One that a meeting planned is explained as that meeting had it. Without `year`, the session
    is that of the first month planned, in a year that has prices and communes.
    """
    workspace, _ = gather(root)
    requests, criteria = _inputs(workspace)
    request = _find(requests, wanted)
    if request.state is not RequestState.TO_RANK:
        raise Refusal(
            "requests_rank.not_to_rank",
            request=request.id,
            state=request.state,
            place=str(request.source),
        )
    month = first or criteria.first_month or _month_after(today)
    if year is None:
        known = set(workspace.tariffs.grids) & set(workspace.communes.years)
        year = int(month[:4])
        if first is None and criteria.first_month is None and known:
            year = max((one for one in known if one <= year), default=min(known))
    prepared = prepare(root, year, first=first, today=today)
    meeting = store.read_ledger(root).decision_on(request.id)
    if meeting is not None and any(p.request == request.id for p in prepared.session.promised):
        prepared = replace(prepared, session=meeting.session, outcome=meeting.outcome)
    found = standing(prepared.session, prepared.outcome, request.id)
    return Explained(prepared, found, meeting)


def _find(requests: Requests, wanted: str) -> Request:
    """Raises Refusal, with the nearest identifiers, when there is no such request."""
    name = wanted.strip().upper()
    found = next((request for request in requests.rows if request.id == name), None)
    if found is None:
        close = nearest_numbers(name, [request.id for request in requests.rows])
        if not close:
            raise Refusal("requests_rank.unknown", typed=wanted)
        raise Refusal("requests_rank.unknown_but_near", typed=wanted, near=" ou ".join(close))
    return found
