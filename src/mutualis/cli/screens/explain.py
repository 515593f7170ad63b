"""What `explain` answers: the steps of a fee, or what a code of problem means."""

from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, euros, number
from mutualis.domain.money import plain
from mutualis.domain.problems.catalogue import Entry
from mutualis.domain.tariffs.fees import NoPrice
from mutualis.workflows.explain import Explanation


def entry_answer(entry: Entry) -> dict[str, Any]:
    """The JSON contract of `explain CODE`."""
    fields = ("code", "title", "message", "remedy", "why")
    facts = {name: getattr(entry, name) for name in fields}
    return {**facts, "severity": entry.severity.value}


def show_entry(entry: Entry) -> None:
    console.show(f"{entry.code} ({console.WORDS[entry.severity]}) : {entry.title}", "bold")
    console.show(entry.why)
    console.show(f"Message : {entry.message}")
    console.show(f"À faire : {entry.remedy}")
    console.show_next("corriger, puis mutualis check")


def answer(explanation: Explanation) -> dict[str, Any]:
    """The JSON contract of `explain`."""
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


def show(explanation: Explanation) -> None:
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
    return euros(amount) if amount else "gratuit"


def _origin(explanation: Explanation) -> str:
    origin = explanation.commune.level_source
    return f" ({origin})" if origin else ""


def _threshold(explanation: Explanation) -> str:
    turn = explanation.next_threshold
    if explanation.line is None or turn is None:
        return "aucun"
    distance = count(turn.population - explanation.line.fee.population, "habitant")
    if turn.amount is None:
        return f"dans {distance} : plus de prix pour ce niveau"
    if turn.kind == "cap":
        return f"dans {distance} : plafond atteint, {euros(turn.amount)}"
    return f"dans {distance} : {euros(turn.amount)}"
