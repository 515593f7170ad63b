"""The rows that follow those of ../account in register.db, as the program of then wrote them.

    PYTHONPATH=src python tests/registers/costs/make_costs.py FOLDER

It is a record: a later program writes other rows, and register.db is never written anew.
"""

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Settlement
from mutualis.domain.costs.cost import CostNature, CostRow, Costs, Vintage
from mutualis.domain.costs.paper import (
    CommuneStatement,
    CostPaper,
    StatementLine,
    notice_of,
    statements_of,
)
from mutualis.domain.costs.unit_cost import costs_before_budget, costs_of_year
from mutualis.domain.issuer.legal import Legal, Regime
from mutualis.domain.problems.problem import Source
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.files.workspace import load
from mutualis.register import store

HISTORY = Path(__file__).parents[1] / "history"
ACCOUNT = Path(__file__).parents[1] / "account"
LEGAL, TOWN = "Direction fictive du droit", "Direction fictive de la ville"
# Charges and half-days, invented: 12 345 : 60 = 205.75; 4 700 : 33 = 142.424...; no units.
FIGURES = (
    (2026, LEGAL, "A", "personnel", "définitif", "12000.00", 0),
    (2026, LEGAL, "A", "fournitures", "définitif", "345.00", 0),
    (2026, LEGAL, "A", "unités", "définitif", "0", 60),
    (2026, TOWN, "C", "contrats", "définitif", "4700.00", 0),
    (2026, TOWN, "C", "unités", "définitif", "0", 33),
    (2026, TOWN, "B", "renouvellement", "définitif", "99.00", 0),
    (2027, LEGAL, "A", "unités", "prévisionnel", "0", 50),
)


def rows() -> Iterator[CostRow]:
    for line, (year, name, category, nature, vintage, amount, units) in enumerate(FIGURES, start=2):
        yield CostRow(
            year,
            name,
            category,
            CostNature(nature),
            Vintage(vintage),
            Decimal(amount),
            units,
            Source("data/costs.csv", line),
            origin="exemple" if line == 2 else "compte fictif",
        )


RULES = (
    VatRule("half_days", "Service fictif", "S", (DatedRate(date(2026, 1, 1), Decimal(20)),)),
    VatRule(
        "half_days", "Autre", "E", reason="Exonération fictive", reason_code="VATEX-FR-CGI261B"
    ),
)


def made(ledger: Ledger) -> tuple[CostPaper, ...]:
    """The notice of 2027, then the statements of 2026 of two communes, one of which asked for
    nothing."""
    workspace = load(HISTORY).workspace
    assert workspace is not None
    last = ledger.meetings[-1].issuer
    issuer = replace(
        last,
        export=replace(last.export, constants={"Exemple": "EX"}),
        legal=Legal(
            Regime.PROVIDED, "Convention fictive", "Délibération fictive", {2025: "Décret fictif"}
        ),
        appeal="Voies de recours fictives.",
        vat_rules=RULES,
        embed=False,
    )
    costs = Costs(tuple(rows()), "data/costs.csv")
    act = Act(date(2026, 12, 21), "Odile Exemple", "0.2.0", "b6" * 32)
    notice = notice_of(act, issuer, costs_before_budget(costs, 2027))
    found = costs_of_year(costs, 2026)
    statements = statements_of(act, issuer, found, ())
    lines = (
        StatementLine(date(2026, 3, 2), "Conseil fictif", LEGAL, "A", 3, Decimal("205.75"), True),
        StatementLine(date(2026, 5, 4), "Chantier fictif", TOWN, "B", 1, None),
    )
    one, other = sorted(workspace.communes.of_year(2026), key=lambda row: row.code_insee)[:2]
    one = replace(one, debtor_code="TF01", level_day=date(2024, 5, 2), settlement=Settlement.AC)
    each = (CommuneStatement(one, lines), CommuneStatement(other))
    return notice, replace(statements, statements=each)


def main(folder: Path) -> None:
    shutil.copy(ACCOUNT / store.NAME, folder / store.NAME)
    store.append(folder, made)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
