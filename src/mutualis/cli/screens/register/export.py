"""What `register export` and `titres` answer."""

from pathlib import Path

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count
from mutualis.workflows.register_export import Exported, Recorded


def show_export(exported: Exported, folder: Path, *, withheld: bool) -> None:
    """What is `withheld` never has a titre."""
    console.show(f"{count(exported.rows, 'ligne')} pour le logiciel financier", "bold")
    console.show_files([exported.file], folder)
    titres = "après la prise en charge, mutualis register titres --from FICHIER"
    console.show_next("mutualis register verify" if withheld else titres)


def show_titres(recorded: Recorded) -> None:
    added = count(len(recorded.added), "titre noté", "titres notés")
    console.show(f"{added}, {recorded.known} déjà connus", "bold")
    console.show_next("mutualis register verify")
