"""What INSEE's file cannot tell and the officer must: mergers, the SIREN of a new commune."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.legal_population import LegalPopulation
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
        if code not in known:
            raise Refusal("import_insee.merged_unknown", insee=code, heir=heir)
        if heir not in listed:
            name = known[code].name
            raise Refusal("import_insee.heir_not_listed", insee=code, heir=heir, name=name)
        if heir in merged:
            raise Refusal("import_insee.heir_merged_too", insee=code, heir=heir)


def check_gone(
    before: Mapping[str, CommuneYear],
    present: Mapping[str, tuple[CommuneYear, ...]],
    listed: Mapping[str, LegalPopulation],
    answers: Answers,
    year: int,
) -> None:
    """Raises Refusal with the option to type for each commune that has disappeared."""
    options, left = [], []
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
            left.append(f"{row.name} ({places})")
    to_type, to_delete, number = "\n    ".join(options), ", ".join(left), len(options)
    if options and left:
        raise Refusal(
            "import_insee.gone_with_rows",
            number=number,
            options=to_type,
            year=year,
            rows=to_delete,
        )
    if options:
        raise Refusal("import_insee.gone", number=number, options=to_type)
    if left:
        raise Refusal("import_insee.merged_with_rows", year=year, rows=to_delete)


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
        raise Refusal("import_insee.siren_missing", names=names, before=year - 1, options=options)
    useless = sorted(answers.sirens.keys() - {*new, *others})
    if useless:
        code = useless[0]
        siren = answers.sirens[code]
        raise Refusal("import_insee.siren_of_no_row", insee=code, siren=siren, year=year)
