"""What is left to fill in of a new workspace, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french import checks as words
from mutualis.domain.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Lack:
    """`what` is missing in `file`; `names` are the communes concerned, where there are some."""

    what: str
    file: str
    names: tuple[str, ...] = ()


def lacks(workspace: Workspace, year: int) -> tuple[Lack, ...]:
    """What stands between a new workspace and its first invoices."""
    return (*_of_communes(workspace, year), *_of_grid(workspace, year), *_of_issuer(workspace))


def _of_communes(workspace: Workspace, year: int) -> Iterator[Lack]:
    rows = workspace.communes.of_year(year)
    where = "data/communes.csv"
    if any(row.is_example for row in rows):
        yield Lack(words.EXAMPLE_LEVELS, where)
    without_level = [row for row in rows if not row.level]
    if len(without_level) == len(rows):
        yield Lack(words.NO_LEVELS, where)
    without_siren = [row for row in rows if not row.siren]
    if without_siren:
        what = words.missing_sirens(len(without_siren))
        yield Lack(what, where, _names(without_siren))


def _of_grid(workspace: Workspace, year: int) -> Iterator[Lack]:
    grid = workspace.tariffs.grids[year]
    where = "data/tariffs.toml"
    if not grid.is_voted:
        yield Lack(words.example_grid(year), where)
    if grid.act_is_missing:
        yield Lack(words.missing_act(year), where)


def _of_issuer(workspace: Workspace) -> Iterator[Lack]:
    issuer = workspace.issuer
    missing = [
        name
        for name, value in (
            (words.ADDRESS, issuer.address),
            (words.TOWN, issuer.postal_code and issuer.city),
        )
        if not value
    ]
    if any(signatory.is_missing for signatory in issuer.signatories):
        missing.append(words.SIGNATORY)
    missing.append(words.VAT)
    yield Lack(", ".join(missing), "data/issuer.toml")


def _names(rows: Sequence[CommuneYear]) -> tuple[str, ...]:
    return tuple(f"{row.code_insee} {row.name}" for row in rows)
