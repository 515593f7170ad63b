"""What was done, what it costs, what comes in: golden tables, laws, the register, the workbook."""

import csv
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from test_services import catalogue, periods
from test_workbook import SOFFICE, converted, projection

from conftest import ROOT, TESTS, Cli, edit, moves
from mutualis.domain.interventions.allocation import serve
from mutualis.domain.interventions.checks import check_served
from mutualis.domain.interventions.intervention import Intervention
from mutualis.domain.interventions.quotas import quota_uses
from mutualis.domain.kinds import Product
from mutualis.domain.problems.problem import Source, in_order
from mutualis.domain.services.service import Service, Services
from mutualis.domain.usage.income import Income, Incomes
from mutualis.domain.usage.share import Share, summed
from mutualis.domain.usage.usage import Usage
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace
from mutualis.files.data.interventions import read_interventions
from mutualis.files.workspace import load

GOLDEN = TESTS / "golden"
TABLES = {
    "by_commune": "code_insee",
    "by_level": "level",
    "by_theme": "theme",
    "by_directorate": "directorate",
}
HEADER = "date;commune;prestation;categorie;demi_journees"
shared = load(ROOT).workspace
assert shared is not None
SHIPPED: Workspace = shared


def golden(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def write(folder: Path, *rows: str, header: str = HEADER) -> None:
    text = "\n".join((header, *rows, ""))
    (folder / "data/interventions.csv").write_text(text, encoding="utf-8")


def usage(cli: Cli, *options: str) -> Any:
    answer = cli("usage", "2025", *options, "--json")
    assert answer.code == 0, answer.err
    return answer.json


def alerts(cli: Cli, *codes: str) -> list[str]:
    return [a["message"] for a in usage(cli)["alerts"] if a["code"] in codes]


# --- by hand -----------------------------------------------------------------------------------


@pytest.fixture
def measured(folder: Path, cli: Cli) -> Any:
    text = (GOLDEN / "usage_interventions.csv").read_text("utf-8")
    (folder / "data/interventions.csv").write_text(text, encoding="utf-8")
    return usage(cli)


def test_costs_by_hand(measured: Any) -> None:
    assert measured["fees_from"] == "draft"
    for row in golden("usage_costs.csv"):
        found = measured[row["table"]]
        if row["table"] != "total":
            found = next(x for x in found if x[TABLES[row["table"]]] == row["key"])
        for name in (
            "half_days",
            "membership_at_price",
            "mission_at_price",
            "fees",
            "balance_at_price",
        ):
            if row[name]:
                assert str(found[name]) == row[name], (row["table"], row["key"], name)
    for table, key in TABLES.items():
        rows = [row["key"] for row in golden("usage_costs.csv") if row["table"] == table]
        served = [x[key] for x in measured[table] if x["interventions"]]
        assert sorted(served) == sorted(rows)


def test_usage_at_price_is_what_it_was_without_costs(cli: Cli, folder: Path) -> None:
    """No column of the real cost, no 0 in its place, and how to have it; the rest as before."""
    before = usage(cli)
    assert before["total"]["at_cost"] == "7339.41"
    (folder / "data/costs.csv").unlink()
    after = usage(cli)
    unknown = {"at_cost": None, "half_days_without_cost": None, "balance": None}
    for table in ("by_commune", "by_level", "by_theme", "by_service", "by_directorate"):
        assert after[table] == [row | unknown for row in before[table]]
    assert after["total"] == before["total"] | unknown
    assert (after["costs_from"], after["without_cost"]) == (None, [])
    answer = cli("usage", "2025")
    assert "Au coût" not in answer.out
    assert "mutualis costs 2025" in answer.out
    book = load_workbook(folder / usage(cli, *BOOK)["files"][0])
    titles = {cell.value for name in ("Communes", "Interventions") for cell in book[name][1]}
    assert "Solde, au prix" in titles
    assert not titles & {"Au coût réel", "½ j. sans coût", "Coût unitaire", "Solde, au coût réel"}


def test_the_screen_tells_what_has_no_cost(cli: Cli, folder: Path) -> None:
    """Saint-Vit: one half-day of the finances at 193,41, two of a directorate without a cost."""
    out = cli("usage", "2025").out.replace("\N{NO-BREAK SPACE}", " ")
    (line,) = (line for line in out.splitlines() if "Saint-Vit" in line)
    assert " ".join(line.split()) == "Saint-Vit 3 627,00 € 193,41 € 9 416,00 € 2 sans coût"
    assert "Sans coût unitaire : 18 demi-journées" in out
    assert "Direction de la commande publique, B (3)" in " ".join(out.split())


def test_what_the_golden_interventions_go_beyond(measured: Any) -> None:
    assert sorted((a["code"], a["line"]) for a in measured["alerts"]) == [
        ("U05", 6),  # the fourth question of Beure, « bail » being one
        ("U06", 4),  # « bail », its second half-day
        ("U06", 7),
        ("U07", 10),
        ("U08", 11),
        ("U09", 8),
    ]


@pytest.mark.parametrize("row", golden("usage_quotas.csv"), ids=lambda r: r["interventions"])
def test_quotas_by_hand(row: dict[str, str], folder: Path, cli: Cli) -> None:
    rows = [f"{n:02}/02/2025;Beure;Questions juridiques;A;1" for n in range(1, 8)]
    write(folder, *rows[: int(row["interventions"])])
    answer = usage(cli)
    own = next(quota for quota in answer["quotas"] if quota["commune"] == "Beure")
    assert (own["level"], own["quota"]) == ("2A", 3)
    for name in ("used", "left", "exceeded"):
        assert str(own[name]) == row[name]
    assert len(alerts(cli, "U05")) == int(row["exceeded"])
    assert len(answer["quotas"]) == 21, "a line for each 2A member, used or not"


# --- laws --------------------------------------------------------------------------------------

COMMUNES = [row.code_insee for row in SHIPPED.communes.of_year(2025)]
SERVICES = [row.name for row in SHIPPED.services.rows]
GRID = SHIPPED.tariffs.grids[2025]


@st.composite
def interventions(draw: st.DrawFn) -> list[Intervention]:
    drawn = draw(
        st.lists(
            st.tuples(
                st.integers(0, 364),
                st.sampled_from(COMMUNES),
                st.sampled_from(SERVICES),
                st.sampled_from("ABC"),
                st.integers(1, 1000),
                st.sampled_from(("", "D2025-0001")),
                st.sampled_from(("", "", "x")),
            ),
            max_size=30,
        )
    )
    return [
        Intervention(
            date(2025, 1, 1) + timedelta(days=day),
            code,
            "",
            service,
            category,
            half_days,
            Source("data/interventions.csv", line),
            quote=quote,
            request=request,
        )
        for line, (day, code, service, category, half_days, quote, request) in enumerate(drawn, 2)
    ]


def made(rows: list[Intervention], incomes: Incomes) -> Usage:
    served, problems = serve(
        SHIPPED.communes, SHIPPED.services, SHIPPED.tariffs.population, GRID, rows
    )
    assert problems == []
    quotas = quota_uses(SHIPPED.communes, SHIPPED.services, GRID, served)
    return Usage(2025, GRID, served, incomes, quotas, SHIPPED.services)


INCOMES = Incomes(
    (
        Income(SHIPPED.communes.of_year(2025)[0], "2B", Decimal("3073.36"), Product.MEMBERSHIP),
        Income(
            SHIPPED.communes.of_year(2025)[0],
            "3",
            Decimal("744"),
            Product.MISSION,
            "Accompagnement RH",
        ),
        Income(
            SHIPPED.communes.of_year(2025)[5],
            "3",
            Decimal("255"),
            Product.MISSION,
            "hors catalogue",
        ),
    ),
    is_issued=True,
)


@given(interventions())
def test_each_table_sums_to_the_total(rows: list[Intervention]) -> None:
    found = made(rows, INCOMES)
    total = found.total
    assert total.half_days == sum(row.half_days for row in rows)
    assert total.fees == Decimal("3073.36")
    assert total.missions == Decimal("999")
    for table in (found.by_commune, found.by_level):
        assert summed(table) == total
    for table in (found.by_theme, found.by_service, found.by_directorate):
        assert summed(table) == replace(total, fees=None if table else Decimal(0))
    assert sum(use.at_price for use in found.by_category) == total.at_price
    assert sum(use.half_days for use in found.by_category) == total.half_days


@given(interventions(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(
    rows: list[Intervention], chance: random.Random
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    one, other = made(rows, INCOMES), made(shuffled, INCOMES)
    assert one == other
    assert list(check_served(one.served, one.quotas, GRID)) == list(
        check_served(other.served, other.quotas, GRID)
    )


@given(interventions())
def test_one_more_half_day_costs_its_price(rows: list[Intervention]) -> None:
    before = made(rows, INCOMES).total
    line = Source("data/interventions.csv", 99)
    more = Intervention(date(2025, 6, 1), "25532", "", "Num@irie", "B", 1, line)
    after = made([*rows, more], INCOMES).total
    assert after.at_price - before.at_price == GRID.levels["3"].half_day["B"]
    assert after.paid == before.paid


def test_a_share_without_fees_has_no_balance() -> None:
    assert Share("x", "x", fees=None).balance_at_price is None
    assert Share("x", "x", fees=Decimal(2), missions=Decimal(3)).balance_at_price == Decimal(5)


# --- the file ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("12/03/2025;Saône;Veille juridique;A;1", []),
        ("2025-03-12;saone;veille juridique;a;1,0", []),
        ("12/03/2025;;Veille juridique;A;1", ["C15"]),
        ("12/03/2025;Saône;;A;1", ["C15"]),
        ("31/04/2025;Saône;Veille juridique;A;1", ["C20"]),
        ("45728;Saône;Veille juridique;A;1", ["C20"]),
        ("12/03/2025;Saône;Veille juridique;A;0", ["C13"]),
        ("12/03/2025;Saône;Veille juridique;A;0,5", ["C13"]),
        ("12/03/2025;Saône;Veille juridique;A;1001", ["C13"]),
        ("12/03/2025;Saône;Veille juridique;A;-1", ["C13"]),
        ("12/03/2025;Saône;Veille juridique;A;une", ["C13"]),
        ("12/03/2025;Saône;=A1;A;1", ["C14"]),
        ("Total;Saône;Veille juridique;A;1", ["C19"]),
        ("12/03/2025;SaÃ´ne;Veille juridique;A;1", ["C02"]),
        ("12/03/2025;Saône;Veille juridique;A", ["C15"]),
    ],
)
def test_what_a_row_may_hold(row: str, codes: list[str], folder: Path) -> None:
    write(folder, row)
    assert [problem.code for problem in in_order(read_interventions(folder)[1])] == codes


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("date;code_insee;prestation;categorie;demi_journees", ["C15"]),
        ("date;communes;prestation;categorie;demi_journees", ["C23", "C06"]),
        ("date;commune;prestation;categories;demi_journees", ["C06"]),
        ("date;commune;prestation;categorie;demi-journées", []),
    ],
)
def test_what_titles_may_be(header: str, codes: list[str], folder: Path) -> None:
    write(
        folder, ("12/03/2025;;V;A;1" if "code" in header else "12/03/2025;S;V;A;1"), header=header
    )
    assert [problem.code for problem in read_interventions(folder)[1]] == codes


