"""What `register export` and `titres` answer."""

from pathlib import Path

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count
from mutualis.workflows.register_export import Exported, Recorded


def show_export(exported: Exported, folder: Path) -> None:
    console.show(f"{count(exported.rows, 'ligne')} pour le logiciel financier", "bold")
    console.show_files([exported.file], folder)
    if exported.withheld:
        console.show_next("retenir ces montants sur l'attribution ; aucun titre n'est à noter")
    else:
        console.show_next("après la prise en charge, mutualis register titres --from FICHIER")


def show_titres(recorded: Recorded) -> None:
    added = count(len(recorded.added), "titre noté", "titres notés")
    console.show(f"{added}, {recorded.known} déjà connus", "bold")
    console.show_next("mutualis register verify")
