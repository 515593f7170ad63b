"""A plan beside the register: what was issued and today's data would not give any more."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "reconciliation.changed_since": RefusalText(
        why="Le lot {year} est déjà émis et les données ont changé depuis :",
        nothing="rien n'a été modifié",
        remedy="rétablir les données ; ou facturer les hausses par "
        "mutualis bill {year} --complement --issue, et annuler ou corriger le reste par "
        'mutualis credit NUMÉRO --reason "…" (avec --replace pour refacturer) ; '
        "--new-only n'émet que les nouvelles adhérentes",
    ),
    "reconciliation.new_since": RefusalText(
        why="Le lot {year} est déjà émis ; {communes} sans facture depuis, {names}",
        nothing="rien n'a été modifié",
        remedy="pour émettre un second lot : mutualis bill {year} --issue --new-only",
    ),
    "reconciliation.amount": RefusalText(
        why="{commune} ({numbers}) : {invoiced} → {due} ({causes})"
    ),
    "reconciliation.no_fee": RefusalText(
        why="{commune} ({numbers}) : {invoiced} → plus de facture"
    ),
    "reconciliation.withheld_before": RefusalText(
        why="{commune} : déjà retenue sur l'AC, à facturer désormais"
    ),
    "reconciliation.withheld_otherwise": RefusalText(
        why="{commune} : retenue sur l'AC de {before} → {after}"
    ),
    # What moved an amount, and by how much.
    "reconciliation.calculation": RefusalText(why="{explanation}"),
    "reconciliation.rate": RefusalText(why="tarif {difference}"),
    "reconciliation.population": RefusalText(why="population {before} → {after}, {difference}"),
    "reconciliation.level": RefusalText(why="niveau {before} → {after}, {difference}"),
    "reconciliation.siren": RefusalText(why="SIREN {before} → {after}"),
    "reconciliation.still_invoiced": RefusalText(why="reste facturé : {invoiced}"),
}
