"""mutualis init"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Json
from mutualis.cli.terminal.values import text_of, today, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from mutualis.workflows.init import NewWorkspace

NAME = "init"
SHORT_HELP = "Prépare un dossier de travail, d'exemple ou pour une collectivité."
HELP = """
Prépare un dossier de travail prêt à servir : les données, un mode d'emploi (LISEZMOI.txt) et un
modèle Excel pour saisir les communes. Avec --example, c'est l'exemple livré, Grand Besançon
Métropole. Sinon, les communes sont celles de --codes, avec les noms et les populations du
fichier de l'INSEE ; les prix sont alors un exemple à remplacer. Le dossier doit être nouveau
ou vide.
"""
EXAMPLES = """
mutualis init essai --example
mutualis init val --name "CC du Val" --siren 200012342 --codes codes.csv --populations insee.zip
mutualis init val --name CCV --siren 200012342 --codes 25020,25021 --level 2A --populations i.csv
"""
DOWNLOAD = (
    "télécharger le fichier des populations sur www.insee.fr (chercher « populations de "
    "référence », puis le fichier donnees_communes.csv ou le .zip qui le contient), et ajouter "
    "--populations FICHIER"
)
_EXAMPLE = (
    'mutualis init mutualisation --name "CC du Val" --siren 200012342 --codes codes.csv '
    "--populations donnees_communes.csv ; ou, pour essayer : mutualis init essai --example"
)


def command(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DOSSIER",
            help="Dossier à créer, ou vide (par défaut : le dossier courant).",
            show_default=False,
        ),
    ] = CURRENT_FOLDER,
    example: Annotated[
        bool, typer.Option("--example", help="L'exemple livré : Grand Besançon Métropole.")
    ] = False,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NOM", help="Nom de la collectivité.")
    ] = None,
    siren: Annotated[
        str | None, typer.Option("--siren", metavar="SIREN", help="Son SIREN, 9 chiffres.")
    ] = None,
    codes: Annotated[
        str | None,
        typer.Option(
            "--codes",
            metavar="LISTE",
            help="Codes INSEE de ses communes, séparés par des virgules, ou un fichier : un code "
            "par ligne, ou une table (.csv, .xlsx) avec code_insee (et siren, niveau, "
            "source_niveau, reglement).",
        ),
    ] = None,
    populations: Annotated[
        Path | None,
        typer.Option(
            "--populations",
            metavar="FICHIER",
            help="Fichier donnees_communes.csv de l'INSEE, ou le .zip qui le contient.",
        ),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option("--level", metavar="NIVEAU", help="Niveau d'adhésion de toutes les communes."),
    ] = None,
    year: Annotated[
        str | None,
        typer.Option(
            "--year", metavar="ANNÉE", help="Première année facturée (par défaut : cette année)."
        ),
    ] = None,
    json: Json = False,
) -> None:
    from mutualis.cli.terminal import console
    from mutualis.workflows.init import Body, init_body, init_example

    given = {
        "--name": name,
        "--siren": siren,
        "--codes": codes,
        "--populations": populations,
        "--level": level,
        "--year": year,
    }
    if example:
        useless = ", ".join(option for option, value in given.items() if value is not None)
        if useless:
            raise UnreadableRequest(
                f"{useless} : sans effet avec --example.", "retirer ces options, ou --example"
            )
        made = init_example(folder, made_on=today())
    else:
        _check_given({option: given[option] for option in list(given)[:4]})
        assert name is not None
        assert siren is not None
        assert codes is not None
        assert populations is not None
        body = Body(
            name=text_of(name, "--name", most=200),
            siren=siren.strip(),
            codes=codes,
            populations=populations,
            year=today().year if year is None else year_of(year, f"{NAME} … --year"),
            level=(level or "").strip(),
        )
        if not body.name:
            raise UnreadableRequest("--name : le nom est vide.", '--name "CC du Val"')
        made = init_body(folder, body, made_on=today())
    if json:
        console.tell_problems(made.notes, brief=True)
        console.show_json(answer(made))
    else:
        _show(made)


def _check_given(needed: dict[str, object]) -> None:
    """Raises UnreadableRequest with what is missing, and where INSEE's file is to be found."""
    missing = [option for option, value in needed.items() if value is None]
    if len(missing) == len(needed):
        raise UnreadableRequest("Rien ne dit quoi mettre dans le dossier.", _EXAMPLE)
    if missing == ["--populations"]:
        raise UnreadableRequest("Il manque l'option --populations.", DOWNLOAD)
    if missing:
        what = "l'option" if len(missing) == 1 else "les options"
        raise UnreadableRequest(f"Il manque {what} {', '.join(missing)}.", _EXAMPLE)


def answer(made: "NewWorkspace") -> dict[str, Any]:
    from mutualis.domain.problems.catalogue import Severity

    issuer = made.workspace.issuer
    severities = [problem.severity for problem in made.problems]
    return {
        "folder": str(made.folder),
        "example": made.is_example,
        "name": issuer.name,
        "siren": issuer.siren,
        "year": made.year,
        "communes": len(made.communes),
        "without_siren": [row.code_insee for row in made.communes if not row.siren],
        "without_level": [row.code_insee for row in made.communes if not row.level],
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "files": list(made.files),
    }


def _show(made: "NewWorkspace") -> None:
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import count, enumerated, number
    from mutualis.domain.problems.catalogue import Severity

    people = sum(row.municipal_population for row in made.communes)
    console.tell_problems(made.notes, brief=True)
    console.show(f"Dossier de travail prêt : {made.workspace.issuer.name}", "bold")
    console.show(
        f"{count(len(made.communes), 'commune')} en {made.year}, {number(people)} habitants "
        "(population municipale)"
    )
    console.show()
    console.show_files(made.files, made.folder)
    console.show()
    console.show("À compléter (la liste entière est dans LISEZMOI.txt) :")
    for lack in made.lacking:
        names = f" : {enumerated(lack.names)}" if lack.names else ""
        console.show(f"  - {lack.file} : {lack.what}{names}")
    errors = [problem for problem in made.problems if problem.severity is Severity.ERROR]
    if errors:
        console.show()
        console.tell_problems(errors, brief=True)
    console.show()
    if not made.is_example:
        console.show(
            "Populations reprises telles quelles : vérifier que le fichier de l'INSEE est celui "
            f"des populations en vigueur au 1er janvier {made.year}."
        )
    where = "" if made.folder.resolve() == Path.cwd() else f"cd {_typed(str(made.folder))}, puis "
    first = "corriger les erreurs, puis " if errors else ""
    console.show_next(f"{where}{first}mutualis check, puis mutualis bill {made.year}")


def _typed(path: str) -> str:
    """The path as it is typed in a terminal."""
    return f'"{path}"' if any(char in path for char in " '&()") else path
