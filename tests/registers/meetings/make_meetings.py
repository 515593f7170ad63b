"""The row that follows those of ../account in register.db, as the program of then wrote it.

    PYTHONPATH=src python tests/registers/meetings/make_meetings.py FOLDER

It is a record: a later program writes other rows, and register.db is never written anew.
"""

import shutil
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis.domain.act import Act
from mutualis.domain.issuer.legal import Legal, Regime
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.register import store

ACCOUNT = Path(__file__).parents[1] / "account"
ACT = Act(date(2026, 12, 20), "Odile Exemple", "0.2.0", "a5" * 32)
RULES = (
    VatRule("half_days", "Service fictif", "S", (DatedRate(date(2026, 1, 1), Decimal(20)),)),
    VatRule(
        "half_days", "Autre", "E", reason="Exonération fictive", reason_code="VATEX-FR-CGI261B"
    ),
)


def made(ledger: Ledger) -> tuple[Meeting]:
    """The last meeting, corrected: who was elected, who an agent; by an issuer that cites."""
    last = ledger.meetings[-1]
    issuer = replace(
        last.issuer,
        legal=Legal(
            Regime.OTHER, "Convention fictive", "Délibération fictive", {2025: "Décret fictif"}
        ),
        appeal="Voies de recours fictives.",
        vat_rules=RULES,
        embed=False,
    )
    corrected = replace(
        last,
        act=ACT,
        issuer=issuer,
        communes=tuple(replace(row, level_day=date(2024, 5, 2)) for row in last.communes),
        members=(),
        elected=("Mme Exemple, présidente", "M. Fictif, maire"),
        agents=("Mme Inventée, directrice",),
        correction="qualité des présents",
    )
    return (corrected,)


def main(folder: Path) -> None:
    folder.mkdir(parents=True)
    shutil.copy(ACCOUNT / store.NAME, folder / store.NAME)
    store.append(folder, made)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
