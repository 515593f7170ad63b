"""`mutualis account`, end to end: everything for one commune.

Four invented communes: Valbois owes 830 × 3.28 = 2 722.40, Hautefontaine 667 × 0.38 = 253.46,
Clairmont is at its cap, 7 048.00, Beauregard owes 1 342 × 0.38 = 509.96.
"""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import TESTS, Cli, Clock, edit, moves
from mutualis.cli.screens.account.answer import of_years
from mutualis.register import store
from mutualis.workflows.account import read_account
from mutualis.workflows.register import ledger_of

ISSUE = ("bill", "2025", "--issue", "--yes", "--date")
ROW = "2025;25902;Hautefontaine;212590202;667;681;2A;convention;;;"
HISTORY = TESTS / "registers/history"


@pytest.fixture
def four(folder: Path, cli: Cli, clock: Clock) -> Path:
    """Four communes; nothing is issued."""
    clock.day = date(2025, 7, 1)
    shutil.rmtree(folder / "data")
    shutil.copytree(TESTS / "scenarios/levels_after_a_complement", folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def history(folder: Path, cli: Cli, clock: Clock) -> Path:
    shutil.rmtree(folder / "data")
    shutil.copytree(HISTORY / "data", folder / "data")
    shutil.copy(HISTORY / "register.db", folder)
    clock.day = date(2026, 7, 1)
    return folder


def done(cli: Cli, *commands: tuple[str, ...]) -> None:
    for command in commands:
        answer = cli(*command)
        assert answer.code == 0, (command, answer.err)


def account(cli: Cli, *arguments: str) -> Any:
    answer = cli("account", *arguments, "--json")
    assert answer.code == 0, answer.err
    return answer.json


def amounts(one: Any) -> list[str]:
    return [one[key] for key in ("due", "granted", "target", "balance", "stale", "remaining")]


def shown(cli: Cli, *arguments: str) -> str:
    """The screen on one line; it holds in 80 columns but for sentences, which no table has."""
    answer = cli("account", *arguments)
    assert answer.code == 0, answer.err
    out = answer.out.replace("\u00a0", " ")
    tables = [line for line in out.splitlines() if line.startswith(" ")]
    assert max(len(line) for line in tables) <= 80
    return " ".join(out.split())


def test_before_and_after_the_issue(four: Path, cli: Cli) -> None:
    before = account(cli, "HAUTEFONTAINE", "2025")
    assert amounts(before) == ["253.46", "0.00", "253.46", "0.00", "0.00", "253.46"]
    assert (before["state"], before["documents"], before["missing"]) == ("to_issue", [], "")
    assert before["explanation"] == "667\u00a0habitants × 0,38\u00a0€ = 253,46\u00a0€"
    assert "Reste (à émettre) 253,46 €" in shown(cli, "25902", "2025")
    done(cli, (*ISSUE, "15/01/2025"))
    after = account(cli, "25902", "2025")
    assert amounts(after) == ["253.46", "0.00", "253.46", "253.46", "0.00", "0.00"]
    (document,) = after["documents"]
    assert (after["state"], after["invoiced"], after["withheld"]) == (None, "253.46", "0.00")
    assert (document["number"], document["amount"], document["remaining"]) == (
        *("F2025-0002", "253.46", "253.46"),
    )
    screen = shown(cli, "hautefontaine", "2025")
    assert "Reste (rien à émettre) 0,00 €" in screen
    assert screen.endswith(
        "mutualis register export, puis register titres ; pourquoi ce montant : "
        "mutualis explain 25902 2025"
    )


def test_the_titres_of_a_document(four: Path, cli: Cli) -> None:
    done(cli, (*ISSUE, "15/01/2025"))
    assert account(cli, "Valbois", "2025")["documents"][0]["titre_state"] == "awaited"
    assert "2 722,40 € attendu" in shown(cli, "Valbois", "2025")
    titres = ("register", "titres", "F2025-0001")
    done(cli, (*titres, "1234", "--exercice", "2025"), (*titres, "1240", "--exercice", "2025"))
    (document,) = account(cli, "Valbois", "2025")["documents"]
    assert (document["titre_state"], document["titre_amount"]) == ("recorded", "2722.40")
    assert document["titre"] == {
        **{"number": "1240", "exercice": 2025, "bordereau": "", "date": None}
    }
    assert [titre["number"] for titre in document["titres_replaced"]] == ["1234"]
    screen = shown(cli, "Valbois", "2025")
    assert "n° 1240 (2025), remplace le n° 1234" in screen
    assert "register titres" not in screen


def test_a_remise_withdrawn(four: Path, cli: Cli) -> None:
    done(
        cli,
        (*ISSUE, "15/01/2025"),
        ("credit", "F2025-0002", "--remise", "100", "--act", "n° 3", "--reason", "Inondation"),
    )
    one = account(cli, "Hautefontaine", "2025")
    assert amounts(one) == ["253.46", "100.00", "153.46", "153.46", "0.00", "0.00"]
    assert "Remises accordées -100,00 € À demander 153,46 €" in shown(cli, "25902", "2025")
    (credit,) = one["documents"][0]["credits"]
    assert (credit["nature"], credit["withdrawn"], credit["decision"]) == ("remise", False, "n° 3")
    done(cli, ("credit", credit["number"], "--withdraw", "--act", "n° 9"))
    one = account(cli, "Hautefontaine", "2025")
    assert amounts(one) == ["253.46", "0.00", "253.46", "153.46", "0.00", "100.00"]
    assert (one["withdrawn"], one["state"]) == ("100.00", "to_issue")
    assert one["documents"][0]["credits"][0]["withdrawn"] is True
    screen = shown(cli, "Hautefontaine", "2025")
    assert "Remis, remise retirée depuis -100,00 € Valeur des documents 153,46 €" in screen
    assert "avoir : remise retirée" in screen


def test_a_fee_withheld_then_invoiced(four: Path, cli: Cli) -> None:
    edit(four / "data/communes.csv", ROW, ROW + "AC")
    done(cli, (*ISSUE, "15/01/2025"))
    one = account(cli, "Hautefontaine", "2025")
    (document,) = one["documents"]
    assert (one["withheld"], one["invoiced"]) == ("253.46", "0.00")
    assert (document["number"], document["titre_state"]) == ("R2025-0001", "withheld")
    assert (document["titre"], document["titre_amount"]) == (None, None)
    screen = shown(cli, "Hautefontaine", "2025")
    assert "Retenu sur l'AC 253,46 €" in screen
    assert "253,46 € retenue sur AC" in screen
    assert "register titres" not in screen
    edit(four / "data/communes.csv", ROW + "AC", ROW)
    one = account(cli, "Hautefontaine", "2025")
    assert (one["stale"], one["state"], one["documents"][0]["stale"]) == (
        *("253.46", "correction", True),
    )
    assert "relevé, à annuler" in shown(cli, "Hautefontaine", "2025")


def test_a_part_of_a_year_below_the_minimum(four: Path, cli: Cli) -> None:
    """31 days of 365: 253.46 × 31 / 365 = 21.53; 20 days: 13.89, below 15.00."""
    edit(four / "data/tariffs.toml", '"full_year"', '"day"')
    edit(four / "data/communes.csv", ROW, ROW[:-2] + "01/01/2025;31/01/2025;")
    assert amounts(account(cli, "25902", "2025"))[0] == "21.53"
    edit(four / "data/communes.csv", "31/01/2025", "20/01/2025")
    one = account(cli, "25902", "2025")
    assert (one["due"], one["remaining"], one["state"]) == ("13.89", "13.89", "below_minimum")
    screen = shown(cli, "25902", "2025")
    assert "Reste (sous le seuil) 13,89 €" in screen
    assert "× 20/365" in screen
    assert "mutualis bill" not in screen


def test_a_commune_that_merged_the_year_after(four: Path, cli: Cli, clock: Clock) -> None:
    """Its document, and what it owed, are its heir's from the day on; both names say so."""
    done(cli, (*ISSUE, "15/01/2025"))
    head = "date_effet;type;code_avant;commune_avant;code_apres;commune_apres;source\n"
    (four / "data/movements.csv").write_text(head, "utf-8")
    moves(four, "2026-01-01", "25902 Hautefontaine", "25901 Valbois")
    before = account(cli, "Hautefontaine", "2025")
    assert (before["code_insee"], before["asked"], before["due"]) == ("25902", None, "253.46")
    clock.day = date(2026, 2, 1)
    one = account(cli, "Hautefontaine", "2025")
    assert one["asked"] == {"code_insee": "25902", "commune": "Hautefontaine"}
    assert (one["code_insee"], one["due"], one["balance"]) == ("25901", "2975.86", "2975.86")
    assert [document["number"] for document in one["documents"]] == ["F2025-0001", "F2025-0002"]
    assert {**one, "asked": None} == account(cli, "Valbois", "2025")
    screen = shown(cli, "Hautefontaine", "2025")
    assert "Hautefontaine (25902) est aujourd'hui Valbois (25901), dont voici le compte." in screen
    assert screen.count("facture pour") == 1  # the name is folded beside it
    assert "mutualis explain 25902 2025, mutualis explain 25901 2025" in screen


def test_quotes_their_invoices_and_the_usage(four: Path, cli: Cli, clock: Clock) -> None:
    """Two half-days of A at 255, one of which is done, then invoiced."""
    services = (
        "theme;niveau;prestation;quota;direction;source_direction;lecture\n"
        "Droit;2B;Questions juridiques;3;Droit;exemple;sûre\n"
    )
    (four / "data/services.csv").write_text(services, "utf-8")
    (four / "data/interventions.csv").write_text(
        "date;commune;prestation;categorie;demi_journees\n"
        "12/03/2025;Valbois;Questions juridiques;A;1\n"
        "13/03/2025;Clairmont;Questions juridiques;A;1\n",
        "utf-8",
    )
    clock.day = date(2025, 4, 1)
    assert "D2025-0001" not in shown(cli, "Valbois", "2025")
    number = "D2025-0001"
    day = ("--date", "20/03/2025")
    done(cli, ("quote", "Valbois", "--line", "A:2:Cadrage", "--date", "15/03/2025"))
    assert "la réponse de la commune : mutualis quotes accept D2025-0001" in (
        shown(cli, "Valbois", "2025")
    )
    done(
        cli,
        ("quotes", "accept", number, *day),
        ("quotes", "done", number, "--line", "A:1", *day, "--certified-by", "Mme Roy (exemple)"),
    )
    one = account(cli, "Valbois", "2025")
    (quote,) = one["quotes"]
    assert (quote["state"], quote["to_invoice"], quote["half_days"], quote["done"]) == (
        *("to_invoice", "255.00", {"A": 2}, {"A": 1}),
    )
    assert (one["balance"], one["usage"]["half_days"]) == ("0.00", 1)
    assert [(q["service"], q["used"], q["quota"]) for q in one["usage"]["quotas"]] == [
        ("Questions juridiques", 1, 3)
    ]
    screen = shown(cli, "Valbois", "2025")
    assert "D2025-0001 510,00 € à facturer 2 1 255,00 €" in screen
    assert "Questions juridiques : 1 demande sur 3" in screen
    assert "mutualis bill 2025 --quotes" in screen
    done(cli, ("bill", "2025", "--quotes", "--issue", "--yes", "--date", "01/04/2025"))
    (quote,) = account(cli, "Valbois", "2025")["quotes"]
    assert (quote["state"], quote["to_invoice"]) == ("accepted", "0.00")
    assert [(i["number"], i["titre_state"]) for i in quote["invoices"]] == [
        ("F2025-0001", "awaited")
    ]
    assert "facture de D2025-0001" in shown(cli, "Valbois", "2025")


def test_what_the_finance_software_knows(four: Path, cli: Cli) -> None:
    """Cancelled once its titre is known: to be entered, exported, then known itself."""
    said = ["attendu", "exporté, inconnu", "n° 500 (2025)"]
    steps: list[tuple[str, ...]] = [
        (*ISSUE, "15/01/2025"),
        ("register", "export"),
        ("register", "titres", "F2025-0002", "500"),
    ]
    for step, words in zip(steps, said, strict=True):
        done(cli, step)
        screen = shown(cli, "Hautefontaine", "2025")
        assert words in screen
        assert ("mutualis register titres NUMÉRO" in screen) is (words == "exporté, inconnu")
    done(cli, ("credit", "F2025-0002", "--reason", "Erreur d'exemple"))
    assert "à saisir" in shown(cli, "Hautefontaine", "2025")
    assert "mutualis register export --reductions" in shown(cli, "Hautefontaine", "2025")
    assert "--reductions" not in shown(cli, "Valbois", "2025")
    done(cli, ("register", "export", "--reductions"))
    screen = shown(cli, "Hautefontaine", "2025")
    assert "-253,46 € exporté, inconnu" in screen
    assert "--reductions" not in screen  # it would export nothing more
    assert "mutualis register titres NUMÉRO TITRE" in screen
    done(cli, ("register", "titres", "A2025-0001", "77"))
    (document,) = account(cli, "Hautefontaine", "2025")["documents"]
    assert document["titre"]["number"] == "500"
    assert [(c["titre"]["number"], c["to_enter"]) for c in document["credits"]] == [("77", False)]


def test_the_list_cuts_no_word(four: Path, cli: Cli) -> None:
    credit = ("credit", "F2025-0002", "--reason", "Erreur d'exemple", "--date", "20/01/2025")
    titres = ("register", "titres")
    done(cli, (*ISSUE, "15/01/2025"), ("register", "export"), (*titres, "F2025-0002", "500"))
    done(cli, credit, (*titres, "A2025-0001", "77"))
    listed = cli("register", "list").out.replace("\u00a0", " ")
    assert max(len(line) for line in listed.splitlines()) <= 80
    words = " ".join(listed.split())
    for whole in ("Hautefontaine", "(titre 500)", "(annulation)", "(n° 77)", "(exporté)"):
        assert whole in words
    assert listed.count("F2025-0002") == 2


def test_a_quote_follows_its_commune(four: Path, cli: Cli, clock: Clock) -> None:
    """Valbois joins Clairmont on 1 January 2026; its quote of 2025 goes with it."""
    clock.day = date(2025, 10, 15)
    done(cli, ("quote", "Valbois", "--line", "A:2:Cadrage", "--date", "15/10/2025"))
    head = "date_effet;type;code_avant;commune_avant;code_apres;commune_apres;source\n"
    (four / "data/movements.csv").write_text(head, "utf-8")
    moves(four, "2026-01-01", "25901 Valbois", "25903 Clairmont")
    clock.day = date(2025, 12, 31)
    assert account(cli, "Clairmont", "2025")["quotes"] == []
    clock.day = date(2026, 1, 1)
    one = account(cli, "Clairmont", "2025")
    assert [quote["number"] for quote in one["quotes"]] == ["D2025-0001"]
    assert account(cli, "Valbois", "2025")["quotes"] == one["quotes"]


def test_explain_says_the_same_account(four: Path, cli: Cli, clock: Clock) -> None:
    """Valbois joins Hautefontaine on 1 January 2026, is then found to have been 2A: 315.40 in place
    of 2 722.40, taken off the heir's two invoices, the last one first: 568.86 is left on one."""
    done(cli, (*ISSUE, "15/01/2025"))
    head = "date_effet;type;code_avant;commune_avant;code_apres;commune_apres;source\n"
    (four / "data/movements.csv").write_text(head, "utf-8")
    moves(four, "2026-01-01", "25901 Valbois", "25902 Hautefontaine")
    row = "2026;25901;Valbois;212590103;830;838;2B;convention;;;;25900;Valbois\n"
    edit(four / "data/communes.csv", row, "")
    valbois = "2025;25901;Valbois;212590103;830;838;2"
    edit(four / "data/communes.csv", f"{valbois}B", f"{valbois}A")
    clock.day = date(2026, 2, 5)
    done(cli, (*ISSUE, "05/02/2026", "--regularise"))
    assert amounts(account(cli, "Valbois", "2025"))[3:] == ["568.86", "0.00", "0.00"]
    found = cli("explain", "Valbois", "2025", "--json").json
    assert (found["amount"], found["account"]["commune"]) == ("315.40", "Hautefontaine")
    assert amounts(found["account"])[3:] == ["568.86", "0.00", "0.00"]
    told = cli("explain", "Valbois", "2025").out.replace("\u00a0", " ")
    assert "Compte de Hautefontaine (25902), qui le doit depuis : déjà émis : 568,86 €" in told
    assert "reste : 0,00 €" in told


def test_every_year_and_the_last_one_whole(history: Path, cli: Cli) -> None:
    found = account(cli, "Roche")
    assert (found["code_insee"], found["commune"]) == ("99912", "Roche-le-Fictif")
    assert [one["year"] for one in found["years"]] == [2024, 2025, 2026]
    assert {**found["years"][0], "files": []} == account(cli, "Roche", "2024")
    screen = shown(cli, "Roche")
    assert "2024 570,00 € 519,75 € 50,25 € à qualifier" in screen
    assert "2026 608,40 € non calculé" in screen
    assert "FAC/2026/003 facture" in screen
    assert "FAC/2025/004" not in screen


def test_a_register_of_before(history: Path, cli: Cli) -> None:
    """A fee withheld without a number; a partial credit that may be either."""
    one = account(cli, "Doline", "2025")
    assert [d["number"] for d in one["documents"]] == ["lot 4/99904"]
    assert (one["withheld"], one["remaining"]) == ("2655.20", "0.00")
    assert [len(quote["invoices"]) for quote in one["quotes"]] == [2]
    one = account(cli, "Combe", "2025")
    assert (one["to_qualify"], one["state"]) == (["AV2025-002"], "to_qualify")
    assert (one["unqualified"], one["corrected"], one["granted"]) == ("75.20", "0.00", "0.00")
    screen = shown(cli, "Combe", "2025")
    assert "Avoirs à qualifier -75,20 €" in screen
    assert "mutualis credit AV2025-002 --qualify remise, ou correction" in screen


@pytest.mark.parametrize("register", ["history", "account"])
def test_each_document_is_in_one_account(register: str, history: Path) -> None:
    """Whoever is asked for: old and new codes, merged communes, priced years and others."""
    shutil.copy(TESTS / f"registers/{register}/register.db", history)
    memberships = ledger_of(history).memberships
    codes = {claim.commune.code_insee for claim in memberships}
    found = [read_account(history, code, None, date(2026, 7, 1)) for code in sorted(codes)]
    held = {
        (one.person.code_insee, item.number)
        for account in found
        for one in account.years
        for item in one.owned
    }
    assert sorted(number for _, number in held) == sorted(m.number for m in memberships)


@pytest.mark.parametrize("register", ["history", "account", "missions", "titres", "changes"])
def test_what_is_read_says_what_the_whole_register_says(
    register: str, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(TESTS / f"registers/{register}/register.db", history)
    whole = ledger_of(history)
    codes = {claim.commune.code_insee for claim in whole.claims}
    codes |= {claim.row.code_insee for claim in whole.claims}
    codes |= {mission.issued.commune.code_insee for mission in whole.missions.by_quote.values()}

    def told() -> list[Any]:
        day = date(2026, 7, 1)
        return [of_years(read_account(history, code, None, day)) for code in sorted(codes)]

    part = told()
    monkeypatch.setattr(store, "read_about", lambda root, *_: store.read_ledger(root))
    assert part == told()
    assert len(part) > 2


def test_the_rules_of_the_file_are_not_those_of_the_year(history: Path, cli: Cli) -> None:
    answer = cli("account", "Combe", "2025")
    assert "B20" in answer.err
    assert "B08" not in answer.err


def without(one: Any, *keys: str) -> Any:
    return {key: value for key, value in one.items() if key not in keys}


def test_a_year_that_the_files_cannot_price(history: Path, cli: Cli) -> None:
    """An error of 2026; files that cannot be read; no file: what the register says stays, and why
    the rest does not."""
    said = [account(cli, "Bourg", "2026")]
    edit(history / "data/tariffs.toml", "[grids.2026.levels.1]", "[grids.2027.levels.1]")
    said.append(account(cli, "Bourg", "2026"))
    shutil.rmtree(history / "data")
    said.append(account(cli, "Bourg", "2026"))
    assert [one["missing"] for one in said] == [
        "les données de 2026 ont des erreurs (mutualis check)",
        "les fichiers de data ont des erreurs (mutualis check)",
        "les fichiers de data ont des erreurs (mutualis check)",
    ]
    for one in said:
        assert amounts(one) == [None, "0.00", None, "9605.00", None, None]
        assert [d["number"] for d in one["documents"]] == ["FAC/2026/001"]
        assert [quote["to_invoice"] for quote in one["quotes"]] == ["570.00"]
    assert without(said[1], "usage") == without(said[2], "usage")
    screen = shown(cli, "Bourg", "2026")
    assert "Dû 2026 non calculé : les fichiers de data ont des erreurs" in screen
    assert "Ensuite : mutualis check ;" in screen


def test_what_a_merged_commune_was_issued_in_such_a_year(history: Path, cli: Cli) -> None:
    """2026 has an error; Combe joined Bourg in June, or in January without anyone knowing it."""
    own = ["FAC/2026/001", "FAC/2026/002"]
    path = history / "data/movements.csv"
    before = path.read_text("utf-8")
    for day, names in (("2026-06-01", ("Bourg", "Combe")), ("2026-01-01", ("Bourg",))):
        path.write_text(before, "utf-8")
        moves(history, day, "99903 Combe-le-Fictif", "99902 Bourg-le-Fictif")
        for name in names:
            one = account(cli, name, "2026")
            assert (one["due"], one["code_insee"]) == (None, "99902"), (day, name)
            assert [document["number"] for document in one["documents"]] == own, (day, name)


def test_a_commune_without_a_row_any_more(four: Path, cli: Cli) -> None:
    """Its document is still worth something: an error that check tells, and never a zero."""
    done(cli, (*ISSUE, "15/01/2025"))
    path = four / "data/communes.csv"
    path.write_text(path.read_text("utf-8").replace(f"{ROW};25900;Hautefontaine\n", ""), "utf-8")
    one = account(cli, "Hautefontaine", "2025")
    assert (one["missing"], one["due"], one["balance"]) == ("pas de ligne en 2025", None, "253.46")
    assert "Ensuite : mutualis check" in shown(cli, "Hautefontaine", "2025")
    # Another commune is not stopped by it.
    assert account(cli, "Valbois", "2025")["balance"] == "2722.40"


def test_what_cannot_be_shown(four: Path, cli: Cli) -> None:
    answer = cli("account", "Valbois", "2031")
    assert (answer.code, answer.out) == (3, "")
    assert "Valbois (25901) n'a ni ligne, ni document, ni devis en 2031." in answer.err
    # Without a file nor a document that knows it, the files' own problem is the answer.
    nowhere = cli("account", "Valbois", "2025", "--dir", "nulle-part")
    assert (nowhere.code, nowhere.out) == (1, "")
    assert "erreur[A03]" in nowhere.err
    assert "A04" not in nowhere.err
    unknown = cli("account", "Valboy", "2025")
    assert (unknown.code, unknown.out) == (1, "")
    assert "Vouliez-vous dire Valbois (25901)" in unknown.err


def test_a_year_without_a_grid_then_projected(voted: Path, cli: Cli, clock: Clock) -> None:
    path = voted / "data/communes.csv"
    path.write_text(path.read_text("utf-8-sig").replace(";convention;", ";exemple;"), "utf-8")
    assert "Adhésion 2025 Montant" in shown(cli, "Saône")  # the last year that says something
    before = account(cli, "Saône", "2026")
    assert (before["due"], before["missing"]) == (None, "pas de grille 2026 dans data/tariffs.toml")
    done(cli, ("index", "2026", "--rate", "0,8", "--index", "99,95", "--base", "2025",
               "--source", "exemple"))  # fmt: skip
    one = account(cli, "Saône", "2026")
    assert (one["grid_is_projected"], one["example_levels"]) == (True, True)
    screen = shown(cli, "Saône", "2026")
    assert "La grille est projetée, non votée : rien ne peut en être émis." in screen
    assert "Niveau d'adhésion d'exemple, inventé" in screen


SERVICES = (
    "theme;niveau;prestation;quota;direction;source_direction;lecture\n"
    "Droit;2B;Questions juridiques;3;Droit;exemple;sûre\n"
)
DONE = (
    "date;commune;prestation;categorie;demi_journees\n"
    "12/03/2025;Valbois;Questions juridiques;A;2\n"
    "13/03/2025;Valbois;Questions juridiques;B;3\n"
    "14/03/2025;Clairmont;Questions juridiques;B;1\n"
)
COSTS = (
    "annee;direction;categorie;nature;montant;demi_journees;statut;source\n"
    "2025;Droit;A;personnel;1000,00;;définitif;exemple\n"
    "2025;Droit;A;unités;;7;définitif;exemple\n"
)


@pytest.fixture
def served(four: Path) -> Path:
    """Five half-days for Valbois, two of which have a cost: 2 × 142.86 (1 000 : 7)."""
    for name, text in (("services", SERVICES), ("interventions", DONE), ("costs", COSTS)):
        (four / f"data/{name}.csv").write_text(text, "utf-8")
    return four


def test_what_was_received_at_cost(served: Path, cli: Cli) -> None:
    usage = account(cli, "Valbois", "2025")["usage"]
    worth = {"at_cost": "285.72", "half_days_without_cost": 3}
    assert {key: usage[key] for key in worth} == worth
    assert usage["services"] == [
        {"service": "Questions juridiques", "interventions": 2, "half_days": 5, **worth}
    ]
    assert usage["costs"] == [{"year": 2025, "status": "définitif"}]
    assert usage["on_quote"] == {"half_days": 0, "at_cost": "0.00", "half_days_without_cost": 0}
    assert [(q["left"], q["used"]) for q in usage["quotas"]] == [(1, 2)]
    screen = shown(cli, "Valbois", "2025")
    assert "Questions juridiques 5 285,72 € Reçu 5 285,72 €" in screen
    assert "Sans coût unitaire connu, donc hors du total : 3 demi-journées." in screen
    assert "Questions juridiques : 2 demandes sur 3, reste 1" in screen


def test_what_has_no_cost_is_worth_no_0(served: Path, cli: Cli) -> None:
    usage = account(cli, "Clairmont", "2025")["usage"]
    assert (usage["at_cost"], usage["half_days_without_cost"]) == (None, 1)
    assert "Questions juridiques 1 sans coût Reçu 1 sans coût" in shown(cli, "Clairmont", "2025")
    # Nothing of the year in the file, then no file at all: the value is told unknown, then absent.
    edit(served / "data/costs.csv", "2025;Droit;A;p", "2024;Droit;A;p")
    edit(served / "data/costs.csv", "2025;Droit;A;u", "2024;Droit;A;u")
    usage = account(cli, "Valbois", "2025")["usage"]
    assert (usage["at_cost"], usage["half_days_without_cost"], usage["costs"]) == (None, 5, [])
    screen = shown(cli, "Valbois", "2025")
    assert "Les coûts unitaires de 2025 ne sont pas connus : la valeur ne l'est pas." in screen
    (served / "data/costs.csv").unlink()
    usage = account(cli, "Valbois", "2025")["usage"]
    assert (usage["at_cost"], usage["half_days_without_cost"], usage["costs"]) == (None,) * 3
    assert usage["services"][0]["half_days"] == 5
    assert "coût" not in shown(cli, "Valbois", "2025")


def test_what_a_quote_pays_for_is_no_gift_of_the_membership(served: Path, cli: Cli) -> None:
    services = (served / "data/services.csv").read_text("utf-8")
    mission = "Droit;3;Rédaction d'actes;;Droit;exemple;sûre\n"
    (served / "data/services.csv").write_text(services + mission, "utf-8")
    with (served / "data/interventions.csv").open("a", encoding="utf-8") as file:
        file.write("15/03/2025;Valbois;Rédaction d'actes;A;1\n")
    usage = account(cli, "Valbois", "2025")["usage"]
    assert (usage["at_cost"], usage["half_days_on_quote"]) == ("428.58", 1)
    assert (usage["on_quote"]["half_days"], usage["on_quote"]["at_cost"]) == (1, "142.86")
    screen = shown(cli, "Valbois", "2025")
    assert "Dont sur devis, que l'adhésion ne paie pas : 1 demi-journée, 142,86 €." in screen


@pytest.mark.parametrize(
    ("commune", "amount", "effects"),
    [
        # 0.8 % on 3.28 is 3.306 24, 3.31; on 0.38 is 0.383 04, 0.38; on 7 048 is 7 104.384, 7 104.
        ("Valbois", "2747.30", {"tariff": "24.90"}),
        ("Hautefontaine", "253.46", {}),
        ("Clairmont", "7104.00", {"tariff": "56.00"}),
        # 1 342 × 3.28 = 4 401.76 in place of 509.96, then 1 342 × 0.03.
        ("Beauregard", "4442.02", {"level": "3891.80", "tariff": "40.26"}),
    ],
)
def test_the_year_after(
    four: Path, cli: Cli, commune: str, amount: str, effects: dict[str, str]
) -> None:
    found = account(cli, commune, "2025")["forecast"]
    assert (found["year"], found["amount"], found["missing"]) == (2026, amount, None)
    assert (found["grid_of"], found["rows_of"], found["rates"]) == (2025, 2026, {"2026": "0.80"})
    assert found["grid_is_voted"] is False
    moved = {name: by for name, by in found["change"]["effects"].items() if by != "0.00"}
    assert moved == effects
    # It is what `simulate` says, and what the account says once the grid is written.
    priced = cli("simulate", "2026", "--json").json["lines"]
    assert [one["after"] for one in priced if one["commune"] == commune] == [amount]
    done(cli, ("index", "2026"))
    assert account(cli, commune, "2026")["due"] == amount


def test_a_year_after_that_nothing_gives_is_not_invented(four: Path, cli: Cli) -> None:
    done(cli, ("index", "2026"))
    found = account(cli, "Valbois", "2026")["forecast"]
    assert (found["year"], found["amount"], found["missing"]) == (2027, None, "no_rate")
    assert (
        "Pas de prévision 2027 : la grille n'est pas votée, et l'indice des prix qui en donnerait "
        "une n'est pas connu." in shown(cli, "Valbois", "2026")
    )
    edit(four / "data/communes.csv", "2026;25901;Valbois;212590103;830;838;2B",
         "2026;25901;Valbois;212590103;12000;12000;2B")  # fmt: skip
    found = account(cli, "Clairmont", "2025")["forecast"]
    assert (found["amount"], found["missing"]) == (None, "not_priced")
    screen = shown(cli, "Clairmont", "2025")
    assert "Pas de prévision 2026 : les données de l'année manquent, ou sont à corriger." in screen


def test_a_year_after_that_is_settled(four: Path, cli: Cli) -> None:
    done(cli, ("index", "2026"), ("index", "2026", "--act", "Délibération d'exemple"))
    screen = shown(cli, "Valbois", "2025")
    assert "À payer en 2026 : 2 747,30 € (+24,90 € : tarif +24,90 €), d'après la grille 2026" in (
        screen
    )
    # Issued at another price, it is what was issued.
    done(cli, ("bill", "2026", "--issue", "--yes", "--date", "01/07/2025"))
    edit(four / "data/tariffs.toml", "per_inhabitant = 3.31", "per_inhabitant = 3.50")
    assert account(cli, "Valbois", "2025")["forecast"]["amount"] == "2747.30"


def test_the_next_threshold_is_that_of_explain(four: Path, cli: Cli) -> None:
    """7 048 : 3.28 = 2 148.78: the 2 149th inhabitant is the first beyond the cap."""
    found = account(cli, "Valbois", "2025")["next_threshold"]
    assert found == {"population": 2149, "missing": 1319, "kind": "cap", "amount": "7048.00"}
    for commune in ("Valbois", "Clairmont", "Beauregard"):
        turn = account(cli, commune, "2025")["next_threshold"]
        told = cli("explain", commune, "2025", "--json").json["next_threshold"]
        own = None if turn is None else {key: turn[key] for key in ("population", "amount")}
        assert own == told
    assert (
        "Prochain seuil : à partir de 2 149 habitants (1 319 de plus), 7 048,00 €, le plafond."
        in (shown(cli, "Valbois", "2025"))
    )
    assert "Prochain seuil : aucun" in shown(cli, "Beauregard", "2025")


def test_all_of_a_year_are_each_of_it(history: Path, cli: Cli) -> None:
    """Whatever the year: priced, or with documents that the files do not explain."""
    for year in ("2024", "2025", "2026"):
        found = account(cli, "--all", year)
        assert (found["year"], found["files"]) == (int(year), [])
        codes = [one["code_insee"] for one in found["accounts"]]
        assert codes == sorted(set(codes))
        for one in found["accounts"]:
            assert {**one, "files": []} == account(cli, one["code_insee"], year)
        numbers = [d["number"] for one in found["accounts"] for d in one["documents"]]
        listed = cli("register", "list", "--year", year, "--json").json["documents"]
        claims = {d["number"] for d in listed if d["kind"] in ("invoice", "statement")}
        assert set(numbers) <= claims


def test_all_on_the_screen(served: Path, cli: Cli) -> None:
    """2 722.40 + 253.46 + 7 048.00 + 509.96 = 10 533.82; the last year that can be priced."""
    screen = shown(cli, "--all")
    assert screen.startswith("Comptes 2025 : 4 communes")
    assert "Valbois 2 722,40 € 2 722,40 € à émettre 5 285,72 €" in screen
    assert "Clairmont 7 048,00 € 7 048,00 € à émettre 1 sans coût" in screen
    assert "Total 10 533,82 € 10 533,82 € 6 285,72 €" in screen
    assert "donc hors du total : 4 demi-journées." in screen
    assert screen.endswith("mutualis account --all 2025 --merge")
    later = shown(cli, "--all", "2026")
    assert "Dû 2026 non calculé : pas de grille 2026 dans data/tariffs.toml." in later
    nothing = cli("account", "--all", "2031")
    assert (nothing.code, nothing.out) == (3, "")
    assert "Aucune commune n'a de ligne, de document ni de devis en 2031." in nothing.err


def test_all_with_one_that_lost_its_row(four: Path, cli: Cli) -> None:
    done(cli, (*ISSUE, "15/01/2025"))
    path = four / "data/communes.csv"
    path.write_text(path.read_text("utf-8").replace(f"{ROW};25900;Hautefontaine\n", ""), "utf-8")
    found = account(cli, "--all", "2025")["accounts"]
    lost = {one["commune"]: one["balance"] for one in found if one["due"] is None}
    assert lost == {"Hautefontaine": "253.46"}
    assert "Hautefontaine non calculé" in shown(cli, "--all", "2025")


@pytest.mark.parametrize(
    ("command", "communes"),
    [
        (("quote", "Valbois", "--line", "A:2:Cadrage", "--date", "15/06/2025"), ["Valbois"]),
        (
            (*ISSUE, "15/01/2025", "--commune", "Clairmont", "--commune", "Valbois"),
            ["Valbois", "Clairmont"],
        ),
    ],
)
def test_all_of_a_year_that_the_register_alone_knows(
    command: tuple[str, ...], communes: list[str], four: Path, cli: Cli
) -> None:
    done(cli, command)
    changes = (("communes.csv", "\n2025;", "\n2024;"), ("tariffs.toml", "2025", "2024"))
    for name, old, new in changes:
        text = (four / "data" / name).read_text("utf-8-sig")
        (four / "data" / name).write_text(text.replace(old, new), "utf-8")
    found = account(cli, "--all", "2025")["accounts"]
    assert [(one["commune"], one["due"]) for one in found] == [(name, None) for name in communes]


def test_the_last_year_of_all_is_one_that_can_be_priced(four: Path, cli: Cli, clock: Clock) -> None:
    """A quote of 2026, at the prices of 2025, makes no year of accounts."""
    clock.day = date(2026, 1, 15)
    done(cli, ("quote", "Valbois", "--line", "A:2:Cadrage", "--date", "15/01/2026"))
    assert account(cli, "--all")["year"] == 2025
    done(cli, ("index", "2026"))
    assert account(cli, "--all")["year"] == 2026


def test_the_year_after_is_indexed_from_the_file_as_index_would(four: Path, cli: Cli) -> None:
    """Issued at 3.28, the file then says 3.50: 3.50 × 1.008 = 3.528, 3.53 in 2026, 830 × 3.53."""
    done(cli, (*ISSUE, "15/01/2025"))
    edit(four / "data/tariffs.toml", "per_inhabitant = 3.28", "per_inhabitant = 3.50")
    found = account(cli, "Valbois", "2025")["forecast"]
    assert (found["change"]["before"], found["amount"]) == ("2722.40", "2929.90")
    lines = cli("simulate", "2026", "--json").json["lines"]
    assert [one["after"] for one in lines if one["commune"] == "Valbois"] == ["2929.90"]
