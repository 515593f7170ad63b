"""mutualis register verify, backup"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, Operator
from mutualis.cli.commands.register import command
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import today

if TYPE_CHECKING:
    from mutualis.workflows.register import Verified


@command("verify", "mutualis register verify\nmutualis register verify --expect EMPREINTE")
def verify_register(
    expect: Annotated[
        str | None,
        typer.Option(
            "--expect", metavar="EMPREINTE", help="Empreinte notée ailleurs, à retrouver."
        ),
    ] = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Prouve que le registre est intact : chaîne, numéros, dates, montants. Code 1 sinon."""
    from mutualis.cli.terminal import console
    from mutualis.workflows.register import verify

    verified = verify(folder, expect=None if expect is None else expect.strip().lower())
    if json:
        console.show_json(_verdict(verified))
    else:
        _show_verdict(verified)
    raise typer.Exit(0 if verified.is_intact else 1)


@command("backup", "mutualis register backup copies/registre-2026-01-31.db")
def backup(
    target: Annotated[Path, typer.Argument(metavar="FICHIER", show_default=False)],
    operator: Operator = None,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Copie le registre, vérifie la copie, et note la sauvegarde."""
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import count
    from mutualis.workflows.register import backup_register

    name, rows = backup_register(folder, target, day=today(), operator=operator_of(operator))
    console.show(f"Copie vérifiée : {count(rows, 'ligne')}", "bold")
    console.show_files([name], folder)
    console.show_next("garder cette copie sur un autre disque")


def _verdict(verified: "Verified") -> dict[str, Any]:
    from mutualis.domain.money import plain

    last = verified.last_backup
    return {
        "intact": verified.is_intact,
        "rows": verified.rows,
        "documents": verified.documents,
        "invoiced": plain(verified.invoiced),
        "credited": plain(verified.credited),
        "head": verified.head,
        "findings": [
            {"row": finding.seq, "number": finding.number, "why": finding.reason.text}
            for finding in verified.findings
        ],
        "last_backup": None
        if last is None
        else {"date": last.act.day.isoformat(), "file": last.file, "head": last.head},
    }


def _show_verdict(verified: "Verified") -> None:
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import count, euros, long_date

    for finding in verified.findings[: console.MOST_PER_CODE]:
        console.show(f"erreur : {finding.text}", "bold red")
    if len(verified.findings) > console.MOST_PER_CODE:
        more = len(verified.findings) - console.MOST_PER_CODE
        console.show(f"… et {count(more, 'autre')}")
    if not verified.rows:
        console.show("Il n'y a pas encore de registre : rien à vérifier.")
        return
    console.show(
        f"{count(verified.rows, 'ligne')}, {count(verified.documents, 'document')} : "
        f"{euros(verified.invoiced)} facturés, {euros(verified.credited)} d'avoirs."
    )
    console.show(f"Empreinte : {verified.head}")
    last = verified.last_backup
    if last is None:
        console.show("Aucune sauvegarde : mutualis register backup FICHIER")
    else:
        since = count(verified.since_backup, "ligne ajoutée", "lignes ajoutées")
        console.show(
            f"Dernière sauvegarde le {long_date(last.act.day)} ({last.file}), {since} depuis."
        )
    if verified.is_intact:
        console.show("Le registre est intact.", "bold green")
        console.show_next("noter l'empreinte ailleurs ; plus tard, --expect EMPREINTE la retrouve")
    else:
        console.show("Le registre n'est pas intact.", "bold red")
        console.show_next("ne rien émettre ; comparer avec la dernière sauvegarde")
