"""Both sides compared: what changes of the grid, who pays more or less, why, and the charts."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl.chart import ScatterChart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.columns import Column, T, place_of, summing, write_table
from mutualis.documents.excel.printed import LINE, lines, rows_under
from mutualis.documents.excel.sheet import page, put, put_wide, widths
from mutualis.documents.simulation import words
from mutualis.documents.simulation.charts import WIDTH, add_bars
from mutualis.documents.simulation.sides import Sides
from mutualis.domain.changes.change import Effects
from mutualis.domain.simulation.comparison import (
    ChangeClass,
    Compared,
    Stratum,
    Sum,
    by_class,
    movers,
    strata,
)
from mutualis.domain.simulation.differences import Difference
from mutualis.domain.value import Struct

_WIDTHS = (34, 14, 14, 17, 17, 17, 52)
_WIDE = len(_WIDTHS)


class _LevelSum(Struct, frozen=True):
    level: str
    communes: tuple[int, int]
    amounts: tuple[Decimal, Decimal]


_Class = tuple[ChangeClass, Sum]
_DIFFERENCES: dict[str, Column[Difference]] = {
    "label": Column("Ce qui change", lambda item: item.label),
    "blank": Column(None, lambda _: None),
    "blank 2": Column(None, lambda _: None),
    "before": Column("Référence", lambda item: words.value(item, item.before)),
    "after": Column("Scénario", lambda item: words.value(item, item.after)),
}
_LEVELS: dict[str, Column[_LevelSum]] = {
    "level": Column("Niveau", lambda item: f"Niveau {item.level}", total=lambda _: "Total"),
    "communes before": summing("Communes avant", lambda item: item.communes[0], style="entier"),
    "communes after": summing("Communes après", lambda item: item.communes[1], style="entier"),
    "before": summing("Référence", lambda item: item.amounts[0]),
    "after": summing("Scénario", lambda item: item.amounts[1]),
    "gap": summing("Écart", lambda item: item.amounts[1] - item.amounts[0]),
}
_CLASSES: dict[str, Column[_Class]] = {
    "class": Column("La commune…", lambda x: words.CLASSES[x[0]], total=lambda _: "Total"),
    "communes": summing("Communes", lambda item: item[1].communes, style="entier"),
    "people": summing("Habitants", lambda item: item[1].population, style="entier"),
    "before": summing("Référence", lambda item: item[1].before),
    "after": summing("Scénario", lambda item: item[1].after),
    "gap": summing("Écart", lambda item: item[1].change),
}
_STRATA: dict[str, Column[Stratum]] = {
    "size": Column("Habitants", lambda x: words.size(x.first, x.last), total=lambda _: "Total"),
    "communes": summing("Communes", lambda x: x.sum.communes, style="entier"),
    "people": summing("Habitants", lambda x: x.sum.population, style="entier"),
    "before": summing("Référence", lambda x: x.sum.before),
    "after": summing("Scénario", lambda x: x.sum.after),
    "gap": summing("Écart", lambda x: x.sum.change),
}
_MOVERS: dict[str, Column[Compared]] = {
    "name": Column("Commune", lambda line: line.name),
    "level": Column("Niveau", words.levels, style="cellule centrée"),
    "people": Column("Habitants", lambda line: line.population, style="entier"),
    "before": Column("Référence", lambda line: line.before, style="euros"),
    "after": Column("Scénario", lambda line: line.after, style="euros"),
    "gap": Column("Écart", lambda line: line.change, style="euros"),
    "causes": Column("Causes", lambda line: words.causes(line.effects), style="calcul"),
}


class Comparison(Struct):
    """The sheet, written from `row` on."""

    sheet: Worksheet
    sides: Sides
    row: int = 1

    def write(self, subtitle: str, curves: Iterator[ScatterChart]) -> None:
        sheet, sides = self.sheet, self.sides
        widths(sheet, _WIDTHS)
        put(sheet, 1, 1, words.title(sides.year), "titre")
        sheet.row_dimensions[1].height = 30
        put_wide(sheet, 2, 1, _WIDE, words.NOTHING_VOTED, "alerte", 18)
        if sides.years is None:
            subtitle = f"{subtitle}\n{words.NOT_PROJECTED}"
        put_wide(sheet, 3, 1, _WIDE, subtitle, "paragraphe")
        self.row = 5
        if sides.differences:
            self._table("Ce qui change de la grille", _DIFFERENCES, sides.differences)
        else:
            put_wide(sheet, 5, 1, _WIDE, "Les deux grilles sont les mêmes.", "paragraphe")
            self.row = 7
        levels = list(_levels(sides))
        head = self._table("Total et niveaux", _LEVELS, levels)
        places = [place_of(_LEVELS, name) for name in ("before", "after")]
        self._chart("Montant par niveau", "Montant (€)", places, (head, head + len(levels)))
        effects = words.causes(Effects.sum(line.effects for line in sides.lines))
        if effects:
            put_wide(sheet, self.row, 1, _WIDE, f"Écart total : {effects}.", "paragraphe")
        self._break()
        self._write_classes()
        sizes = [item for item in strata(sides.lines, sides.strata) if item.sum.communes]
        self._table("Par taille de commune", _STRATA, sizes)
        self._write_movers()
        for chart in curves:
            self._break()
            put(sheet, self.row, 1, "Le barème, avant et après", "intertitre")
            chart.width, chart.height = WIDTH, 12
            sheet.add_chart(chart, f"A{self.row + 1}")
            self.row += rows_under(12) + 2
        page(sheet, title=f"{words.title(sides.year)} - {sheet.title}", landscape=True)

    def _break(self) -> None:
        self.sheet.row_breaks.append(Break(id=self.row))
        self.row += 1

    def _table(self, title: str, columns: dict[str, Column[T]], items: Sequence[T]) -> int:
        """Returns the row of its titles."""
        put(self.sheet, self.row, 1, title, "intertitre")
        head = self.row + 1
        self.sheet.row_dimensions[head].height = 32
        self.row = write_table(self.sheet, head, columns.values(), items, _WIDE) + 1
        return head

    def _chart(self, title: str, up: str, columns: Sequence[int], table: tuple[int, int]) -> None:
        self.row = add_bars(self.sheet, self.row, title, up, columns, table)

    def _write_classes(self) -> None:
        found = list(by_class(self.sides.lines).items())
        head = self._table("Qui paie plus, qui paie moins", _CLASSES, found)
        table = (head, head + len(found))
        self._chart("Combien de communes…", "Communes", [place_of(_CLASSES, "communes")], table)

    def _write_movers(self) -> None:
        found = movers(self.sides.lines, self.sides.top)
        if not found:
            return
        self._break()
        head = self._table("Les plus grands écarts", _MOVERS, found)
        for below, line in enumerate(found, start=head + 1):
            needed = lines(words.causes(line.effects), _WIDTHS[-1])
            self.sheet.row_dimensions[below].height = 3 + LINE * max(1, needed)
        self.row = add_bars(
            self.sheet,
            self.row,
            "Les plus grands écarts",
            "Écart (€)",
            [place_of(_MOVERS, "gap")],
            (head, head + len(found)),
            signed=True,
        )


def _levels(sides: Sides) -> Iterator[_LevelSum]:
    before, after = (
        {total.level: total for total in side.by_level} for side in (sides.baseline, sides.scenario)
    )
    for level in dict.fromkeys((*before, *after)):
        found = [side.get(level) for side in (before, after)]
        communes = [0 if total is None else total.communes for total in found]
        amounts = [Decimal(0) if total is None else total.amount for total in found]
        yield _LevelSum(level, (communes[0], communes[1]), (amounts[0], amounts[1]))
