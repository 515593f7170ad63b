"""What cannot be read on the command line, and the question that was not answered."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_HELP = "{command} --help donne les options et des exemples."
_WORK_LINES = "--line A:2 --line B:1"
_QUOTE_LINE = '--line A:2:"Rédaction du cahier des charges"'
_DECEMBER = '--rate 0,8 --index 99,95 --base 2025 --source "INSEE, 15/01/2026"'
_NEW_FOLDER = (
    'mutualis init mutualisation --name "CC du Val" --siren 200012342 --codes codes.csv '
    "--populations donnees_communes.csv ; ou, pour essayer : mutualis init essai --example"
)

TEXTS = {
    "command_line.level_or_leave": RefusalText(
        why="level demande un niveau, ou --leave pour une commune qui part : l'un des deux",
        remedy='par exemple : mutualis level Thise 2B --from 01/07/2025 --act "…"',
    ),
    "command_line.needs_option": RefusalText(
        why="{option} est nécessaire", remedy="ajouter {example}"
    ),
    "command_line.inside_data": RefusalText(
        why="« {name} » est un dossier de données, pas le dossier de travail qui le contient",
        nothing="rien n'a été fait",
        remedy='se placer dans celui-ci (cd "{above}"), ou le donner : --dir "{above}"',
    ),
    # What no command can read.
    "command_line.missing_command": RefusalText(why="Il manque une commande", remedy=_HELP),
    "command_line.unknown_command": RefusalText(why="Commande inconnue : {name}", remedy=_HELP),
    "command_line.unknown_command_near": RefusalText(
        why="Commande inconnue : {name}. Vouliez-vous dire {near} ?", remedy=_HELP
    ),
    "command_line.missing_argument": RefusalText(why="Il manque l'argument : {name}", remedy=_HELP),
    "command_line.extra_argument": RefusalText(why="Argument en trop : {name}", remedy=_HELP),
    "command_line.missing_option": RefusalText(why="Il manque l'option : {name}", remedy=_HELP),
    "command_line.unknown_option": RefusalText(why="Option inconnue : {name}", remedy=_HELP),
    "command_line.option_before_the_command": RefusalText(
        why="Option inconnue avant la commande : {name}",
        remedy="{command} COMMANDE … {name} : les options se tapent après la commande",
    ),
    "command_line.unknown_option_near": RefusalText(
        why="Option inconnue : {name}. Vouliez-vous dire {near} ?", remedy=_HELP
    ),
    "command_line.former_new_only": RefusalText(
        why="L'option {name} n'existe plus : {command} ANNÉE --issue émet pour qui n'a encore rien",
        remedy="si d'autres comptes ont bougé, les laisser de côté par --except COMMUNE",
    ),
    "command_line.former_complement": RefusalText(
        why="L'option {name} n'existe plus : les hausses, et les baisses, se régularisent ensemble",
        remedy="{command} ANNÉE pour les voir, puis {command} ANNÉE --issue --regularise",
    ),
    "command_line.option_wants_value": RefusalText(
        why="L'option {name} attend une valeur", remedy=_HELP
    ),
    "command_line.option_wants_values": RefusalText(
        why="L'option {name} attend {wanted} valeurs", remedy=_HELP
    ),
    "command_line.option_takes_no_value": RefusalText(
        why="L'option {name} ne prend pas de valeur", remedy=_HELP
    ),
    "command_line.unreadable": RefusalText(
        why="La ligne de commande ne peut pas être lue ({message})", remedy=_HELP
    ),
    # Options that do not go together.
    "command_line.only_with": RefusalText(
        why="{options} : seulement avec {other}",
        remedy="ajouter {other}, ou retirer ces options",
    ),
    "command_line.needs": RefusalText(
        why="{option} ne va pas sans {other}", remedy="ajouter {other}"
    ),
    "command_line.only_without": RefusalText(
        why="{options} : sans effet avec {other}", remedy="retirer ces options, ou {other}"
    ),
    "command_line.exclusive": RefusalText(
        why="{one} et {other} s'excluent", remedy="garder l'un des deux"
    ),
    "command_line.account_of_whom": RefusalText(
        why="Il manque la commune", remedy="mutualis account Saône ; ou mutualis account --all 2025"
    ),
    "command_line.all_and_one": RefusalText(
        why="{commune} : sans effet avec --all, qui ne prend qu'une année",
        remedy="retirer la commune, ou --all",
    ),
    # Values.
    "command_line.not_a_year": RefusalText(
        why="« {text} » n'est pas une année", remedy="mutualis {command} 2025"
    ),
    "command_line.not_a_day": RefusalText(
        why="« {text} » n'est pas une date", remedy="mutualis {example}"
    ),
    "command_line.not_a_month": RefusalText(
        why="--from : « {text} » n'est pas un mois", remedy="--from 2025-03"
    ),
    "command_line.not_a_base": RefusalText(
        why="--base : « {text} » n'est pas une année", remedy="--base 2025"
    ),
    "command_line.not_euros": RefusalText(
        why="{option} : « {text} » n'est pas un montant en euros et centimes",
        remedy="{option} 120,50",
    ),
    "command_line.not_a_number": RefusalText(
        why="{option} : « {text} » n'est pas un nombre", remedy="{option} {example}"
    ),
    "command_line.not_valid_days": RefusalText(
        why="--valid-days : « {text} » n'est pas un nombre de jours, de 1 à {most}",
        remedy="--valid-days 90",
    ),
    "command_line.not_a_rank": RefusalText(
        why="--cancel : « {text} » n'est pas le rang d'un travail",
        remedy="mutualis quotes show NUMÉRO",
    ),
    "command_line.too_long": RefusalText(
        why="{option} : {length} caractères, au lieu de {most} au plus",
        remedy="raccourcir le texte",
    ),
    "command_line.empty": RefusalText(
        why="{option} : il manque une valeur", remedy="mutualis {command} --help"
    ),
    "command_line.given_twice": RefusalText(
        why="L'option {name} est donnée deux fois", remedy="n'en garder qu'une valeur"
    ),
    "command_line.no_such_day": RefusalText(
        why="{option} : le {text} n'existe pas", remedy="corriger la date de « {whole} »"
    ),
    "command_line.unknown_format": RefusalText(
        why="--format : « {text} » inconnu.{guess}", remedy="choisir parmi {known}"
    ),
    "command_line.unknown_nature": RefusalText(
        why="--qualify : « {text} » inconnu.{guess}", remedy="choisir parmi {known}"
    ),
    "command_line.out_not_a_workbook": RefusalText(
        why="--out : « {name} » n'est ni un dossier ni un fichier .xlsx", remedy="--out lot.xlsx"
    ),
    "command_line.wrong_suffix": RefusalText(
        why="« {name} » n'est pas un fichier {suffix}", remedy="{example}"
    ),
    # The question before what is for good.
    "command_line.issue_unattended": RefusalText(
        why="Émettre est définitif et demande une confirmation",
        nothing="rien n'a été émis",
        remedy="ajouter --yes dans un script",
    ),
    "command_line.issue_declined": RefusalText(
        why="Pas de confirmation", nothing="rien n'a été émis", remedy="répondre o pour émettre"
    ),
    "command_line.publish_unattended": RefusalText(
        why="Publier est définitif et demande une confirmation",
        nothing="rien n'a été publié",
        remedy="ajouter --yes dans un script",
    ),
    "command_line.publish_declined": RefusalText(
        why="Pas de confirmation", nothing="rien n'a été publié", remedy="répondre o pour publier"
    ),
    # init
    "command_line.nothing_to_begin_with": RefusalText(
        why="Rien ne dit quoi mettre dans le dossier", remedy=_NEW_FOLDER
    ),
    "command_line.missing_populations": RefusalText(
        why="Il manque l'option --populations",
        remedy="télécharger le fichier des populations sur www.insee.fr (chercher « populations "
        "de référence », puis le fichier donnees_communes.csv ou le .zip qui le contient), et "
        "ajouter --populations FICHIER",
    ),
    "command_line.missing_options": RefusalText(why="Il manque {missing}", remedy=_NEW_FOLDER),
    "command_line.no_name": RefusalText(
        why="--name : le nom est vide", remedy='--name "CC du Val"'
    ),
    # explain
    "command_line.explain_without_year": RefusalText(
        why="Il manque l'argument : ANNÉE", remedy="mutualis explain Saône 2025"
    ),
    "command_line.unknown_code": RefusalText(
        why="Code de problème inconnu : {text}", remedy="voir docs/errors.md"
    ),
    "command_line.unknown_code_near": RefusalText(
        why="Code de problème inconnu : {text}. Vouliez-vous dire {near} ?",
        remedy="voir docs/errors.md",
    ),
    # import
    "command_line.pair_unreadable": RefusalText(
        why="{option} : « {text} » ne peut pas être lu", remedy="{option} {example}"
    ),
    "command_line.pair_twice": RefusalText(
        why="{option} : {commune} est donné deux fois",
        remedy="garder une seule option {option} {commune}",
    ),
    "command_line.merged_with_itself": RefusalText(
        why="--merged {commune}={commune} : une commune ne fusionne pas avec elle-même",
        remedy="--merged {commune}=CODE, avec le code de l'autre commune",
    ),
    "command_line.wrong_siren": RefusalText(
        why="--siren {commune}={siren} : clé de contrôle fausse, ce n'est pas un SIREN",
        remedy="recopier le numéro depuis annuaire-entreprises.data.gouv.fr",
    ),
    # index
    "command_line.december_incomplete": RefusalText(
        why="Ces options vont ensemble ; il manque {missing}", remedy=_DECEMBER
    ),
    "command_line.december_out_of_bounds": RefusalText(
        why="Le taux est une variation en % (entre -50 et 100) et l'indice est positif",
        remedy=_DECEMBER,
    ),
    # quote, quotes done
    "command_line.no_quote_line": RefusalText(
        why="Un devis a au moins une ligne", remedy=f"ajouter {_QUOTE_LINE}"
    ),
    "command_line.quote_lines_unreadable": RefusalText(
        why="Ligne illisible : {lines}. Il faut CATÉGORIE:DEMI-JOURNÉES:DÉSIGNATION",
        remedy=_QUOTE_LINE,
    ),
    "command_line.no_work_line": RefusalText(
        why="Il faut CATÉGORIE:DEMI-JOURNÉES, un nombre entier", remedy=_WORK_LINES
    ),
    "command_line.work_lines_unreadable": RefusalText(
        why="Ligne illisible : {lines}. Il faut CATÉGORIE:DEMI-JOURNÉES, un nombre entier",
        remedy=_WORK_LINES,
    ),
    "command_line.work_uncertified": RefusalText(
        why="Le service fait est certifié par quelqu'un",
        remedy='ajouter --certified-by "Mme Roy, DGS"',
    ),
    "command_line.withdrawal_without_reason": RefusalText(
        why="Il faut dire pourquoi", remedy='ajouter --reason "Motif"'
    ),
    # credit, register titres
    "command_line.credit_without_reason": RefusalText(
        why="Un avoir dit pourquoi", remedy='ajouter --reason "Motif de l\'avoir"'
    ),
    "command_line.titres_of_nothing": RefusalText(
        why="Il faut un fichier, ou une facture et son titre (sans titre avec --cancel)",
        remedy="mutualis register titres --from titres.csv, "
        "ou mutualis register titres F2025-0012 1234",
    ),
}
