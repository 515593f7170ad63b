"""Names typed by people: compared without accents, case, hyphens; the nearest one suggested."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_ARTICLES = ("le ", "la ", "les ", "l ")
_VOWELS = "aeiou"
_OFFICE = re.compile(r"(?:commune|mairie|ville) (?:de la |de l |des |de |du |d )(?=.)")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The form in which two spellings of a name meet: saone, saint vit, ecole valentin."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    base = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = re.sub(r"[^0-9a-z]+", " ", base.lower()).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


def is_same(one: str, other: str) -> bool:
    """Whether two spellings are of one name, with or without its article."""
    return fold(one) == fold(other) or _without_article(one) == _without_article(other)


def matches(wanted: str, names: Iterable[str]) -> list[str]:
    """The names that `wanted` can mean: the exact one, else those that it begins a word of."""
    known = list(names)
    key = fold(wanted)
    if not key:
        return []
    for form in (fold, _without_article):
        exact = [name for name in known if form(name) == form(wanted)]
        if exact:
            return exact
    return [name for name in known if f" {fold(name)}".find(f" {key}") >= 0]


def nearest(wanted: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The closest known spellings, best first; empty when none is close."""
    forms: dict[str, str] = {}
    for name in known:
        forms.setdefault(fold(name), name)
    found = difflib.get_close_matches(fold(wanted), forms, n=limit, cutoff=0.6)
    return [forms[form] for form in found]


def did_you_mean(names: Iterable[str]) -> str:
    """« Vouliez-vous dire Saône ou Thise ? », the end of a message; empty without a name."""
    close = " ou ".join(names)
    return f" Vouliez-vous dire {close} ?" if close else ""


def read_as(names: Iterable[str]) -> str:
    """« Lire sans doute « 2A ». », the end of a message, of the first name; empty without one."""
    first = next(iter(names), "")
    return f" Lire sans doute « {first} »." if first else ""


def commune_of(name: str) -> str:
    """« Commune d'Amagney », « Commune du Gratteris », « Commune des Auxons »."""
    if name.startswith("Le "):
        return f"Commune du {name[3:]}"
    if name.startswith("Les "):
        return f"Commune des {name[4:]}"
    link = "d'" if fold(name).startswith(tuple(_VOWELS)) else "de "
    return f"Commune {link}{name}"


def bare(name: str) -> str:
    """The name within « Commune de Saône » or « Mairie du Gratteris », folded; else the name."""
    found = _OFFICE.match(fold(name))
    return name if found is None else fold(name)[found.end() :]


def slug(text: str) -> str:
    """A safe piece of a file name: at most 60 letters, digits and hyphens."""
    return fold(text).replace(" ", "-")[:60].strip("-") or "sans-nom"


def file_part(text: str) -> str:
    """A safe piece of a file name that keeps its capitals: Saint-Vit, Saone, F2025-0001."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "Oe"))
    base = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = re.findall(r"[0-9A-Za-z+_]+", base)
    return "-".join(words)[:60].strip("-") or "sans-nom"


def _without_article(text: str) -> str:
    folded = fold(text)
    for article in _ARTICLES:
        folded = folded.removeprefix(article)
    return folded
