"""modele-communes.xlsx: the communes as a sheet to fill in, whose codes Excel leaves alone."""

from collections.abc import Sequence
from datetime import date

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.printed import LINE, lines
from mutualis.documents.excel.sheet import Value, page, put, put_row, put_wide, widths
from mutualis.documents.excel.to_fill import DAY, TEXT, WHOLE, FilledColumn, styles, write_to_fill
from mutualis.domain.communes.communes import CommuneYear, Settlement
from mutualis.domain.french.typography import short_date

DATA, HELP = "communes", "Mode d'emploi"
_CONTENT = 54  # the width of what a column holds

# Each column: its width, its format, what it holds, an example.
COMMUNES: dict[str, tuple[int, str, str, str]] = {
    "annee": (8, WHOLE, "L'année facturée.", "2026"),
    "code_insee": (12, TEXT, "Le code INSEE, 5 caractères.", "25532"),
    "commune": (30, TEXT, "Le nom de la commune.", "Saône"),
    "siren": (
        13,
        TEXT,
        "Le SIREN de la commune, 9 chiffres (annuaire-entreprises.data.gouv.fr, en cherchant la "
        "mairie). Peut être vide pour un brouillon ; exigé à l'émission.",
        "212505325",
    ),
    "population_municipale": (
        15,
        WHOLE,
        "La population municipale en vigueur au 1er janvier de l'année (INSEE, PMUN).",
        "3142",
    ),
    "population_totale": (
        15,
        WHOLE,
        "La population totale en vigueur au 1er janvier de l'année (INSEE, PTOT).",
        "3213",
    ),
    "niveau": (
        9,
        TEXT,
        "Le niveau d'adhésion ; vide pour une commune qui n'adhère pas.",
        "2B",
    ),
    "date_debut": (
        13,
        DAY,
        "Premier jour de cette ligne dans l'année ; vide pour le 1er janvier. Deux lignes pour une "
        "commune qui change de niveau en cours d'année.",
        "01/07/2026",
    ),
    "date_fin": (13, DAY, "Dernier jour de cette ligne ; vide pour le 31 décembre.", "30/06/2026"),
    "reglement": (
        11,
        TEXT,
        "« titre » (ou vide) : facture et titre de recettes ; « AC » : retenue sur l'attribution "
        "de compensation, sans facture.",
        "titre",
    ),
    "source_niveau": (
        24,
        TEXT,
        "D'où vient le niveau : convention, délibération. « exemple » marque un niveau inventé.",
        "convention du 12/03/2026",
    ),
    "date_source": (
        13,
        DAY,
        "La date de cet acte, imprimée avec lui sur les documents.",
        "12/03/2026",
    ),
    "siret": (17, TEXT, "Le SIRET de la mairie, 14 chiffres.", "21250532500010"),
    "code_service": (14, TEXT, "Le code service de Chorus Pro.", "FINANCES"),
    "engagement": (14, TEXT, "Le numéro d'engagement donné par la commune.", "2026-014"),
    "code_tiers": (11, TEXT, "Son code dans le logiciel financier ; non imprimé.", "C0532"),
    "adresse": (
        28,
        TEXT,
        "L'adresse de la mairie, imprimée sur les factures.",
        "1 rue Neuve",
    ),
    "code_postal": (11, TEXT, "Le code postal.", "25660"),
    "ville": (18, TEXT, "La ville de l'adresse.", "Saône"),
    "courriel": (26, TEXT, "Le courriel de la mairie ; non imprimé.", "mairie@exemple.fr"),
    "potentiel_financier": (
        14,
        WHOLE,
        "De toute la commune, en euros (fiche DGF) : pour le prix des niveaux pondérés par la "
        "richesse et pour le classement des demandes, où ils le disent.",
        "2985000",
    ),
}
_LATER = {"siren": "à l'émission", "niveau": "si adhérente"}
_STEPS = (
    "1. Remplir la feuille « communes » : une ligne par commune et par année. Les titres de la "
    "première ligne ne se changent pas ; les colonnes vides peuvent rester vides.",
    "2. Fichier > Enregistrer sous : data\\communes.xlsx. Puis supprimer data\\communes.csv, dont "
    "il prend la place (mutualis refuse d'avoir les deux). Seule la feuille « communes », la "
    "première, est lue.",
    "3. Vérifier : mutualis check. Chaque message donne la cellule et ce qu'il faut faire.",
    "Pour garder un CSV : la feuille « communes » étant affichée, Enregistrer sous > type « CSV "
    "UTF-8 (délimité par des virgules) » > data\\communes.csv. Ne pas le rouvrir ensuite par un "
    "double-clic : Excel y retirerait les zéros des codes.",
)


