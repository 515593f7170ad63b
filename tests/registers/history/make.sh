#!/usr/bin/env bash
# The history of register.db, command by command, as commit 7b59ae2 of mutualis ran it.
#
#     PYTHON=.venv/bin/python bash tests/registers/history/make.sh FOLDER
#
# It is a record: a later program writes other rows, and register.db is never written anew.
# Communes, people, numbers and amounts are invented.
set -euo pipefail
python=$(realpath -s "${PYTHON:-$(command -v python)}")
mkdir -p "${1:?FOLDER}/data/meetings" && cd "$1"

# on DAY COMMAND…: run mutualis as if it were that day.
on() {
    "$python" -c '
import sys
from datetime import date
from mutualis.cli import app, arguments
day = date.fromisoformat(sys.argv[1])
class Clock(date):
    today = classmethod(lambda _: day)
arguments.date = Clock
sys.exit(app.run(sys.argv[2:]))' "$@" >>log.txt
}
odile="--operator=Odile Exemple"
basile="--operator=Basile Exemple"

# ------------------------------------------------------------------ 2024: a plain first year
cat >data/issuer.toml <<'END'
name = "Communauté fictive des Sources"
siren = "999000995"

[[signatories]]
name = "Camille Exemple"
capacity = "La Présidente"
from = 2020-01-01

[vat]
category = "O"
reason = "TVA non applicable, article 256 B du code général des impôts"
END
cat >data/tariffs.toml <<'END'
population = "municipale"
minimum_recovery = 15.00
proration = "full_year"
before_vote = "previous_grid"

[indexation]
series = "ensemble"
base_year = 2024

[grids.2024]
status = "voted"
act = "Délibération fictive n° 1 du 12/01/2024"

[grids.2024.levels.1]
label = "Partage d'informations"

[grids.2024.levels.2A]
label = "Conseils"
includes = ["1"]
half_days_per_request = 1
per_inhabitant = 0.38

[grids.2024.levels.2B]
label = "Expertise"
includes = ["1", "2A"]
half_days_per_request = 1
per_inhabitant = 3.28
brackets = [
  { up_to = 3999, cap = 7048 },
  { up_to = 10000, cap = 9416 },
]

[grids.2024.levels.2C]
label = "Formule à tranches"
includes = ["1", "2A"]
requires = "1"
half_days_per_request = 2
per_inhabitant = 0.50
brackets = [
  { up_to = 100, per_inhabitant = 0.40, fixed = 10, floor = 30, cap = 48 },
  { up_to = 1000, per_inhabitant = 1.25, fixed = 100, floor = 230, cap = 900 },
  { per_inhabitant = 1.5, fixed = 200, floor = 500, cap = 4000 },
]

[grids.2024.levels.3]
label = "Missions sur devis"
requires = "2B"
half_day = { A = 255, B = 186, C = 12 }
END
cat >data/communes.csv <<'END'
annee;code_insee;commune;siren;population_municipale;population_totale;niveau;source_niveau
2024;99902;Bourg-le-Fictif;999000029;4200;4310;2B;Convention fictive
2024;99903;Combe-le-Fictif;999000037;620;640;2C;Convention fictive
2024;99910;Nulle-le-Fictif;999000102;300;310;;
2024;99911;Plaine-le-Fictif;999000110;510;520;1;exemple
2024;99912;Roche-le-Fictif;999000128;1500;1540;2A;exemple
END
cat >data/cpi.csv <<'END'
mois;serie;base;indice;variation_annuelle;source
2023-12;001763852;2015;117,00;3,6;Chiffre fictif
2024-12;001763852;2015;118,40;1,2;Chiffre fictif
END

on 2024-02-15 bill 2024 --issue --yes "$odile"
on 2024-03-20 register titres F2024-0001 101 --exercice 2024 --bordereau 12 \
    --titre-date 18/03/2024 "$odile"
on 2024-05-10 credit F2024-0003 --reason "Geste voté en bureau" --amount 50,25 "$odile"
on 2024-05-14 credit F2024-0001 --reason "Population comptée deux fois" --amount 300 "$odile"
on 2024-06-03 quote Bourg-le-Fictif --line A:2:"Cadrage" --line B:3:"Analyse des offres" \
    --object "Marché de voirie" --service "Commande publique" "$basile"
