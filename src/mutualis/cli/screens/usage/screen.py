"""The usage of a year on the screen."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from mutualis.cli.screens.usage.load import show_loads
from mutualis.cli.terminal import console
from mutualis.documents.wording import usage as wording
from mutualis.domain.french.typography import count, euros, number
from mutualis.domain.money import ZERO
from mutualis.domain.usage.share import Share
from mutualis.domain.usage.usage import Usage
from mutualis.workflows.usage import Measured


def show(measured: Measured, folder: Path) -> None:
    usage = measured.usage
    total = usage.total
    whose = f", {usage.commune.name}" if usage.commune is not None else ""
    done = f"{count(total.interventions, 'intervention')}, {count(total.half_days, 'demi-journée')}"
    console.show(f"Usage {usage.year}{whose} : {done}", "bold")
    for note in usage.notes:
        console.show(note)
    if usage.has_examples:
        console.show(
            "Données d'exemple, inventées : ces résultats ne décrivent rien de réel.", "bold"
        )
    console.show(_fees_from(usage))
    for said in (usage.costs_from, usage.uncosted):
        if said:
            console.show(said)
    if usage.incomes.to_invoice:
        console.show(f"Fait sur devis, pas encore facturé : {euros(usage.incomes.to_invoice)}.")
    _balances(usage, "Niveau", usage.by_level, total)
    if usage.commune is None:
        served = [share for share in usage.by_commune if share.interventions]
        served.sort(key=lambda share: (-share.at_price, share.key))
        _balances(usage, "Commune servie", served)
    if usage.commune is not None:
        _half_days(usage, "Prestation", usage.by_service, total)
    for title, shares in (("Thème", usage.by_theme), ("Direction", usage.by_directorate)):
        _half_days(usage, title, shares, total)
    show_loads(usage)
    _quotas(usage)
    if measured.files:
        console.show()
        console.show_files(measured.files, folder)
        console.show_next("ouvrir le classeur : communes, quotas, interventions, à vérifier")
    else:
        one = f" --commune {usage.commune.code_insee}" if usage.commune is not None else ""
        console.show_next(f"mutualis usage {usage.year}{one} --workbook")


def _fees_from(usage: Usage) -> str:
    fees, missions = euros(usage.total.fees or ZERO), euros(usage.total.missions)
    if usage.incomes.is_issued:
        issued = count(usage.incomes.memberships, "émise")
        paid = f"{fees} de cotisations ({issued} au registre, nettes des avoirs)"
    else:
        paid = f"{fees} de cotisations (celles du lot en brouillon, rien n'étant émis)"
    return f"{wording.paid(usage)} : {paid} et {missions} de missions."


def _balances(
    usage: Usage, title: str, shares: Sequence[Share], total: Share | None = None
) -> None:
    """The three figures, and the balance, against the real cost where the year has one: what has
    no cost is then told in its place."""

    def cells(share: Share, label: str) -> tuple[str, ...]:
        balance = share.balance_at_price if usage.costs is None else share.balance
        told = f"{number(share.uncosted)} sans coût" if share.uncosted else _money(balance)
        return (*_done(usage, share, label), _money(share.paid), told)

    if shares:
        header = (*_titles(usage, title), wording.paid(usage), "Solde")
        console.show_table(
            header,
            [cells(share, share.label) for share in shares],
            right=range(1, len(header)),
            total=None if total is None else cells(total, "Total"),
        )


def _half_days(usage: Usage, title: str, shares: Sequence[Share], total: Share) -> None:
    """What was done, where memberships cannot be shared out: only missions are paid there."""
    uncosted = bool(usage.without_cost)

    def cells(share: Share, label: str) -> tuple[str, ...]:
        none = (number(share.uncosted) if share.uncosted else "",) if uncosted else ()
        return (*_done(usage, share, label), *none, euros(share.missions))

    if shares:
        none = ("Sans\ncoût",) if uncosted else ()
        header = (*_titles(usage, title), *none, "Missions")
        console.show_table(
            header,
            [cells(share, share.label) for share in shares],
            right=range(1, len(header)),
            total=cells(total, "Total"),
        )


def _titles(usage: Usage, title: str) -> tuple[str, ...]:
    """Those of `_done`: the real cost has no column where the year has none."""
    cost = () if usage.costs is None else ("Au coût",)
    return (title, "½ j.", "Au prix", *cost)


def _done(usage: Usage, share: Share, label: str) -> tuple[str, ...]:
    cost = () if usage.costs is None else (_money(share.at_cost),)
    return (label, number(share.half_days), euros(share.at_price), *cost)


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else euros(amount)


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
