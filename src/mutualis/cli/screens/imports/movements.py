"""What `import movements` answers: the movements added, one line each."""

from typing import TYPE_CHECKING, Any

from mutualis.cli.screens.proposal import show_proposal
from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, short_date
from mutualis.domain.problems.tables import files

if TYPE_CHECKING:
    from pathlib import Path

    from mutualis.domain.communes.movements import Movement
    from mutualis.workflows.import_insee import ImportedMovements


def answer(result: "ImportedMovements") -> dict[str, Any]:
    """The JSON contract of `import movements`."""
    return {
        "written": bool(result.files),
        "added": [
            {
                "date": row.day.isoformat(),
                "type": row.kind.value,
                "code_before": row.code_before,
                "commune_before": row.name_before,
                "code_after": row.code_after,
                "commune_after": row.name_after,
            }
            for row in result.added
        ],
        "known": result.known,
        "files": list(result.files),
        "proposal": result.proposal.name if result.proposal else None,
    }


def show(result: "ImportedMovements", folder: "Path", *, dry_run: bool) -> None:
    console.show("Mouvements des communes (INSEE)", "bold")
    if result.added:
        console.show_table(
            ("Date", "Type", "Avant", "Après"),
            [
                (
                    short_date(row.day),
                    row.kind.value,
                    f"{row.name_before} ({row.code_before})",
                    _after(row),
                )
                for row in result.added
            ],
        )
    if result.known:
        have = "est" if result.known == 1 else "sont"
        rows = count(result.known, "mouvement")
        console.show(f"{rows} de ce fichier {have} déjà dans {files()['movements_file']}.")
    console.show()
    if not result.added:
        console.show(f"Rien à ajouter : {files()['movements_file']} n'a pas changé.")
        console.show_next("mutualis check")
    elif result.proposal:
        console.show(f"{count(len(result.added), 'ligne')} à ajouter.")
        show_proposal(result.proposal, folder, result.files)
    elif dry_run:
        console.show(f"{count(len(result.added), 'ligne')} à ajouter ; rien n'a été écrit.")
        console.show_next("la même commande sans --dry-run")
    else:
        added = count(len(result.added), "ligne ajoutée", "lignes ajoutées")
        console.show(f"{added} à {result.files[0]}.")
        console.show_files(result.files, folder)
        console.show_next("mutualis check")


def _after(row: "Movement") -> str:
    if row.code_after == row.code_before and row.name_after == row.name_before:
        return "elle-même"
    return f"{row.name_after} ({row.code_after})"
