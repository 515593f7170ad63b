"""Words about the rows of the register."""


def at_row(seq: int, number: str | None, why: str) -> str:
    """« ligne 12 (F2025-0004) : … »."""
    name = f" ({number})" if number else ""
    return f"ligne {seq}{name} : {why}"
