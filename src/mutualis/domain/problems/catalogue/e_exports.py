"""E: what was exported to the finance software."""

from mutualis.domain.problems.catalogue.entry import warning

ENTRIES = (
    warning(
        "E01",
        "Exporté, titre inconnu",
        "exporté le {day} ({file}), sans titre ni mandat noté depuis : {numbers}.",
        "noter ce que le logiciel financier a émis : mutualis register titres --from FICHIER ; si "
        "le fichier n'a jamais été importé : mutualis register export --again.",
        "Un mois après l'export, un titre est pris en charge : s'il manque, la facture n'est "
        "peut-être recouvrée par personne.",
    ),
)
