"""What is said of a workbook that waits to take the place of the one that is read."""

from pathlib import Path, PurePosixPath

from mutualis.cli.terminal import console
from mutualis.workflows.proposal import ProposedTable


def show_proposal(
    proposal: ProposedTable, folder: Path, files: tuple[str, ...], after: str = "mutualis check"
) -> None:
    """After the changes, in the place of the file written; then how to swap the two."""
    path = (folder / proposal.name).as_posix()
    if files:
        console.show_files(files, folder)
    elif proposal.stood:
        console.show(f"Déjà là, la même : {path}", "bold")
    else:
        console.show(f"Rien n'a été écrit (--dry-run) : ce serait {path}.")
    if proposal.formulas:
        names = ", ".join(f"« {title} »" for title in proposal.formulas)
        console.show(
            f"Formules remplacées par leur valeur, vide dans les lignes changées : {names}.",
            "yellow",
        )
    file = PurePosixPath(proposal.file)
    console.show(
        f"{file} n'a pas changé. La proposition en reprend toute la première feuille, avec ce "
        "changement ; sa mise en forme et les autres feuilles n'y sont pas."
    )
    if not (files or proposal.stood):
        console.show_next("la même commande sans --dry-run")
        return
    console.show_next(
        f"fermer Excel, garder {file.name} sous un autre nom, renommer "
        f"{PurePosixPath(proposal.name).name} en {file.stem}.xlsx, puis {after}"
    )
