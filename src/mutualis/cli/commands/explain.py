"""mutualis explain"""

import re
from typing import Annotated

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, argument
from mutualis.cli.terminal.values import today, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

NAME = "explain"
SHORT_HELP = "Explique le montant d'une commune, pas à pas."
HELP = """
Explique le montant d'une commune pour une année : chaque chiffre avec son fichier et sa
ligne, la délibération, le prochain seuil, et ce que la commune paierait aux autres niveaux.
Avec le code d'un problème à la place de la commune, dit ce qu'il veut dire et quoi faire.
"""
EXAMPLES = """
mutualis explain Saône 2025
mutualis explain 25527 2025 --json
mutualis explain C07
"""


def command(
    commune: Annotated[str, argument("COMMUNE", "Nom ou code INSEE ; ou le code d'un problème.")],
    year: Annotated[str | None, argument("[ANNÉE]", "Année, par exemple 2025.")] = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.screens import explain as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.explain import explain_fee

    if year is None:
        explain_code(commune.strip().upper(), json=json)
        return
    explanation = explain_fee(folder, commune, year_of(year, f"{NAME} COMMUNE"), today())
    console.tell_problems(explanation.warnings, brief=True)
    if json:
        console.show_json(screen.answer(explanation))
    else:
        screen.show(explanation)


def explain_code(code: str, *, json: bool) -> None:
    """One entry of the catalogue of problems."""
    from mutualis.cli.screens import explain as screen
    from mutualis.cli.terminal import console
    from mutualis.domain.french.names import nearest
    from mutualis.domain.problems.catalogue import CATALOGUE

    if not re.fullmatch(r"[A-Z]\d{2}", code):
        raise UnreadableRequest("command_line.explain_without_year")
    entry = CATALOGUE.get(code)
    if entry is None:
        near = " ou ".join(nearest(code, CATALOGUE, limit=3))
        if near:
            raise UnreadableRequest("command_line.unknown_code_near", text=code, near=near)
        raise UnreadableRequest("command_line.unknown_code", text=code)
    if json:
        console.show_json(screen.entry_answer(entry))
    else:
        screen.show_entry(entry)
