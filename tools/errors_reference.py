"""Write docs/errors.md from the catalogue: python tools/errors_reference.py"""

from pathlib import Path

from mutualis.domain.problems.catalogue import CATALOGUE, Entry, Severity
from mutualis.domain.problems.tables import NAMES

TARGET = Path(__file__).parents[1] / "docs/errors.md"
FAMILIES = {
    "A": "La demande",
    "B": "Ce que les fichiers disent ensemble",
    "C": "Les tableaux (CSV)",
    "E": "Les exports vers le logiciel financier",
    "I": "L'indice des prix",
    "L": "Les tables verrouillées",
    "M": "Les mouvements de communes",
    "N": "Les fichiers de l'INSEE et les listes de codes",
    "R": "Les demandes des communes et les critères",
    "S": "Le catalogue des prestations",
    "T": "Les fichiers TOML",
    "U": "Les interventions",
}
WORDS = {Severity.ERROR: "Erreur", Severity.WARNING: "Avertissement"}
INTRO = """# Erreurs et avertissements

Ce fichier est produit depuis le catalogue du programme (`python tools/errors_reference.py`) ; un
test vérifie qu'il est à jour. Une **erreur** arrête tout : rien n'est calculé ni écrit, et la
commande finit avec le code 1. Un **avertissement** laisse continuer. Les mots entre accolades
sont remplacés par les données en cause.

Les codes de sortie : 0 fait, 1 données en erreur, 2 ligne de commande illisible, 3 demande
refusée, 4 fichier non écrit ou résultat non affiché (le message dit si des numéros sont pris ;
relancer termine), 70 panne du programme, 130 interruption, 141 lecteur parti avant la fin
(« | head ») : rien n'a échoué. Ce qui s'arrête après avoir enregistré finit par 4, quelle qu'en
soit la cause.
"""


def section(entry: Entry) -> str:
    text = (
        f"## {entry.code} : {entry.title}\n\n"
        f"{WORDS[entry.severity]}. {entry.why}\n\n"
        f"> {entry.message}\n\n"
        f"**À faire** : {entry.remedy}\n"
    )
    for fact, file in NAMES.items():  # that of a workbook, where there is one
        text = text.replace(f"{{{fact}}}", file)
    return text


def reference() -> str:
    parts = [INTRO]
    family = ""
    for code, entry in CATALOGUE.items():
        if code[0] != family:
            family = code[0]
            parts.append(f"# {FAMILIES[family]}\n")
        parts.append(section(entry))
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
    print(TARGET)
