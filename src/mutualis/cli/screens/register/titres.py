"""What `register titres` answers."""

from typing import TYPE_CHECKING, Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count
from mutualis.domain.register.records import Titre

if TYPE_CHECKING:  # every screen of a document has its titre; one command records them
    from mutualis.workflows.register_titres import Recorded


def entry(titre: Titre | None) -> dict[str, Any] | None:
    """What the contracts say of a titre."""
    if titre is None:
        return None
    return {
        "number": titre.titre,
        "exercice": titre.exercice,
        "bordereau": titre.bordereau,
        "date": None if titre.titre_day is None else titre.titre_day.isoformat(),
    }


def answer(recorded: "Recorded") -> dict[str, Any]:
    """The JSON contract of `register titres`."""
    return {
        "added": [
            {
                "document": item.titre.document,
                **(entry(item.titre) or {}),
                "replaces": entry(item.replaced),
                "with": list(item.beside),
            }
            for item in recorded.entered
        ],
        "known": recorded.known,
    }


def tell_withdrawn(titre: Titre, *, json: bool) -> None:
    if json:
        console.show_json({"document": titre.document, "withdrawn": entry(titre)})
        return
    console.show(f"{titre.document} : titre {titre.titre} de {titre.exercice} retiré", "bold")
    console.show_next(f"mutualis register show {titre.document}")


def show(recorded: "Recorded") -> None:
    added = count(len(recorded.entered), "titre noté", "titres notés")
    known = count(recorded.known, "déjà connu", "déjà connus")
    years = sorted({item.titre.exercice for item in recorded.entered})
    of = f" (exercice {', '.join(map(str, years))})" if years else ""
    console.show(f"{added}{of}, {known}", "bold")
    for item in recorded.entered:
        number, old = item.titre.document, item.replaced
        if old is not None and (old.titre, old.exercice) != (item.titre.titre, item.titre.exercice):
            console.show(f"{number} : le titre {_named(item.titre, old)}")
        if item.beside:
            others = ", ".join(item.beside)
            console.show(f"{number} : titre {item.titre.titre}, comme {others} (même débiteur)")
    if recorded.to_enter:
        many = count(recorded.to_enter, "avoir à passer", "avoirs à passer")
        console.show_next(f"mutualis register export --reductions ({many})")
    else:
        console.show_next("mutualis register verify")


def _named(new: Titre, old: Titre) -> str:
    """« 617 remplace le titre 500 », with the exercices where they differ."""
    if new.exercice == old.exercice:
        return f"{new.titre} remplace le titre {old.titre}"
    return f"{new.titre} de {new.exercice} remplace le titre {old.titre} de {old.exercice}"
