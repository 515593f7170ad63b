"""What an interrupted run left aside: ignored, and swept once its run is dead."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mutualis.domain.problems.refusals import Refusal
from mutualis.files.disk import aside, atomic
from mutualis.workflows.outputs import check_unused


def dead() -> int:
    """The number of a process that has ended."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def left(folder: Path, pid: int, machine: str = "") -> Path:
    name = aside.prefix().split("-")
    path = folder / f".mutualis-{machine or name[1]}-{pid}-abc.tmp"
    path.write_bytes(b"half")
    return path


@pytest.mark.skipif(os.name != "posix", reason="ailleurs, un processus ne se cherche pas ainsi")
def test_a_dead_run_is_swept_and_a_living_one_is_not(tmp_path: Path) -> None:
    gone, alive = left(tmp_path, dead()), left(tmp_path, os.getppid())
    atomic.write(tmp_path / "x.csv", b"x")
    assert not gone.exists()
    assert alive.exists()


def test_of_another_machine_nothing_is_known_for_a_day(tmp_path: Path) -> None:
    other, old = left(tmp_path, 1, "00000000"), left(tmp_path, 2, "00000000")
    former = tmp_path / ".mutualis-x1y2z3.tmp"  # as an earlier program named it
    former.write_bytes(b"half")
    day_before = time.time() - 86400 - 60
    os.utime(old, (day_before, day_before))
    os.utime(former, (day_before, day_before))
    atomic.write(tmp_path / "x.csv", b"x")
    assert (other.exists(), old.exists(), former.exists()) == (True, False, False)


def test_a_file_of_somebody_stays(tmp_path: Path) -> None:
    own = tmp_path / ".mutualis-notes.txt"
    own.write_bytes(b"exemple")
    os.utime(own, (0, 0))
    atomic.write(tmp_path / "x.csv", b"x")
    assert own.exists()


def test_a_folder_with_a_dead_run_alone_is_unused(tmp_path: Path) -> None:
    lot = tmp_path / "out/2025/lot-01"
    lot.mkdir(parents=True)
    left(lot, os.getppid())
    check_unused(tmp_path, lot)
    (lot / "adhesions.xlsx").write_bytes(b"exemple")
    with pytest.raises(Refusal):
        check_unused(tmp_path, lot)


def test_a_new_file_takes_a_name_that_is_free_and_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = atomic.write_new(tmp_path / "devis.xlsx", b"1")

    def refused(self: Path, target: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", refused)  # a disk that knows no links
    second = atomic.write_new(tmp_path / "devis.xlsx", b"2")
    assert [first.name, second.name] == ["devis.xlsx", "devis-2.xlsx"]
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == [b"2", b"1"]
