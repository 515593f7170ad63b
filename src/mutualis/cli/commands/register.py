"""mutualis register: what was issued"""

from typing import Annotated

from mutualis.cli.arguments import (
    CURRENT_FOLDER,
    Folder,
    Json,
    OneCommune,
    argument,
    flag,
    option,
)
from mutualis.cli.terminal.french import command_of, group
from mutualis.cli.terminal.values import given_of, today, year_of

app = group(
    help_text="Le registre de ce qui est émis : le lire, prouver qu'il est intact, le copier.",
    short_help="Lit, vérifie et copie le registre de ce qui est émis.",
    epilog="""
    mutualis register list
    mutualis register show F2025-0012
    mutualis register verify
    mutualis register backup copies/registre-2025.db
    """,
)
command = command_of(app)


@command(
    "list",
    "mutualis register list\nmutualis register list --commune Saône --year 2025\n"
    "mutualis register list --open --json",
)
def list_documents(
    commune: OneCommune = None,
    year: Annotated[
        str | None, option("--year", "ANNÉE", "Année facturée, ou celle du devis.")
    ] = None,
    only_open: Annotated[
        bool,
        flag(
            "--open",
            "Ce qui vaut encore quelque chose, ce qui est à qualifier, les devis en attente, "
            "acceptés ou à facturer.",
        ),
    ] = False,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Donne tous les documents numérotés, dans l'ordre d'émission, et les séances publiées ; ou
    ceux d'une commune (ce qui la concerne, et ce qu'elle doit pour celles qui l'ont rejointe),
    d'une année, encore ouverts. Les trois se combinent."""
    from mutualis.cli.screens.register import documents as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.register_list import list_register

    listed = list_register(
        folder,
        commune=given_of(commune, "--commune", "register list"),
        year=None if year is None else year_of(year, "register list --year"),
        only_open=only_open,
        day=today(),
    )
    if json:
        console.show_json(screen.list_answer(listed))
    else:
        screen.show_list(listed)


@command("show", "mutualis register show F2025-0012\nmutualis register show A2025-0001 --json")
def show_document(
    number: Annotated[str, argument("NUMÉRO", "Numéro du document.")],
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Donne un document tel qu'il a été émis, et ce qui lui est arrivé depuis."""
    from mutualis.cli.screens import quotes as quotes_screen
    from mutualis.cli.screens.register import document as screen
    from mutualis.cli.screens.register.documents import entry
    from mutualis.cli.terminal import console
    from mutualis.domain.quotes.records import IssuedQuote
    from mutualis.workflows.register import find_document, ledger_of

    ledger = ledger_of(folder)
    document = find_document(ledger, number)
    if isinstance(document, IssuedQuote):
        mission = ledger.missions.of(document.number)
        if json:
            console.show_json({**entry(document, ledger), **quotes_screen.whole(mission, today())})
        else:
            quotes_screen.show(mission, today())
    elif json:
        console.show_json(screen.answer(document, ledger))
    else:
        screen.show(document, ledger)


@command("render", "mutualis register render F2025-0012 --pdf\nmutualis register render A2025-0001")
def render(
    number: Annotated[str, argument("NUMÉRO", "Numéro du document.")],
    pdf: Annotated[bool, flag("--pdf", "Réécrit aussi un PDF qui est déjà là.")] = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Réécrit le document d'un numéro, tel qu'il a été émis, depuis le registre seul : son
    classeur, et son PDF s'il n'y est pas. Un PDF déjà là a pu être signé : il n'est remplacé
    qu'avec --pdf."""
    from mutualis.cli.screens.register import documents as screen
    from mutualis.workflows.register_render import render_document

    files = render_document(folder, number, pdf=pdf)
    screen.show_rendered(files, folder)
