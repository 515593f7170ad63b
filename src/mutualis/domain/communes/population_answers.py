"""What INSEE's file cannot tell and the officer must: mergers, the SIREN of a new commune."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.legal_population import LegalPopulation
from mutualis.domain.french.typography import count
from mutualis.domain.problems.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Answers:
    """What the officer says: the successor of each merged commune, the SIREN of new ones."""

    merged: Mapping[str, str] = field(default_factory=dict)
    sirens: Mapping[str, str] = field(default_factory=dict)


def check_merged(
    merged: Mapping[str, str],
    known: Mapping[str, CommuneYear],
    listed: Mapping[str, LegalPopulation],
) -> None:
    for code, heir in merged.items():
        option = f"--merged {code}={heir}"
        if code not in known:
            raise Refusal(
                f"{option} : {code} n'est pas une commune connue. Rien n'a été écrit.",
                "retirer cette option, ou corriger le premier code",
            )
        if heir not in listed:
            raise Refusal(
                f"{option} : {heir} n'est pas dans le fichier de l'INSEE. Rien n'a été écrit.",
                f"--merged {code}=CODE, avec le code INSEE de la commune qui a reçu "
                f"{known[code].name}",
            )
        if heir in merged:
            raise Refusal(
                f"{option} : {heir} est elle-même donnée comme disparue. Rien n'a été écrit.",
                f"--merged {code}=CODE, avec le code de la commune qui existe à la fin",
            )


def check_gone(
    before: Mapping[str, CommuneYear],
    present: Mapping[str, tuple[CommuneYear, ...]],
    listed: Mapping[str, LegalPopulation],
    answers: Answers,
    year: int,
) -> None:
    """Raises Refusal with the option to type for each commune that has disappeared."""
    options, lines = [], []
    for code in sorted({*before, *present}):
        rows = present.get(code, ())
        row = rows[-1] if rows else before[code]
        merged = code in answers.merged
        if row.successor or (code in listed and not merged):
            continue
        if not merged:
            options.append(f"--merged {code}=CODE ({row.name})")
        if rows:
            places = ", ".join(str(r.source) for r in rows)
            lines.append(f"supprimer la ligne {year} : {row.name} ({places})")
    if not (options or lines):
        return
    if options:
        message = (
            f"{count(len(options), 'commune connue', 'communes connues')} de mutualis "
            f"{'est absente' if len(options) == 1 else 'sont absentes'} du fichier de l'INSEE : "
            "rien n'a été écrit."
        )
        remedy = (
            "dire avec quelle commune chacune a fusionné, CODE étant le code INSEE de celle-ci :"
            + "".join(f"\n    {option}" for option in options)
        )
    else:
        message = (
            f"Une commune donnée comme fusionnée a encore une ligne {year} : rien n'a été écrit."
        )
        remedy = ""
    if lines:
        remedy += ("\n  et " if remedy else "") + " ; ".join(lines) + ", puis relancer"
    raise Refusal(message, remedy)


def check_sirens(
    new: list[str],
    listed: Mapping[str, LegalPopulation],
    answers: Answers,
    others: set[str],
    year: int,
) -> None:
    """Raises Refusal for a new commune without a SIREN, or a SIREN without a commune."""
    missing = [code for code in new if code not in answers.sirens]
    if missing:
        names = ", ".join(f"{listed[code].name} ({code})" for code in missing)
        options = " ".join(f"--siren {code}=SIREN" for code in missing)
        raise Refusal(
            f"{names} n'a pas de ligne {year - 1} : son SIREN n'est pas connu. Rien n'a été écrit.",
            f"ajouter {options} (les 9 chiffres de l'annuaire des entreprises)",
        )
    useless = sorted(answers.sirens.keys() - {*new, *others})
    if useless:
        code = useless[0]
        raise Refusal(
            f"--siren {code}={answers.sirens[code]} : {code} n'aura pas de ligne {year}. "
            "Rien n'a été écrit.",
            "retirer cette option, ou corriger le code",
        )