def render_template(
    columns: Sequence[str],
    required: Sequence[str],
    rows: Sequence[CommuneYear],
    levels: Sequence[str],
    creator: str,
    made_on: date,
) -> bytes:
    """The sheet, filled in with the workspace's rows, and a second one that explains it."""
    book = new_book(creator, "Modèle : communes", made_on)
    for style in styles():
        book.add_named_style(style)
    _write_data(add_sheet(book, DATA), columns, rows, levels)
    _write_help(add_sheet(book, HELP), columns, required, levels)
    return save(book)


def _write_data(
    sheet: Worksheet,
    columns: Sequence[str],
    rows: Sequence[CommuneYear],
    levels: Sequence[str],
) -> None:
    made = [FilledColumn(name, *COMMUNES[name][:2]) for name in columns]
    known = (_values(row) for row in rows)
    write_to_fill(
        sheet,
        made,
        [[(values.get(column.title), column.style) for column in made] for values in known],
        title="Communes",
        frozen="commune",
        rules=rules(levels),
    )


def _values(row: CommuneYear) -> dict[str, Value]:
    """The cells of a row; a settlement by titre, which is the default, is left out."""
    texts = {
        "code_insee": row.code_insee,
        "commune": row.name,
        "siren": row.siren,
        "niveau": row.level,
        "date_debut": short_date(row.start) if row.start else "",
        "date_fin": short_date(row.end) if row.end else "",
        "reglement": row.settlement.value if row.settlement is Settlement.AC else "",
        "source_niveau": row.level_source,
        "date_source": short_date(row.level_day) if row.level_day else "",
        "siret": row.siret,
        "code_service": row.service_code,
        "engagement": row.commitment,
        "code_tiers": row.debtor_code,
        "adresse": row.address,
        "code_postal": row.postal_code,
        "ville": row.city,
    }
    return {
        "annee": row.year,
        "population_municipale": row.municipal_population,
        "population_totale": row.total_population,
        **{name: text or None for name, text in texts.items()},
    }


def rules(levels: Sequence[str]) -> list[tuple[DataValidation, str]]:
    """What Excel refuses to take in a column, with what it then says."""
    known = ", ".join(levels)
    return [
        (_list(levels, "Niveau", f"Choisir {known}, ou laisser vide (non adhérente)."), "niveau"),
        (_list(("titre", "AC"), "Règlement", "Choisir titre ou AC, ou laisser vide."), "reglement"),
        (
            _length(5, "Code INSEE", "Un code INSEE a 5 caractères, comme 01004."),
            "code_insee",
        ),
        (_length(9, "SIREN", "Un SIREN a 9 chiffres, sans espace."), "siren"),
        (_length(14, "SIRET", "Un SIRET a 14 chiffres, sans espace."), "siret"),
    ]


def _list(values: Sequence[str], title: str, text: str) -> DataValidation:
    rule = DataValidation(
        type="list", formula1=f'"{",".join(values)}"', allow_blank=True, showErrorMessage=True
    )
    return _worded(rule, title, text)


def _length(length: int, title: str, text: str) -> DataValidation:
    rule = DataValidation(
        type="textLength",
        operator="equal",
        formula1=str(length),
        allow_blank=True,
        showErrorMessage=True,
    )
    return _worded(rule, title, text)


def _worded(rule: DataValidation, title: str, text: str) -> DataValidation:
    rule.errorTitle, rule.error = title, text
    return rule


def _write_help(
    sheet: Worksheet, columns: Sequence[str], required: Sequence[str], levels: Sequence[str]
) -> None:
    widths(sheet, (24, 14, _CONTENT, 26))
    put(sheet, 1, 1, "Saisir les communes", "titre")
    sheet.row_dimensions[1].height = 30
    row = 2
    for step in _STEPS:
        put_wide(sheet, row, 1, 4, step, "paragraphe")
        row += 1
    row += 1
    put_row(sheet, row, ("Colonne", "Obligatoire", "Contenu", "Exemple"), ["tête gauche"] * 4)
    for name in columns:
        row += 1
        _, _, text, example = COMMUNES[name]
        if name == "niveau":
            text += f" Valeurs : {', '.join(levels)}."
        must = _LATER.get(name) or ("oui" if name in required else "")
        put_row(sheet, row, (name, must, text, example), ["cellule longue"] * 4)
        sheet.row_dimensions[row].height = 4 + LINE * lines(text, _CONTENT)
    page(sheet, title="Saisir les communes", one_page=True)
