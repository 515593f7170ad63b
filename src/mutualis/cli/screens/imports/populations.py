"""What `import populations` answers: who has crossed a bound, what changes, who is gone."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mutualis.cli.screens.imports.notes import show_departure, show_notes
from mutualis.cli.screens.proposal import show_proposal
from mutualis.cli.terminal import console
from mutualis.domain.communes.population_update import ChangeKind
from mutualis.domain.french.typography import NBSP, count, euros, number, signed_euros
from mutualis.domain.problems.tables import files
from mutualis.domain.tariffs.population_effects import crossings, totals

if TYPE_CHECKING:
    from pathlib import Path

    from mutualis.domain.tariffs.population_effects import Effect
    from mutualis.workflows.import_insee import ImportedPopulations


def answer(result: "ImportedPopulations") -> dict[str, Any]:
    """The JSON contract of `import populations`."""
    update = result.update
    kinds = {change.row.code_insee: change.kind for change in update.changes}
    before, after = totals(result.effects)
    return {
        "year": update.year,
        "population_basis": result.basis.value,
        "grid": None if result.grid is None else result.grid.year,
        "grid_status": None if result.grid is None else result.grid.status.value,
        "written": bool(result.files),
        "added": len(update.of_kind(ChangeKind.ADDED)),
        "updated": len(update.of_kind(ChangeKind.UPDATED)),
        "unchanged": len(update.of_kind(ChangeKind.SAME)),
        "kept": len(update.of_kind(ChangeKind.KEPT)),
        "communes": [
            _entry(effect, kinds[effect.row.code_insee], result)
            for effect in result.effects
            if not effect.gone
        ],
        "crossings": [effect.row.code_insee for effect in crossings(result.effects)],
        "disappeared": [
            {
                "code_insee": gone.commune.code_insee,
                "commune": gone.commune.name,
                "successor": gone.successor or None,
            }
            for gone in update.gone
        ],
        "recoded": [
            {"code_insee": row.code_insee, "commune": row.name, "before": old}
            for row, old in update.recoded
        ],
        "to_complete": [row.code_insee for row in update.to_complete],
        "without_siren": [row.code_insee for row in update.without_siren],
        "total_before": _money(before),
        "total": _money(after),
        "issued": result.issued,
        "files": list(result.files),
        "proposal": result.proposal.name if result.proposal else None,
    }


def show(result: "ImportedPopulations", folder: "Path", *, dry_run: bool) -> None:
    update = result.update
    year = update.year
    console.show(f"Populations en vigueur au 1er janvier {year} (INSEE)", "bold")
    _show_crossings(result)
    _show_effects(result)
    _show_updates(result)
    for now, old in update.recoded:
        console.show(
            f"Code changé : {now.name}, de {old} à {now.code_insee} ; sa ligne est reprise."
        )
    for gone in update.gone:
        row = gone.commune
        if gone.departure is not None:
            show_departure(row, gone.departure, year)
            continue
        heir = next((r for r in update.successors if r.code_insee == gone.successor), None)
        name = gone.successor if heir is None else f"{heir.name} ({heir.code_insee})"
        console.show(
            f"Disparue : {row.name} ({row.code_insee}), réunie à {name} ; sans ligne {year}."
        )
        if not gone.told:
            line = f"{year}-01-01;fusion;{row.code_insee};{row.name};{gone.successor};;"
            console.show(f"  À ajouter à {files()['movements_file']} : {line}", "yellow")
    show_notes(result)
    console.show()
    if not update.moved:
        console.show(f"Les lignes {year} sont déjà celles de l'INSEE : rien n'est à écrire.")
        console.show_next(f"mutualis bill {year}")
        return
    added, updated = len(update.of_kind(ChangeKind.ADDED)), len(update.of_kind(ChangeKind.UPDATED))
    counts = [
        count(added, "ligne ajoutée", "lignes ajoutées") if added else "",
        count(updated, "ligne mise à jour", "lignes mises à jour") if updated else "",
    ]
    after = "mutualis check"
    if added:
        after = f"vérifier la colonne « niveau » des lignes {year}, puis {after}"
    proposal = result.proposal
    name = proposal.name if proposal else files()["communes_file"]
    console.show(f"{name} : {', '.join(text for text in counts if text)}.")
    if proposal:
        show_proposal(proposal, folder, result.files, after)
    elif dry_run:
        console.show("Rien n'a été écrit (--dry-run).")
        console.show_next("la même commande sans --dry-run")
    else:
        console.show_files(result.files, folder)
        console.show_next(after)


def _show_crossings(result: "ImportedPopulations") -> None:
    """Those whose bracket changes, first: their fee jumps."""
    crossed = crossings(result.effects)
    if not crossed:
        if any(effect.fee_after is not None for effect in result.effects):
            console.show("Aucune commune ne change de tranche.")
        return
    console.show(
        f"{count(len(crossed), 'commune change', 'communes changent')} de tranche :", "bold"
    )
    for effect in crossed:
        row, bound = effect.row, effect.crossed or 0
        way = "dépasse" if effect.after > bound else "ne dépasse plus"
        console.show(
            f"  {row.name} ({row.code_insee}), {row.level} : {_people(effect.before)} → "
            f"{count(effect.after, 'habitant')}, {way} {number(bound)}",
            "yellow",
        )
        if effect.no_price:
            console.show(
                "    pas de prix à ce niveau : la commune ne pourra pas être facturée ainsi"
            )
            continue
        change = "" if effect.change is None else f" ({signed_euros(effect.change)})"
        console.show(f"    {_fee(effect.fee_before)} → {_fee(effect.fee_after)}{change}")


def _show_effects(result: "ImportedPopulations") -> None:
    update, grid = result.update, result.grid
    year = update.year
    before, after = totals(result.effects)
    people = [(e.before or 0, e.after) for e in result.effects]
    old, new = sum(b for b, _ in people), sum(a for _, a in people)
    title = f"Population {result.basis.value}"
    if grid is None:
        console.show(f"{title} (aucune grille : pas de montant).")
    else:
        which = "" if grid.year == year else f", faute de grille {year}"
        projected = "" if grid.is_voted else ", projetée"
        console.show(f"{title} ; montants à la grille {grid.year}{projected}{which}.")
        console.show(f"Écarts à niveau égal, de la population {year - 1} à celle de {year} :")
    console.show_table(
        ("Commune", "", str(year - 1), str(year), "Écart", "Montant €", "Écart €"),
        [
            (
                effect.row.name,
                effect.row.level,
                "" if effect.before is None else number(effect.before),
                "" if effect.gone else number(effect.after),
                "" if effect.before is None else _signed(effect.after - effect.before),
                _amount(effect),
                "" if effect.change is None else _bare(signed_euros(effect.change)),
            )
            for effect in result.effects
        ],
        right=(2, 3, 4, 5, 6),
        total=(
            "Total",
            "",
            number(old),
            number(new),
            _signed(new - old),
            _bare(euros(after)),
            _bare(signed_euros(after - before)),
        ),
    )


def _show_updates(result: "ImportedPopulations") -> None:
    """The rows that the year had already and that INSEE's file corrects."""
    updates = [
        (change.row, change.origin)
        for change in result.update.of_kind(ChangeKind.UPDATED)
        if change.origin is not None
    ]
    if not updates:
        return
    year = result.update.year
    console.show(f"Lignes {year} déjà présentes, mises à jour :")
    console.show_table(
        ("Commune", "Ligne", "Municipale", "Totale", "SIREN"),
        [
            (
                f"{row.name} ({row.code_insee})",
                str(origin.source.line),
                _arrow(origin.municipal_population, row.municipal_population),
                _arrow(origin.total_population, row.total_population),
                "" if row.siren == origin.siren else f"{origin.siren} → {row.siren}",
            )
            for row, origin in updates
        ],
        right=(1, 2, 3),
    )