on 2024-06-20 quotes accept D2024-0001 --date 18/06/2024 --by "Mme Maire Exemple" "$basile"
on 2024-09-02 quotes done D2024-0001 --line A:2 --date 30/08/2024 \
    --certified-by "M. Secrétaire Exemple" "$basile"
on 2024-09-03 quotes done D2024-0001 --line B:2 --date 02/09/2024 \
    --certified-by "M. Secrétaire Exemple" "$basile"
on 2024-09-30 bill 2024 --quotes --issue --yes "$odile"
on 2024-09-30 register backup copies/2024.db "$odile"

# -------------------------------------- 2025: everything filled in, an indexed grid, by the day
cat >data/issuer.toml <<'END'
name = "Communauté fictive des Sources"
legal_form = "Communauté de communes"
siren = "999000995"
siret = "99900099500012"
address = ["Maison des communes", "1 rue Inventée"]
postal_code = "99000"
city = "Fictive-les-Sources"
service = "Services aux communes"
contact = "services@exemple.invalid"

[[signatories]]
  name = "Camille Exemple"
  capacity = "La Présidente"
  from = 2020-01-01
  until = 2024-12-31

[[signatories]]
  name = "Dominique Exemple"
  capacity = "Le Vice-président"
  delegation = "Arrêté fictif n° 7 du 02/01/2025"
  from = 2025-01-01
  until = 2026-06-30

[vat]
category = "E"
reason = "Exonération de TVA, article 261 B du code général des impôts"
reason_code = "VATEX-FR-CGI261B"
number = "FR11999000995"

[payment]
text = "À payer par virement, en rappelant le numéro de la facture"
iban = "FR76 3000 1007 9412 3456 7890 185"
bic = "BDFEFRPPCCT"
due_days = 30

[numbers]
invoice = "FAC/{year}/{rank:3}"
credit = "AV{year}-{rank:3}"
quote = "DEV-{year}-{rank:3}"

[accounts]
membership = "708751"
half_days = "708752"
cancelled = "6731"

[delays]
quote_valid_days = 60

[export]
delimiter = "|"
encoding = "cp1252"
decimal = "."
date = "%Y-%m-%d"
columns = [
  { title = "Tiers", field = "debtor" },
  { title = "Pièce", field = "number" },
  { title = "Émise le", field = "date" },
  { title = "Engagement", field = "commitment" },
  { title = "Compte", field = "account" },
  { title = "TTC", field = "amount" },
]
END
# settings: the text before the grids, from the standard input.
settings() {
    sed -n '/^\[grids/,$p' data/tariffs.toml >grids.toml
    cat - grids.toml >data/tariffs.toml
}
settings <<'END'
population = "municipale"
minimum_recovery = 15.00
proration = "day"
before_vote = "previous_grid"

[indexation]
series = "hors_tabac"
base_year = 2024
rate = "computed"
chain = "published"
indexed = ["per_inhabitant", "cap", "half_day", "fixed", "floor"]
never_decrease = true
rounding = { per_inhabitant = 0.001, cap = 0.5, half_day = 0.1, fixed = 0.01, floor = 0.05 }

END
titles=";reglement;successeur;date_debut;date_fin;siret;code_service;engagement;adresse;code_postal"
sed -i "1s/\$/$titles;ville;courriel;potentiel_financier/; 2,\$s/\$/;;;;;;;;;;;;/" data/communes.csv