def test_a_word_of_total_in_free_text_is_no_total(folder: Path) -> None:
    write(folder, "12/03/2025;Saône;Veille;A;1;Ensemble", header=f"{HEADER};objet")
    assert read_interventions(folder)[1] == []


def test_an_error_stops_usage_and_not_bills(cli: Cli, folder: Path) -> None:
    write(folder, "12/03/2025;Saône;Rien de tel;A;1", "12/03/2025;Nulle part;Veille juridique;Z;1")
    answer = cli("usage", "2025", "--workbook")
    assert answer.code == 1
    for code in ("U01", "U03", "U04"):
        assert f"erreur[{code}]" in answer.err
    assert not (folder / "out").exists()
    assert cli("check").code == 1
    assert cli("bill", "2025").code == 0


def test_without_a_catalogue(cli: Cli, folder: Path) -> None:
    """Any service is taken; a quote number alone makes a mission."""
    (folder / "data/services.csv").unlink()
    write(
        folder,
        "12/03/2025;Saône;N'importe quoi;A;1;",
        "12/03/2025;Saône;Autre chose;B;2;D1",
        header=f"{HEADER};devis",
    )
    answer = usage(cli)
    assert answer["total"]["membership_at_price"] == "255.00"
    assert answer["total"]["mission_at_price"] == "372.00"
    assert [x["theme"] for x in answer["by_theme"]] == [""]
    assert answer["quotas"] == []


