"""The named styles of the cells: one type, few sizes, readable in black and white."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

EUROS = '#,##0.00" €"'
RATE = '#,##0.00####" €"'
WHOLE = "#,##0"
DAY = "dd/mm/yyyy"
_FONT = "Calibri"
INK, _SOFT, _RULE, _PAPER = "FF1F2A37", "FF5B6776", "FF8A94A1", "FFE9EDF2"
_ALERT, _ALERT_PAPER, _DOUBT_PAPER = "FF9C1C1C", "FFFBE9E7", "FFFFF3CD"
_LINK = "FF1F5C99"


def add_styles(book: Workbook) -> None:
    """Register the styles that `put` names; each cell then only carries a style's number."""
    for style in _styles():
        book.add_named_style(style)


def _styles() -> list[NamedStyle]:
    thin = Side(style="thin", color=_RULE)
    hair = Side(style="hair", color=_RULE)
    body = Font(name=_FONT, size=11, color=INK)
    soft = Font(name=_FONT, size=10, color=_SOFT)
    bold = Font(name=_FONT, size=11, bold=True, color=INK)
    link = Font(name=_FONT, size=11, underline="single", color=_LINK)
    top_left = Alignment(vertical="top", wrap_text=True)
    left = Alignment(vertical="center")
    # A figure that is too wide is printed smaller: Excel would put #### in its place.
    right = Alignment(horizontal="right", vertical="center", shrink_to_fit=True)
    indented = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=2)
    center = Alignment(horizontal="center", vertical="center", wrap_text=True)
    under = Border(bottom=hair)
    total = Border(top=thin, bottom=Side(style="double", color=_RULE))
    shade = PatternFill("solid", fgColor=_PAPER)
    alert = PatternFill("solid", fgColor=_ALERT_PAPER)
    boxed = Border(left=thin, right=thin, top=thin, bottom=thin)

    def style(
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

    title = Font(name=_FONT, size=18, bold=True, color=INK)
    heading = Font(name=_FONT, size=13, bold=True, color=INK)
    warn = Font(name=_FONT, size=11, bold=True, color=_ALERT)
    stamp = Font(name=_FONT, size=20, bold=True, color=_ALERT)
    return [
        style("titre", title, left),
        style("intertitre", heading, left),
        style(
            "alerte",
            warn,
            Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1),
            boxed,
            alert,
        ),
        style("tampon", stamp, right),
        style("corps", body, left),
        style("paragraphe", body, top_left),
        style("gras", bold, left),
        style("paragraphe gras", bold, top_left),
        style("discret", soft, left),
        style("note", soft, top_left),
        style("tête", bold, center, Border(top=thin, bottom=thin), shade),
        style(
            "tête gauche",
            bold,
            Alignment(vertical="center", wrap_text=True),
            Border(top=thin, bottom=thin),
            shade,
        ),
        style(
            "tête droite",
            bold,
            Alignment(horizontal="right", vertical="center", wrap_text=True),
            Border(top=thin, bottom=thin),
            shade,
        ),
        style("cellule", body, Alignment(vertical="center", wrap_text=False), under),
        style("texte", body, left, under, form="@"),
        style("faute", warn, left, boxed, alert, "@"),
        style("doute", bold, left, boxed, PatternFill("solid", fgColor=_DOUBT_PAPER), "@"),
        style("cellule longue", body, Alignment(vertical="center", wrap_text=True), under),
        style("lien", link, Alignment(vertical="center", wrap_text=True), under),
        style("lien discret", Font(name=_FONT, size=10, underline="single", color=_LINK), left),
        style("calcul", body, indented, under),
        style("tête calcul", bold, indented, Border(top=thin, bottom=thin), shade),
        style("retrait", body, Alignment(vertical="top", wrap_text=True, indent=1)),
        style("cellule centrée", body, Alignment(horizontal="center", vertical="center"), under),
        style("date", body, Alignment(horizontal="center", vertical="center"), under, form=DAY),
        style("entier", body, right, under, form=WHOLE),
        style("note chiffrée", body, right, under, form="0.0000"),
        style("score", body, right, under, form="0.00"),
        style("euros", body, right, under, form=EUROS),
        style("tarif", body, right, under, form=RATE),
        style("total libellé", bold, left, total),
        style("total entier", bold, right, total, form=WHOLE),
        style("total euros", bold, right, total, form=EUROS),
        style("net", heading, right, Border(top=thin, bottom=thin), shade, EUROS),
        style("net libellé", heading, left, Border(top=thin, bottom=thin), shade),
        style(
            "encadré",
            bold,
            Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1),
            boxed,
        ),
    ]
