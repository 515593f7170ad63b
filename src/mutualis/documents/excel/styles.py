"""The named styles of the cells: one type, few sizes, readable in black and white.

No type is below 10 points: `printed` says what becomes of it on paper.
"""

from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.named_styles import NamedStyleList
from openpyxl.utils.indexed_list import IndexedList

EUROS = '#,##0.00" €"'
RATE = '#,##0.00####" €"'
WHOLE = "#,##0"
DAY = "dd/mm/yyyy"
# In Arial, for which every system has letters of the same widths: the same page everywhere.
FONT = "Arial"
INK, _SOFT, _RULE, _PAPER = "FF1F2A37", "FF5B6776", "FF8A94A1", "FFE9EDF2"
_ALERT, _ALERT_PAPER, _DOUBT_PAPER = "FF9C1C1C", "FFFBE9E7", "FFFFF3CD"
_LINK = "FF1F5C99"

_PLAIN = Font(name=FONT, size=10)
_BODY = Font(name=FONT, size=10, color=INK)
_QUIET = Font(name=FONT, size=10, color=_SOFT)
_BOLD = Font(name=FONT, size=10, bold=True, color=INK)
_TITLE = Font(name=FONT, size=16, bold=True, color=INK)
_HEADING = Font(name=FONT, size=12, bold=True, color=INK)
_WARN = Font(name=FONT, size=10, bold=True, color=_ALERT)
_STAMP = Font(name=FONT, size=18, bold=True, color=_ALERT)
_AWAY = Font(name=FONT, size=10, underline="single", color=_LINK)

_LEFT = Alignment(vertical="center")
_TOP_LEFT = Alignment(vertical="top", wrap_text=True)
_WRAPPED = Alignment(vertical="center", wrap_text=True)
_CENTER = Alignment(horizontal="center", vertical="center")
_WRAPPED_CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
_WRAPPED_RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=True)
# A figure that is too wide is printed smaller: Excel would put #### in its place.
_RIGHT = Alignment(horizontal="right", vertical="center", shrink_to_fit=True)
_INSIDE = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=2)

_THIN = Side(style="thin", color=_RULE)
_UNDER = Border(bottom=Side(style="hair", color=_RULE))
_BETWEEN = Border(top=_THIN, bottom=_THIN)
_SUM = Border(top=_THIN, bottom=Side(style="double", color=_RULE))
_BOXED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)

_SHADE = PatternFill("solid", fgColor=_PAPER)
_FAULT = PatternFill("solid", fgColor=_ALERT_PAPER)
_DOUBT = PatternFill("solid", fgColor=_DOUBT_PAPER)


class _ByName(NamedStyleList):
    """The styles of a book by name: openpyxl looks through all of them for each cell, twice."""

    def __init__(self, styles: Iterable[NamedStyle]) -> None:
        super().__init__(styles)
        self._known = {style.name: style for style in self}

    @property
    def names(self) -> list[str]:
        return list(self._known)

    def __getitem__(self, key: Any) -> Any:
        return self._known[key] if isinstance(key, str) else super().__getitem__(key)

    def append(self, style: NamedStyle) -> None:
        super().append(style)
        self._known[style.name] = style


def add_styles(book: Workbook) -> None:
    """Register the styles that `put` names; each cell then only carries a style's number."""
    # The widths of columns are counted in letters of the font of this style.
    book._fonts = IndexedList([_PLAIN])  # type: ignore[attr-defined]
    book._named_styles = _ByName(book._named_styles)  # type: ignore[attr-defined]
    book._named_styles["Normal"].font = _PLAIN  # type: ignore[attr-defined]
    for style in (*_of_texts(), *_of_heads(), *_of_cells(), *_of_totals()):
        book.add_named_style(style)


def add_input_styles(book: Workbook) -> None:
    """Those of what may be changed on a sheet that is protected."""
    for style in _of_inputs():
        style.protection = Protection(locked=False)
        book.add_named_style(style)


