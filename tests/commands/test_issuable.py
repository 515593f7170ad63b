"""What may be issued, command by command: refused all at once, and told by check before."""

import shutil
from pathlib import Path

import pytest

from conftest import Answer, Cli, edit, may_issue

ISSUE = ("bill", "2025", "--issue", "--yes", "--commune", "Saône", "--date", "10/02/2025")
QUOTE = ("quote", "Saône", "--line", "A:2:Essai", "--date", "10/02/2025")
MISSIONS = ("bill", "2025", "--quotes", "--issue", "--yes", "--date", "20/02/2025")
CREDIT = ("credit", "F2025-0001", "--reason", "Essai", "--date", "20/02/2025")
MEETING = "data/meetings/2025-02-20.toml"
PUBLISH = ("requests", "publish", "2025", "--meeting", MEETING, "--yes", "--date", "25/02/2025")
OF_ISSUER = ("l'adresse de la collectivité", "La Présidente ou le Président")
OF_DEBTOR = ("1 commune de 2025 sans SIREN : Saône", "sans adresse complète : Saône")
OF_PRICES = ("les prix de la grille 2025", "libellé donné en exemple pour 2A", "inventé")


def worked(cli: Cli) -> None:
    """An invoice, and a mission done."""
    assert cli(*ISSUE).code == 0
    assert cli(*QUOTE).code == 0
    assert cli("quotes", "accept", "D2025-0001", "--date", "11/02/2025").code == 0
    done = ("--line", "A:2", "--certified-by", "Essai", "--date", "12/02/2025")
    assert cli("quotes", "done", "D2025-0001", *done).code == 0


def break_parties(folder: Path) -> None:
    edit(folder / "data/issuer.toml", 'postal_code = "25043"', 'postal_code = ""')
    edit(folder / "data/issuer.toml", '"La Présidente"', '"La Présidente ou le Président"')
    path = folder / "data/communes.csv"
    edit(path, "2025;25532;Saône;212505325;", "2025;25532;Saône;;")
    lines = path.read_text("utf-8-sig").splitlines()
    lines = [x.replace(";25660;", ";;") if x.startswith("2025;25532") else x for x in lines]
    path.write_text("\n".join(lines), "utf-8")


def break_prices(folder: Path) -> None:
    path = folder / "data/tariffs.toml"
    edit(path, 'status = "voted"\n', 'status = "voted"\nexample = true\n')
    label = '[grids.2025.levels.2A]\nlabel = "'
    edit(path, label, f"{label}Exemple : ")
    path = folder / "data/communes.csv"
    path.write_text(path.read_text("utf-8-sig").replace(";convention;", ";exemple;"), "utf-8")


def refused(answer: Answer, *words: str) -> None:
    told = answer.err.replace("\u00a0", " ")
    assert answer.code == 3, told
    assert [word for word in words if word not in told] == []
    # Each has what to do, and so has the whole.
    assert told.count("À faire : ") >= len(words) + 1


def test_memberships_and_quotes(voted: Path, cli: Cli) -> None:
    break_parties(voted)
    break_prices(voted)
    for command in (ISSUE, QUOTE):
        refused(cli(*command, "--operator", "x"), *OF_ISSUER, *OF_DEBTOR, *OF_PRICES)
    assert not (voted / "register.db").exists()
    told = cli("check").out.replace("\u00a0", " ")
    for words in (*OF_ISSUER, *OF_DEBTOR, *OF_PRICES):
        assert words in told
    assert cli("bill", "2025", "--date", "10/02/2025").code == 0, "a draft does without"
    assert cli(*QUOTE, "--draft").code == 0


def test_a_letter_is_of_somebody_who_signs(folder: Path, cli: Cli) -> None:
    break_parties(folder)
    refused(cli(*PUBLISH), *OF_ISSUER)
    assert not (folder / "register.db").exists()


