"""What the inputs were, in one hash: the register keeps it with each document."""

import hashlib
from pathlib import Path

from mutualis.domain.problems.problem import Problem
from mutualis.domain.problems.refusals import UnusableData
from mutualis.files.tables.text import PROPOSED, WORKBOOKS, read_bytes

_INPUTS = (".csv", ".toml", *WORKBOOKS)


def fingerprint(root: Path) -> str:
    """SHA-256 over the name and bytes of every input under data/, in name order.

    Raises UnusableData when one cannot be read.
    """
    total = hashlib.sha256()
    for path in sorted((root / "data").rglob("*")):
        if path.name.startswith(("~$", ".")) or path.name.endswith(PROPOSED):
            continue
        if path.suffix in _INPUTS:
            name = path.relative_to(root).as_posix()
            data = read_bytes(root, name)
            if isinstance(data, Problem):
                raise UnusableData([data])
            total.update(f"{name}\n{hashlib.sha256(data).hexdigest()}\n".encode())
    return total.hexdigest()
