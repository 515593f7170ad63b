"""Who issues, beside what issuing asks of it."""

from collections.abc import Iterator

from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.workspace import Workspace


def regime_is_chosen(workspace: Workspace) -> Iterator[Problem]:
    legal = workspace.issuer.legal
    if legal is None or legal.regime is None:
        yield Problem("B60", Source(workspace.issuer.source.file))