def test_missions_and_credits_follow_prices_already_given(voted: Path, cli: Cli) -> None:
    worked(cli)
    break_prices(voted)
    before = (voted / "data/issuer.toml").read_bytes(), (voted / "data/communes.csv").read_bytes()
    break_parties(voted)
    rows = (voted / "register.db").read_bytes()
    for command in (MISSIONS, CREDIT):
        refused(cli(*command), *OF_ISSUER, *OF_DEBTOR)
    assert (voted / "register.db").read_bytes() == rows
    (voted / "data/issuer.toml").write_bytes(before[0])
    (voted / "data/communes.csv").write_bytes(before[1])
    assert cli(*MISSIONS).code == 0
    assert cli(*CREDIT).code == 0


def test_a_quote_without_an_act_says_all_that_its_number_will_ask(folder: Path, cli: Cli) -> None:
    break_parties(folder)
    answer = cli(*QUOTE)
    assert answer.code == 0
    told = answer.out.replace("\u00a0", " ")
    assert "Sans numéro : la délibération de la grille 2025" in told
    assert [word for word in (*OF_ISSUER, *OF_DEBTOR) if word not in told] == []


def test_a_signatory_of_that_day(voted: Path, cli: Cli) -> None:
    edit(voted / "data/issuer.toml", "from = 2020-01-01", "from = 2025-02-11")
    refused(cli(*ISSUE), "aucun signataire n'est en vigueur")
    assert cli(*ISSUE[:-1], "11/02/2025").code == 0


def test_an_indexed_example_is_one_until_its_line_is_gone(voted: Path, cli: Cli) -> None:
    """Whatever is indexed and voted from the prices of another body."""
    path = voted / "data/tariffs.toml"
    edit(path, 'status = "voted"\n', 'status = "voted"\nexample = true\n')
    assert cli("index", "2026").code == 0
    assert path.read_text("utf-8").count("example = true") == 2
    indexed = cli("index", "2026", "--act", "Délibération d'exemple n° 2")
    assert (indexed.code, "[B26]" in indexed.err) == (0, True)
    issue = ("bill", "2026", "--issue", "--yes", "--date", "10/02/2026")
    refused(cli(*issue), "les prix de la grille 2026 sont un exemple")
    text = path.read_text("utf-8")
    path.write_text(text.replace("example = true\n", ""), "utf-8")
    assert cli(*issue).code == 0


def test_an_example_and_a_real_body_have_their_own_register(as_shipped: Path, cli: Cli) -> None:
    """The only way from one to the other is a new register."""
    assert cli(*ISSUE, "--json").json["documents"][0]["number"] == "EXF2025-0001"
    assert cli(*QUOTE, "--json").json["number"] == "EXD2025-0001"
    may_issue(as_shipped)
    assert cli("index", "2025", "--act", "Délibération d'exemple").code == 0
    of_example = ("le registre est celui d'un exemple",)
    other = ("quote", "Saône", "--line", "B:1:Un autre")
    others = (
        *(("bill", "2025", *ISSUE[2:4], "--commune", "Thise"), other),
        *(("credit", "EXF2025-0001", "--reason", "Essai"), PUBLISH),
    )
    for command in others:
        refused(cli(*command), *of_example)
    assert "[B30]" in cli("check").out
    for name in ("register.db", "out"):
        shutil.move(as_shipped / name, as_shipped / f"{name}-exemple")
    assert cli("check").code == 0
    assert cli(*ISSUE, "--json").json["documents"][0]["number"] == "F2025-0001"
    edit(as_shipped / "data/issuer.toml", "siren =", "example = true\nsiren =")
    for command in (others[0], other, CREDIT, PUBLISH):
        refused(cli(*command), "le registre contient des documents réels")
    assert "[B31]" in cli("check").out


@pytest.mark.parametrize("projected", [False, True])
def test_an_example_is_rid_of_all_of_them(as_shipped: Path, cli: Cli, projected: bool) -> None:
    """The vote too: what is tried has no value."""
    break_prices(as_shipped)
    if projected:
        edit(as_shipped / "data/tariffs.toml", 'status = "voted"', 'status = "projected"')
    answer = cli(*ISSUE, "--json")
    assert answer.json["documents"][0]["number"] == "EXF2025-0001"
    assert cli("register", "verify").code == 0
