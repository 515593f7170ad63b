"""Where outputs go, and how they are named to people."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.problems.refusals import Refusal, UnusableData
from mutualis.files.disk import sums
from mutualis.files.disk.aside import is_aside
from mutualis.files.tables.text import is_present

if TYPE_CHECKING:
    from mutualis.domain.register.ledger import Ledger


def relative(root: Path, path: Path) -> str:
    """The path from the workspace, with slashes; the whole path when it lies elsewhere."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def kept_instead(root: Path, file: str) -> str | None:
    """The changed file that one just written was put beside, so as not to write over it."""
    kept = sums.kept(root / file)
    return None if kept is None else relative(root, kept)


def check_not_lost(root: Path, ledger: "Ledger") -> None:
    """Raises Refusal when documents were issued that the register does not hold: it is not there,
    or it is an older one than they are; UnusableData where there is no workspace at all."""
    if not (ledger.batches or ledger.numbered or ledger.meetings):
        check_none_left(root)
        check_workspace(root)
        return
    known = {(str(batch.year), f"lot-{batch.rank:02d}") for batch in ledger.batches}
    later = [
        path.parent
        for path in sorted((root / "out").glob(f"*/lot-*/{sums.NAME}"))
        if (path.parent.parent.name, path.parent.name) not in known
    ]
    if later:
        raise Refusal("register.behind", path=relative(root, later[0]))


def check_workspace(root: Path) -> None:
    """Raises UnusableData for a folder without files and without a register: nothing was ever
    issued there, which says nothing of the workspace that was meant."""
    if not ((root / "data").is_dir() or is_present(root / "register.db")):
        raise UnusableData([Problem("A03", Source("data"), {"folder": str(root.resolve())})])


def check_none_left(root: Path) -> None:
    """Raises Refusal for what only something that was issued leaves, where nothing ever was."""
    left = [file for folder in _FOLDERS for file in _files(root, folder)]
    if left:
        raise Refusal("register.lost", path=relative(root, left[0]))


_FOLDERS = ("lot-*", "avoirs", "devis", "seance-*")


def _files(root: Path, folder: str) -> Iterator[Path]:
    """What only something that was issued leaves in a folder of that name."""
    for kind in ("*.xlsx", "*.pdf", "pdf/*.pdf", "lettres/*.pdf", "*.csv", sums.NAME):
        yield from (root / "out").glob(f"*/{folder}/{kind}")


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
