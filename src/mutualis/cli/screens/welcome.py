"""What `mutualis` alone says: the state of the workspace, the steps of the year, what is next."""

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, euros, number
from mutualis.workflows.state import WorkspaceState, YearState, YearStep

# When each step of the year comes, and what does it: the dates are those of INSEE (populations in
# force on 1 January, the December index in mid-January) and of the budget (CGCT, L. 1612-2).
STEPS: dict[YearStep, tuple[str, str, str]] = {
    YearStep.POPULATIONS: (
        "fin décembre",
        "populations INSEE",
        "mutualis import populations FICHIER --year {year}",
    ),
    YearStep.INDEX: ("mi-janvier", "grille indexée", "mutualis index {year}"),
    YearStep.NOTICE: (
        "avant le budget",
        "coûts notifiés",
        "mutualis costs {year} --notice --publish",
    ),
    YearStep.VOTE: ("au vote", "tarifs votés", 'mutualis index {year} --act "…"'),
    YearStep.LOCK: ("après le vote", "tarifs verrouillés", "mutualis tariffs {year} --lock"),
    YearStep.ISSUE: ("ensuite", "factures émises", "mutualis bill {year} --issue"),
    YearStep.TITRES: ("après l'export", "titres repris", "mutualis register titres --from FICHIER"),
}


def show(state: WorkspaceState) -> None:
    console.show(state.name + (" (dossier d'exemple)" if state.is_example else ""), "bold")
    console.show_table(
        ("Année", "Communes", "Grille", "Doc.", "Demandé", "Dû", "À émettre"),
        [_cells(year) for year in state.years],
        right=(1, 3, 4, 5, 6),
    )
    console.show_table(
        (f"Année {state.year}", "Quand", "Commande"),
        [
            (
                STEPS[step][1],
                STEPS[step][0],
                "fait" if done else STEPS[step][2].format(year=state.year),
            )
            for step, done in state.steps.items()
        ],
    )
    if state.waiting:
        console.show(f"Sans titre connu : {count(state.waiting, 'document')}.")
    console.show_next(f"{_next(state)} ; toutes les commandes : mutualis --help")


def show_errors(state: WorkspaceState) -> None:
    console.show(f"Les fichiers de data ont {count(state.errors, 'problème')}.", "bold")
    console.show_next("mutualis check, qui les dit tous")


def show_nothing() -> None:
    console.show("Aucun dossier de travail ici : il n'y a pas de dossier « data ».", "bold")
    console.show("Pour essayer, avec les données de Grand Besançon Métropole :")
    console.show("  mutualis init essai --example")
    console.show("Pour une autre collectivité : mutualis init --help")
    console.show_next("cd essai, puis mutualis ; toutes les commandes : mutualis --help")


def _cells(year: YearState) -> tuple[str, ...]:
    grid = {None: "aucune", True: "votée", False: "projetée"}[year.is_voted]
    return (
        str(year.year),
        number(year.communes),
        "verrouillée" if year.is_locked else grid,
        number(year.documents),
        euros(year.claimed) if year.documents else "",
        "" if year.due is None else euros(year.due),
        euros(year.to_issue) if year.to_issue else "",
    )


def _next(state: WorkspaceState) -> str:
    if state.unpriced is not None:
        return f"mutualis check, qui dit pourquoi {state.unpriced} n'est pas calculé"
    if state.next is None:
        return f"mutualis report {state.year}"
    return STEPS[state.next][2].format(year=state.year)
