"""One entry of the catalogue of problems."""

from enum import StrEnum

from mutualis.domain.value import Struct


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class About(StrEnum):
    """What an entry tells, beside what is wrong: invented data, or what issuing will refuse."""

    FAULT = "fault"
    EXAMPLE = "example"
    ISSUING = "issuing"


class Entry(Struct, frozen=True):
    """`message` and `remedy` are filled in with the facts of the problem; `why` is for the docs.

    `whole` entries are shown one and all, where others stop at a few per code.
    """

    code: str
    severity: Severity
    title: str
    message: str
    remedy: str
    why: str
    whole: bool = False
    about: About = About.FAULT


def error(
    code: str, title: str, message: str, remedy: str, why: str, *, whole: bool = False
) -> Entry:
    return Entry(code, Severity.ERROR, title, message, remedy, why, whole)


def warning(
    code: str, title: str, message: str, remedy: str, why: str, *, about: About = About.FAULT
) -> Entry:
    return Entry(code, Severity.WARNING, title, message, remedy, why, about=about)
