"""Where outputs go, and how they are named to people."""

from pathlib import Path

from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.files.disk import sums
from mutualis.files.disk.aside import is_aside
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
        raise Refusal("files.of_the_workspace", path=str(path))


def check_not_lost(root: Path, ledger: Ledger) -> None:
    """Raises Refusal when documents were issued and the register that holds them is not there."""
    if ledger.batches or ledger.numbered or ledger.meetings:
        return
    folders = ("lot-*", "avoirs", "devis", "seance-*")
    left = [
        file
        for name in folders
        for kind in ("*.xlsx", "*.pdf", "pdf/*.pdf", "lettres/*.pdf", "*.csv", sums.NAME)
        for file in (root / "out").glob(f"*/{name}/{kind}")
    ]
    if left:
        raise Refusal("register.lost", path=relative(root, left[0]))


def check_unused(root: Path, *paths: Path) -> None:
    """Raises Refusal when a file, or something in the folder, of a document to be numbered is there
    already: the register is older than its documents (a former backup put back), and numbers
    would be given twice."""
    used = [path for path in paths if (_holds(path) if path.is_dir() else path.exists())]
    if used:
        raise Refusal("register.older_than_documents", path=relative(root, used[0]))


def _holds(folder: Path) -> bool:
    """Whether a folder has more than what an interrupted run left aside."""
    return not all(is_aside(path) for path in folder.iterdir())