def test_a_grid_without_half_days(cli: Cli, folder: Path) -> None:
    (folder / "data/requests.csv").unlink()  # its half-days would have no category (R17)
    edit(
        folder / "data/tariffs.toml",
        'requires = "2B"\nhalf_day = { A = 255, B = 186, C = 150 }',
        "per_inhabitant = 1",
    )
    answer = cli("usage", "2025")
    assert answer.code == 3
    assert "n'a pas de prix par demi-journée" in answer.err
    assert "À faire : " in answer.err


def test_no_advice_to_join_where_there_is_no_price(cli: Cli, folder: Path) -> None:
    """Besançon: more than 10 000 inhabitants, so no 2B, and no mission either."""
    rows = ("Conseils d'urbanisme", "Num@irie", "Accompagnement RH")
    write(folder, *(f"12/03/2025;Besançon;{name};B;1" for name in rows))
    ways = [alert["remedy"] for alert in usage(cli)["alerts"]]
    assert any("aucun niveau qui la comprend n'a de prix" in way for way in ways)
    assert any("adhérer au niveau 2A, qui la comprend" in way for way in ways)
    assert any("n'est pas ouvert à la population de la commune" in way for way in ways)


# --- parts of a year ---------------------------------------------------------------------------


def test_a_commune_that_rises_in_july(cli: Cli, folder: Path) -> None:
    """Its four questions: three at 2A, one at 2B, where they are not limited."""
    path = folder / "data/communes.csv"
    line = next(
        line for line in path.read_text("utf-8-sig").splitlines() if line.startswith("2025;25058;")
    )
    head = path.read_text("utf-8-sig").splitlines()[0]
    edit(path, head, f"{head};date_debut;date_fin")
    edit(
        path,
        line,
        f"{line};01/01/2025;30/06/2025\n{line.replace(';2A;', ';2B;')};01/07/2025;31/12/2025",
    )
    write(
        folder,
        *(f"{n:02}/02/2025;Beure;Questions juridiques;A;1" for n in (1, 2, 3)),
        "01/07/2025;Beure;Questions juridiques;A;1",
        "02/07/2025;Beure;Conseils d'urbanisme;B;1",
    )
    answer = usage(cli)
    own = [quota for quota in answer["quotas"] if quota["commune"] == "Beure"]
    assert [(q["level"], q["used"], q["left"]) for q in own] == [("2A", 3, 0)]
    assert alerts(cli, "U05", "U08") == []
    by_level = {x["level"]: x["at_price"] for x in answer["by_level"]}
    assert (by_level["2A"], by_level["2B"]) == ("765.00", "441.00")


def test_a_merged_commune_counts_with_its_successor(cli: Cli, folder: Path) -> None:
    path = folder / "data/communes.csv"
    head = path.read_text("utf-8-sig").splitlines()[0]
    lines = [x for x in path.read_text("utf-8-sig").splitlines() if x.startswith("2025;25117;")]
    edit(path, head, f"{head};date_fin")
    edit(path, lines[0], f"{lines[0]};30/06/2025")
    moves(folder, "2025-07-01", "25117 Champoux", "25058 Beure")
    write(
        folder,
        "12/03/2025;Champoux;Questions juridiques;A;1",
        "12/03/2025;Beure;Questions juridiques;B;1",
    )
    answer = usage(cli, "--commune", "Champoux")
    assert answer["code_insee"] == "25058"
    assert [(x["code_insee"], x["at_price"]) for x in answer["by_commune"]] == [("25058", "441.00")]


# --- the register ------------------------------------------------------------------------------


def test_fees_of_the_register_net_of_credits(voted: Path, cli: Cli) -> None:
    """Saône pays 7 048 €, Beure 509,96 €; the invoice of Beure is then credited whole."""
    write(voted, "12/03/2025;Saône;Veille juridique;A;1")
    draft = usage(cli)
    assert draft["fees_from"] == "draft"
    cli.once(("bill", "2025", "--issue", "--yes", "--date", "15/01/2025"))
    issued = usage(cli)
    assert issued["fees_from"] == "register"
    assert issued["total"]["fees"] == draft["total"]["fees"]
    documents = cli("register", "list", "--json").json["documents"]
    number = next(d["number"] for d in documents if d["commune"] == "Beure")
    assert cli("credit", number, "--date", "20/01/2025", "--reason", "Essai").code == 0
    net = usage(cli)
    fees = Decimal(issued["total"]["fees"]) - Decimal(net["total"]["fees"])
    assert fees == Decimal("509.96")
    assert usage(cli, "--commune", "Saône")["total"]["fees"] == "7048.00"


QUOTE = ("quote", "Saône", "--service", "Accompagnement RH", "--line", "B:4:Réorganisation")
ACCEPT = ("quotes", "accept", "D2025-0001", "--date", "01/04/2025", "--by", "Mme Roy")
DONE = ("quotes", "done", "D2025-0001", "--line", "B:3", "--date", "20/04/2025")


@pytest.fixture
def accepted(voted: Path, cli: Cli) -> Path:
    cli.once((*QUOTE, "--date", "15/03/2025"), ACCEPT)
    return voted


def mission(folder: Path, *rows: str) -> None:
    write(folder, *rows, header=f"{HEADER};devis")