def _entry(effect: "Effect", kind: ChangeKind, result: "ImportedPopulations") -> dict[str, Any]:
    row = effect.row
    earlier = result.update.before.get(row.code_insee)
    return {
        "code_insee": row.code_insee,
        "commune": row.name,
        "siren": row.siren,
        "level": row.level,
        "status": kind.value,
        "municipal_before": None if earlier is None else earlier.municipal_population,
        "municipal": row.municipal_population,
        "total_before": None if earlier is None else earlier.total_population,
        "total": row.total_population,
        "population_before": effect.before,
        "population": effect.after,
        "amount_before": _money(effect.fee_before),
        "amount": _money(effect.fee_after),
        "change": _money(effect.change),
        "crossed": effect.crossed,
    }


def _money(value: Decimal | None) -> str | None:
    from mutualis.domain.money import plain

    return None if value is None else plain(value)


def _amount(effect: "Effect") -> str:
    if effect.gone:
        return "disparue"
    return "pas de prix" if effect.no_price else _bare(_fee(effect.fee_after))


def _fee(amount: Decimal | None) -> str:
    return "" if amount is None else euros(amount)


def _bare(amount: str) -> str:
    """An amount under a heading that says euros."""
    return amount.removesuffix(f"{NBSP}€")


def _people(population: int | None) -> str:
    return "" if population is None else number(population)


def _signed(value: int) -> str:
    return f"+{number(value)}" if value > 0 else number(value)


def _arrow(before: int, after: int) -> str:
    return number(after) if before == after else f"{number(before)} → {number(after)}"