def _style(
    name: str,
    font: Font,
    alignment: Alignment,
    border: Border | None = None,
    fill: PatternFill | None = None,
    form: str = "General",
) -> NamedStyle:
    made = NamedStyle(name=name, font=font, alignment=alignment, number_format=form)
    if border is not None:
        made.border = border
    if fill is not None:
        made.fill = fill
    return made


def _of_texts() -> tuple[NamedStyle, ...]:
    return (
        _style("titre", _TITLE, _LEFT),
        _style("intertitre", _HEADING, _LEFT),
        _style("alerte", _WARN, _INSIDE, _BOXED, _FAULT),
        _style("tampon", _STAMP, _RIGHT),
        _style("corps", _BODY, _LEFT),
        _style("paragraphe", _BODY, _TOP_LEFT),
        _style("gras", _BOLD, _LEFT),
        _style("paragraphe gras", _BOLD, _TOP_LEFT),
        _style("discret", _QUIET, _LEFT),
        _style("note", _QUIET, _TOP_LEFT),
        _style("lien discret", _AWAY, _LEFT),
        _style("retrait", _BODY, Alignment(vertical="top", wrap_text=True, indent=1)),
        _style("encadré", _BOLD, _INSIDE, _BOXED),
    )


def _of_heads() -> tuple[NamedStyle, ...]:
    return (
        _style("tête", _BOLD, _WRAPPED_CENTER, _BETWEEN, _SHADE),
        _style("tête gauche", _BOLD, _WRAPPED, _BETWEEN, _SHADE),
        _style("tête droite", _BOLD, _WRAPPED_RIGHT, _BETWEEN, _SHADE),
        _style("tête calcul", _BOLD, _INDENTED, _BETWEEN, _SHADE),
    )


def _of_cells() -> tuple[NamedStyle, ...]:
    return (
        _style("cellule", _BODY, Alignment(vertical="center", wrap_text=False), _UNDER),
        _style("texte", _BODY, _LEFT, _UNDER, form="@"),
        _style("faute", _WARN, _LEFT, _BOXED, _FAULT, "@"),
        _style("doute", _BOLD, _LEFT, _BOXED, _DOUBT, "@"),
        _style("cellule longue", _BODY, _WRAPPED, _UNDER),
        _style("lien", _AWAY, _WRAPPED, _UNDER),
        _style("calcul", _BODY, _INDENTED, _UNDER),
        _style("cellule centrée", _BODY, _CENTER, _UNDER),
        _style("date", _BODY, _CENTER, _UNDER, form=DAY),
        _style("entier", _BODY, _RIGHT, _UNDER, form=WHOLE),
        _style("note chiffrée", _BODY, _RIGHT, _UNDER, form="0.0000"),
        _style("score", _BODY, _RIGHT, _UNDER, form="0.00"),
        _style("euros", _BODY, _RIGHT, _UNDER, form=EUROS),
        _style("tarif", _BODY, _RIGHT, _UNDER, form=RATE),
    )


def _of_totals() -> tuple[NamedStyle, ...]:
    return (
        _style("total libellé", _BOLD, _LEFT, _SUM),
        _style("total entier", _BOLD, _RIGHT, _SUM, form=WHOLE),
        _style("total euros", _BOLD, _RIGHT, _SUM, form=EUROS),
        _style("net", _HEADING, _RIGHT, _BETWEEN, _SHADE, EUROS),
        _style("net libellé", _HEADING, _LEFT, _BETWEEN, _SHADE),
    )


def _of_inputs() -> tuple[NamedStyle, ...]:
    return (
        _style("saisie entier", _BOLD, _RIGHT, _BOXED, _DOUBT, WHOLE),
        _style("saisie euros", _BOLD, _RIGHT, _BOXED, _DOUBT, EUROS),
        _style("saisie tarif", _BOLD, _RIGHT, _BOXED, _DOUBT, RATE),
        _style("saisie nombre", _BOLD, _RIGHT, _BOXED, _DOUBT, "0.00####"),
        _style("saisie texte", _BOLD, _CENTER, _BOXED, _DOUBT, "@"),
    )
