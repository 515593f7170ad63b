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
