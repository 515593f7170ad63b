"""The sheet of a simulation, one page whatever its year holds, as it is given to its template."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from mutualis.documents.committee import words
from mutualis.documents.committee.subject import Subject
from mutualis.documents.paper.page import Page
from mutualis.documents.wording.parties import marked
from mutualis.domain.changes.change import Effects
from mutualis.domain.french.memberships import EFFECTS
from mutualis.domain.french.typography import euros, long_date, number, signed_euros
from mutualis.domain.simulation.comparison import Sum, by_class, movers
from mutualis.domain.simulation.thresholds import bounds_crossed, falls_of, near_bounds, shield

# What a page has room for; what is left out is counted.
_MOST_DIFFERENCES, _MOST_LEVELS, _MOST_MOVERS, _MOST_BOUNDS, _MOST_NEAR = 9, 6, 10, 5, 5
_TALLEST = 1000  # a bar of the chart


def sheet_page(subject: Subject) -> Page:
    heading, issuer = words.heading(subject.year), subject.issuer
    mark = marked(issuer, words.MARK)
    made = long_date(subject.day)
    texts = {
        "mark": mark,
        "watermark": words.MARK,
        "heading": heading,
        "made": f"{issuer.name}, {made}",
        "titles": [list(item) for item in zip(words.SIDES, subject.titles, strict=True)],
        "before": " ".join(filter(None, (words.NOTHING_VOTED, words.taxed(subject)))),
        "subject": words.total(subject.baseline.total, subject.scenario.total),
        "left": [_differences(subject), _effects(subject)],
        "right": [_classes(subject), _levels(subject)],
        "tables": [_movers(subject), _thresholds(subject)],
        "chart": _chart(subject),
        "footer": f"{mark} - {heading} - {issuer.name}, {made}",
    }
    return Page(
        "simulation", f"{mark} : {heading} - {issuer.name}", issuer.name, subject.day, texts
    )


def _differences(subject: Subject) -> dict[str, Any]:
    found = subject.differences
    rows = [
        (item.label, words.value(item, item.before), words.value(item, item.after))
        for item in found[:_MOST_DIFFERENCES]
    ]
    notes = [words.SAME_GRIDS] if not found else words.left_out(len(found) - len(rows))
    return _section("Ce qui change de la grille", ("Prix", "Avant", "Après"), rows, notes)


def _effects(subject: Subject) -> dict[str, Any]:
    total = Effects.sum(line.effects for line in subject.lines)
    rows = [(EFFECTS[name], signed_euros(own)) for name, own in total.by_name.items() if own]
    if not rows:
        return _section("Causes de l'écart", (), [], ["Aucun écart."])
    rows.append(("Ensemble", signed_euros(total.total)))
    return _section("Causes de l'écart", ("Cause", "Écart"), rows, total=True)


def _classes(subject: Subject) -> dict[str, Any]:
    rows = [
        (words.CLASSES[kind][1], *_summed(total)) for kind, total in by_class(subject.lines).items()
    ]
    rows.append(("Ensemble", *_summed(Sum.of(subject.lines))))
    columns = ("Communes qui", "Communes", "Habitants", "Écart")
    return _section("Qui paie plus, qui paie moins", columns, rows, total=True)


def _summed(total: Sum) -> tuple[str, str, str]:
    return number(total.communes), number(total.population), signed_euros(total.change)


def _levels(subject: Subject) -> dict[str, Any]:
    before, after = (
        {total.level: total for total in side.by_level}
        for side in (subject.baseline, subject.scenario)
    )
    levels = [*dict.fromkeys((*after, *before))]
    rows = []
    for level in levels[:_MOST_LEVELS]:
        one, other = before.get(level), after.get(level)
        amounts = [side.amount if side else Decimal(0) for side in (one, other)]
        rows.append((level, number(other.communes if other else 0), *map(euros, amounts)))
    columns = ("Niveau", "Communes", "Avant", "Après")
    return _section("Niveaux", columns, rows, words.left_out(len(levels) - len(rows)))


def _movers(subject: Subject) -> dict[str, Any]:
    found = movers(subject.lines, min(subject.top, _MOST_MOVERS))
    rows = [
        (
            line.name,
            words.level(*line.levels),
            euros(line.before),
            euros(line.after),
            signed_euros(line.change),
            words.causes(line),
        )
        for line in found
    ]
    columns = ("Commune", "Niveau", "Avant", "Après", "Écart", "Causes")
    notes = () if rows else ("Aucune commune ne change de montant.",)
    return _section("Les plus grands écarts", columns, rows, notes)


def _thresholds(subject: Subject) -> dict[str, Any]:
    priced = subject.scenario
    bounds = bounds_crossed(priced.dataset.grid)
    rows = [
        (
            bound.level,
            f"{number(bound.population - 1)} → {number(bound.population)}",
            words.price(bound.before),
            words.price(bound.after),
            "" if bound.change is None else signed_euros(bound.change),
        )
        for bound in bounds[:_MOST_BOUNDS]
    ]
    columns = ("Niveau", "Habitants", "Avant", "Après", "Écart")
    notes = [*words.left_out(len(bounds) - len(rows)), *_notes(subject)]
    return _section("Seuils : un habitant de plus, à chaque borne", columns, rows, notes)


def _notes(subject: Subject) -> Iterator[str]:
    priced = subject.scenario
    falls = falls_of(priced.dataset.grid)
    yield from map(words.falls, falls[:_MOST_BOUNDS])
    yield from words.left_out(len(falls) - _MOST_BOUNDS)
    found = near_bounds(priced, subject.near)
    near = [*dict.fromkeys(item.due.row.name for item in found)]
    if near:
        yield words.near(near, subject.near, _MOST_NEAR)
    spared = shield(priced)
    if spared.shielded:
        yield words.shielded(spared)


def _chart(subject: Subject) -> dict[str, Any]:
    """Each commune's change, the largest first."""
    lines = sorted(subject.persons, key=lambda line: (-line.change, line.code_insee))
    tallest = max((abs(line.change) for line in lines), default=Decimal(0))
    if not tallest:
        return {"title": "", "alt": "", "ends": "", "bars": []}
    bars = [_height(line.change, tallest) for line in lines]
    title, ends = words.chart_title(len(lines)), words.ends(lines[0], lines[-1])
    return {"title": title, "alt": f"{title}. {ends}", "ends": ends, "bars": bars}


def _height(change: Decimal, tallest: Decimal) -> int:
    """Of a bar; however small, a change has one."""
    height = max(int(abs(change) * _TALLEST / tallest), 1 if change else 0)
    return height if change > 0 else -height


_LEFT = ("Prix", "Cause", "Communes qui", "Niveau", "Commune", "Causes")


def _section(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    notes: Sequence[str] = (),
    *,
    total: bool = False,
) -> dict[str, Any]:
    """A title, a table where there are rows, the last one their `total`, then sentences."""
    return {
        "title": title,
        "columns": [
            {"title": name, "side": "left" if name in _LEFT else "right"} for name in columns
        ],
        "rows": [list(row) for row in rows],
        "total": total,
        "notes": list(notes),
    }
