"""What a command may write over: the only place that decides.

Data are changed by the commands that edit them, the register by itself alone; whatever else is
written is a plain file of its own, or a new name.
"""

from pathlib import Path

from mutualis.domain.problems.refusals import NotWritten, Refusal

# The files that make a folder one of data, and one of a register; beside the latter, SQLite's own.
_DATA = ("tariffs.toml", "issuer.toml", "communes.csv", "communes.xlsx")
REGISTER, _COMPANIONS = "register.db", ("-journal", "-wal", "-shm")
_SQLITE = b"SQLite format 3\0"


def check_output(path: Path) -> None:
    """Raises Refusal for a target among the data, over a register or one of its companions, or
    that is not a plain file; links are followed."""
    target = check_plain(path)
    name = target.name.casefold()
    if name.endswith(_COMPANIONS):
        raise Refusal("files.of_a_register", path=str(path))
    if any((folder / file).exists() for folder in target.parents for file in _DATA):
        raise Refusal("files.among_data", path=str(path))
    beside_data = name.startswith(REGISTER) and (target.parent / "data").is_dir()
    if beside_data or _is_database(target):
        raise Refusal("files.of_a_register", path=str(path))


def check_plain(path: Path) -> Path:
    """What a path is once its links are followed; raises Refusal unless it is a plain file or a
    name that is free."""
    try:
        target = path.resolve()
        if path.is_symlink() and not target.is_file():
            raise Refusal("files.not_plain", path=str(path))
        if target.exists() and not target.is_file():
            code = "files.folder_there" if target.is_dir() else "files.not_plain"
            raise Refusal(code, path=str(path))
    except RuntimeError as error:  # links that lead to each other
        raise Refusal("files.not_plain", path=str(path)) from error
    except (OSError, ValueError) as error:  # a name that is none
        raise NotWritten("files.unusable_path", path=str(path)) from error
    return target


def _is_database(target: Path) -> bool:
    try:
        with target.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:  # it is not there, or held: writing it will tell
        return False
