#!/bin/sh
# Make the pictures of the documents, in docs/images, from the shipped data and an example of each.
# Needs LibreOffice, pdftoppm and pdftotext, ImageMagick, and the font Liberation Sans,
# which has Arial's widths.
set -eu
cd "$(dirname "$0")/.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp -r data "$work/"
export MUTUALIS_DIR="$work"
mutualis() { .venv/bin/mutualis "$@" 2>/dev/null; }
page() { # pdf text: the first page that holds it
    rank=1
    while ! pdftotext -layout -f "$rank" -l "$rank" "$1" - | grep -q -e "$2"; do
        [ "$rank" -lt 100 ] || { echo "$1 : « $2 » nowhere" >&2; exit 1; }
        rank=$((rank + 1))
    done
    echo "$rank"
}
picture() { # pdf text name [resolution]
    at="$(page "$1" "$2")"
    pdftoppm -r "${4:-70}" -f "$at" -l "$at" -png "$1" "$work/page"
    convert "$work"/page-*.png -colors 64 "docs/images/$3.png"
    rm "$work"/page-*.png
}
printed() { # workbook: the PDF that LibreOffice prints of it
    LC_ALL=fr_FR.UTF-8 soffice --headless --convert-to pdf --outdir "$work/printed" "$1" >/dev/null 2>&1
    echo "$work/printed/$(basename "$1" .xlsx).pdf"
}
mutualis bill 2025 --pdf --date 15/01/2025 >/dev/null
picture "$work/out/2025/pdf-brouillon/25035_Les-Auxons.pdf" Facture draft-pdf
mutualis quote Saône --draft --pdf --date 15/03/2025 --object "Restauration scolaire" \
    --line A:2:"Cahier des charges" >/dev/null
picture "$work/out/2025/devis-projet-25532-saone.pdf" Devis draft-quote-pdf
mutualis index 2026 >/dev/null
mutualis bill 2026 --date 15/01/2026 >/dev/null
picture "$(printed "$work/out/2026/adhesions-2026-prevision.xlsx")" Prévision batch-cover 90
mutualis index 2026 --deliberation >/dev/null
picture "$work/out/2026/projet-deliberation-2026.pdf" Projet deliberation-pdf
mutualis simulate 2026 --set levels.2B.per_inhabitant=3,50 --pdf --date 15/01/2026 >/dev/null
picture "$work/out/2026/simulation-2026.pdf" Adhésions simulation-pdf
mutualis usage 2025 --workbook --date 15/01/2026 >/dev/null
picture "$(printed "$work/out/2025/usage-2025.xlsx")" Usage usage
mutualis costs 2026 --notice --date 15/01/2026 >/dev/null
picture "$work/out/2026/couts-unitaires-2026.pdf" unitaires costs-pdf
mutualis report 2025 --date 15/01/2026 >/dev/null
picture "$work/out/2025/rapport-2025.pdf" Rapport report-pdf
mutualis requests publish 2025 --meeting "$work/data/meetings/2025-02-20.toml" --yes \
    --date 21/02/2025 >/dev/null
picture "$(printed "$work/out/2025/seance-2025-02-20/decision-2025-02-20.xlsx")" Séance decision
picture "$work/out/2025/seance-2025-02-20/lettres/25454_Pirey.pdf" demande letter-pdf

# From here on, a year that is issued: its act, its signatory and one withholding are examples.
rm -rf "$work/out" "$work/data" "$work/register.db"
cp -r data "$work/"
sed -i 's/^name = "à compléter"/name = "Camille Exemple"/' "$work/data/issuer.toml"
sed -i '1s/\r*$/;reglement/; /^2025;25014;/s/\r*$/;AC/' "$work/data/communes.csv"
mutualis index 2025 --act "Délibération d'exemple" >/dev/null
mutualis bill 2025 --issue --yes --pdf --date 15/03/2025 >/dev/null
lot="$work/out/2025/lot-01"
picture "$lot/pdf/EXF2025-0001_Les-Auxons.pdf" Facture invoice-pdf
picture "$lot/pdf/"EXR*.pdf Relevé statement-pdf
book="$(printed "$lot/adhesions-2025-lot-01.xlsx")"
picture "$book" "Récapitulatif" batch-recap
picture "$book" "- Barème" batch-tariff
picture "$book" "Verdict" batch-control
picture "$book" "Facture n° EXF2025-0001" invoice
picture "$book" "Relevé de retenue" statement
mutualis quote Saône --pdf --date 20/03/2025 --object "Marché de restauration scolaire" \
    --line A:2:"Rédaction du cahier des charges" --line B:3:"Analyse des offres" >/dev/null
picture "$work/out/2025/devis/EXD2025-0001.pdf" Devis quote-pdf
picture "$(printed "$work/out/2025/devis/EXD2025-0001.xlsx")" Devis quote
mutualis quotes accept EXD2025-0001 --date 02/04/2025 --by "Madame la Maire" >/dev/null
mutualis quotes done EXD2025-0001 --line A:2 --line B:1 --date 12/05/2025 --certified-by "M. Roy" \
    >/dev/null
mutualis bill 2025 --quotes --issue --yes --pdf --date 01/06/2025 >/dev/null
picture "$work/out/2025/lot-02/pdf/"EXF*.pdf Facture mission-pdf
book="$(printed "$work/out/2025/lot-02/missions-2025-lot-02.xlsx")"
picture "$book" "Récapitulatif\|N° facture" mission-recap
picture "$book" "Facture n°" mission
mutualis credit EXF2025-0001 --reason "Inondation" --remise 48 --act "Vote d'exemple" --pdf \
    --date 02/06/2025 >/dev/null
picture "$work/out/2025/avoirs/EXA2025-0001.pdf" Avoir credit-pdf
picture "$(printed "$work/out/2025/avoirs/EXA2025-0001.xlsx")" Avoir credit
mutualis register export --format xlsx --out "$work/out/export.xlsx" >/dev/null
picture "$(printed "$work/out/export.xlsx")" Débiteur export
