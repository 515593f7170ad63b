"""Where outputs go, and how they are named to people."""

from pathlib import Path

from mutualis.domain.refusals import Refusal
from mutualis.register import store


def relative(root: Path, path: Path) -> str:
    """The path from the workspace, with slashes; the whole path when it lies elsewhere."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def check_target(root: Path, path: Path) -> None:
    """Raises Refusal for a target among the inputs or over the register."""
    target = path.resolve()
    if target.name.startswith(store.NAME) or target.is_relative_to((root / "data").resolve()):
        raise Refusal(
            f"{path} fait partie du dossier de travail : rien n'a été écrit.",
            "choisir un autre fichier",
        )
