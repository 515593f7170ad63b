"""The sheet whose prices and levels are cells: each fee, its class and the total follow them."""

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.cached import Live, Result, Results
from mutualis.documents.excel.printed import POINT, left
from mutualis.documents.excel.sheet import heads, page, put, put_row, put_wide, widths
from mutualis.documents.simulation import words
from mutualis.documents.simulation.charts import add_bars
from mutualis.documents.simulator import places as at
from mutualis.documents.simulator.inputs import validate
from mutualis.documents.simulator.model import Period, Person, PriceLine
from mutualis.documents.simulator.owed_steps import OwedSteps
from mutualis.documents.simulator.places import Places, here
from mutualis.documents.simulator.steps import Cell, put_cell
from mutualis.domain.money import ZERO
from mutualis.domain.simulation.comparison import ChangeClass, Sum, by_class
from mutualis.domain.value import Struct

_WIDTHS = (32, 13, 13, 14, 15, 15, 14, 17, 24)
_PRICES = ("Prix", "Jusqu'à (habitants)", "Tarif par habitant", "Part fixe", "Plafond", "Minimum")
_WEALTH = ("Richesse moyenne", "Coefficient min.", "Coefficient max.")
_COMMUNES = (
    *("Commune", "Code INSEE", "Population", "Niveau", "Référence", "Simulateur", "Écart"),
    *("La commune", "Remarque"),
)


