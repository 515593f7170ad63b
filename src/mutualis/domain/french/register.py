"""Words about the rows of the register."""

from collections.abc import Iterable


def at_row(seq: int, number: str | None, why: str) -> str:
    """« ligne 12 (F2025-0004) : … »; of the whole register, only why."""
    if not seq:
        return why
    name = f" ({number})" if number else ""
    return f"ligne {seq}{name} : {why}"


def number_before(rank: int, code: str) -> str:
    """What the statement of a fee withheld is called in a register of before: it has no number."""
    return f"lot {rank}/{code}"


def render_again(numbers: Iterable[str]) -> str:
    """The commands that write documents again."""
    return ", ".join(f"mutualis register render {number}" for number in numbers)
