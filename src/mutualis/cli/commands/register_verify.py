"""mutualis register verify, backup"""

from pathlib import Path
from typing import Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, Operator, argument, option
from mutualis.cli.commands.register import command
from mutualis.cli.terminal.clock import noted_day
from mutualis.cli.terminal.prompt import operator_of


@command("verify", "mutualis register verify\nmutualis register verify --expect EMPREINTE")
def verify_register(
    expect: Annotated[
        str | None, option("--expect", "EMPREINTE", "Empreinte notée ailleurs, à retrouver.")
    ] = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Prouve que le registre est intact : chaîne, numéros, dates, montants. Code 1 sinon."""
    from mutualis.cli.screens.register import verify as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.register import verify

    verified = verify(folder, expect=None if expect is None else expect.strip().lower())
    if json:
        console.show_json(screen.answer(verified))
    else:
        screen.show(verified)
    raise typer.Exit(0 if verified.is_intact else 1)


@command("backup", "mutualis register backup copies/registre-2026-01-31.db")
def backup(
    target: Annotated[Path, argument("FICHIER")],
    operator: Operator = None,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Copie le registre, vérifie la copie, et note la sauvegarde."""
    from mutualis.cli.screens.register import verify as screen
    from mutualis.workflows.register import backup_register

    name, rows = backup_register(
        folder, target, day=noted_day(folder), operator=operator_of(operator)
    )
    screen.show_backup(name, rows, folder)