def test_a_mission_from_its_quote_to_its_income(accepted: Path, cli: Cli) -> None:
    """3 half-days B: 558 € of cost, then 558 € to invoice, then invoiced."""
    mission(accepted, "20/04/2025;Saône;Accompagnement RH;B;3;D2025-0001")
    assert cli(*DONE, "--certified-by", "Mme Roy").code == 0
    waiting = usage(cli)
    assert (waiting["missions_to_invoice"], waiting["total"]["missions"]) == ("558.00", "0.00")
    assert alerts(cli, "U09", "U10") == []
    assert cli("bill", "2025", "--quotes", "--issue", "--yes", "--date", "30/04/2025").code == 0
    answer = usage(cli)
    assert answer["missions_to_invoice"] == "0.00"
    level = next(x for x in answer["by_level"] if x["level"] == "3")
    assert (level["at_price"], level["missions"], level["balance_at_price"]) == (
        "558.00",
        "558.00",
        "0.00",
    )
    themes = {x["theme"]: x["missions"] for x in answer["by_theme"]}
    assert themes == {"Ressources humaines": "558.00"}
    assert answer["fees_from"] == "draft", "missions alone are no batch of memberships"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("20/04/2025;Saône;Accompagnement RH;B;1;D2025-0009", "aucun devis D2025-0009"),
        ("20/04/2025;Pirey;Accompagnement RH;B;1;D2025-0001", "est pour Saône, pas pour Pirey"),
        (
            "31/03/2025;Saône;Accompagnement RH;B;1;D2025-0001",
            "accepté que le 1er\xa0avril\xa02025",
        ),
        (
            "20/04/2025;Saône;Accompagnement RH;A;1;D2025-0001",
            "catégorie A : 1\xa0demi-journée pour 0",
        ),
        ("20/04/2025;Saône;Accompagnement RH;B;5;D2025-0001", "5\xa0demi-journées pour 4 au devis"),
        ("20/04/2025;Saône;Accompagnement RH;B;2;d2025-0001", "rien au service fait du registre"),
    ],
)
def test_what_a_quote_does_not_cover(row: str, said: str, accepted: Path, cli: Cli) -> None:
    mission(accepted, row)
    (message,) = alerts(cli, "U10")
    assert said in message


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("20/04/2025;Saône;Accompagnement RH;B;3;D2025-0001",), None),
        (
            (
                "20/04/2025;Saône;Accompagnement RH;B;3;D2025-0001",
                "02/05/2025;Saône;Accompagnement RH;B;1;D2025-0001",
            ),
            "est clos depuis le 1er\xa0mai\xa02025",
        ),
        (
            ("20/04/2025;Saône;Accompagnement RH;B;4;D2025-0001",),
            "4\xa0demi-journées pour 3 faites à sa clôture",
        ),
    ],
)
def test_a_closed_mission_pays_for_what_was_done(
    rows: tuple[str, ...], said: str | None, accepted: Path, cli: Cli
) -> None:
    """4 half-days accepted, 3 done."""
    mission(accepted, *rows)
    assert cli(*DONE, "--certified-by", "Mme Roy").code == 0
    close = ("quotes", "close", "D2025-0001", "--date", "01/05/2025", "--reason", "essai")
    assert cli(*close).code == 0
    told = alerts(cli, "U10")
    assert told == [] if said is None else (len(told) == 1 and said in told[0])


def test_quantities_add_up_over_the_years(accepted: Path, cli: Cli) -> None:
    """3 half-days in 2025 and 2 in 2026 on a quote of 4: the second year goes beyond."""
    mission(
        accepted,
        "03/02/2026;Saône;Accompagnement RH;B;2;D2025-0001",
        "20/04/2025;Saône;Accompagnement RH;B;3;D2025-0001",
    )
    assert cli(*DONE, "--certified-by", "Mme Roy").code == 0
    (message,) = alerts(cli, "U10")
    assert "5\xa0demi-journées B dans ce fichier, 3\xa0demi-journées B au service fait" in message


def test_a_quote_that_waits_or_was_declined(voted: Path, cli: Cli) -> None:
    mission(voted, "20/04/2025;Saône;Accompagnement RH;B;1;D2025-0001")
    assert cli(*QUOTE, "--date", "15/03/2025").code == 0
    (alert,) = (a for a in usage(cli)["alerts"] if a["code"] == "U10")
    assert "n'est pas accepté" in alert["message"]
    assert "au plus tard le 13/06/2025 (fin de validité)" in alert["remedy"]
    assert "mutualis quotes accept D2025-0001 --date JJ/MM/AAAA" in alert["remedy"]
    declined = ("quotes", "decline", "D2025-0001", "--date", "01/04/2025")
    assert cli(*declined).code == 0
    assert "a été refusé" in alerts(cli, "U10")[0]


# --- the shipped example -----------------------------------------------------------------------


def test_the_example_shows_each_warning_and_says_that_it_is_one(as_shipped: Path, cli: Cli) -> None:
    answer = cli("usage", "2025")
    assert answer.code == 0
    assert "Données d'exemple, inventées" in answer.out
    found = usage(cli)
    invented = {"levels": True, "directorates": True, "costs": True}
    assert found["examples"] == {"interventions": 41, **invented}
    assert {a["code"] for a in found["alerts"]} == {
        *("U05", "U06", "U07", "U08", "U09", "U10", "U11", "U12")
    }
    checked = {p["code"] for p in cli("check", "--format", "json").json["problems"]}
    assert {"U05", "U06", "U07", "U08", "U09", "U11", "U12"} <= checked
    assert "U10" not in checked, "check does not open the register"


def test_real_data_are_not_called_an_example(cli: Cli, small: Path) -> None:
    write(small, "12/03/2025;Amagney;Conseils;A;1")
    answer = cli("usage", "2025")
    assert "exemple" not in answer.out
    assert not any(usage(cli)["examples"].values())


# --- the load ----------------------------------------------------------------------------------

MEETING = "data/meetings/2025-02-20.toml"


def test_the_load_is_what_was_done_and_what_a_meeting_promised(cli: Cli, folder: Path) -> None:
    """The calendar of the published meeting, request by request, and the interventions."""
    nothing = usage(cli)["load"]
    assert sum(line["done"] for line in nothing) == usage(cli)["total"]["half_days"]
    assert {line["promised"] for line in nothing} == {0}
    publish = ("requests", "publish", "2025", "--meeting", MEETING, "--date", "24/02/2025")
    outcome = cli(*publish, "--yes", "--json").json
    found = usage(cli)["load"]
    expected: Counter[tuple[str, str]] = Counter()
    for item in outcome["planned"]:
        for month, half_days in item["months"].items():
            expected[item["directorate"], month] += half_days
    assert {month[:4] for _, month in expected} == {"2025"}
    assert expected == {
        (line["directorate"], month["month"]): month["promised"]
        for line in found
        for month in line["months"]
        if month["promised"]
    }
    assert [line["done"] for line in found] == [line["done"] for line in nothing]


LOAD_CRITERIA = """
[planning]
from = "2025-03"
months = 12

[criteria.waiting]
weight = 1
zero_at = 0
one_at = 365
act = "exemple"

[criteria.under_way]
weight = 0
zero_at = 3
one_at = 0
act = "exemple"

[directorates."Direction de l'urbanisme"]
half_days = 6
exceptions = { "2025-08" = 0, "2025-12" = 3 }

[directorates."Direction des affaires juridiques"]
half_days = 4
exceptions = { "2025-07" = 1 }
"""
LOAD_MEETING = """
date = 2025-02-20
elected = ["Mme Exemple"]
agents = ["M. Exemple"]
"""


