"""What `register verify` and `backup` answer."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, euros, long_date
from mutualis.domain.money import plain
from mutualis.workflows.register import Verified

if TYPE_CHECKING:  # a seal names the issuer: the files that say it are read for that alone
    from mutualis.workflows.register_seal import Sealed


def answer(verified: Verified) -> dict[str, Any]:
    """The JSON contract of `register verify`."""
    last = verified.last_backup
    return {
        "intact": verified.is_intact,
        "rows": verified.rows,
        "documents": verified.documents,
        "invoiced": plain(verified.invoiced),
        "credited": plain(verified.credited),
        "withheld": plain(verified.withheld),
        "head": verified.head,
        "findings": [
            {"row": finding.seq, "number": finding.number, "why": finding.reason.text}
            for finding in verified.findings
        ],
        "last_backup": None
        if last is None
        else {"date": last.act.day.isoformat(), "file": last.file, "head": last.head},
    }


def show(verified: Verified, folder: Path) -> None:
    for finding in verified.findings[: console.MOST_PER_CODE]:
        console.show(f"erreur : {finding.text}", "bold red")
    if len(verified.findings) > console.MOST_PER_CODE:
        more = len(verified.findings) - console.MOST_PER_CODE
        console.show(f"… et {count(more, 'autre')}")
    if verified.rows:
        _show_content(verified)
    elif verified.is_intact:
        console.show(f"Il n'y a pas encore de registre dans {folder.resolve()} : rien à vérifier.")
        return
    if verified.is_intact:
        console.show("Le registre est intact.", "bold green")
        console.show_next("mutualis register seal écrit l'empreinte à garder ailleurs")
    else:
        console.show("Le registre n'est pas intact.", "bold red")
        console.show_next("ne rien émettre ; comparer avec la dernière sauvegarde")


def _show_content(verified: Verified) -> None:
    withheld = f", {euros(verified.withheld)} retenus sur l'AC" if verified.withheld else ""
    console.show(
        f"{count(verified.rows, 'ligne')}, {count(verified.documents, 'document')} : "
        f"{euros(verified.invoiced)} facturés, {euros(verified.credited)} d'avoirs{withheld}."
    )
    console.show(f"Empreinte : {verified.head}")
    last = verified.last_backup
    if last is None:
        console.show("Aucune sauvegarde : mutualis register backup")
    else:
        since = count(verified.since_backup, "ligne ajoutée", "lignes ajoutées")
        console.show(
            f"Dernière sauvegarde le {long_date(last.act.day)} ({last.file}), {since} depuis."
        )


def seal_answer(sealed: "Sealed") -> dict[str, Any]:
    """The JSON contract of `register seal`."""
    return {
        "date": sealed.day.isoformat(),
        "rows": sealed.seal.rows,
        "head": sealed.seal.head,
        "files": [sealed.file],
    }


def show_seal(sealed: "Sealed", folder: Path) -> None:
    console.show(sealed.text.rstrip())
    console.show_files([sealed.file], folder)
    console.show_next("garder ce texte ailleurs : procès-verbal, courriel, coffre")


def show_backup(name: str, rows: int, folder: Path) -> None:
    """`name` is the file of the copy."""
    console.show(f"Copie vérifiée : {count(rows, 'ligne')}", "bold")
    console.show_files([name], folder)
    console.show_next("garder cette copie sur un autre disque")
