"""The templates that a workspace lays over the shipped ones: read, tried, given to be changed."""

import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from mutualis.documents.paper import TEMPLATES
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.problems.refusals import Refusal
from mutualis.files.disk import atomic
from mutualis.files.tables.text import read_bytes
from mutualis.workflows.inputs import without_errors

if TYPE_CHECKING:
    from mutualis.documents.paper.press import Press

_READ = frozenset({".typ", ".png", ".jpg", ".jpeg", ".svg", ".ttf", ".otf"})
# What Typst would fetch from the network begins so, between quotes.
_PACKAGE = re.compile(r'"(?:@|\\u\{0*40\})[^"]*"?')


def read_templates(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of `data/templates`, by their path in it, and what is wrong with them.

    None is left out that a template can name: links apart, which could lead out of the folder.
    """
    folder = root / TEMPLATES
    own: dict[str, bytes] = {}
    problems: list[Problem] = []
    try:
        paths = sorted(folder.rglob("*"))
    except PermissionError:
        return {}, [Problem("A11", Source(TEMPLATES), {})]
    for path in paths:
        if path.suffix.lower() not in _READ or path.is_symlink() or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        data = read_bytes(root, f"{TEMPLATES}/{name}")
        if isinstance(data, Problem):
            problems.append(data)
            continue
        own[name] = data
        if path.suffix.lower() == ".typ":
            problems += _packages(f"{TEMPLATES}/{name}", data)
    return own, problems


def check_templates(root: Path) -> list[Problem]:
    """What is wrong with the templates of a workspace, or may be."""
    own, problems = read_templates(root)
    return problems or _tried(own)


def usable_templates(root: Path) -> dict[str, bytes]:
    """The same files, where each template can be set; raises UnusableData."""
    own, problems = read_templates(root)
    without_errors(problems or _tried(own))
    return own


def _tried(own: dict[str, bytes]) -> list[Problem]:
    """What is wrong with templates, each set on an example."""
    if not own:
        return []
    from mutualis.documents.paper.example import examples

    press = press_of(own, None)
    return in_order(problem for page in examples() for problem in press.trial(page))


def press_of(own: Mapping[str, bytes], logo: bytes | None) -> "Press":
    """Raises NotWritten where the system has no room for its folder."""
    from mutualis.documents.paper.press import Press

    try:
        return Press(own, logo)
    except OSError as error:
        raise atomic.not_written(Path(error.filename or gettempdir()), error) from error


def copy_templates(root: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Put the shipped templates in `data/templates`; returns the names of those written, then of
    those that were there and were kept. Raises Refusal or NotWritten."""
    from mutualis.documents.paper.press import shipped_templates

    if not (root / "data").is_dir():
        raise Refusal("init.no_workspace_here", folder=str(root))
    written, kept = [], []
    for name, data in shipped_templates().items():
        path = root / TEMPLATES / name
        if path.exists():
            kept.append(f"{TEMPLATES}/{name}")
        else:
            atomic.write_data(path, data)
            written.append(f"{TEMPLATES}/{name}")
    return tuple(written), tuple(kept)


def _packages(file: str, data: bytes) -> list[Problem]:
    """A14, where a template asks for a package; its comments are left alone."""
    found = []
    for rank, line in enumerate(data.decode("utf-8", "replace").splitlines(), start=1):
        package = _PACKAGE.search(line)
        if package is not None and not line.lstrip().startswith("//"):
            at = package.start()
            where = Source(file, rank, at + 1, excerpt=line, caret=at, width=len(package.group()))
            found.append(Problem("A14", where, {"package": package.group().strip('"')}))
    return found
