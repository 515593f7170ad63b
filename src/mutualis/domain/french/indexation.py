"""Where an index or a rate comes from, in words."""


def two_indices(before: str, month: str, base: str) -> str:
    """The origin of a rate drawn from two months' indices of one base."""
    return f"indices {before} et {month}, base {base}"


def release(updated: str) -> str:
    """The origin of an index of INSEE's own file, of a day (JJ/MM/AAAA) where it has one."""
    day = f" du {updated}" if updated else ""
    return f"INSEE, valeurs_mensuelles.csv{day}"
