"""Why a request is not planned, and what its commune can do: each a pair of clauses."""

from collections.abc import Sequence
from datetime import date

from mutualis.domain.french.typography import count, long_date, month_name

_NEXT_MEETING = "elle sera classée à la prochaine séance"


def still_asked(names: Sequence[str]) -> str:
    """What follows the end of a scheme: the requests to rank that still count on it, if any."""
    if not names:
        return ""
    return (
        ", et des demandes à classer le nomment ou portent sur ses prestations : "
        f"{', '.join(names)}"
    )


def not_a_member(level: str, required: Sequence[str]) -> tuple[str, str]:
    """`level` is empty for a commune that is not a member."""
    own = f"au niveau {level}" if level else "non adhérente"
    wanted = " ou ".join(required)
    return (
        f"commune {own} : ce service demande le niveau {wanted}",
        f"rejoindre le niveau {wanted}, puis renouveler la demande",
    )


def scheme(name: str) -> tuple[str, str]:
    return (
        f"un dispositif départemental peut servir : {name}",
        "solliciter ce dispositif ; s'il ne convient pas, dire pourquoi : l'instance peut accepter "
        "la demande",
    )


def incomplete(service: str, directorate: str, half_days: int) -> tuple[str, str]:
    """At least one of them is empty or 0."""
    named = {"le service": service, "la direction": directorate, "les demi-journées": half_days}
    missing = ", ".join(what for what, is_there in named.items() if not is_there)
    return (
        f"dossier incomplet : il manque {missing}",
        "donner ce qui manque ; la demande sera classée à la prochaine séance",
    )


def after_start(received: date) -> tuple[str, str]:
    return f"reçue le {long_date(received)}, après le début de la période planifiée", _NEXT_MEETING


def after_meeting(received: date, meeting: date) -> tuple[str, str]:
    text = f"reçue le {long_date(received)}, après la séance du {long_date(meeting)}"
    return text, _NEXT_MEETING


def too_large(half_days: int, last_month: str) -> tuple[str, str]:
    return (
        f"{count(half_days, 'demi-journée')} ne tiennent pas, d'affilée, dans la capacité qui "
        f"reste à la direction d'ici {month_name(last_month)}",
        "découper le projet, ou le représenter à une prochaine séance",
    )


def refused(reason: str) -> tuple[str, str]:
    """`reason` is the body's own."""
    return (
        f"refusée par l'instance : {reason}",
        "présenter une nouvelle demande qui en tienne compte",
    )


def postponed(reason: str) -> tuple[str, str]:
    """`reason` is the body's own."""
    return (
        f"reportée par l'instance : {reason}",
        "elle sera classée de nouveau à la prochaine séance",
    )