class Simulator(Struct, frozen=True):
    sheet: Worksheet
    places: Places
    owed: OwedSteps
    results: Results

    def write(self, subtitle: str, titles: tuple[str, str]) -> None:
        """`titles` are those of both sides."""
        sheet, model = self.sheet, self.places.model
        widths(sheet, _WIDTHS)
        put(sheet, 1, 1, f"{words.title(model.dataset.year)}, simulateur", "titre")
        sheet.row_dimensions[1].height = 30
        put_wide(sheet, 2, 1, at.WIDE, f"{subtitle} Référence : {titles[0]}.", "discret")
        put_wide(sheet, 3, 1, at.WIDE, words.NOTHING_VOTED, "alerte", 18)
        put_wide(sheet, 4, 1, at.WIDE, words.HOW, "encadré")
        put_wide(sheet, 5, 1, at.WIDE, words.rules(model.dataset), "note")
        self._write_prices(titles[1])
        self._write_classes()
        self._write_communes()
        self._write_chart()
        validate(sheet, self.places)
        sheet.protection.sheet = True
        sheet.freeze_panes = "A2"  # the total stays in sight while a level is changed
        page(
            sheet,
            title=f"{words.title(model.dataset.year)} - {sheet.title}",
            landscape=True,
            repeat=f"{self.places.head}:{self.places.head}",
        )

    def _put(self, row: int, column: str, cell: Cell, style: str) -> None:
        put_cell(self.sheet, self.results, row, ord(column) - 64, cell, style)

    def _heads(self, row: int, titles: Sequence[str | None], styles: Sequence[str]) -> None:
        self.sheet.row_dimensions[row].height = 32
        put_row(self.sheet, row, titles, heads(styles))

    def _write_prices(self, scenario: str) -> None:
        places, model = self.places, self.places.model
        put_wide(self.sheet, at.HEAD - 1, 1, at.WIDE, f"Prix : {scenario}", "intertitre")
        titles = (*_PRICES, *(_WEALTH if model.has_wealth else [None] * len(_WEALTH)))
        self._heads(at.HEAD, titles, ("cellule", *["euros"] * (at.WIDE - 1)))
        for row, price in zip(places.prices, model.prices, strict=True):
            self._write_price(row, price)
        for letter in "ABCDEFGHI":
            self._put(places.minimum, letter, None, "cellule")
        self._put(places.minimum, at.LEVEL, "Seuil de recouvrement", "cellule")
        minimum = model.dataset.tariffs.minimum_recovery
        self._put(places.minimum, at.RATE, minimum, "saisie euros")

    def _write_price(self, row: int, price: PriceLine) -> None:
        bracket, wealth = price.bracket, price.level.wealth
        put(self.sheet, row, 1, price.title, "cellule")
        self._put(row, at.BOUND, bracket.up_to, "saisie entier")
        if price.has_own_rate:
            self._put(row, at.RATE, price.rate, "saisie tarif")
        else:
            shared = Live(
                f"={at.RATE}{row - price.rank + price.shares_rate_of}", price.rate or ZERO
            )
            self._put(row, at.RATE, shared, "tarif")
        for letter, amount in (
            (at.FIXED, bracket.fixed),
            (at.CAP, bracket.cap),
            (at.FLOOR, bracket.floor),
        ):
            self._put(row, letter, amount, "saisie euros")
        if wealth is None:
            for letter in (at.AVERAGE, at.LEAST, at.MOST):
                self._put(row, letter, None, "cellule")
            return
        for letter, value, style in (
            (at.AVERAGE, wealth.average, "euros"),
            (at.LEAST, wealth.floor, "nombre"),
            (at.MOST, wealth.ceiling, "nombre"),
        ):
            if price.rank:
                cell: Cell = Live(f"={letter}{row - price.rank}", value)
                self._put(row, letter, cell, "euros" if style == "euros" else "note chiffrée")
            else:
                self._put(row, letter, value, f"saisie {style}")

    def _write_classes(self) -> None:
        places, lines = self.places, [person.line for person in self.places.model.persons]
        first, last = places.classes.start, places.classes.stop - 1
        put(self.sheet, first - 2, 1, "Qui paie plus, qui paie moins", "intertitre")
        titles = ("La commune…", None, "Communes", "Habitants", *_COMMUNES[4:7], None, None)
        styles = ("cellule", "cellule", "entier", "entier", *["euros"] * 3, "cellule", "cellule")
        self._heads(first - 1, titles, styles)
        found = by_class(lines)
        for row, kind in zip(places.classes, ChangeClass, strict=True):
            total, label = found[kind], words.CLASSES[kind]
            self._put(row, "A", label, "cellule")
            for letter in "BHI":
                self._put(row, letter, None, "cellule")
            classes = places.column(at.CLASS)
            count = Live(f'=COUNTIF({classes},"{label}")', total.communes)
            self._put(row, "C", count, "entier")
            people = f'=SUMIF({classes},"{label}",{places.column(at.PEOPLE)})'
            self._put(row, "D", Live(people, total.population), "entier")
            for letter, amount in _amounts(total):
                summed = f'=ROUND(SUMIF({classes},"{label}",{places.column(letter)}),2)'
                self._put(row, letter, Live(summed, amount), "euros")
        whole, row = Sum.of(lines), places.total
        self._put(row, "A", "Total", "total libellé")
        for letter in "BHI":
            self._put(row, letter, None, "total libellé")
        for letter, number in (("C", whole.communes), ("D", whole.population)):
            live = Live(f"=SUM({letter}{first}:{letter}{last})", number)
            self._put(row, letter, live, "total entier")
        self._write_total(row, whole)

    def _write_total(self, row: int, whole: Sum) -> None:
        """A fee that cannot be told leaves no total that could be taken for one."""
        places = self.places
        doubt = (
            f'COUNTIF({places.column(at.CLASS)},"{words.TO_REVIEW}")+{here(f"$B${places.faults}")}'
        )
        for letter, amount in _amounts(whole):
            formula, style = f"ROUND(SUM({places.column(letter)}),2)", "total euros"
            if letter == at.BEFORE:
                self._put(row, letter, Live(f"={formula}", amount), style)
                continue
            formula = f'IF({doubt}>0,"{words.TO_REVIEW}",{formula})'
            shown: Result = words.TO_REVIEW if self._in_doubt else amount
            self._put(row, letter, Live(f"={formula}", shown), style)
            self._put(1, letter, Live(f"={letter}{row}", shown), "net")
        self._put(1, at.BEFORE, "Total, écart", "net libellé")
        warning = f'=IF({doubt}>0,"{words.REVIEW}","")'
        self._put(row + 1, "A", Live(warning, words.REVIEW if self._in_doubt else ""), "gras")

    @property
    def _in_doubt(self) -> bool:
        return any(owed.trouble for owed in self.places.model.owed)

    def _write_communes(self) -> None:
        places = self.places
        styles = ("cellule", "cellule centrée", "entier", "cellule centrée", *["euros"] * 3)
        self._heads(places.head, _COMMUNES, (*styles, "calcul", "cellule"))
        for row, person in zip(places.lines, places.model.persons, strict=True):
            self._write_person(row, person)
        below = [
            (row, period)
            for row, period in zip(places.chosen, places.model.periods, strict=True)
            if row > places.several
        ]
        if below:
            put(self.sheet, places.several, 1, words.SEVERAL, "intertitre")
        for row, period in below:
            self._write_period(row, period)

    def _write_chart(self) -> None:
        """Who gains and who loses, as the cells now say; on the page of the totals, else of the
        communes."""
        places = self.places
        fits = left(self.sheet, 1, places.chart, landscape=True) >= at.CHART_HEIGHT / POINT
        self.sheet.row_breaks.append(Break(id=(places.head if fits else places.chart) - 1))
        add_bars(
            self.sheet,
            places.chart,
            "Écart de chaque commune avec la référence",
            "Écart (€)",
            [ord(at.GAP) - 64],
            (places.head, places.lines.stop - 1),
            height=at.CHART_HEIGHT,
            width=32,
            signed=True,
            results=self.results.of(self.sheet),
        )

    def _write_person(self, row: int, person: Person) -> None:
        line, only = person.line, person.only
        self._put(row, at.NAME, line.name, "cellule")
        self._put(row, at.CODE, line.code_insee, "cellule centrée")
        self._put(row, at.PEOPLE, line.population, "entier")
        if only is None:
            self._put(row, at.CHOSEN, "-", "cellule centrée")
        else:
            self._put(row, at.CHOSEN, only.level, "saisie texte")
        self._put(row, at.BEFORE, line.before, "euros")
        self._put(row, at.AFTER, self._due(person), "euros")
        before, after = f"{at.BEFORE}{row}", f"{at.AFTER}{row}"
        gap = f'=IF(ISTEXT({after}),"",ROUND({after}-{before},2))'
        trouble = _trouble(person)
        self._put(row, at.GAP, Live(gap, "" if trouble else line.change), "euros")
        names = words.CLASSES
        moved = (
            f'IF({after}={before},"{names[ChangeClass.UNCHANGED]}",'
            f'IF({after}<{before},"{names[ChangeClass.GAINS]}","{names[ChangeClass.LOSES]}"))'
        )
        begins = f'IF({after}=0,"{names[ChangeClass.ZERO]}","{names[ChangeClass.STARTS]}")'
        kind = f'=IF(ISTEXT({after}),"{words.TO_REVIEW}",IF({before}=0,{begins},{moved}))'
        label = words.TO_REVIEW if trouble else names[line.kind]
        self._put(row, at.CLASS, Live(kind, label), "calcul")
        self._put(row, at.REMARK, _remark(person), "cellule")

    def _due(self, person: Person) -> Cell:
        """What it owes, or why the formulas do not say; a written amount where it has no row."""
        if not person.owed:
            return person.line.after
        amounts = [self.owed.of("claimed", owed) for owed in person.owed]
        troubles = [self.owed.of("trouble", owed) for owed in person.owed]
        trouble = "&".join(troubles)
        due = f"({'+'.join(amounts)})/100"
        result = _trouble(person) or person.line.after
        return Live(f'=IF({trouble}="",{due},{trouble})', result)

    def _write_period(self, row: int, period: Period) -> None:
        for letter in "BEFGHI":
            self._put(row, letter, None, "cellule")
        self._put(row, at.NAME, period.title, "cellule")
        self._put(row, at.PEOPLE, period.population, "entier")
        self._put(row, at.CHOSEN, period.level, "saisie texte")


def _trouble(person: Person) -> str:
    return "".join(owed.trouble for owed in person.owed)


def _remark(person: Person) -> str | None:
    """Why a line is not like the others."""
    if not person.owed:
        return words.NOT_THERE
    if person.only is None:
        return words.SEVERAL_ROWS
    return words.WITHHELD if person.owed[0].is_withheld else None


def _amounts(total: Sum) -> tuple[tuple[str, Decimal], ...]:
    return ((at.BEFORE, total.before), (at.AFTER, total.after), (at.GAP, total.change))
