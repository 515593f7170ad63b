"""What somebody may have meant: the end of a sentence, or nothing."""

from collections.abc import Iterable


def either(names: Iterable[str]) -> str:
    """« Saône ou Thise »."""
    return " ou ".join(names)


def quoted(names: Iterable[str]) -> str:
    """« « Saône » ou « Thise » »."""
    return either(f"« {name} »" for name in names)
