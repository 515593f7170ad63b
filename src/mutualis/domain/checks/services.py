"""What the catalogue of services must agree with, and what must be said beside it."""

from collections.abc import Iterator

from mutualis.domain.french import checks as words
from mutualis.domain.french.names import fold, nearest, read_as, suggestions
from mutualis.domain.french.typography import count
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.services.schemes import schemes_are_real
from mutualis.domain.services.service import Service
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace


def levels_of_services_exist(workspace: Workspace) -> Iterator[Problem]:
    """S02: a level that no grid has, whatever the year."""
    grids = workspace.tariffs.grids.values()
    known = list(dict.fromkeys(code for grid in grids for code in grid.levels))
    for service in workspace.services.rows:
        if service.level not in known:
            close = nearest(service.level, known, limit=1)
            facts = {
                "level": service.level,
                "name": service.name,
                "known": ", ".join(known),
                "guess": read_as(close),
            }
            yield Problem("S02", service.level_at, facts)


def services_are_sure(workspace: Workspace) -> Iterator[Problem]:
    """S04: what was read without certainty, in one warning."""
    rows = [row for row in workspace.services.rows if row.uncertain]
    if rows:
        what = words.catalogue_rows(len(rows))
        yield Problem("S04", _column(rows[0], "lecture"), {"what": what})


def directorates_are_real(workspace: Workspace) -> Iterator[Problem]:
    """S05: directorates given as an example, in one warning."""
    rows = [row for row in workspace.services.rows if row.has_example_directorate]
    if rows:
        facts = {"count": count(len(rows), "prestation")}
        yield Problem("S05", _column(rows[0], "source_direction"), facts)


def taxed_services_are_known(workspace: Workspace) -> Iterator[Problem]:
    """S08: a rule of VAT for a service that a quote never bears by the catalogue."""
    services, issuer = workspace.services, workspace.issuer
    named = [rule.service for rule in issuer.vat_rules if rule.service]
    titles = [services.title(service) for service in services.rows] if named else []
    known = set(map(fold, titles))
    for name in named if titles else ():
        if fold(name) not in known:
            guess = read_as(suggestions(name, titles, limit=1))
            source = Source(issuer.source.file, field="vat.rules.service")
            yield Problem("S08", source, {"name": name, "guess": guess})


def schemes_hold(workspace: Workspace) -> Iterator[Problem]:
    """S09 and S14."""
    yield from workspace.coverage.problems()
    yield from schemes_are_real(workspace.schemes)


def uncertain_reading(service: Service) -> Problem:
    """S04, for the one service that is asked for."""
    return Problem(
        "S04",
        replace(service.source, excerpt=None),
        {"what": words.catalogue_row(service.label, service.level)},
    )


def _column(first: Service, name: str) -> Source:
    return Source(first.source.file, first.source.line, field=name)