def test_the_load_by_hand(cli: Cli, folder: Path) -> None:
    """Two directorates, a year, months with another capacity, what a meeting promised."""
    for name in ("interventions", "requests"):
        text = (GOLDEN / f"load_{name}.csv").read_text("utf-8")
        (folder / f"data/{name}.csv").write_text(text, encoding="utf-8")
    (folder / "data/criteria.toml").write_text(LOAD_CRITERIA, encoding="utf-8")
    (folder / MEETING).write_text(LOAD_MEETING, encoding="utf-8")
    publish = ("requests", "publish", "2025", "--meeting", MEETING, "--date", "24/02/2025")
    assert cli(*publish, "--yes").code == 0
    found = []
    for line in usage(cli)["load"]:
        own = [[str(value) for value in month.values()] for month in line["months"]]
        found += [[line["directorate"], *month] for month in own]
        done, promised, beyond = (
            sum(month[key] for month in line["months"]) for key in ("done", "promised", "beyond")
        )
        year = (done, promised, done + promised, line["capacity"], beyond)
        found.append([line["directorate"], "", *(str(value) for value in year)])
        assert (line["done"], line["promised"]) == (done, promised)
    assert found == [list(row.values())[:-1] for row in golden("load.csv")]


def test_the_load_beyond_capacity_and_without_one(cli: Cli, folder: Path) -> None:
    """Finances: 5 half-days in March, for 4; the numérique has no capacity."""
    write(
        folder,
        "03/03/2025;Saône;Conseils financiers;A;5",
        "04/08/2025;Saône;Conseils d'urbanisme;A;1",
        "05/03/2025;Saône;Num@irie;B;2",
    )
    lines = {line["directorate"]: line for line in usage(cli)["load"]}
    march = lines["Direction des finances"]["months"][2]
    assert march == {
        **{"month": "2025-03", "done": 5, "promised": 0},
        **{"load": 5, "capacity": 4, "beyond": 1},
    }
    august = lines["Direction de l'urbanisme"]["months"][7]
    assert (august["load"], august["capacity"], august["beyond"]) == (1, 0, 1)
    other = lines["Direction du numérique"]
    assert (other["calibrated"], other["capacity"], other["done"]) == (False, None, 2)
    assert other["months"][2]["beyond"] is None
    out = " ".join(cli("usage", "2025").out.split())
    assert "Direction des finances, mars 2025 (5 pour 4)" in out
    assert "5/4" in out
    assert "1/0" in out
    assert "non calibré : Direction du numérique (2 demi-journées)" in out
    sheet = load_workbook(folder / usage(cli, *BOOK)["files"][0])["Charge"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] == "Direction des finances"]
    assert [(row[1], row[4], row[14]) for row in rows] == [
        *(("Fait", 5, 5), ("Promis", None, None), ("Capacité", 4, 48), ("Au-dessus", 1, 1))
    ]


def test_a_commune_has_no_load_and_a_workspace_may_lack_capacities(cli: Cli, folder: Path) -> None:
    assert usage(cli, "--commune", "Saône")["load"] is None
    assert "Charge" not in cli("usage", "2025", "--commune", "Saône").out
    for name in ("requests.csv", "criteria.toml"):
        (folder / "data" / name).unlink()
    answer = usage(cli)
    assert not any(line["calibrated"] for line in answer["load"])
    assert sum(line["done"] for line in answer["load"]) == answer["total"]["half_days"]
    assert "Aucun mois" not in cli("usage", "2025").out


# --- the workbook ------------------------------------------------------------------------------

BOOK = ("--workbook", "--date", "15/01/2026")


def test_cells(cli: Cli, as_shipped: Path, snapshot: Callable[[str, str], None]) -> None:
    files = usage(cli, *BOOK)["files"]
    assert files == ["out/2025/usage-2025.xlsx"]
    book = load_workbook(as_shipped / files[0])
    names = ["Communes", "Charge", "Quotas", "Interventions", "À vérifier", "Contrôle"]
    assert book.sheetnames == ["Synthèse", *names]
    for name, file in (("Synthèse", "summary"), ("Quotas", "quotas"), ("À vérifier", "alerts")):
        snapshot(f"workbook/usage-{file}.txt", projection(book[name]))
    sheet: Any = book["Synthèse"]
    charts = sheet._charts
    assert len(charts) == 3
    assert [len(chart.series) for chart in charts] == [2, 2, 2]
    # Nothing is issued: it is due, not paid.
    titles = ["".join(run.t for run in chart.title.tx.rich.p[0].r) for chart in charts]
    assert titles[0] == "Au prix de la grille et dû, par niveau"


