"""What the inputs were, in one hash: the register keeps it with each document."""

import hashlib
from pathlib import Path


def fingerprint(root: Path) -> str:
    """SHA-256 over the name and bytes of every file under data/, in name order."""
    total = hashlib.sha256()
    for path in sorted((root / "data").rglob("*")):
        if path.is_file():
            name = path.relative_to(root).as_posix()
            total.update(f"{name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()
