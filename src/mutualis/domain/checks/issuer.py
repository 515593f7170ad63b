"""Who issues."""

from collections.abc import Iterator

from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.workspace import Workspace


def signatory_is_known(workspace: Workspace) -> Iterator[Problem]:
    issuer = workspace.issuer
    if not issuer.signatories:
        yield Problem("B13", Source(issuer.source.file))
    for signatory in issuer.signatories:
        if signatory.is_missing:
            yield Problem("B10", issuer.source, {"capacity": signatory.capacity})


def regime_is_chosen(workspace: Workspace) -> Iterator[Problem]:
    legal = workspace.issuer.legal
    if legal is None or legal.regime is None:
        yield Problem("B60", Source(workspace.issuer.source.file))