def test_the_workbook_says_what_the_answer_says(cli: Cli, folder: Path) -> None:
    answer = usage(cli, *BOOK)
    book = load_workbook(folder / answer["files"][0])
    communes = list(book["Communes"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in communes[:-1]] == [x["code_insee"] for x in answer["by_commune"]]
    total = answer["total"]
    # At cost, what has no cost, then what was paid.
    places = (("at_price", 5), ("at_cost", 6), ("half_days_without_cost", 7))
    for name, at in (*places, ("fees", 8), ("missions", 9), ("paid", 10)):
        assert Decimal(str(communes[-1][at])) == Decimal(total[name]), name
    detail = list(book["Interventions"].iter_rows(min_row=2, values_only=True))
    assert len(detail) == 41 + 1
    assert Decimal(str(detail[-1][10])) == Decimal(total["at_price"])


def test_the_workbook_of_a_commune(cli: Cli, folder: Path) -> None:
    files = usage(cli, "--commune", "thise", *BOOK)["files"]
    assert files == ["out/2025/usage-2025-thise.xlsx"]
    book = load_workbook(folder / files[0])
    assert book["Synthèse"]["A1"].value == "Usage des services mutualisés 2025, Thise"
    assert [row[1] for row in book["Quotas"].iter_rows(min_row=2, values_only=True)] == ["Thise"]


@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_finds_the_totals_again(cli: Cli, folder: Path, tmp_path: Path) -> None:
    path = folder / usage(cli, *BOOK)["files"][0]
    book = load_workbook(path)
    book["Communes"]["F2"] = 187
    tampered = tmp_path / "tampered.xlsx"
    book.save(tampered)
    as_made, changed = map(verdicts, converted([path, tampered], tmp_path / "converted"))
    assert as_made == ["OK"] * 15
    assert changed.count("ÉCART") == 1


def verdicts(book: Any) -> list[str]:
    sheet = book["Contrôle"]
    return [str(sheet.cell(row, 5).value) for row in range(4, sheet.max_row + 1)]


def test_the_order_of_the_lines_of_the_file_changes_nothing(cli: Cli, folder: Path) -> None:
    path = folder / "data/interventions.csv"
    head, *lines = path.read_text("utf-8-sig").splitlines()
    before = usage(cli)
    random.Random(3).shuffle(lines)
    path.write_text("\n".join((head, *lines, "")), encoding="utf-8")
    after = usage(cli)
    for answer in (before, after):
        codes = sorted(alert["code"] for alert in answer.pop("alerts"))
        answer["codes"] = codes
    assert after == before


def test_a_year_without_interventions(cli: Cli, folder: Path) -> None:
    write(folder, "12/03/2026;Saône;Veille juridique;A;1")
    answer = usage(cli, *BOOK)
    assert (answer["total"]["at_price"], answer["total"]["interventions"]) == ("0.00", 0)
    assert cli("usage", "2019").code == 1


# --- what a review found ------------------------------------------------------------------------


def test_a_quote_pays_for_its_own_service(accepted: Path, cli: Cli) -> None:
    """The quote is for « Accompagnement RH »; urbanism was done on it, and nothing says so."""
    mission(accepted, "20/04/2025;Saône;Conseils d'urbanisme;B;3;D2025-0001")
    assert cli(*DONE, "--certified-by", "Mme Roy").code == 0
    assert alerts(cli, "U10") != []


def test_an_unknown_quote_pays_for_nothing(voted: Path, cli: Cli) -> None:
    """Beure (2A) asked four times; a number that is no quote's does not lift the quota."""
    mission(voted, *(f"{n:02}/02/2025;Beure;Questions juridiques;A;1;D9" for n in (1, 2, 3, 4)))
    (own,) = (q for q in usage(cli)["quotas"] if q["commune"] == "Beure")
    assert own["used"] == 4


def test_a_request_is_a_name_but_for_its_capitals(folder: Path, cli: Cli) -> None:
    write(
        folder,
        "01/02/2025;Beure;Questions juridiques;A;1;bail",
        "02/02/2025;Beure;Questions juridiques;A;1;Bail",
        header=f"{HEADER};demande",
    )
    (own,) = (q for q in usage(cli)["quotas"] if q["commune"] == "Beure")
    assert own["used"] == 1


def test_the_income_of_a_mission_is_in_the_theme_of_its_quote(voted: Path, cli: Cli) -> None:
    text = "theme;niveau;prestation\nA;3;Étude\nB;3;Étude\n"
    catalogue(voted, text)
    mission(voted, "20/04/2025;Saône;B : Étude;B;3;D2025-0001")
    quoted = ("quote", "Saône", "--service", "B : Étude", "--line", "B:3:x", "--date", "15/03/2025")
    assert cli(*quoted).code == 0
    assert cli(*ACCEPT).code == 0
    assert cli(*DONE, "--certified-by", "Mme Roy").code == 0
    assert cli("bill", "2025", "--quotes", "--issue", "--yes", "--date", "30/04/2025").code == 0
    themes = {x["theme"]: (x["mission_at_price"], x["missions"]) for x in usage(cli)["by_theme"]}
    assert themes == {"B": ("558.00", "558.00")}


def test_after_a_merger_the_successor_answers(cli: Cli, folder: Path) -> None:
    """Champoux joins Saône (2B) on 1 July; in September its question is one of Saône's."""
    path = folder / "data/communes.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    own = next(line for line in lines if line.startswith("2025;25117;"))
    edit(path, lines[0], f"{lines[0]};date_fin")
    edit(path, own, f"{own};30/06/2025")
    moves(folder, "2025-07-01", "25117 Champoux", "25532 Saône")
    write(folder, "01/09/2025;Champoux;Questions juridiques;A;1")
    assert alerts(cli, "U07") == []


def test_the_order_of_the_catalogue_changes_nothing(cli: Cli, folder: Path) -> None:
    """A service above the level of the commune is told at the lowest membership that has it."""
    catalogue(folder, "theme;niveau;prestation\nA;3;Expertise\nA;2B;Expertise\n")
    write(folder, "01/09/2025;Beure;Expertise;A;1")
    (alert,) = (a for a in usage(cli)["alerts"] if a["code"] == "U08")
    assert "2B" in alert["remedy"]
    assert "aucun niveau" not in alert["remedy"]


def test_the_dates_of_the_workbook_are_dates(cli: Cli, folder: Path) -> None:
    write(folder, "01/09/2025;Beure;Questions juridiques;A;1")
    (name,) = usage(cli, "--workbook")["files"]
    assert isinstance(load_workbook(folder / name)["Interventions"]["A2"].value, datetime)


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2052,), "1\xa0ligne d'une autre année (2052), non comptée."),
        (
            (2052, 2024, 2052),
            "3\xa0lignes d'autres années (2024 : 1, 2052 : 2), non comptées.",
        ),
    ],
)
def test_rows_of_another_year_are_said(
    years: tuple[int, ...], said: str, cli: Cli, folder: Path
) -> None:
    lines = [f"01/09/{year};Beure;Questions juridiques;A;1" for year in (2025, *years)]
    write(folder, *lines)
    assert usage(cli)["notes"] == [said]
    assert said in cli("usage", "2025").out


def test_the_titles_of_an_empty_file_are_enough(cli: Cli, folder: Path) -> None:
    (folder / "data/interventions.csv").write_bytes(b"")
    titles = cli("usage", "2025").err.split("admises) : ")[1].split(".")[0]
    (folder / "data/interventions.csv").write_text(f"{titles}\n;\n", encoding="utf-8")
    write(folder, "01/09/2025;Questions juridiques;A;1", header=titles)
    assert "commune" in titles


def merge(folder: Path) -> None:
    """Champoux (2A) becomes a part of Saône (2B) on 1 July 2025."""
    periods(folder, "25117", "30/06/2025", "date_fin")
    moves(folder, "2025-07-01", "25117 Champoux", "25532 Saône")


