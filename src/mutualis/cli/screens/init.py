"""What `init` answers: what the folder holds, and what it lacks."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, number
from mutualis.domain.problems.catalogue import Severity
from mutualis.files.new.example import SCHEMAS
from mutualis.workflows.init import MadeFrom, NewWorkspace


def answer(made: NewWorkspace) -> dict[str, Any]:
    """The JSON contract of `init`."""
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
        "left_out": list(made.left_out),
    }


def show(made: NewWorkspace) -> None:
    people = sum(row.municipal_population for row in made.communes)
    console.tell_problems(made.notes, brief=True)
    console.show(f"Dossier de travail prêt : {made.workspace.issuer.name}", "bold")
    console.show(
        f"{count(len(made.communes), 'commune')} en {made.year}, {number(people)} habitants "
        "(population municipale)"
    )
    console.show()
    schemas = [file for file in made.files if file.startswith(SCHEMAS)]
    console.show_files([file for file in made.files if file not in schemas], made.folder)
    where = (made.folder / SCHEMAS).as_posix()
    console.show(f"Écrits : {len(schemas)} schémas dans {where}", "bold")
    if made.left_out:
        console.show(f"Inventé, donc pas repris : {', '.join(made.left_out)}")
    console.show()
    if made.is_example:
        console.show("Il émet tel quel, pour essayer : chaque page est alors marquée EXEMPLE.")
        console.show(
            "Un vrai dossier s'en fait par mutualis init mutualisation --from "
            f"{_typed(str(made.folder))} --codes niveaux.csv"
        )
    else:
        console.show("À compléter avant d'émettre (LISEZMOI.txt dit comment) :")
        for problem in made.lacking:
            console.show(f"  - {problem.source.file} : {problem.message}")
        if made.origin is MadeFrom.EXAMPLE:
            _show_what_was_taken(made)
    errors = [problem for problem in made.problems if problem.severity is Severity.ERROR]
    if errors:
        console.show()
        console.tell_problems(errors, brief=True)
    console.show()
    if made.origin is MadeFrom.INSEE:
        console.show(
            "Populations reprises telles quelles : vérifier que le fichier de l'INSEE est celui "
            f"des populations en vigueur au 1er janvier {made.year}."
        )
    where = "" if made.folder.resolve() == Path.cwd() else f"cd {_typed(str(made.folder))}, puis "
    first = "corriger les erreurs, puis " if errors else ""
    console.show_next(f"{where}{first}mutualis check, puis mutualis bill {made.year}")


def _show_what_was_taken(made: NewWorkspace) -> None:
    """Levels that the list gives without their act, the votes noted in the example, perhaps there
    to try, and what its criteria suppose: issuing asks none of them."""
    bare = [row for row in made.communes if row.level and not row.level_act]
    if bare:
        console.show(
            f"  - data/communes.csv : {count(len(bare), 'commune')} sans l'acte du niveau "
            "(source_niveau) ; l'émission ne l'exige pas, le comptable le demandera."
        )
    for grid in made.workspace.tariffs.grids.values():
        if grid.is_voted and not grid.act_is_missing:
            console.show(
                f"  - data/tariffs.toml : grille {grid.year} votée par « {grid.act} », repris de "
                "l'exemple : à vérifier."
            )
    criteria = made.workspace.criteria
    if criteria is not None and not any(one.adopted_on for one in criteria.criteria):
        console.show(
            f"  - {criteria.source.file} : points de repère et capacités sont ceux de l'exemple, à "
            "fixer par l'instance."
        )


def _typed(path: str) -> str:
    """The path as it is typed in a terminal."""
    return f'"{path}"' if any(char in path for char in " '&()") else path


def templates_answer(written: Sequence[str], kept: Sequence[str]) -> dict[str, Any]:
    """The JSON contract of `init --templates`."""
    return {"files": list(written), "kept": list(kept)}


def show_templates(written: Sequence[str], kept: Sequence[str], folder: Path) -> None:
    """What `init --templates` copied, and what was there already."""
    console.show_files(written, folder)
    for name in kept:
        console.show(f"Déjà là, gardé : {name}")
    console.show_next("changer style.typ, puis mutualis check, puis mutualis bill ANNÉE --pdf")