# row YEAR CODE NAME MUNICIPAL TOTAL LEVEL SIRET [SETTLEMENT SUCCESSOR FROM TO]: a full row.
row() {
    printf '%s;' "$1" "$2" "$3-le-Fictif" "${7:0:9}" "$4" "$5" "$6" exemple "${8-}" "${9-}" \
        "${10-}" "${11-}" "$7" "SERV-$2" "ENG-$1-$2" "1 place Inventée" "$2" "$3 Cedex" \
        mairie@exemple.invalid
    printf '%s\n' "$4"00,50
}
{
    row 2025 99901 Amont 1200 1230 2B 99900001100018 AC "" 01/01/2025 30/06/2025
    row 2025 99901 Amont 1200 1230 2C 99900001100018 AC "" 01/07/2025 31/12/2025
    row 2025 99902 Bourg 4250 4360 2B 99900002900010
    row 2025 99903 Combe 625 645 2C 99900003700013 titre "" 15/01/2025 30/11/2025
    row 2025 99904 Doline 800 815 2B 99900004500016 AC "" 01/01/2025 31/12/2025
    row 2025 99905 Étang 120 125 2C 99900005200012 AC "" 22/12/2025 26/12/2025
    row 2025 99905 Étang 120 125 2C 99900005200012 titre "" 27/12/2025 31/12/2025
    row 2025 99906 Falaise 430 440 2C 99900006000015 AC "" 01/01/2025 31/03/2025
    row 2025 99906 Falaise 430 440 2C 99900006000015 titre "" 01/04/2025 31/12/2025
    row 2025 99907 Gué 110 112 2C 99900007800017 titre 99905 18/12/2025 21/12/2025
    row 2025 99908 Hameau 210 215 2C 99900008600010 AC 99901 01/01/2025 30/06/2025
    row 2025 99909 Méandre 950 970 2B 99900009400014 titre 99906 01/01/2025 30/06/2025
    row 2025 99910 Nulle 305 315 "" 99900010200015 titre "" 01/02/2025 31/12/2025
    row 2025 99911 Plaine 515 525 1 99900011000018
    row 2025 99912 Roche 1510 1550 2A 99900012800010
} >>data/communes.csv

# A quote of before the vote: at the prices of 2024.
on 2025-01-10 quote Bourg-le-Fictif --line A:1:"Avis" --line C:1:"Copies" --object "Bail rural" \
    "$basile"
on 2025-01-20 index 2025 --act "Délibération fictive n° 3 du 17/01/2025"
sed -i '/^act = .*n° 3/a url = "https://exemple.invalid/deliberations/3"\nchecked_on = 2025-01-21' \
    data/tariffs.toml

cat >data/services.csv <<'END'
theme;niveau;prestation;unite;quota;direction;source_direction;lecture
Droit;3;Étude juridique;demi-journée;;Direction juridique;exemple;sûre
Urbanisme;3;Étude d'urbanisme;demi-journée;;Direction de l'urbanisme;exemple;sûre
END
cat >data/interventions.csv <<'END'
date;code_insee;prestation;categorie;demi_journees;objet;source
12/11/2024;99902;Étude juridique;A;3;Marché;exemple
14/01/2025;99904;Étude d'urbanisme;B;2;Plan;exemple
END
cat >data/criteria.toml <<'END'
[planning]
  from = "2025-03"
  months = 10

[criteria.waiting]
  weight = 2.5
  zero_at = 0
  one_at = 365
  act = "Règlement fictif de l'instance"
  adopted_on = 2025-01-15

[criteria.under_way]
  weight = 1
  zero_at = 3
  one_at = 0
  act = "Règlement fictif de l'instance"
  adopted_on = 2025-01-15

[criteria.population]
  weight = 1
  zero_at = 5000
  one_at = 200
  act = "Règlement fictif de l'instance"
  adopted_on = 2025-01-15

[criteria.wealth]
  weight = 0.5
  zero_at = 1500
  one_at = 50
  act = "Règlement fictif de l'instance"
  adopted_on = 2025-01-15

[criteria.received]
  weight = 1
  years = 2
  zero_at = 100
  one_at = 0
  act = "Règlement fictif de l'instance"
  adopted_on = 2025-01-15

  [directorates]
  [directorates."Direction juridique"]
  half_days = 4
  exceptions = { "2025-07" = 2, "2025-08" = 0 }

  [directorates."Direction de l'urbanisme"]
  half_days = 6