def test_a_merged_commune_counts_at_the_level_of_its_successor(cli: Cli, folder: Path) -> None:
    """By hand: before, one A at its own level 2A (255); after, one A at 2B (255), and 3 x 150."""
    merge(folder)
    level = next(r.level for r in SHIPPED.communes.of_year(2025) if r.code_insee == "25117")
    write(
        folder,
        "01/02/2025;Champoux;Questions juridiques;A;1",
        "01/09/2025;Champoux;Questions juridiques;A;1",
        "02/09/2025;Champoux;Conseils d'urbanisme;C;3",
    )
    costs = {x["level"]: x["at_price"] for x in usage(cli)["by_level"] if x["interventions"]}
    expected = {level: Decimal("255.00")}
    expected["2B"] = expected.get("2B", Decimal(0)) + Decimal("705.00")
    assert {key: Decimal(cost) for key, cost in costs.items()} == expected
    (long,) = alerts(cli, "U06")
    assert long.startswith("Champoux (réunie à Saône depuis le 1er\xa0juillet\xa02025) : ")


def test_the_usage_of_a_merged_commune_says_whose_it_is(cli: Cli, folder: Path) -> None:
    merge(folder)
    write(folder, "01/09/2025;Champoux;Questions juridiques;A;1")
    (note,) = usage(cli, "--commune", "Champoux")["notes"]
    assert note.startswith("Champoux (réunie à Saône depuis le 1er\xa0juillet\xa02025)")
    assert note in cli("usage", "2025", "--commune", "Champoux").out
    assert usage(cli, "--commune", "Saône")["notes"] == []


def test_quotes_by_hand(accepted: Path, cli: Cli) -> None:
    """A true number, a false one, one of another commune and of another service; then the income.

    The quote of Saône is for 4 B of « Accompagnement RH »; 3 are noted as done, and invoiced.
    """
    text = (GOLDEN / "usage_quotes_interventions.csv").read_text("utf-8")
    (accepted / "data/interventions.csv").write_text(text, encoding="utf-8")
    assert cli(*DONE, "--certified-by", "Mme Roy").code == 0
    assert cli("bill", "2025", "--quotes", "--issue", "--yes", "--date", "30/04/2025").code == 0
    answer = usage(cli)
    for row in golden("usage_quotes.csv"):
        found = answer[row["table"]]
        if row["table"] != "total":
            found = next(x for x in found if x[TABLES[row["table"]]] == row["key"])
        for name in ("half_days", "membership_at_price", "mission_at_price", "missions"):
            assert str(found[name]) == row[name], (row["table"], row["key"], name)
    (own,) = (q for q in answer["quotas"] if q["commune"] == "Beure")
    assert (own["used"], own["left"]) == (2, 1), "the two false numbers do not lift the quota"
    told = sorted((a["line"], a["message"]) for a in answer["alerts"] if a["code"] == "U10")
    assert [line for line, _ in told] == [3, 4, 5]
    assert "aucun devis D9 dans le registre (Beure) : cette ligne compte" in told[0][1]
    assert "est pour Saône, pas pour Beure" in told[1][1]
    assert "est pour « Accompagnement RH », pas pour « Conseils d'urbanisme »" in told[2][1]


def test_a_declined_quote_pays_for_nothing(voted: Path, cli: Cli) -> None:
    assert cli(*QUOTE, "--date", "15/03/2025").code == 0
    assert cli("quotes", "decline", "D2025-0001", "--date", "01/04/2025").code == 0
    mission(voted, "20/04/2025;Saône;Conseils d'urbanisme;B;1;D2025-0001")
    assert usage(cli)["total"]["mission_at_price"] == "0.00"


def test_a_quote_without_service_takes_that_of_its_interventions(voted: Path, cli: Cli) -> None:
    quoted = ("quote", "Saône", "--line", "B:4:Réorganisation", "--date", "15/03/2025")
    assert cli(*quoted).code == 0
    assert cli(*ACCEPT).code == 0
    assert cli(*DONE, "--certified-by", "Mme Roy").code == 0
    assert cli("bill", "2025", "--quotes", "--issue", "--yes", "--date", "30/04/2025").code == 0
    mission(voted, "20/04/2025;Saône;Accompagnement RH;B;3;D2025-0001")
    themes = {x["theme"]: x["missions"] for x in usage(cli)["by_theme"]}
    assert themes == {"Ressources humaines": "558.00"}
    directorates = {x["directorate"]: x["missions"] for x in usage(cli)["by_directorate"]}
    assert directorates == {"Direction des ressources humaines": "558.00"}
    write(voted)
    assert [x["theme"] for x in usage(cli)["by_theme"]] == [""], "nothing says what it was for"


def test_only_what_goes_beyond_is_to_be_quoted(cli: Cli, folder: Path) -> None:
    """1 + 3 half-days for one request, of which one is included: 3 B are to be quoted."""
    write(
        folder,
        "01/09/2025;Saône;Conseils d'urbanisme;A;1;plan",
        "02/09/2025;Saône;Conseils d'urbanisme;B;3;plan",
        header=f"{HEADER};demande",
    )
    (alert,) = (a for a in usage(cli)["alerts"] if a["code"] == "U06")
    assert alert["line"] == 3
    assert alert["remedy"].endswith('mutualis quote 25532 --service "…" --line B:3:"…".')


def test_a_mission_for_a_non_member_says_both(cli: Cli, folder: Path) -> None:
    write(folder, "01/09/2025;Champvans-les-Moulins;Accompagnement RH;B;1")
    assert [a["code"] for a in usage(cli)["alerts"]] == ["U07", "U09"]


