"""The arguments and options that commands share."""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[
    Path,
    typer.Option(
        "--dir",
        metavar="DOSSIER",
        envvar="MUTUALIS_DIR",
        help="Dossier de travail, celui qui contient « data » (par défaut : le dossier courant).",
        show_default=False,
    ),
]
Year = Annotated[
    str, typer.Argument(metavar="ANNÉE", help="Année, par exemple 2025.", show_default=False)
]
Json = Annotated[
    bool, typer.Option("--json", help="Donne la réponse en JSON, pour un autre programme.")
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="CHEMIN",
        help="Dossier de sortie, ou fichier .xlsx (par défaut : out/ANNÉE).",
        show_default=False,
    ),
]
Day = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="JJ/MM/AAAA",
        help="Date du document (par défaut : aujourd'hui).",
        show_default=False,
    ),
]
Operator = Annotated[
    str | None,
    typer.Option(
        "--operator",
        metavar="NOM",
        help="Qui fait l'opération (par défaut : le nom du compte).",
        show_default=False,
    ),
]
Exercice = Annotated[
    str | None,
    typer.Option(
        "--exercice",
        metavar="ANNÉE",
        help="Exercice comptable (par défaut : celui de la date).",
        show_default=False,
    ),
]
Pdf = Annotated[bool, typer.Option("--pdf", help="Écrit aussi chaque document en PDF.")]
CURRENT_FOLDER = Path()
