"""A price that is asked of a simulation, and the years of a projection."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "simulate.no_year": RefusalText(
        why="Il manque l'année à simuler, ou --years", remedy="mutualis simulate 2026"
    ),
    "simulate.out_of_another_kind": RefusalText(
        why="--out : « {name} » n'est ni un dossier, ni un fichier {known}",
        remedy="--out {example}",
    ),
    "simulate.not_years": RefusalText(
        why="--years : « {text} » n'est pas une suite d'années, de {most} au plus",
        remedy="--years 2026-2031",
    ),
    "simulate.moved_twice": RefusalText(
        why="{commune} est donnée deux fois, à deux niveaux",
        remedy="garder un seul --move ou --leave par commune",
    ),
    "simulate.not_bounds": RefusalText(
        why="--strata : « {text} » n'est pas une suite de populations",
        remedy="--strata 499,1999,9999",
    ),
    "simulate.out_of_bounds": RefusalText(
        why="{option} : {text} n'est pas entre {least} et {most}", remedy="{option} {example}"
    ),
    "simulate.not_a_target": RefusalText(
        why="--target : « {text} » n'est ni un montant en euros et centimes, ni « cost »",
        remedy="--target 120000, ou --target cost : les charges de l'année",
    ),
    "simulate.no_such_price": RefusalText(
        why="--solve : « {key} » n'est pas un prix d'adhésion de la grille {year}.{guess}",
        remedy="choisir une de ces clés : {known}",
    ),
    "simulate.out_of_reach": RefusalText(
        why="Aucune valeur de {label} ne donne {target} : le total le plus élevé est {highest}",
        remedy="viser moins, ou changer aussi les plafonds (--set) ou les niveaux (--move)",
    ),
}
