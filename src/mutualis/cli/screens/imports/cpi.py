"""What `import cpi` answers: the Decembers added, and what is still to be checked."""

from typing import TYPE_CHECKING, Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, month_name, number, signed_percent

if TYPE_CHECKING:
    from pathlib import Path

    from mutualis.domain.indexation.cpi import IndexPoint
    from mutualis.workflows.import_insee import ImportedIndex


def answer(result: "ImportedIndex") -> dict[str, Any]:
    """The JSON contract of `import cpi`."""
    update = result.update
    return {
        "series_id": update.release.series_id,
        "series": update.release.series,
        "base": update.release.base,
        "updated": update.release.updated or None,
        "written": bool(result.files),
        "added": [
            {
                "month": point.month,
                "index": f"{point.index:f}",
                "rate": None if point.rate is None else f"{point.rate:f}",
                "rate_computed": point.is_computed,
                "source": point.origin,
            }
            for point in update.added
        ],
        "known": list(update.known),
        "not_final": list(update.left_out),
        "files": list(result.files),
    }


def show(result: "ImportedIndex", folder: "Path", *, dry_run: bool) -> None:
    update = result.update
    release = update.release
    day = f", mise à jour par l'INSEE le {release.updated}" if release.updated else ""
    console.show(f"Série {release.series_id}, base {release.base}{day}", "bold")
    console.show(release.label)
    if update.added:
        console.show_table(
            ("Mois", "Indice", "Variation sur un an"),
            [
                (month_name(point.month), number(point.index), _rate(point, result))
                for point in update.added
            ],
            right=(1,),
        )
    known = count(len(update.known), "mois de décembre", "mois de décembre")
    if update.known:
        have = "est" if len(update.known) == 1 else "sont"
        console.show(f"{known} {have} déjà dans data/cpi.csv, avec le même indice.")
    if update.left_out:
        months = ", ".join(month_name(month) for month in update.left_out)
        console.show(f"Laissé de côté, car non définitif : {months}.")
    if update.computed:
        console.show(
            "La variation calculée peut différer de 0,1 de celle que publie l'INSEE : la vérifier "
            f"sur https://www.insee.fr/fr/statistiques/serie/{release.series_id} avant d'indexer, "
            "la corriger au besoin dans data/cpi.csv, et y retirer « variation calculée ».",
            "yellow",
        )
    console.show()
    if not update.added:
        console.show("Rien à ajouter : data/cpi.csv n'a pas changé.")
        console.show_next(
            "importer de nouveau après la publication définitive de l'INSEE, à la mi-janvier"
            if update.left_out
            else "mutualis index ANNÉE --dry-run"
        )
    elif dry_run:
        console.show("Rien n'a été écrit (--dry-run).")
        console.show_next("la même commande sans --dry-run")
    else:
        console.show_files(result.files, folder)
        year = int(update.added[-1].month[:4]) + 1
        console.show_next(f"mutualis index {year} --dry-run")


def _rate(point: "IndexPoint", result: "ImportedIndex") -> str:
    if point.rate is not None:
        return f"{signed_percent(point.rate)} (calculée)"
    if point.month in result.published:
        return "celle publiée, déjà connue"
    return f"sans {month_name(f'{int(point.month[:4]) - 1}-12')} dans cette base"
