#!/bin/sh
# Make the pictures of the README from the shipped data. Needs LibreOffice, pdftoppm, ImageMagick,
# and the fonts DejaVu Sans Mono and Carlito, which has Calibri's widths.
set -eu
cd "$(dirname "$0")/.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp -r data "$work/"
picture() { # workbook page name
    LC_ALL=fr_FR.UTF-8 soffice --headless --convert-to pdf --outdir "$work" "$1" >/dev/null 2>&1
    pdftoppm -r 90 -f "$2" -l "$2" -png "$work/$(basename "$1" .xlsx).pdf" "$work/page"
    convert "$work"/page-*.png -trim -bordercolor white -border 24 -colors 64 "docs/images/$3.png"
    rm "$work"/page-*.png
}
{
    echo '$ mutualis bill 2025'
    .venv/bin/mutualis bill 2025 --dir "$work" --date 15/01/2025 2>/dev/null
    echo
    echo '$ mutualis explain Saône 2025'
    .venv/bin/mutualis explain Saône 2025 --dir "$work"
} >"$work/terminal.txt"
convert -size 1100x900 'xc:#1b2430' -fill '#e6ebf1' -font DejaVu-Sans-Mono -pointsize 13 \
    -annotate +20+30 "$(cat "$work/terminal.txt")" -trim -bordercolor '#1b2430' -border 20 \
    -colors 32 docs/images/terminal.png
batch="$work/out/2025/adhesions-2025-brouillon.xlsx"
picture "$batch" 2 batch-recap
picture "$batch" 38 invoice
.venv/bin/mutualis quote Saône --dir "$work" --date 15/03/2025 --service "Commande publique" \
    --object "Marché de restauration scolaire" \
    --line A:2:"Rédaction du cahier des charges" --line B:3:"Analyse des offres" >/dev/null
picture "$work/out/2025/devis-projet-25532-saone.xlsx" 1 quote
.venv/bin/mutualis index 2026 --dir "$work" >/dev/null
.venv/bin/mutualis bill 2026 --dir "$work" --date 15/01/2026 >/dev/null 2>&1
picture "$work/out/2026/adhesions-2026-prevision.xlsx" 1 batch-cover
