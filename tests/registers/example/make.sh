#!/usr/bin/env bash
# The commands that made register.db, in the example that mutualis ships.
#
#     PYTHON=.venv/bin/python bash tests/registers/example/make.sh FOLDER
#
# It is a record: a later program writes other rows, and register.db is never written anew.
set -euo pipefail
python=$(realpath -s "${PYTHON:-$(command -v python)}")
data=$(realpath "$(dirname "$0")/../../../data")
mkdir -p "${1:?FOLDER}" && cp -r "$data" "$1" && cd "$1"

mutualis() { "$python" -m mutualis "$@" >>log.txt; }
odile="--operator=Odile Exemple"

# The prices too are an example; a fee is withheld.
sed -i 's/^act = .*/&\nexample = true/' data/tariffs.toml
sed -i 's/^\[export\]/&\ncolumns = [{ title = "Budget", value = "01" }, { title = "Montant", field = "amount" }]/' \
    data/issuer.toml
sed -i '1s/$/;reglement;code_tiers;adresse;date_debut;date_fin/
    /^2025;25014;/s/$/;AC;T014;;;/
    /^2025;25532;/s/$/;;T532;;;/
    /^2025;25454;/s/$/;;T454;;;/' data/communes.csv
mutualis bill 2025 --issue --yes --date 15/01/2025 "$odile"
mutualis credit EXR2025-0001 --reason "Rectification (exemple)" --date 16/01/2025 "$odile"
mutualis credit EXF2025-0001 --reason "Rectification (exemple)" --date 16/01/2025 "$odile"
mutualis quote Saône --line "A:2:Cahier des charges (exemple)" --date 20/01/2025 "$odile"
mutualis quotes accept EXD2025-0001 --date 25/01/2025 --by "Le maire (exemple)" "$odile"
mutualis quotes done EXD2025-0001 --line A:2 --date 10/02/2025 --certified-by "Basile Exemple" "$odile"
mutualis bill 2025 --quotes --issue --yes --date 15/02/2025 "$odile"
mutualis requests publish 2025 --meeting data/meetings/2025-02-20.toml --yes --date 25/02/2025 "$odile"
mutualis register verify
