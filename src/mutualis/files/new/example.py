"""The shipped workspace: in the wheel as `mutualis/example/data`, in a checkout as `data`."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from mutualis.domain.problems.refusals import Refusal

_MARK = "tariffs.toml"


def example_files() -> Mapping[str, bytes]:
    """The bytes of every file of the example, by its path in the workspace.

    Raises Refusal when the installation lacks them.
    """
    return dict(_files(_folder(), "data"))


def _folder() -> Traversable:
    checkout = Path(__file__).resolve().parents[4] / "data"
    for folder in (files("mutualis") / "example" / "data", checkout):
        if (folder / _MARK).is_file():
            return folder
    raise Refusal("init.no_example")


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _files(item, f"{path}/{item.name}")
        elif not item.name.startswith((".", "~$")):
            yield f"{path}/{item.name}", item.read_bytes()
