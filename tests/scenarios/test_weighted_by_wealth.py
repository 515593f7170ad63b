"""A body whose 2B fee is weighted by wealth, from the files to the register, and back."""

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from test_workbook import SOFFICE, recalculated

from conftest import Cli, edit
from mutualis.domain.invoices.invoice import MembershipInvoice
from mutualis.domain.register.audit import audit
from mutualis.domain.value import replace
from mutualis.register import store

WEALTH = """per_inhabitant = 3.28
wealth = { reference = "potentiel_financier", average = 950, floor = 0.8, ceiling = 1.2 }
"""
HEAD = (
    "annee;code_insee;commune;siren;population_municipale;population_totale;niveau;adresse;"
    "code_postal;ville;potentiel_financier"
)
# 3 688,03 €; 3 452,63 €; 7 048 €; the 2A that wealth does not weight: 380 €.
ROWS = (
    "2025;25901;Valbois;219000015;937;950;2B;1 rue Neuve;25900;Valbois;1204045",
    "2025;25902;Hautefontaine;219000023;1000;1010;2B;1 rue Neuve;25900;Hautefontaine;1000000",
    "2025;25903;Clairmont;219000031;2000;2010;2B;1 rue Neuve;25900;Clairmont;2200000",
    "2025;25904;Beauregard;219000049;1000;1010;2A;1 rue Neuve;25900;Beauregard;",
)


@pytest.fixture
def weighted(folder: Path) -> Path:
    shutil.rmtree(folder / "data/tables")
    for other in ("movements.csv", "interventions.csv", "requests.csv", "criteria.toml"):
        (folder / "data" / other).unlink()
    (folder / "data/communes.csv").write_text("\n".join([HEAD, *ROWS, ""]), "utf-8")
    edit(folder / "data/tariffs.toml", "per_inhabitant = 3.28\n", WEALTH)
    edit(folder / "data/tariffs.toml", 'act = "à compléter"', 'act = "Délibération d\'exemple"')
    return folder


def test_the_fees_and_their_steps(weighted: Path, cli: Cli) -> None:
    lines = cli("bill", "2025", "--json").json["lines"]
    assert [line["amount"] for line in lines] == ["3688.03", "3452.63", "7048.00", "380.00"]
    assert [line.get("coefficient") for line in lines] == ["1.20", "1.052632", "1.157895", None]
    steps = cli("explain", "Valbois", "2025", "--json").json["steps"]
    potential = next(step for step in steps if step["name"].startswith("Potentiel financier de"))
    assert (potential["value"], potential["source"]) == ("1204045.00", "data/communes.csv:2")
    assert "Niveau 2B : le prix est multiplié" in cli("tariffs", "2025").out.replace("\u00a0", " ")
    rows = cli("tariffs", "2025", "--format", "json").json["rows"]
    own = [row["level"] for row in rows if row["kind"] == "commune" and row["key"] == "25904"]
    assert own == ["2A"]  # what Beauregard would pay at 2B is not known


@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_the_control_recomputes_the_coefficient(weighted: Path, cli: Cli) -> None:
    batch = weighted / cli("bill", "2025", "--json").json["files"][0]
    assert recalculated(batch, weighted / "once") == ["OK"] * 4


def test_a_missing_potential_is_an_error_only_where_it_counts(weighted: Path, cli: Cli) -> None:
    path = weighted / "data/communes.csv"
    assert cli("check").code == 0
    edit(path, "Valbois;1204045", "Valbois;")
    assert "[B41]" in cli("check").out
    assert cli("bill", "2025").code == 1
    edit(path, "Valbois;\n", "Valbois;1285\n")
    assert "[R10]" in cli("check").out  # that of an inhabitant, for that of the commune
    edit(path, "Valbois;1285", "Valbois;")
    edit(weighted / "data/tariffs.toml", WEALTH, "per_inhabitant = 3.28\n")
    assert cli("check").code == 0
    assert cli("bill", "2025").code == 0


