"""M: the movements of communes."""

from mutualis.domain.problems.catalogue.entry import error

ENTRIES = (
    error(
        "M01",
        "Type de mouvement inconnu",
        "« {value} » n'est pas un type de mouvement.{guess}",
        "écrire l'un de : {known}.",
        "Le type dit ce que chaque commune est devenue, et donc qui doit ce qu'elle devait.",
    ),
    error(
        "M02",
        "Code manquant pour ce mouvement",
        "« {kind} » sans {column}.",
        "donner le code INSEE dans {column} ; une adhésion n'a que code_apres, un retrait que "
        "code_avant, les autres types ont les deux.",
        "Un mouvement a une ligne par code avant et après.",
    ),
    error(
        "M03",
        "Code de trop pour ce mouvement",
        "« {kind} » avec {column} ({code}).",
        "vider cette cellule et celle du nom : une adhésion n'a que code_apres, un retrait que "
        "code_avant.",
        "Une commune qui entre dans la collectivité ou la quitte existe avant et après.",
    ),
    error(
        "M04",
        "Changement de nom entre deux codes",
        "un changement de nom garde le code : {before} et {after} sont deux communes.",
        "écrire le même code des deux côtés, ou « changement de code » si la commune a changé de "
        "code.",
        "Un changement de nom ne change pas qui est la commune.",
    ),
    error(
        "M05",
        "Mouvement d'une commune disparue",
        "{code} a cessé d'exister le {day} (ligne {line}) : ce mouvement ne peut pas la concerner.",
        "corriger la date ou le code de l'une des deux lignes, ou ajouter le « rétablissement » "
        "qui manque entre elles.",
        "Un code qui a cessé d'exister ne redevient une commune que par un rétablissement.",
    ),
    error(
        "M06",
        "Deux devenirs le même jour",
        "le {day}, {code} deviendrait à la fois {one} et {other} (ligne {line}).",
        "ne garder que la ligne qui dit ce que la commune est devenue ; si elle reste et qu'une "
        "autre en sort, écrire « rétablissement » sur les deux.",
        "Ce que devait une commune n'a qu'un débiteur.",
    ),
    error(
        "M07",
        "Rétablissement d'une commune qui existe",
        "{code} est rétablie, mais existait déjà (ligne {line}).",
        "corriger le code ou la date, ou ajouter la ligne du mouvement où cette commune avait "
        "disparu.",
        "Une commune rétablie repart de zéro : l'ancienne de ce code doit avoir disparu avant.",
    ),
    error(
        "M08",
        "Mouvements en cercle",
        "le {day}, {code} redevient elle-même par une autre commune.",
        "corriger les codes des mouvements de ce jour.",
        "Le débiteur se trouve en suivant les mouvements : ils doivent finir quelque part.",
    ),
    error(
        "M09",
        "Commune divisée sans suite",
        "{commune}, de {communes_file}, est divisée le {day} et aucune commune n'en garde le "
        "code : rien ne dit qui doit ce qu'elle devait.",
        "garder une seule ligne « changement de code », vers la commune qui reprend ses droits et "
        "obligations (l'arrêté le dit), et écrire « rétablissement » de celle-ci vers elle-même et "
        "vers chacune des autres.",
        "Une dette ne se devine pas : elle a un seul débiteur, que l'acte de la scission désigne.",
    ),
    error(
        "M10",
        "Ligne d'une commune disparue",
        "{commune} a cessé d'exister le {day} ({place}), et cette ligne va jusqu'au {end}.",
        "mettre date_fin au {eve}, ou supprimer la ligne si elle commence après ; corriger {place} "
        "si le mouvement est faux.",
        "Rien ne peut être demandé à une personne qui n'existe plus.",
    ),
    error(
        "M11",
        "Membre disparu sans explication",
        "{commune}, niveau {level} en {before}, n'a pas de ligne {year}, et aucun mouvement ne dit "
        "pourquoi.",
        "ajouter sa ligne {year} (niveau vide si elle n'adhère plus) ; sinon dire dans "
        "{movements_file} ce qu'elle est devenue, par mutualis import movements "
        "FICHIER-DE-L'INSEE, ou à la main, par exemple {leaving}",
        "Une adhésion ne s'arrête pas parce qu'une ligne manque : un départ se dit.",
    ),
    error(
        "M12",
        "Colonne « successeur » remplie",
        "la colonne « successeur » ne dit plus ce que devient une commune : c'est "
        "{movements_file}.",
        "vider cette cellule, et écrire dans {movements_file} la ligne {row}",
        "Ce qu'une commune est devenue se dit une fois, avec sa date, pour toutes les années.",
    ),
    error(
        "M13",
        "Adhérente après son retrait",
        "{commune} a quitté l'intercommunalité le {day} ({place}), et cette ligne lui garde un "
        "niveau jusqu'au {end}.",
        "mettre date_fin au {eve}, ou vider le niveau de la ligne si elle commence après ; "
        "corriger {place} si le mouvement est faux.",
        "Une commune qui quitte l'intercommunalité n'en est plus adhérente : elle serait facturée "
        "pour toute l'année.",
    ),
    error(
        "M14",
        "Mouvement d'aucune commune",
        "aucune ligne de {communes_file} n'a le code {codes}.",
        "corriger les codes, ou supprimer la ligne si elle ne concerne aucune commune de la "
        "collectivité.",
        "Un code mal tapé laisserait une commune sans ce qu'elle est devenue, en silence.",
    ),
)
