"""What `import populations` asks the officer to look at afterwards."""

from typing import TYPE_CHECKING

from mutualis.cli.terminal import console
from mutualis.domain.communes.movements import MovementKind
from mutualis.domain.communes.population_update import ChangeKind
from mutualis.domain.french.communes import siren_option
from mutualis.domain.french.typography import long_date

if TYPE_CHECKING:
    from mutualis.domain.communes.communes import CommuneYear
    from mutualis.domain.communes.movements import Movement
    from mutualis.workflows.import_insee import ImportedPopulations


def show_departure(row: "CommuneYear", movement: "Movement", year: int) -> None:
    """Why a commune has no row in a year, though it has no successor."""
    since = long_date(movement.day)
    is_split = movement.kind is not MovementKind.LEFT
    why = f"partagée le {since}" if is_split else f"qui a quitté la collectivité le {since}"
    console.show(f"Partie : {row.name} ({row.code_insee}), {why} ; sans ligne {year}.")


def show_notes(result: "ImportedPopulations") -> None:
    """What the officer should look at afterwards."""
    update = result.update
    year = update.year
    for row in update.to_complete:
        console.show(
            f"À compléter : {row.name} ({row.code_insee}) est nouvelle ; sa ligne {year} n'a ni "
            "niveau ni adresse.",
            "yellow",
        )
    for row in update.without_siren:
        console.show(
            f"À compléter : {row.name} ({row.code_insee}) est une nouvelle personne, sans SIREN "
            f"connu ; le donner avec {siren_option(row.code_insee)} (les 9 chiffres de l'annuaire "
            "des entreprises).",
            "yellow",
        )
    for row in update.successors:
        if not any(row.code_insee == new.code_insee for new in update.to_complete):
            earlier = update.before.get(row.code_insee)
            if earlier is not None and earlier.siren == row.siren:
                console.show(
                    f"À vérifier : une fusion change souvent le SIREN ; {row.name} garde "
                    f"{row.siren} (sinon, {siren_option(row.code_insee)}).",
                    "yellow",
                )
    for change in update.changes:
        old = change.origin
        if old is not None and old.siret and not change.row.siret:
            console.show(
                f"À compléter : le SIRET de {old.name} ({old.siret}) n'est plus celui de son "
                "SIREN ; la cellule est vidée.",
                "yellow",
            )
    for change in update.of_kind(ChangeKind.KEPT):
        row = change.row
        console.show(
            f"Laissée telle quelle : {row.name} ({row.source}), que le fichier de l'INSEE ne "
            "peut pas donner à cause d'une fusion en cours d'année."
        )
    for row, name in update.renamed:
        console.show(f"L'INSEE écrit « {name} » ; « {row.name} » ({row.code_insee}) est gardé.")
    if result.issued and update.moved:
        console.show(
            f"Des factures {year} sont déjà émises : elles ne changent pas. mutualis bill {year} "
            "montrera les différences.",
            "yellow",
        )
    if result.locked:
        console.show(
            f"La table tarifaire {year} est verrouillée : mutualis check montrera ce qui bouge.",
            "yellow",
        )