def test_no_advice_to_join_what_was_joined_since(cli: Cli, folder: Path) -> None:
    """Beure, 2A until June, 2B since July: its fourth question of the spring was too many."""
    path = folder / "data/communes.csv"
    head, *lines = path.read_text("utf-8-sig").splitlines()
    line = next(line for line in lines if line.startswith("2025;25058;"))
    second = line.replace(";2A;", ";2B;")
    edit(path, head, f"{head};date_debut;date_fin")
    edit(path, line, f"{line};01/01/2025;30/06/2025\n{second};01/07/2025;31/12/2025")
    write(
        folder,
        *(f"{n:02}/02/2025;Beure;Questions juridiques;A;1" for n in (1, 2, 3, 4)),
        "05/02/2025;Beure;Conseils d'urbanisme;B;1",
    )
    ways = [a["remedy"] for a in usage(cli)["alerts"] if a["code"] in ("U05", "U08")]
    assert len(ways) == 2
    for way in ways:
        assert "Beure est depuis au niveau 2B" in way
        assert "adhérer" not in way


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("01/09/2025;Le Gratteris;Veille juridique;A;1", "inconnue en 2025, mais connue en 2024."),
        ("01/09/2025;Saône;Veille juridique;Catégorie a;1", "« Catégorie a » inconnue"),
        ("01/09/2025;Saône;Veille juridique;Catégorie a;1", "Lire sans doute « A »."),
        ("01/09/2025;Saône;Veille juridique;A;0,5", "commencée compte pour 1 : écrire 1 ?"),
        ("01/09/2025;Saône;Veille juridique;A;1,5", "commencée compte pour 1 : écrire 2 ?"),
    ],
)
def test_the_guess_of_a_wrong_cell(row: str, said: str, cli: Cli, folder: Path) -> None:
    write(folder, row)
    assert said in cli("usage", "2025").err


@pytest.mark.parametrize("typed", ["Commune de Saône", "MAIRIE DE SAÔNE"])
def test_the_commune_within_its_office(typed: str, cli: Cli, folder: Path) -> None:
    write(folder, f"01/09/2025;{typed};Veille juridique;A;1")
    assert [x["code_insee"] for x in usage(cli)["by_commune"] if x["interventions"]] == ["25532"]


def test_the_time_of_a_cell_is_left_out(cli: Cli, folder: Path) -> None:
    (folder / "data/interventions.csv").unlink()
    book = Workbook()
    row = (datetime(2025, 9, 1, 14, 30), "Saône", "Veille juridique", "A", 1)
    for cells in (HEADER.split(";"), row):
        book.worksheets[0].append(cells)
    book.save(folder / "data/interventions.xlsx")
    assert usage(cli)["total"]["interventions"] == 1


@pytest.mark.parametrize(
    ("subject", "code"),
    [("@maire", "C42"), ("-1+1", "C42"), ("+ relance", "C42"), ("=1+1", "C14"), ("#REF!", "C14")],
)
def test_no_text_begins_with_a_formula(subject: str, code: str, cli: Cli, folder: Path) -> None:
    head = f"{HEADER};demande;objet"
    for row in (f"Saône;Veille juridique;A;1;;{subject}", f"{subject};Veille juridique;A;1;;"):
        write(folder, f"01/09/2025;{row}", header=head)
        assert cli("usage", "2025").err.count(f"erreur[{code}]") == 1


def test_a_number_in_a_wording_stays_a_text(cli: Cli, folder: Path) -> None:
    write(folder, "01/09/2025;Saône;Veille juridique;A;1;+1", header=f"{HEADER};objet")
    path = folder / usage(cli, *BOOK)["files"][0]
    cells = {cell.value: cell.data_type for cell in load_workbook(path)["Interventions"][2]}
    assert cells["+1"] == "s"


def test_the_workbook_says_who_pays(cli: Cli, folder: Path) -> None:
    head = f"{HEADER};demande"
    write(
        folder,
        "01/09/2025;Saône;Veille juridique;A;1;Charte",
        "02/09/2025;Beure;Conseils d'urbanisme;A;1;",
        "03/09/2025;Saône;Accompagnement RH;A;1;",
        header=head,
    )
    sheet = load_workbook(folder / usage(cli, *BOOK)["files"][0])["Interventions"]
    titles, *rows = (list(row) for row in sheet.iter_rows(max_row=4, values_only=True))
    found = [dict(zip(titles, row, strict=True)) for row in rows]
    assert [row["Payé par"] for row in found] == ["adhésion", "hors adhésion", "sans devis"]
    assert (found[0]["Demande"], found[0]["Thème"]) == ("Charte", "Généralités")


@given(st.permutations(SHIPPED.services.rows))
@settings(max_examples=20)
def test_the_order_of_the_shipped_catalogue_changes_nothing(rows: list[Service]) -> None:
    other = replace(SHIPPED, services=Services(tuple(rows), SHIPPED.services.file))
    given_rows = SHIPPED.interventions.of_year(2025)
    answers = []
    for workspace in (SHIPPED, other):
        served, problems = serve(
            workspace.communes, workspace.services, workspace.tariffs.population, GRID, given_rows
        )
        assert problems == []
        quotas = sorted(
            quota_uses(workspace.communes, workspace.services, GRID, served),
            key=lambda use: str(use.service.key),
        )
        found = [p.message + p.remedy for p in check_served(served, quotas, GRID)]
        parts = [(i.level, i.on_quote, i.service, i.theme, i.quotable) for i in served]
        answers.append((parts, sorted(found)))
    assert answers[0] == answers[1]


def test_a_year_without_a_grid_takes_the_one_before(cli: Cli, folder: Path) -> None:
    """A at 255, the price of 2025, if `before_vote` allows it."""
    write(folder, "01/02/2026;Saône;Questions juridiques;A;1")
    answer = cli("usage", "2026", "--json")
    assert answer.code == 0
    assert answer.json["total"]["at_price"] == "255.00"
    assert "prix et niveaux de la grille 2025 (réglage before_vote)" in answer.json["notes"][0]
    assert "[B07]" not in answer.err, "the act of 2025 is not that of 2026"
    edit(
        folder / "data/tariffs.toml",
        'before_vote = "previous_grid"',
        'before_vote = "refuse"',
    )
    assert "erreur[A02]" in cli("usage", "2026").err


def test_the_services_that_a_commune_used(cli: Cli, folder: Path) -> None:
    """Beyond those with a quota: 255 + 186 for two services, and nothing for the others."""
    write(
        folder,
        "01/02/2025;Saône;Conseils d'urbanisme;A;1",
        "02/02/2025;Saône;Num@irie;B;1",
        "03/02/2025;Beure;Questions juridiques;A;1",
    )
    found = {x["service"]: x["at_price"] for x in usage(cli, "--commune", "Saône")["by_service"]}
    assert found == {"Conseils d'urbanisme": "255.00", "Num@irie": "186.00"}
    assert "Num@irie" in cli("usage", "2025", "--commune", "Saône").out
    assert "Num@irie" not in cli("usage", "2025").out
