"""The JSON contract of `usage`."""

from decimal import Decimal
from typing import Any

from mutualis.cli.screens.usage.load import load
from mutualis.domain.interventions.quotas import QuotaUse
from mutualis.domain.money import plain
from mutualis.domain.usage.share import CategoryUse, Share
from mutualis.workflows.usage import Measured


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
        "costs_from": None
        if usage.costs is None
        else [{"year": year, "status": vintage.value} for year, vintage in usage.costs.vintages],
        "without_cost": [
            {"directorate": directorate, "category": category, "half_days": half_days}
            for (directorate, category), half_days in usage.without_cost.items()
        ],
        "examples": {
            "interventions": usage.examples,
            "levels": usage.example_levels,
            "directorates": usage.example_directorates,
            "costs": usage.example_costs,
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
        "load": None if own is not None else [load(line) for line in usage.loads],
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
        "at_price": plain(use.at_price),
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
        "membership_at_price": plain(share.membership_at_price),
        "mission_at_price": plain(share.mission_at_price),
        "at_price": plain(share.at_price),
        "at_cost": _money(share.at_cost),
        "half_days_without_cost": None if share.known_cost is None else share.uncosted,
        "fees": _money(share.fees),
        "missions": plain(share.missions),
        "paid": _money(share.paid),
        "balance": _money(share.balance),
        "balance_at_price": _money(share.balance_at_price),
    }


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)
