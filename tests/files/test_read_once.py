"""What the other tests rely on to read a file once: each reader reads its own, and nothing else."""

import shutil
from pathlib import Path

import pytest

from conftest import ROOT
from mutualis.files import workspace
from read_once import READERS


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_reader_reads_its_files_alone(name: str, tmp_path: Path) -> None:
    alone, without = tmp_path / "alone", tmp_path / "without"
    for folder in (alone, without):
        shutil.copytree(ROOT / "data", folder / "data")
    mine = set((alone / "data").glob(READERS[name]))
    assert mine
    for path in (path for path in alone.rglob("*") if path.is_file() and path not in mine):
        path.unlink()
    for path in (without / "data").glob(READERS[name]):
        path.unlink()
    read = getattr(workspace, name).__wrapped__
    given = [("A", "B", "C")] if name == "read_requests" else []
    assert read(alone, *given) == read(ROOT, *given)
    assert read(without, *given)[0] != read(ROOT, *given)[0]


def test_every_reader_of_a_workspace_is_known() -> None:
    assert {name for name in vars(workspace) if name.startswith("read_")} == set(READERS)
