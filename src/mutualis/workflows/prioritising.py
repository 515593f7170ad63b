"""Rank the requests of communes: gather, check, decide; and explain one of them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mutualis.domain.communes import CommuneYear
from mutualis.domain.criteria import Criteria
from mutualis.domain.issuer import Issuer
from mutualis.domain.meetings import booked
from mutualis.domain.names import nearest
from mutualis.domain.planning import first_day, month_of, months_from
from mutualis.domain.prioritising import session_of
from mutualis.domain.problems import Problem, Source, in_order
from mutualis.domain.quotes import membership_on
from mutualis.domain.ranking import Outcome, Session, decide
from mutualis.domain.refusals import Refusal, UnusableData
from mutualis.domain.requests import FILE, Request, Requests, RequestState
from mutualis.domain.what_if import Standing, standing
from mutualis.domain.workspace import Workspace
from mutualis.files import criteria_file, requests_file
from mutualis.register import store
from mutualis.workflows.gathering import checked, gather, grid_of, without_errors


@dataclass(frozen=True, slots=True)
class Prepared:
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


def prepare(root: Path, year: int, *, first: str | None, today: date) -> Prepared:
    """The session of `year`, planned from the month `first`; raises UnusableData or Refusal.

    Without `first`, the planning begins with `from` of criteria.toml, else the month after
    `today`, brought back into the year.
    """
    workspace, warnings = gather(root)
    requests, criteria = _inputs(workspace)
    grid = grid_of(workspace, year)
    warnings += tuple(p for p in checked(workspace, grid) if p.code in ("B08", "B12"))
    start = _start(criteria, year, first, today)
    under_way = {request.id for request in requests.in_state(RequestState.UNDER_WAY)}
    months = months_from(start, criteria.horizon)
    promised = booked(store.read_ledger(root).meetings, under_way, months)
    session, problems = session_of(workspace, requests, criteria, grid, start, promised)
    warnings += without_errors(problems)
    return Prepared(workspace, requests, session, decide(session), tuple(in_order(warnings)))


def _inputs(workspace: Workspace) -> tuple[Requests, Criteria]:
    """Raises UnusableData that says how to make the one of the two files that is not there."""
    titles = ";".join((*requests_file.REQUIRED, *requests_file.OPTIONAL))
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


def _start(criteria: Criteria, year: int, first: str | None, today: date) -> str:
    """The first month planned; raises Refusal for one that is not of the year, nor the next."""
    start = first or criteria.first_month
    if start is None:
        following = date(today.year + today.month // 12, today.month % 12 + 1, 1)
        return min(max(month_of(following), f"{year}-01"), f"{year}-12")
    if int(start[:4]) - year in (0, 1):
        return start
    where = "--from" if first else f"« from » de {criteria_file.NAME}"
    raise Refusal(
        f"Le classement {year} ne peut pas commencer en {start} ({where}) : rien n'a été calculé.",
        f"donner un mois de {year} ou de {year + 1}, par exemple --from {year}-03",
    )


def explain_request(
    root: Path, wanted: str, *, year: int | None, first: str | None, today: date
) -> tuple[Prepared, Standing]:
    """One request in the ranking of its session; raises Refusal when it is not one to rank.

    Without `year`, the session is that of the month planned first, else that of the request.
    """
    workspace, _ = gather(root)
    requests, criteria = _inputs(workspace)
    request = _find(requests, wanted)
    if request.state is not RequestState.TO_RANK:
        raise Refusal(
            f"La demande {request.id} est « {request.state} » : elle n'est plus à classer.",
            f"pour la classer, vider son « etat » dans {FILE} ({request.source})",
        )
    month = first or criteria.first_month
    if year is None:
        year = int(month[:4]) if month else request.received.year
    prepared = prepare(root, year, first=first, today=today)
    return prepared, standing(prepared.session, prepared.outcome, request.id)


def _find(requests: Requests, wanted: str) -> Request:
    """Raises Refusal, with the nearest identifiers, when there is no such request."""
    name = wanted.strip().upper()
    found = next((request for request in requests.rows if request.id == name), None)
    if found is None:
        close = nearest(name, [request.id for request in requests.rows])
        guess = f" Vouliez-vous dire {' ou '.join(close)} ?" if close else ""
        raise Refusal(
            f"Aucune demande {wanted} dans {FILE}.{guess}", "mutualis requests rank ANNÉE"
        )
    return found
