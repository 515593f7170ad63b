"""What may happen to a quote, and what an invoice bills of it."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "missions.unknown_quote": RefusalText(
        why="Aucun devis {number} dans le registre.{known}",
        remedy="mutualis quotes list",
    ),
}