END
cat >data/requests.csv <<'END'
id;date;commune;projet;service;direction;demi_journees_a;demi_journees_b;demi_journees_c;echeance_souhaitee;dispositif_departemental;etat;source
P25-01;12/09/2024;Bourg-le-Fictif;Marché de chauffage;Étude juridique;;16;12;;30/06/2025;;;exemple
P25-02;03/10/2024;Méandre-le-Fictif;Place du village;Étude d'urbanisme;Direction de l'urbanisme;4;4;1;30/04/2025;;;exemple
P25-03;21/10/2024;Doline-le-Fictif;Réserve foncière;Étude juridique;;3;;;;;;exemple
P25-04;04/11/2024;Roche-le-Fictif;Lotissement;Étude d'urbanisme;;2;;;;;;exemple
P25-05;18/11/2024;Bourg-le-Fictif;École;Étude d'urbanisme;Direction de l'urbanisme;2;1;;31/05/2025;Conseil en architecture (fictif);;exemple
P25-06;20/11/2024;Méandre-le-Fictif;Halle;Étude d'urbanisme;Direction de l'urbanisme;1;1;1;31/12/2025;Conseil en architecture (fictif);;exemple
P25-07;02/12/2024;Doline-le-Fictif;Cimetière;Étude juridique;Direction juridique;2;;;30/09/2025;;;exemple
P25-08;09/12/2024;Bourg-le-Fictif;Réseau de chaleur;Étude juridique;;80;;;;;;exemple
P25-09;16/12/2024;Doline-le-Fictif;Salle des fêtes;Étude d'urbanisme;;3;;;;;;exemple
P25-10;10/06/2024;Doline-le-Fictif;Voirie;Étude d'urbanisme;;3;;;;;en cours;exemple
P25-11;06/01/2025;Nulle-le-Fictif;Sans dossier;;;;;;;;;exemple
END
cat >data/meetings/2025-02-20.toml <<'END'
date = 2025-02-20
members = ["Mme Présidente Exemple", "M. Maire Exemple"]
departures = [
  { request = "P25-07", decision = "move", rank = 1, reason = "la concession expire en mai" },
  { request = "P25-03", decision = "postpone", reason = "étude attendue" },
  { request = "P25-09", decision = "refuse", reason = "hors des compétences" },
  { request = "P25-05", decision = "accept", reason = "le dispositif est saturé" },
]
END
on 2025-02-24 requests publish 2025 --meeting data/meetings/2025-02-20.toml --yes "$basile"
sed -i 's/"M. Maire Exemple"/"M. Maire Exemple", "Mme Adjointe Exemple"/; s/rank = 1/rank = 2/' \
    data/meetings/2025-02-20.toml
on 2025-02-26 requests publish 2025 --meeting data/meetings/2025-02-20.toml --yes "$odile" \
    --correct "Un membre oublié, et un rang mal noté"

# A selection, then the rest; what is withheld and what is too small is noted with them.
on 2025-03-03 bill 2025 --issue --yes --commune 99903 --level 2C "$odile"
on 2025-03-10 bill 2025 --issue --yes --new-only "$odile"
on 2025-03-12 quote Doline-le-Fictif --line A:3:"Étude" --line B:2:"Plans" --valid-days 45 \
    --service "Étude d'urbanisme" --object "Réserve foncière" --pdf "$basile"
on 2025-03-13 quote Méandre-le-Fictif --line A:2:"Étude" --service "Étude juridique" \
    --object "Place du village" "$basile"
on 2025-03-14 quote Méandre-le-Fictif --line C:3:"Copies" --service "Étude juridique" \
    --object "Copies du cadastre" "$basile"
on 2025-03-17 quote Bourg-le-Fictif --line A:2:"Audit" --service "Étude juridique" "$basile"
on 2025-04-01 quotes accept DEV-2025-001 --date 05/03/2025 --by "Mme Maire Exemple" "$odile"
on 2025-04-02 quotes accept DEV-2025-002 --date 31/03/2025 --by "M. Maire Exemple" "$odile"
on 2025-04-02 quotes accept DEV-2025-003 --date 31/03/2025 --by "M. Maire Exemple" "$odile"
on 2025-04-02 quotes accept DEV-2025-004 --date 31/03/2025 --by "M. Maire Exemple" "$odile"
on 2025-04-03 quotes decline DEV-2025-005 --date 02/04/2025 --by "Mme Maire Exemple" "$odile"
certified="--certified-by=M. Secrétaire Exemple"
on 2025-04-25 quotes done DEV-2025-002 --line A:2 --date 22/04/2025 "$certified" "$basile"
on 2025-04-28 quotes done DEV-2025-002 --line B:1 --date 24/04/2025 "$certified" "$basile"
on 2025-04-28 quotes done DEV-2025-002 --line B:1 --date 24/04/2025 --again "$certified" "$basile"
on 2025-04-29 quotes done DEV-2025-002 --cancel 3 --reason "Saisi deux fois" "$basile"
on 2025-05-15 quotes done DEV-2025-003 --line A:1 --date 14/05/2025 "$certified" "$basile"
on 2025-05-15 quotes done DEV-2025-004 --line C:1 --date 14/05/2025 "$certified" "$basile"
on 2025-05-20 bill 2025 --quotes --issue --yes --commune Doline-le-Fictif "$odile"

