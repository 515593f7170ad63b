"""mutualis register verify, seal, backup"""

from pathlib import Path
from typing import Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, Operator, argument, option
from mutualis.cli.commands.register import command
from mutualis.cli.terminal.clock import noted_day
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import file_of, today


@command("verify", "mutualis register verify\nmutualis register verify --expect scelle.txt")
def verify_register(
    expect: Annotated[
        str | None,
        option("--expect", "SCELLÉ", "Empreinte notée ailleurs, ou fichier de seal, à retrouver."),
    ] = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Prouve que le registre est intact : chaîne, numéros, dates, montants. Code 1 sinon."""
    from mutualis.cli.screens.register import verify as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.register import verify

    noted = None
    if expect is not None:  # the one that reads more than the register
        from mutualis.workflows.register_seal import seal_given

        noted = seal_given(expect)
    verified = verify(folder, noted, today())
    if json:
        console.show_json(screen.answer(verified))
    else:
        screen.show(verified, folder)
    raise typer.Exit(0 if verified.is_intact else 1)


@command("seal", "mutualis register seal\nmutualis register seal --out U:/scelle.txt")
def seal(
    out: Annotated[
        Path | None, option("--out", "FICHIER", "Fichier à écrire (par défaut : sous out/).")
    ] = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Écrit l'empreinte du registre dans un fichier, à garder ailleurs (procès-verbal, courriel) :
    verify --expect la retrouve, et prouve que rien de ce qui précède n'a été récrit ni coupé."""
    from mutualis.cli.screens.register import verify as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.register_seal import seal_register

    if out is not None:
        file_of(out, ".txt", "mutualis register seal --out scelle.txt")
    sealed = seal_register(folder, out, today())
    if json:
        console.show_json(screen.seal_answer(sealed))
    else:
        screen.show_seal(sealed, folder)


@command(
    "backup",
    """
    mutualis register backup
    mutualis register backup copies/registre-2026-01-31.db
    """,
)
def backup(
    target: Annotated[
        Path | None,
        argument("[FICHIER]", "Fichier de la copie (par défaut : daté, dans « backups »)."),
    ] = None,
    operator: Operator = None,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Copie le registre, vérifie la copie, et note la sauvegarde."""
    from mutualis.cli.screens.register import verify as screen
    from mutualis.workflows.register import backup_register

    if target is not None:
        file_of(target, ".db", "mutualis register backup copies/registre.db")
    name, rows = backup_register(
        folder, target, day=noted_day(folder), operator=operator_of(operator)
    )
    screen.show_backup(name, rows, folder)
