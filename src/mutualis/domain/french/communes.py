"""What is said of communes that merge, come and go."""

from datetime import date

from mutualis.domain.french.typography import count, long_date

NO_LEVEL = "aucun"


def merged(name: str, heir: str, year: int, since: date | None) -> str:
    """« Champoux (réunie à Saône depuis le 1er juillet 2025) »; `since` where a day is known."""
    when = f"en {year}" if since is None else f"depuis le {long_date(since)}"
    return f"{name} (réunie à {heir} {when})"


def known_as(name: str, now: str) -> str:
    """« Valbois (devenue Hautefontaine) », for a commune that has become another."""
    return name if now == name else f"{name} (devenue {now})"


def communes(quantity: int) -> str:
    return count(quantity, "commune")


def known_communes(quantity: int) -> str:
    return count(quantity, "commune connue", "communes connues")


def heir_option(code: str, name: str) -> str:
    """The option that says what a commune has become."""
    return f"--merged {code}=CODE ({name})"


def siren_option(code: str) -> str:
    """The option that gives the SIREN of a commune."""
    return f"--siren {code}=SIREN"
