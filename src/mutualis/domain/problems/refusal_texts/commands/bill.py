"""What there is to invoice, memberships and missions."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_OTHER_SELECTION = "retirer ou changer --level ou --commune"

TEXTS = {
    "bill.nothing_asked": RefusalText(
        why="Aucune facture pour cette demande",
        nothing="rien n'a été écrit",
        remedy=_OTHER_SELECTION,
    ),
    "bill.none_of_these": RefusalText(
        why="Aucune facture pour cette demande :",
        nothing="rien n'a été écrit",
        remedy=_OTHER_SELECTION,
    ),
    "bill.not_billed": RefusalText(why="{commune} : {reason}"),
    "bill.nothing_to_issue": RefusalText(
        why="Il n'y a rien à émettre pour {year} : aucune facture, aucune retenue",
        remedy="mutualis bill {year} montre qui est facturé et pourquoi",
    ),
    "bill.works_changed": RefusalText(
        why="Les demi-journées à facturer ont changé entre-temps",
        nothing="rien n'a été émis",
        remedy="relancer la commande et relire le montant",
    ),
    "bill.no_work": RefusalText(
        why="Aucune demi-journée à facturer pour les devis {year}",
        remedy="mutualis quotes list montre les devis ; noter ce qui est fait par mutualis quotes "
        "done",
    ),
    "bill.no_work_of_these": RefusalText(
        why="Aucune demi-journée à facturer pour les devis {year} :",
        remedy="faire ce qui est dit là, puis relancer",
    ),
    "bill.quote_left": RefusalText(why="devis {quote} : {reason}"),
}
