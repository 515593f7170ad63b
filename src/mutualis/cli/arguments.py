"""The arguments and options of the commands: how one is declared, and those that several share."""

from pathlib import Path
from typing import Annotated, Any

import typer

from mutualis.cli.terminal.completion import Offered, offered, one_of

# What a shell offers, by the name of an option, else by the shape of a value.
_OFFERED = {
    "--commune": offered("communes"),
    "--service": offered("services"),
    "--theme": offered("themes"),
    "--bordereau": None,
    "COMMUNE": offered("communes"),
    "COMMUNE=NIVEAU": offered("communes"),
    "ANNÉE": offered("years"),
    "NIVEAU": offered("levels"),
    "NUMÉRO": offered("numbers"),
    "DEVIS": offered("quotes"),
    "DEMANDE": offered("requests"),
}


def argument(shape: str, text: str, offers: str = "") -> Any:
    """What a command is about; `shape` stands for its value in the help, `offers` is what a shell
    offers where the shape does not tell it."""
    words = _words(offers or shape.strip("[]"))
    return typer.Argument(metavar=shape, help=text, show_default=False, autocompletion=words)


def option(name: str, shape: str, text: str, *also: str) -> Any:
    """An option with a value, whose default its text tells; `also` are other names."""
    words = _words(name, shape)
    return typer.Option(
        name, *also, metavar=shape, help=text, show_default=False, autocompletion=words
    )


def _words(*keys: str) -> Offered | None:
    return next((_OFFERED[key] for key in keys if key in _OFFERED), None)


def flag(name: str, text: str) -> Any:
    """An option without a value."""
    return typer.Option(name, help=text)


def form(shape: str, text: str = "Présentation.") -> Any:
    """--format, whose default is shown."""
    return typer.Option("--format", metavar=shape, help=text, autocompletion=one_of(shape))


def workspace_folder(context: typer.Context, folder: Path) -> Path:
    """--dir, refused where it is the `data` of a workspace: there every file would be missing. What
    is told names the tables by the files that are there."""
    inside = any((folder / name).is_file() for name in ("tariffs.toml", "communes.csv"))
    if inside and not (folder / "data").is_dir() and not context.resilient_parsing:
        from mutualis.domain.problems.refusals import UnreadableRequest

        above = folder.parent if folder.name not in ("", "..") else folder / ".."
        name = folder.resolve().name
        raise UnreadableRequest("command_line.inside_data", name=name, above=str(above))
    # Only commands that read a folder wait for it.
    from mutualis.domain.problems.tables import tell_as
    from mutualis.files.tables.input_table import tables_there

    tell_as(tables_there(Path(folder)))
    return folder


CURRENT_FOLDER = Path()
Folder = Annotated[
    Path,
    typer.Option(
        "--dir",
        metavar="DOSSIER",
        envvar="MUTUALIS_DIR",
        help="Dossier de travail, celui qui contient « data » (par défaut : le dossier courant).",
        show_default=False,
        callback=workspace_folder,
    ),
]
Json = Annotated[bool, flag("--json", "Donne la réponse en JSON, pour un autre programme.")]
Pdf = Annotated[bool, flag("--pdf", "Écrit aussi chaque document en PDF.")]
Year = Annotated[str, argument("ANNÉE", "Année, par exemple 2025.")]
OneCommune = Annotated[str | None, option("--commune", "NOM", "Nom ou code INSEE.")]
Out = Annotated[
    Path | None,
    option("--out", "CHEMIN", "Dossier de sortie, ou fichier .xlsx (par défaut : out/ANNÉE)."),
]
Day = Annotated[
    str | None,
    option("--date", "JJ/MM/AAAA", "Date du document (par défaut : aujourd'hui)."),
]
Operator = Annotated[
    str | None,
    option("--operator", "NOM", "Qui fait l'opération (par défaut : le nom du compte)."),
]
Exercice = Annotated[
    str | None,
    option("--exercice", "ANNÉE", "Exercice comptable (par défaut : celui de la date)."),
]