def test_recorded_proved_and_taken_up_again(weighted: Path, cli: Cli) -> None:
    """Valbois grows poorer after the issue: 937 x 3.28 x 950 000 / 937 / 950 = 3 280.00."""
    assert cli("bill", "2025", "--issue", "--yes").code == 0
    verified = cli("register", "verify", "--json")
    assert (verified.code, verified.json["findings"]) == (0, [])
    first = next(r for r in store.read_rows(weighted) if '"kind":"invoice"' in r.content)
    stored = json.loads(first.content)
    assert stored["potential"] == "1204045"
    assert stored["level"]["wealth"]["average"] == "950"
    again = cli("bill", "2025", "--issue", "--yes", "--json")
    assert (again.code, again.json["created"]) == (0, 0)
    edit(weighted / "data/communes.csv", "Valbois;1204045", "Valbois;950000")
    refused = cli("bill", "2025", "--issue", "--yes")
    assert refused.code == 3
    assert "potentiel financier -408,03 €" in refused.err.replace("\u00a0", " ")
    assert cli("bill", "2025", "--issue", "--regularise", "--yes").code == 0
    account = cli("account", "Valbois", "2025", "--json").json
    assert "3280.00" in json.dumps(account)
    assert cli("register", "verify").code == 0


def test_a_forged_figure_is_found(weighted: Path, cli: Cli) -> None:
    cli("bill", "2025", "--issue", "--yes")
    batch, *documents = store.read_ledger(weighted).records
    first = documents[0]
    assert isinstance(first, MembershipInvoice)
    plain = documents[-1]
    assert isinstance(plain, MembershipInvoice)
    assert plain.level.wealth is None
    assert first.level.wealth is not None
    higher = replace(first.level.wealth, ceiling=Decimal("1.3"))
    for rank, forged in (
        (0, replace(first, potential=Decimal(1204046))),
        (0, replace(first, potential=None)),
        (0, replace(first, commune=replace(first.commune, financial_potential=Decimal(1)))),
        (0, replace(first, level=replace(first.level, wealth=higher))),
        (-1, replace(plain, potential=Decimal(5))),
    ):
        rows = [*documents]
        rows[rank] = forged
        found = [one.reason.code for one in audit(list(enumerate((batch, *rows), start=1)))]
        assert "audit.figures" in found


def test_the_index_leaves_the_bounds_and_the_average(weighted: Path, cli: Cli) -> None:
    keys = [amount["key"] for amount in cli("index", "2026", "--json").json["amounts"]]
    assert not any("wealth" in key for key in keys)
    text = (weighted / "data/tariffs.toml").read_text("utf-8")
    own = "[grids.2026.levels.2B.wealth]\n" + 'reference = "potentiel_financier"\naverage = 950\n'
    assert own + "floor = 0.8\nceiling = 1.2\n" in text


def test_the_workbook_and_the_page_say_it(weighted: Path, cli: Cli) -> None:
    files = cli("bill", "2025", "--json").json["files"]
    book = load_workbook(weighted / files[0])
    heads = [cell.value for cell in book["Récapitulatif"][1]]
    assert "Coefficient de richesse" in heads
    cells = [str(c.value).replace("\u00a0", " ") for r in book["25901 Valbois"] for c in r]
    assert "Coefficient de richesse 1,2" in cells
    assert any("÷ 937 habitants ÷ 950,00 €" in cell for cell in cells)


def test_without_a_coefficient_the_potential_changes_nothing(weighted: Path, cli: Cli) -> None:
    """The same amounts, sheets and pages, and rows of the register without a word of it."""
    edit(weighted / "data/tariffs.toml", WEALTH, "per_inhabitant = 3.28\n")
    found = []
    for potential in ("1204045", "950000", ""):
        edit(
            weighted / "data/communes.csv",
            "25900;Valbois;1204045\n",
            f"25900;Valbois;{potential}\n",
        )
        answer = cli("bill", "2025", "--json").json
        book = load_workbook(weighted / answer["files"][0])
        cells = {s.title: [[c.value for c in row] for row in s] for s in book}
        del cells["Synthèse"]  # it has the fingerprint of the files
        found.append((answer["lines"], cells))
        edit(
            weighted / "data/communes.csv",
            f"25900;Valbois;{potential}\n",
            "25900;Valbois;1204045\n",
        )
    assert found[0] == found[1] == found[2]
    assert "coefficient" not in json.dumps(found[0])
    assert cli("bill", "2025", "--issue", "--yes").code == 0
    for row in store.read_rows(weighted):
        assert '"potential"' not in row.content
        assert '"wealth"' not in row.content
