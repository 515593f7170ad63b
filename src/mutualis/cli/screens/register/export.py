"""What `register export` answers."""

from pathlib import Path

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, enumerated, euros, short_date
from mutualis.domain.kinds import ExportKind
from mutualis.workflows.register_export import HandedOver, Written

_AFTER = "après la prise en charge, mutualis register titres --from FICHIER"


def show_list(written: Written, folder: Path, *, withheld: bool) -> None:
    _show_file(written, folder)
    if withheld:
        console.show_next("retenir ces montants sur l'attribution de compensation")
    else:
        console.show_next("pour importer des titres, mutualis register export")


def show_export(handed: HandedOver, what: ExportKind, folder: Path, *, dry: bool) -> None:
    """What was handed over, or would be; what was before, and is not answered yet."""
    written, repeats = handed.written, handed.repeats
    if repeats is not None:
        day = short_date(repeats.act.day)
        console.show(f"Déjà exporté le {day}, rien de nouveau depuis : ne pas importer deux fois.")
    if written.rows:
        _show_file(written, folder)
    else:
        console.show("Rien de nouveau à exporter.", "bold")
    if handed.unanswered and handed.since is not None:
        since = short_date(handed.since)
        of = "titre inconnu" if what is ExportKind.TITRES else "titre ou mandat inconnu"
        many = count(len(handed.unanswered), "document déjà exporté", "documents déjà exportés")
        named = enumerated(handed.unanswered)
        console.show(f"{many} depuis le {since}, {of} : {named} ; --again les reprend.")
    if handed.early and what is ExportKind.REDUCTIONS:
        many = count(len(handed.early), "avoir attend", "avoirs attendent")
        named = enumerated(handed.early)
        console.show(f"{many} le titre d'une facture exportée avant : {named}.")
    if dry and written.rows:
        console.show_next("la même commande sans --dry-run écrit le fichier et le note")
    elif written.rows or handed.unanswered:
        console.show_next(_AFTER)
    else:
        console.show_next("mutualis register list")


def _show_file(written: Written, folder: Path) -> None:
    rows = count(written.rows, "ligne")
    console.show(f"{rows} pour le logiciel financier, {euros(written.total)} en tout", "bold")
    if written.file:
        console.show_files([written.file], folder)
