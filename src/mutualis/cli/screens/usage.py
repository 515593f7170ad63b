"""The usage of a year on the screen and to other programs."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, euros, number
from mutualis.domain.interventions.quotas import QuotaUse
from mutualis.domain.money import plain
from mutualis.domain.usage.usage import CategoryUse, Share, Usage
from mutualis.workflows.usage import Measured


def show(measured: Measured, folder: Path) -> None:
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


def answer(measured: Measured) -> dict[str, Any]:
    """The JSON contract of `usage`."""
    usage = measured.usage
    own, levels = usage.commune, usage.levels
    return {
        "year": usage.year,
        "grid_status": usage.grid.status.value,
        "code_insee": None if own is None else own.code_insee,
        "commune": None if own is None else own.name,
        "notes": list(usage.notes),
        "fees_from": "register" if usage.incomes.is_issued else "draft",
        "examples": {
            "interventions": usage.examples,
            "levels": usage.example_levels,
            "directorates": usage.example_directorates,
        },
        "total": _figures(usage.total),
        "by_commune": [
            {
                "code_insee": share.key,
                "commune": share.label,
                "level": levels.get(share.key, ""),
                **_figures(share),
            }
            for share in usage.by_commune
        ],
        "by_level": [{"level": share.key, **_figures(share)} for share in usage.by_level],
        "by_theme": [{"theme": share.key, **_figures(share)} for share in usage.by_theme],
        "by_service": [{"service": share.key, **_figures(share)} for share in usage.by_service],
        "by_directorate": [
            {"directorate": share.key, **_figures(share)} for share in usage.by_directorate
        ],
        "by_category": [_category(use) for use in usage.by_category],
        "quotas": [quota(use) for use in usage.quotas],
        "missions_to_invoice": plain(usage.incomes.to_invoice),
        "alerts": [
            {
                "code": problem.code,
                "line": problem.source.line,
                "message": problem.message,
                "remedy": problem.remedy,
            }
            for problem in measured.alerts
        ],
        "files": list(measured.files),
    }


def _category(use: CategoryUse) -> dict[str, Any]:
    return {
        "category": use.category,
        "half_days": use.half_days,
        "unit_price": plain(use.unit_price),
        "cost": plain(use.cost),
    }


def quota(use: QuotaUse) -> dict[str, Any]:
    """One quota, for other programs."""
    return {
        "code_insee": use.commune.code_insee,
        "commune": use.commune.name,
        "level": use.service.level,
        "service": use.service.name,
        "quota": use.quota,
        "used": use.used,
        "left": use.left,
        "exceeded": use.exceeded,
    }


def _figures(share: Share) -> dict[str, Any]:
    return {
        "interventions": share.interventions,
        "half_days": share.half_days,
        "membership_cost": _money(share.membership_cost),
        "mission_cost": _money(share.mission_cost),
        "cost": _money(share.cost),
        "fees": _money(share.fees),
        "missions": _money(share.missions),
        "balance": _money(share.balance),
    }


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)
