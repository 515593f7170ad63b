"""The usage of a year on the screen."""

from collections.abc import Sequence
from pathlib import Path

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, euros, number
from mutualis.domain.usage.usage import Share, Usage
from mutualis.workflows.usage import Measured


def show_usage(measured: Measured, folder: Path) -> None:
    usage = measured.usage
    total = usage.total
    whose = f", {usage.commune.name}" if usage.commune is not None else ""
    done = f"{count(total.interventions, 'intervention')}, {count(total.half_days, 'demi-journée')}"
    console.show(f"Usage {usage.year}{whose} : {done}", "bold")
    for note in usage.notes:
        console.show(note)
    if usage.examples or usage.example_levels or usage.example_directorates:
        console.show(
            "Données d'exemple, inventées : ces résultats ne décrivent rien de réel.", "bold"
        )
    console.show(_fees_from(usage))
    if usage.incomes.to_invoice:
        console.show(f"Fait sur devis, pas encore facturé : {euros(usage.incomes.to_invoice)}.")
    _balances("Niveau", usage.by_level, total)
    if usage.commune is None:
        served = [share for share in usage.by_commune if share.interventions]
        served.sort(key=lambda share: (-share.cost, share.key))
        _balances("Commune servie", served)
    if usage.commune is not None:
        _costs("Prestation", usage.by_service, total)
    for title, shares in (("Thème", usage.by_theme), ("Direction", usage.by_directorate)):
        _costs(title, shares, total)
    _quotas(usage)
    if measured.files:
        console.show()
        console.show_files(measured.files, folder)
        console.show_next("ouvrir le classeur : communes, quotas, interventions, à vérifier")
    else:
        one = f" --commune {usage.commune.code_insee}" if usage.commune is not None else ""
        console.show_next(f"mutualis usage {usage.year}{one} --workbook")


def _fees_from(usage: Usage) -> str:
    if usage.incomes.is_issued:
        fees = count(usage.incomes.memberships, "émise")
        return f"Cotisations : {fees} au registre, nettes des avoirs."
    return "Cotisations : celles du lot en brouillon, rien n'étant émis."


def _balances(title: str, shares: Sequence[Share], total: Share | None = None) -> None:
    """What is spent and what comes in."""

    def cells(share: Share, label: str) -> tuple[str, ...]:
        amounts = (share.cost, share.fees, share.missions, share.balance)
        return (
            label,
            number(share.half_days),
            *(euros(a) if a is not None else "" for a in amounts),
        )

    if shares:
        console.show_table(
            (title, "½ j.", "Coût", "Cotisations", "Missions", "Solde"),
            [cells(share, share.label) for share in shares],
            right=(1, 2, 3, 4, 5),
            total=None if total is None else cells(total, "Total"),
        )


def _costs(title: str, shares: Sequence[Share], total: Share) -> None:
    """What is spent, where memberships cannot be shared out."""

    def cells(share: Share, label: str) -> tuple[str, ...]:
        amounts = (share.membership_cost, share.mission_cost, share.missions)
        return (label, number(share.half_days), *(euros(amount) for amount in amounts))

    if shares:
        console.show_table(
            (title, "½ j.", "Coût adhésions", "Coût missions", "Facturé"),
            [cells(share, share.label) for share in shares],
            right=(1, 2, 3, 4),
            total=cells(total, "Total"),
        )


def _quotas(usage: Usage) -> None:
    used = [use for use in usage.quotas if use.used or usage.commune is not None]
    if used:
        console.show_table(
            ("Quota", "Prestation", "Utilisé", "Reste"),
            [
                (
                    use.commune.name,
                    use.service.name,
                    f"{use.used} sur {use.quota}",
                    f"dépassé de {use.exceeded}" if use.exceeded else str(use.left),
                )
                for use in used
            ],
            right=(2, 3),
        )
    unused = len(usage.quotas) - len(used)
    if unused:
        console.show(f"Quotas intacts : {number(unused)}.")
