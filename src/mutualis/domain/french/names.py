"""Names typed by people: compared without accents, case, hyphens; the nearest one suggested."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

Key = TypeVar("Key")

_ARTICLES = ("le ", "la ", "les ", "l ")
_VOWELS = "aeiou"
_LEFT, _INVENTED = ("a completer ", "exemple "), ("exemple ", "invente ")
_NO_WORD = re.compile(r"[^0-9a-z]+")
_OFFICE = re.compile(r"(?:commune|mairie|ville) (?:de la |de l |des |de |du |d )(?=.)")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The form in which two spellings of a name meet: saone, saint vit, ecole valentin."""
    base = text if text.isascii() else _without_accents(text)
    words = _NO_WORD.sub(" ", base.lower()).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


class Names(Generic[Key]):
    """Things by their names, and what a spelling can mean: one rule for all that people name.

    `named` are pairs of a name and its thing, `spellings` more of them, known only when whole.
    """

    def __init__(
        self, named: Iterable[tuple[str, Key]], spellings: Iterable[tuple[str, Key]] = ()
    ) -> None:
        self._words: dict[str, list[Key]] = {}
        for name, key in named:
            self._words.setdefault(fold(name), []).append(key)
        self._whole = {form: list(keys) for form, keys in self._words.items()}
        for spelling, key in spellings:
            self._whole.setdefault(fold(spelling), []).append(key)
        self._bare: dict[str, list[Key]] = {}
        for form, keys in self._whole.items():
            self._bare.setdefault(_without_article(form), []).extend(keys)

    def whole(self, wanted: str) -> list[Key]:
        """Those of which this is the whole name; with another article, or none, failing that."""
        form = fold(wanted)
        if not form:
            return []
        return self._whole.get(form) or self._bare.get(_without_article(form)) or []

    def in_part(self, wanted: str) -> list[Key]:
        """Those whose name holds these words, whole and in this order: « vignes », never « vign ».

        A name cut inside a word may be another's: Osse is no part of Osselle-Routelle.
        """
        form = fold(wanted)
        if not form:
            return []
        found = (keys for name, keys in self._words.items() if f" {form} " in f" {name} ")
        return [key for keys in found for key in keys]


def matches(wanted: str, names: Iterable[str]) -> list[str]:
    """The names that `wanted` can mean: the whole one, else those that it is some words of."""
    known = Names((name, name) for name in names)
    return known.whole(wanted) or known.in_part(wanted)


def suggestions(wanted: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The names that may have been meant: those of which this begins a word, then the nearest."""
    names, form = list(dict.fromkeys(known)), fold(wanted)
    begun = [name for name in names if form and f" {form}" in f" {fold(name)}"]
    return list(dict.fromkeys((*begun, *nearest(wanted, names, limit))))[:limit]


def nearest(wanted: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The closest known spellings, best first; empty when none is close."""
    forms: dict[str, str] = {}
    for name in known:
        forms.setdefault(fold(name), name)
    found = difflib.get_close_matches(fold(wanted), forms, n=limit, cutoff=0.6)
    return [forms[form] for form in found]


def nearest_numbers(wanted: str, known: Iterable[str]) -> list[str]:
    """The numbers that this one is but for its zeros and its first letters (F2025-1 for
    EXF2025-0001), else the closest ones."""
    numbers, parts = list(known), _parts(wanted)
    same = [
        number
        for number in numbers
        if (own := _parts(number))[1:] == parts[1:] and own[0].endswith(parts[0])
    ]
    return same[:3] or nearest(wanted, numbers)


def _parts(number: str) -> list[str]:
    """Its letters and its figures, each without the zeros before it; letters come first."""
    found = [part.lstrip("0") for part in re.findall(r"[A-Z]+|[0-9]+", number.upper())]
    return found if found and found[0].isalpha() else ["", *found]


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


def _without_article(form: str) -> str:
    for article in _ARTICLES:
        form = form.removeprefix(article)
    return form


# --- a name that means nothing known, or more than one thing ---------------------------------


def unknown_commune(year: int | None, known_in: Iterable[int]) -> str:
    """« inconnue en 2025, mais connue en 2024 »; without a year, of all of them."""
    years = ", ".join(map(str, known_in))
    return f"inconnue{_in(year)}" + (f", mais connue en {years}" if years else "")


def ambiguous_commune(year: int | None) -> str:
    return f"ambiguë{_in(year)}"


def unknown_service() -> str:
    return "n'est pas une prestation du catalogue"


def ambiguous_service() -> str:
    return "peut désigner plusieurs prestations du catalogue"


def did_you_mean(names: Iterable[str]) -> str:
    """« Vouliez-vous dire Amagney (25014) ou Audeux (25030) ? » after a space; empty for none."""
    known = " ou ".join(names)
    return f" Vouliez-vous dire {known} ?" if known else ""


def code_of(name: str, code: str) -> str:
    """The rest of « 25014 désigne Amagney, pas « Saône » », where the name is another's."""
    return f" ; {name} a le code {code}"


def _in(year: int | None) -> str:
    return "" if year is None else f" en {year}"


def is_left_to_fill(text: str) -> bool:
    """Whether it is what a starting file leaves: nothing, « à compléter », « Exemple : … »."""
    form = fold(text)
    return not form or f"{form} ".startswith(_LEFT)


def is_invented(origin: str) -> bool:
    """Whether what it is the origin of is said to be an example: « exemple », « inventé »."""
    return f"{fold(origin)} ".startswith(_INVENTED)


def is_of_several(capacity: str) -> bool:
    """Whether a choice is left to make: « La Présidente ou le Président »."""
    return " ou " in f" {fold(capacity)} "
