"""What INSEE's file cannot tell and the officer can: mergers, the SIREN of a new commune."""

from collections.abc import Collection, Mapping

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.legal_population import LegalPopulation
from mutualis.domain.french.communes import heir_option, known_communes
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.value import Struct, field


class Answers(Struct, frozen=True):
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
            raise Refusal("populations.merged_unknown", commune=code, heir=heir)
        if heir not in listed:
            name = known[code].name
            raise Refusal("populations.heir_not_listed", commune=code, heir=heir, name=name)
        if heir in merged:
            raise Refusal("populations.heir_merged", commune=code, heir=heir)


def check_gone(
    before: Mapping[str, CommuneYear],
    present: Mapping[str, tuple[CommuneYear, ...]],
    listed: Mapping[str, LegalPopulation],
    merged: Mapping[str, str],
    year: int,
    left_in_the_year: Collection[str],
) -> None:
    """Raises Refusal with the option to type for each commune that has disappeared."""
    gone, left = [], []
    for code in sorted({*before, *present}):
        rows = present.get(code, ())
        row = rows[-1] if rows else before[code]
        is_merged = code in merged
        if (code in listed or code in left_in_the_year) and not is_merged:
            continue
        if not is_merged:
            gone.append(row)
        if rows:
            left.append(f"{row.name} ({', '.join(str(r.source) for r in rows)})")
    communes = known_communes(len(gone))
    options = "".join(f"\n    {heir_option(row.code_insee, row.name)}" for row in gone)
    rows_left = " ; ".join(left)
    if gone and left:
        raise Refusal(
            "populations.gone_with_rows",
            communes=communes,
            options=options,
            year=year,
            rows=rows_left,
        )
    if gone:
        raise Refusal("populations.gone", communes=communes, options=options)
    if left:
        raise Refusal("populations.merged_with_rows", year=year, rows=rows_left)


def check_sirens(answers: Answers, known: Collection[str], year: int) -> None:
    """Raises Refusal for a SIREN whose commune has no row."""
    useless = sorted(answers.sirens.keys() - set(known))
    if useless:
        code = useless[0]
        siren = answers.sirens[code]
        raise Refusal("populations.useless_siren", commune=code, siren=siren, year=year)
