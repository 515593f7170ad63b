"""A file that somebody changed is never written over: the new one stands beside it."""

from pathlib import Path

import pytest

from mutualis.domain.problems.refusals import NotWritten
from mutualis.files.disk import sums


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file as it was first written."""
    return sums.write(tmp_path, tmp_path / "out/2025/lot.xlsx", b"un")


def names(file: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(file.parent.iterdir())}


def test_what_nobody_changed_is_replaced(tmp_path: Path, file: Path) -> None:
    assert sums.write(tmp_path, file, b"deux") == file
    assert names(file) == {"lot.xlsx": b"deux"}
    assert sums.kept(file) is None


def test_what_was_changed_is_kept_once_and_for_all(tmp_path: Path, file: Path) -> None:
    file.write_bytes(b"saisi")
    beside = file.with_name("lot-reecrit.xlsx")
    for data in (b"deux", b"trois", b"trois"):
        assert sums.write(tmp_path, file, data) == beside
        assert names(file) == {"lot.xlsx": b"saisi", "lot-reecrit.xlsx": data}
    assert sums.kept(beside) == file
    beside.write_bytes(b"saisi aussi")
    third = file.with_name("lot-reecrit-2.xlsx")
    assert sums.write(tmp_path, file, b"quatre") == sums.write(tmp_path, file, b"cinq") == third
    assert sums.kept(third) == file
    assert len(names(file)) == 3


def test_its_own_name_is_free_again(tmp_path: Path, file: Path) -> None:
    file.write_bytes(b"autre")
    sums.write(tmp_path, file, b"deux")
    file.unlink()
    assert sums.write(tmp_path, file, b"trois") == file
    assert sums.kept(file.with_name("lot-reecrit.xlsx")) == file


def test_what_no_list_tells_is_kept_unless_it_is_the_same(tmp_path: Path, file: Path) -> None:
    (tmp_path / "out" / sums.NAME).unlink()
    assert sums.write(tmp_path, file, b"un") == file
    (tmp_path / "out" / sums.NAME).unlink()
    assert sums.write(tmp_path, file, b"deux") != file


def test_a_file_elsewhere_is_known_by_its_whole_path(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "dossier", tmp_path / "bureau/lot.xlsx"
    for data in (b"un", b"deux"):
        assert sums.write(root, elsewhere, data) == elsewhere
    assert elsewhere.as_posix() in (root / "out" / sums.NAME).read_text("utf-8")
    assert not (elsewhere.parent / sums.NAME).exists()


@pytest.mark.parametrize(
    ("lock", "code"), [("", "files.held"), ("~$lot.xlsx", "files.open_in_excel")]
)
def test_a_workbook_open_in_excel(
    lock: str, code: str, tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "held")

    if lock:
        file.with_name(lock).touch()
    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(NotWritten) as raised:
        sums.write(tmp_path, file, b"deux")
    assert raised.value.reason.code == code
    assert file.read_bytes() == b"un"


def test_what_a_run_cut_short_has_put_is_noted_by_the_next(tmp_path: Path, file: Path) -> None:
    (tmp_path / "out" / sums.NAME).unlink()
    assert not sums.is_noted(tmp_path, file)
    assert sums.write_missing(tmp_path, file, b"autre") == file
    assert (file.read_bytes(), sums.is_noted(tmp_path, file)) == (b"un", False)
    assert sums.write_missing(tmp_path, file, b"un") == file
    assert sums.is_noted(tmp_path, file)
    missing = file.with_name("lettre.pdf")
    assert sums.write_missing(tmp_path, missing, b"deux").read_bytes() == b"deux"
    assert sums.is_noted(tmp_path, missing)
