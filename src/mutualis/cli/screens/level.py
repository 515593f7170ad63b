"""What `level` changes, on the screen and to other programs."""

from pathlib import Path
from typing import Any

from mutualis.cli.screens.proposal import show_proposal
from mutualis.cli.terminal import console
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.population_update import ChangeKind, RowChange
from mutualis.domain.french.typography import euros, period, signed_euros
from mutualis.domain.money import plain
from mutualis.workflows.level import LevelChanged


def show(changed: LevelChanged, folder: Path) -> None:
    console.show(f"{changed.name} ({changed.code})", "bold")
    console.show_table(
        ("Ligne", "Période", "Avant", "Après"),
        [_cells(change) for change in changed.changes],
    )
    if changed.years:
        _years(changed)
    if changed.unpriced:
        years = ", ".join(map(str, changed.unpriced))
        console.show(f"Sans grille, donc sans montant : {years}.")
    if changed.widened:
        names = ", ".join(changed.widened)
        console.show(f"Colonnes ajoutées, vides, au bout de chaque autre ligne : {names}.")
    issued = [year.year for year in changed.years if year.is_issued and year.before != year.after]
    again = "mutualis check"
    if issued:
        again = f"mutualis bill {issued[0]}, qui montre ce que cela change à ce qui est émis"
    if changed.proposal:
        show_proposal(changed.proposal, folder, changed.files, again)
        return
    if changed.files:
        console.show_files(changed.files, folder)
    else:
        console.show("Rien n'a été écrit : ce serait ainsi (--dry-run).")
    console.show_next(again)


def _years(changed: LevelChanged) -> None:
    console.show_table(
        ("Dû", "Avant", "Après", "Écart"),
        [
            (
                str(year.year),
                euros(year.before),
                euros(year.after),
                signed_euros(year.after - year.before),
            )
            for year in changed.years
        ],
        right=(1, 2, 3),
    )


def _cells(change: RowChange) -> tuple[str, ...]:
    origin, row = change.origin, change.row
    line = "" if origin is None or change.kind is ChangeKind.ADDED else str(origin.source.line)
    before = "" if origin is None else _level(origin)
    return (line or "nouvelle", period(row.first_day, row.last_day), before, _level(row))


def _level(row: CommuneYear) -> str:
    return row.level or "aucun"


def answer(changed: LevelChanged) -> dict[str, Any]:
    """The JSON contract of `level`."""
    return {
        "code_insee": changed.code,
        "commune": changed.name,
        "from": changed.day.isoformat(),
        "rows": [
            {
                "added": change.kind is ChangeKind.ADDED,
                "start": change.row.first_day.isoformat(),
                "end": change.row.last_day.isoformat(),
                "before": None if change.origin is None else change.origin.level,
                "after": change.row.level,
            }
            for change in changed.changes
        ],
        "years": [
            {
                "year": year.year,
                "before": plain(year.before),
                "after": plain(year.after),
                "issued": year.is_issued,
            }
            for year in changed.years
        ],
        "unpriced": [*changed.unpriced],
        "widened": [*changed.widened],
        "files": [*changed.files],
        "proposal": changed.proposal.name if changed.proposal else None,
    }