# Titres by a file, a rise, a fall, a credit on a closed exercice, a mission noted wrong.
cat >titres.csv <<'END'
facture;exercice;titre;bordereau;date
FAC/2025/001;2025;201;31;10/03/2025
FAC/2025/002;2025;202;31;14/03/2025
END
on 2025-05-28 register titres --from titres.csv "$odile"
on 2025-06-02 credit F2024-0001 --reason "Reste abandonné, titre de 2024" --amount 100 "$odile"
sed -i '/^2025;99912/s/;2A;exemple;;;;/;2A;exemple;;;01\/01\/2025;30\/06\/2025/' data/communes.csv
row 2025 99912 Roche 1510 1550 2C 99900012800010 titre "" 01/07/2025 31/12/2025 >>data/communes.csv
on 2025-07-02 bill 2025 --issue --yes --complement "$odile"
sed -i '/^2025;99906/s/;430;/;412;/' data/communes.csv
on 2025-07-08 credit FAC/2025/003 --reason "Population corrigée" --replace "$odile"
on 2025-07-10 credit FAC/2025/001 --reason "Un mois non dû" --amount 75,20 "$odile"
on 2025-07-15 quotes done DEV-2025-002 --cancel 2 --reason "C'était pour une autre commune" \
    "$basile"
on 2025-07-16 credit FAC/2025/005 --reason "Une demi-journée de trop" --replace "$odile"

# A merged commune whose row was taken out of the file: its missions are billed as quoted.
sed -i '/^2025;99909/d' data/communes.csv
on 2025-09-01 bill 2025 --quotes --issue --yes "$odile"
on 2025-09-02 credit FAC/2025/008 --reason "Geste voté en bureau" --amount 40 --exercice 2025 \
    --pdf "$odile"

# The second meeting: months promised and booked, a request begun.
sed -i '/^P25-05/s/;;exemple/;en cours;exemple/; /^P25-06/s/;;exemple/;retirée;exemple/' data/requests.csv
cat >>data/requests.csv <<'END'
P25-12;01/07/2025;Doline-le-Fictif;Lavoir;Étude d'urbanisme;;3;2;;31/12/2025;;;exemple
END
cat >data/meetings/2025-09-18.toml <<'END'
date = 2025-09-18
members = ["Mme Présidente Exemple", "Mme Adjointe Exemple"]
END
on 2025-09-22 requests publish 2025 --meeting data/meetings/2025-09-18.toml --from 2025-10 --yes \
    "$basile"
on 2025-12-31 register backup copies/2025.db "$odile"

# ------------------------------------- 2026: another index, total populations, and by the month
settings <<'END'
population = "totale"
minimum_recovery = 20.00
proration = "month"
before_vote = "refuse"

[indexation]
series = "ensemble"
base_year = 2025

END
cat >>data/cpi.csv <<'END'
2025-12;011814630;2025;99,95;0,8;Chiffre fictif
END
{
    row 2026 99902 Bourg 4230 4340 2B 99900002900010
    row 2026 99903 Combe 630 650 2C 99900003700013 titre "" 01/02/2026 31/12/2026
    row 2026 99904 Doline 805 820 2B 99900004500016 AC
    row 2026 99912 Roche 1520 1560 2A 99900012800010
} >>data/communes.csv
on 2026-01-20 index 2026
on 2026-02-13 index 2026 --act "Délibération fictive n° 2 du 12/02/2026"
on 2026-02-20 register titres FAC/2025/009 256 --exercice 2025 --bordereau 40 \
    --titre-date 30/12/2025 "$basile"
on 2026-03-02 credit FAC/2025/009 --reason "Mission refaite par une autre commune" "$basile"
on 2026-03-02 bill 2026 --issue --yes --exercice 2026 "$basile"
on 2026-03-10 quote Bourg-le-Fictif --line B:4:"Étude" --service "Étude juridique" "$odile"
on 2026-03-11 quote Doline-le-Fictif --line A:2:"Étude" --object "Voirie" "$odile"
on 2026-04-20 quotes accept DEV-2026-001 --date 15/04/2026 --by "Mme Maire Exemple" "$odile"
on 2026-05-20 quotes done DEV-2026-001 --line B:3 --date 19/05/2026 "$certified" "$odile"
on 2026-05-20 register backup copies/2026.db "$basile"
