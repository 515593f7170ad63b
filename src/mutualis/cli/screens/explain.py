"""What `explain` answers: the steps of a fee, or what a code of problem means."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from mutualis.cli.screens.parts import account_line, parts_of
from mutualis.cli.terminal import console
from mutualis.domain.communes.communes import merger
from mutualis.domain.french.typography import count, euros, number, short_date
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.memberships.plan import levels_and_periods
from mutualis.domain.money import plain
from mutualis.domain.problems.catalogue import Entry
from mutualis.domain.problems.problem import Source
from mutualis.domain.tariffs.fees import NoPrice, Step
from mutualis.domain.tariffs.proration import DAY, FULL_YEAR, MONTH
from mutualis.workflows.explain import Explanation, SourcedStep

# What a part of the year owes, by setting.
PRORATIONS = {
    FULL_YEAR: "l'année entière est due, au montant le plus élevé de l'année",
    MONTH: "par douzièmes, un mois allant à la ligne en vigueur son premier jour",
    DAY: "au jour",
}


def entry_answer(entry: Entry) -> dict[str, Any]:
    """The JSON contract of `explain CODE`."""
    fields = ("code", "title", "message", "remedy", "why")
    facts = {name: getattr(entry, name) for name in fields}
    return {**facts, "severity": entry.severity.value}


def show_entry(entry: Entry) -> None:
    console.show(f"{entry.code} ({console.WORDS[entry.severity]}) : {entry.title}", "bold")
    console.show(entry.why)
    if message := _without_facts(entry.message):
        console.show(f"Message : {message}")
    console.show(f"À faire : {_without_facts(entry.remedy) or 'ce que dit le message'}")
    console.show_next("corriger, puis mutualis check")


def _without_facts(text: str) -> str:
    """What a text says of every case: « … » stands for what each one puts there; empty when it is
    all there is."""
    shown = re.sub(r"\{\w+\}", "…", text.replace("{guess}", "")).replace("….", "…")
    return shown if re.search(r"\w", shown) else ""


def answer(explanation: Explanation) -> dict[str, Any]:
    """The JSON contract of `explain`: the last step is the amount; `part` is there in the steps of
    a part of the year, and names one of `parts`."""
    turn, line = explanation.next_threshold, explanation.line
    return {
        "code_insee": explanation.commune.code_insee,
        "commune": explanation.commune.name,
        "year": explanation.grid.year,
        "level": explanation.level,
        "steps": [
            {
                "name": found.step.name,
                "value": f"{found.step.value:f}"
                if found.step.unit == "habitants"
                else plain(found.step.value),
                "unit": found.step.unit,
                "source": _step_source(found),
                **({"part": found.step.part} if found.step.part else {}),
            }
            for found in explanation.steps
        ],
        "amount": plain(explanation.amount),
        "parts": [] if line is None else parts_of(line),
        "proration": explanation.tariffs.proration,
        "compared": [
            {
                "from": moment.day.isoformat(),
                "amount": plain(moment.amount),
                "communes": [
                    {"code_insee": part.row.code_insee, "level": part.fee.level.code}
                    for part in moment.parts
                ],
            }
            for moment in explanation.compared
        ],
        "explanation": line.explanation if line else None,
        "not_billed": explanation.not_billed.reason if explanation.not_billed else None,
        "act": explanation.grid.act,
        "account": account_line(explanation.account),
        "next_threshold": None
        if turn is None
        else {
            "population": turn.population,
            "amount": None if turn.amount is None else plain(explanation.with_tax(turn.amount)),
        },
        "other_levels": {
            fee.level.code: None
            if isinstance(fee, NoPrice)
            else plain(explanation.with_tax(fee.amount))
            for fee in explanation.others
        },
    }


def show(explanation: Explanation) -> None:
    commune, grid = explanation.commune, explanation.grid
    console.show(
        f"{commune.name} ({commune.code_insee}), {grid.year}, {_what(explanation)}", "bold"
    )
    if explanation.asked.code_insee != commune.code_insee:
        console.show(f"{merger(explanation.asked, commune)}.")
    if explanation.recorded is not None:
        where = _where(explanation.recorded)
        console.show(f"Calculé avec la grille et les réglages de l'année émise ({where}).")
    for part, steps in groupby(explanation.steps, key=lambda found: found.step.part):
        if part:
            console.show(f"{part}. {explanation.parts[part - 1].name}")
        _show_steps(explanation, list(steps))
    _show_compared(explanation)
    if explanation.line is not None:
        console.show(explanation.line.explanation + ".")
    if explanation.not_billed is not None:
        console.show(f"Pas de facture : {explanation.not_billed.reason}.")
    _show_issued(explanation)
    _show_rules(explanation)
    if explanation.not_billed is None:
        console.show_next(f"mutualis bill {grid.year} --commune {commune.code_insee}")
    else:
        console.show_next(f"mutualis account {commune.code_insee} {grid.year}")


def _what(explanation: Explanation) -> str:
    if explanation.line is not None:
        return levels_and_periods(explanation.line.fee.level, explanation.line.parts)
    level = explanation.commune.level
    return f"niveau {level}" if level else "non adhérente"


def _show_steps(explanation: Explanation, steps: Sequence[SourcedStep]) -> None:
    console.show_table(
        ("Étape", "Valeur", "Source"),
        [
            (_name(found.step, explanation), _value(found.step), _step_source(found))
            for found in steps
        ],
        right=(1,),
    )


def _name(step: Step, explanation: Explanation) -> str:
    if step.figure == "population":
        return f"{step.name} {explanation.tariffs.population}"
    if step.figure == "of_part":
        return f"{step.name} ({explanation.parts[step.part - 1].share})"
    return step.name


def _value(step: Step) -> str:
    if step.unit == "habitants":
        return f"{number(step.value)} habitants"
    return euros(step.value) if step.unit else number(step.value)


def _step_source(found: SourcedStep) -> str:
    if found.step.figure == "granted":
        return "registre"
    return "calcul" if found.source is None else _where(found.source)


def _where(source: Source | Batch) -> str:
    return f"registre, lot {source.rank}" if isinstance(source, Batch) else str(source)


def _show_compared(explanation: Explanation) -> None:
    """What a year that is due whole was compared with."""
    if not explanation.compared:
        return
    console.show("Montants d'une année entière, comparés dans l'année :")
    console.show_table(
        ("À partir du", "En vigueur", "Montant"),
        [
            (
                short_date(moment.day),
                ", ".join(part.title for part in moment.parts),
                euros(moment.amount),
            )
            for moment in explanation.compared
        ],
        right=(2,),
    )


def _show_issued(explanation: Explanation) -> None:
    entry, person = explanation.account.entry, explanation.account.person
    if entry.documents:
        numbers = ", ".join(entry.documents)
        said = f"éjà émis : {euros(entry.balance)} ({numbers}) ; reste : {euros(entry.remaining)}"
        is_own = person.code_insee == explanation.commune.code_insee
        heir = f"Compte de {person.name} ({person.code_insee}), qui le doit depuis : d"
        console.show(f"{'D' if is_own else heir}{said}")


def _show_rules(explanation: Explanation) -> None:
    grid, proration = explanation.grid, explanation.tariffs.proration
    console.show(f"Niveau : {_level_read_at(explanation)}")
    if not all(part.row.is_whole_year for part in explanation.parts):
        where = _where(explanation.read_at("proration"))
        console.show(f"Partie d'année : {PRORATIONS[proration]} ({where})")
    state = "" if grid.is_voted else ", grille projetée"
    where = _where(explanation.read_at(f"grids.{grid.year}.act"))
    console.show(f"Délibération : {grid.act}{state} ({where})")
    console.show(f"Prochain seuil : {_threshold(explanation)}")
    others = [
        f"niveau {fee.level.code}, "
        + (fee.reason if isinstance(fee, NoPrice) else _free_or(explanation, fee.amount))
        for fee in explanation.others
    ]
    if others:
        console.show(f"Aux autres niveaux{_of_year(explanation)} : " + " ; ".join(others))


def _free_or(explanation: Explanation, amount: Decimal) -> str:
    return _with_tax(explanation, amount) if amount else "gratuit"


def _with_tax(explanation: Explanation, amount: Decimal) -> str:
    """An amount of the grid beside what is due, which is with tax."""
    whole = explanation.with_tax(amount)
    return f"{euros(whole)}{'' if whole == amount else ' TVA comprise'}"


def _level_read_at(explanation: Explanation) -> str:
    """The rows that the level, or those of the parts, come from."""
    rows = [part.row for part in explanation.parts] or [explanation.commune]
    found = (
        f"{row.source} ({row.level_source})" if row.level_source else str(row.source)
        for row in rows
    )
    return ", ".join(dict.fromkeys(found))


def _of_year(explanation: Explanation) -> str:
    has_parts = explanation.line is not None and explanation.line.parts
    return ", pour une année entière" if has_parts else ""


def _threshold(explanation: Explanation) -> str:
    turn = explanation.next_threshold
    if explanation.line is None or turn is None:
        return "aucun"
    distance = count(turn.population - explanation.line.fee.population, "habitant")
    if turn.amount is None:
        return f"dans {distance} : plus de prix pour ce niveau"
    amount = f"{_with_tax(explanation, turn.amount)}{_of_year(explanation)}"
    if turn.kind == "cap":
        return f"dans {distance} : plafond atteint, {amount}"
    return f"dans {distance} : {amount}"
