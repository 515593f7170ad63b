"""Where outputs go, and how they are named to people."""

from pathlib import Path


def relative(root: Path, path: Path) -> str:
    """The path from the workspace, with slashes; the whole path when it lies elsewhere."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.resolve().as_posix()
