"""Where outputs go, and how they are named to people."""

from pathlib import Path


def relative(root: Path, path: Path) -> str:
    """The path from the workspace, with slashes; the whole path when it lies elsewhere."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def free_path(path: Path) -> Path:
    """The path, or the same with -2, -3…, so that no earlier document is replaced."""
    candidate, rank = path, 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem}-{rank}{path.suffix}")
        rank += 1
    return candidate
