"""The shipped workspace: in the wheel as `mutualis/example/data`, in a checkout as `data`."""

import json
from collections.abc import Container, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from mutualis.domain.problems.refusals import Refusal

PACKAGE, SCHEMAS = "data/datapackage.json", "data/schemas/"
_MARK = "tariffs.toml"


def example_files() -> Mapping[str, bytes]:
    """The bytes of every file of the example, by its path in the workspace.

    Raises Refusal when the installation lacks them.
    """
    return dict(_files(_folder(), "data"))


def open_formats(tables: Container[str]) -> Mapping[str, bytes]:
    """The schemas of the example, and its Data Package with the tables of a workspace alone.

    `tables` are the paths of those that it has.
    """
    shipped = example_files()
    package = json.loads(shipped[PACKAGE])
    package["resources"] = [
        table for table in package["resources"] if f"data/{table['path']}" in tables
    ]
    del package["description"]  # it says what is an example
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    schemas = {name: data for name, data in shipped.items() if name.startswith(SCHEMAS)}
    return {PACKAGE: text.encode(), **schemas}


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
