"""What credit notes mean for the accounts, and what an export says of them."""


def withheld_nowhere() -> str:
    """What a negative statement means: no titre was ever to be."""
    return "Retenue sur l'attribution de compensation : aucun titre, rien à annuler."


def remise_paid(account: str) -> str:
    return f"Remise : mandat sur le compte {account}, le titre garde son montant."


def remise_withheld(account: str) -> str:
    return f"Remise sur une retenue : aucun titre, le compte {account} ; reste à retenir le solde."


def no_titre() -> str:
    """Nothing to undo."""
    return "Aucun titre enregistré : annulation interne, sans écriture comptable."


def deducted(day: str) -> str:
    return f"Déduit de l'export du {day} : le titre est du montant restant, rien à annuler."


def titre_awaited(day: str) -> str:
    return (
        f"Facture exportée le {day} avant cet avoir, titre pas encore connu : le noter "
        "(mutualis register titres), puis relire."
    )


def titre_undone(titre: str, exercice: int, *, whole: bool) -> str:
    what = "annulation" if whole else "réduction"
    return f"Titre {titre} de l'exercice {exercice} : {what}."


def titre_of_closed_year(titre: str, exercice: int, account: str) -> str:
    return f"Titre {titre} de l'exercice clos {exercice} : mandat sur le compte {account}."


def remise_on(subject: str, number: str) -> str:
    """What a remise is about, in an export."""
    return f"{subject}, remise sur {number}"


def undoing(subject: str, titre: str, exercice: int) -> str:
    """What a credit is about, in an export."""
    return f"{subject}, sur le titre {titre} de {exercice}"
