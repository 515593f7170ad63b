"""What a document is about, in a few words: the « libellé » of an export, of a list."""


def membership_subject(year: int, level: str) -> str:
    return f"Adhésion {year}, niveau {level}"


def mission_subject(year: int, quote: str) -> str:
    return f"Mission {year}, devis {quote}"
