"""mutualis explain"""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json
from mutualis.cli.terminal.values import year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from mutualis.workflows.explain import Explanation

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
    commune: Annotated[
        str,
        typer.Argument(
            metavar="COMMUNE",
            help="Nom ou code INSEE ; ou le code d'un problème.",
            show_default=False,
        ),
    ],
    year: Annotated[
        str | None,
        typer.Argument(metavar="[ANNÉE]", help="Année, par exemple 2025.", show_default=False),
    ] = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.terminal import console
    from mutualis.workflows.explain import explain_fee

    if year is None:
        _show_entry(commune.strip().upper(), json)
        return
    explanation = explain_fee(folder, commune, year_of(year, f"{NAME} COMMUNE"))
    console.tell_problems(explanation.warnings, brief=True)
    if json:
        console.show_json(answer(explanation))
    else:
        _show(explanation)


def _show_entry(code: str, json: bool) -> None:
    """One entry of the catalogue of problems."""
    from mutualis.cli.terminal import console
    from mutualis.domain.french.names import nearest
    from mutualis.domain.problems.catalogue import CATALOGUE

    if not re.fullmatch(r"[A-Z]\d{2}", code):
        raise UnreadableRequest("Il manque l'argument : ANNÉE.", "mutualis explain Saône 2025")
    entry = CATALOGUE.get(code)
    if entry is None:
        near = nearest(code, CATALOGUE, limit=3)
        guess = f" Vouliez-vous dire {' ou '.join(near)} ?" if near else ""
        raise UnreadableRequest(f"Code de problème inconnu : {code}.{guess}", "voir docs/errors.md")
    if json:
        fields = ("code", "title", "message", "remedy", "why")
        facts = {name: getattr(entry, name) for name in fields}
        console.show_json({**facts, "severity": entry.severity.value})
        return
    console.show(f"{code} ({console.WORDS[entry.severity]}) : {entry.title}", "bold")
    console.show(entry.why)
    console.show(f"Message : {entry.message}")
    console.show(f"À faire : {entry.remedy}")
    console.show_next("corriger, puis mutualis check")


def answer(explanation: "Explanation") -> dict[str, Any]:
    """The JSON contract of `explain`."""
    from mutualis.domain.money import plain
    from mutualis.domain.tariffs.fees import NoPrice

    turn = explanation.next_threshold
    return {
        "code_insee": explanation.commune.code_insee,
        "commune": explanation.commune.name,
        "year": explanation.grid.year,
        "level": explanation.commune.level,
        "steps": [
            {
                "name": step.name,
                "value": f"{step.value:f}" if step.unit == "habitants" else plain(step.value),
                "unit": step.unit,
                "source": "calcul" if step.source is None else str(step.source),
            }
            for step in explanation.steps
        ],
        "amount": plain(explanation.amount),
        "explanation": explanation.line.explanation if explanation.line else None,
        "not_billed": explanation.not_billed.reason if explanation.not_billed else None,
        "act": explanation.grid.act,
        "next_threshold": None
        if turn is None
        else {
            "population": turn.population,
            "amount": None if turn.amount is None else plain(turn.amount),
        },
        "other_levels": {
            fee.level.code: None if isinstance(fee, NoPrice) else plain(fee.amount)
            for fee in explanation.others
        },
    }


def _show(explanation: "Explanation") -> None:
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import euros, number
    from mutualis.domain.tariffs.fees import NoPrice

    commune, grid = explanation.commune, explanation.grid
    level = f"niveau {commune.level}" if commune.level else "non adhérente"
    console.show(f"{commune.name} ({commune.code_insee}), {grid.year}, {level}", "bold")
    if explanation.steps:
        console.show_table(
            ("Étape", "Valeur", "Source"),
            [
                (
                    f"{step.name} {explanation.basis}" if rank == 0 else step.name,
                    f"{number(step.value)} habitants"
                    if step.unit == "habitants"
                    else euros(step.value),
                    str(step.source) if step.source is not None else "calcul",
                )
                for rank, step in enumerate(explanation.steps)
            ],
            right=(1,),
        )
    if explanation.line is not None:
        console.show(explanation.line.explanation + ".")
    if explanation.not_billed is not None:
        console.show(f"Pas de facture : {explanation.not_billed.reason}.")
    console.show(f"Niveau : {commune.source}{_origin(explanation)}")
    state = "" if grid.is_voted else ", grille projetée"
    console.show(f"Délibération : {grid.act}{state} ({explanation.act})")
    console.show(f"Prochain seuil : {_threshold(explanation)}")
    others = [
        f"niveau {fee.level.code}, "
        + (fee.reason if isinstance(fee, NoPrice) else _free_or(fee.amount))
        for fee in explanation.others
    ]
    if others:
        console.show("Aux autres niveaux : " + " ; ".join(others))
    console.show_next(f"mutualis bill {grid.year} --commune {commune.code_insee}")


def _free_or(amount: Any) -> str:
    from mutualis.domain.french.typography import euros

    return euros(amount) if amount else "gratuit"


def _origin(explanation: "Explanation") -> str:
    origin = explanation.commune.level_source
    return f" ({origin})" if origin else ""


def _threshold(explanation: "Explanation") -> str:
    from mutualis.domain.french.typography import count, euros

    turn = explanation.next_threshold
    if explanation.line is None or turn is None:
        return "aucun"
    distance = count(turn.population - explanation.line.fee.population, "habitant")
    if turn.amount is None:
        return f"dans {distance} : plus de prix pour ce niveau"
    if turn.kind == "cap":
        return f"dans {distance} : plafond atteint, {euros(turn.amount)}"
    return f"dans {distance} : {euros(turn.amount)}"
