"""No option is ignored in silence: those that do not go together are refused."""

import re
from pathlib import Path

import pytest

from conftest import Cli
from mutualis.cli.terminal.values import act_of
from mutualis.domain.problems.refusals import UnreadableRequest

DONE = ("quotes", "done", "D2025-0001")
CREDIT = ("credit", "F2025-0001", "--reason", "x")
NEW = ("--name", "x", "--siren", "200012342")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("bill", "2025", "--regularise", "--yes"),
            "--regularise, --yes : seulement avec --issue.",
        ),
        (("bill", "2025", "--issue", "--act", "x"), "--act : seulement avec --regularise."),
        (
            ("bill", "2025", "--issue", "--regularise", "--act", " "),
            "--act : il manque une valeur.",
        ),
        (("bill", "2025", "--exercice", "2026"), "--exercice : seulement avec --issue."),
        (("bill", "2025", "--operator", ""), "--operator : seulement avec --issue."),
        (("bill", "2025", "--issue", "--out", "x"), "--out : sans effet avec --issue."),
        (("bill", "2025", "--issue", "--sheets"), "--sheets : sans effet avec --issue."),
        (("bill", "2025", "--quotes", "--level", "3"), "--level : sans effet avec --quotes."),
        (("bill", "2025", "--quotes", "--sheets"), "--sheets : sans effet avec --quotes."),
        (
            ("bill", "2025", "--issue", "--quotes", "--except", "x", "--regularise"),
            "--except, --regularise : sans effet avec --quotes.",
        ),
        ((*CREDIT, "--replace", "--amount", "1"), "--replace et --amount s'excluent."),
        ((*CREDIT, "--replace", "--remise", "1"), "--replace et --remise s'excluent."),
        ((*CREDIT, "--amount", "1", "--remise", "1"), "--amount et --remise s'excluent."),
        ((*CREDIT, "--withdraw", "--qualify", "x"), "--withdraw et --qualify s'excluent."),
        ((*CREDIT, "--remise", "1"), "--remise ne va pas sans --act."),
        ((*CREDIT, "--withdraw"), "--withdraw ne va pas sans --act."),
        (
            (*CREDIT, "--act", "x"),
            "--act : seulement avec --remise ou --withdraw ou --qualify.",
        ),
        ((*CREDIT, "--again"), "--again : seulement avec --amount ou --remise."),
        (
            (*CREDIT, "--withdraw", "--act", "x", "--replace", "--pdf"),
            "--replace, --pdf : sans effet avec --withdraw.",
        ),
        ((*CREDIT, "--qualify", "remise"), "--reason : sans effet avec --qualify."),
        (("credit", "A2025-0001", "--qualify", "geste"), "--qualify : « geste » inconnu."),
        (("credit", "A2025-0001", "--withdraw", "--act", ""), "--act : il manque une valeur."),
        (("credit", "F2025-0001"), "Un avoir dit pourquoi."),
        (("services", "--level", "3", "--commune", "x"), "--level et --commune s'excluent."),
        (("account", "x", "--merge"), "--merge : seulement avec --all."),
        (
            ("account", "x", "2025", "--all"),
            "x : sans effet avec --all, qui ne prend qu'une année.",
        ),
        (("account", "x", "--all"), "« x » n'est pas une année."),
        (("register", "export", "--all", "--withheld"), "--all et --withheld s'excluent."),
        (("requests", "rank", "2025", "--out", "x"), "--out : seulement avec --workbook."),
        ((*DONE, "--cancel", "1", "--half-days", "A:1"), "--line : sans effet avec --cancel."),
        (
            (*DONE, "--cancel", "1", "--certified-by", "x", "--date", "x", "--again"),
            "--certified-by, --date, --again : sans effet avec --cancel.",
        ),
        ((*DONE, "--reason", "x"), "--reason : seulement avec --cancel."),
        (
            ("index", "2026", "--rate", "1", "--base", "2025"),
            "Ces options vont ensemble ; il manque --index, --source.",
        ),
        (
            ("init", "n", "--example", *NEW, "--codes", "1", "--populations", "x"),
            "--name, --siren, --codes, --populations : sans effet avec --example.",
        ),
        (
            ("init", "n", "--example", "--level", "2A", "--year", "2025"),
            "--level, --year : sans effet avec --example.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_options_that_do_not_go_together(arguments: tuple[str, ...], words: str, cli: Cli) -> None:
    answer = cli(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"erreur : {words}\n  À faire : ")


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        ("check --format jsn", "json"),
        ("tariffs 2025 --format cvs", "csv"),
        ("register export --format xls", "xlsx"),
        ("bill 2025 --jsno", "--json"),
        ("register lst", "list"),
        ("credit A2025-0001 --qualify remisse", "remise"),
        ("bill 2025 --commune Saonne", "Saône"),
        ("explain B99", "B29"),
        ("services --theme Ressource", "Ressources humaines"),
        ("requests explain P2025-1", "P2025-01"),
        ("simulate 2025 --set proration=mont", "month"),
        ("simulate 2025 --set prorration=month", "proration"),
        ("simulate 2025 --solve levels.2B.per_inhabitan --target 1", "levels.2B.per_inhabitant"),
        ("simulate 2025 --solve levels.2B.per_inhabitant --target cots", "cost"),
    ],
)
def test_a_typo_is_answered_with_the_right_word(arguments: str, meant: str, cli: Cli) -> None:
    answer = cli(*arguments.split())
    assert answer.code in (1, 2, 3)
    assert re.search(rf"(?:dire |« |Lire sans doute « ){re.escape(meant)}", answer.err), answer.err


@pytest.mark.parametrize("typed", ["--dir essai bill 2025", "register --dir essai verify"])
def test_an_option_before_its_command_is_sent_after_it(typed: str, cli: Cli) -> None:
    answer = cli(*typed.split())
    assert answer.code == 2
    assert "COMMANDE … --dir : les options se tapent après la commande" in answer.err


def test_a_number_ill_typed_is_answered_with_the_right_one(voted: Path, cli: Cli) -> None:
    cli("quote", "Saône", "--line", "A:1:x", "--date", "20/03/2025")
    for command in ("register show", "quotes show"):
        answer = cli(*command.split(), "D2025-1")
        assert "Vouliez-vous dire D2025-0001 ?" in answer.err


@pytest.mark.parametrize(
    "command",
    ["check", "bill 2025", "register list", "register backup", "quotes list", "explain Saône 2025"],
)
def test_the_data_folder_is_not_the_workspace(
    command: str, cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = cli(*command.split(), "--dir", "data")
    monkeypatch.chdir(folder / "data")
    inside = cli(*command.split())
    for answer, above in ((given, "."), (inside, "..")):
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith("erreur : « data » est un dossier de données")
        assert f'(cd "{above}"), ou le donner : --dir "{above}"' in answer.err
    assert cli(*command.split(), "--dir", "..").code in (0, 3)


@pytest.mark.parametrize(
    "arguments",
    ["bill 2025 --date 01/02/2025 --date 02/02/2025", "usage 2025 --commune a --commune=b"],
)
def test_an_option_with_two_values_is_refused(arguments: str, cli: Cli) -> None:
    """Which of the two counts would be typer's choice."""
    words = arguments.split()
    answer = cli(*words)
    name = words[2].partition("=")[0]
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"erreur : L'option {name} est donnée deux fois.\n  À faire : ")


def test_what_may_be_typed_twice(cli: Cli) -> None:
    """A flag says the same twice; communes are several."""
    communes = ("--commune", "Saône", "--commune", "Amagney")
    assert cli("bill", "2025", "--json", "--json", *communes).code == 0


def test_an_act_of_a_day_that_does_not_exist_is_refused(cli: Cli) -> None:
    answer = cli("index", "2026", "--act", "Délibération du 30/02/2026")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("erreur : --act : le 30/02/2026 n'existe pas.\n")


@pytest.mark.parametrize(
    ("act", "day"),
    [
        ("Délibération du 31/04/2026", "31/04/2026"),
        ("Délibération n° 31/02/2026 du 29/02/2025", "29/02/2025"),
        ("Délibération n° 31/02/2026 du 28/02/2026", None),
        ("Délibération 2026/13/45, article 31/02/2026/1", None),
    ],
)
def test_the_days_of_an_act(act: str, day: str | None) -> None:
    """A number is none, though it may look like one."""
    if day is None:
        assert act_of(act) == act
        return
    with pytest.raises(UnreadableRequest) as refused:
        act_of(act)
    assert refused.value.message == f"--act : le {day} n'existe pas."


def test_what_is_no_act_may_hold_any_reference(cli: Cli) -> None:
    line, subject = "A:2:Lot 12/13/2026", "Marché 45/31/2026"
    answer = cli("quote", "Saône", "--line", line, "--object", subject, "--draft", "--year", "2025")
    assert answer.code == 0, answer.err


@pytest.mark.parametrize("help_at", [2, 4, 6])
def test_help_comes_before_an_option_with_two_values(help_at: int, cli: Cli) -> None:
    words = ["bill", "2025", "--date", "01/02/2025", "--date", "02/02/2025"]
    answer = cli(*words[:help_at], "--help", *words[help_at:])
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Utilisation : mutualis bill ")


def test_an_argument_is_told_as_it_was_typed(cli: Cli) -> None:
    assert "Argument en trop : a', 'b." in cli("bill", "2025", "a', 'b").err


@pytest.mark.parametrize("name", ["d'accord", 'dit "oui"'])
def test_a_name_with_quotes_is_told_as_typed(name: str, cli: Cli) -> None:
    answer = cli(name)
    assert answer.code == 2
    assert answer.err.startswith(f"erreur : Commande inconnue : {name}.\n")


def test_each_command_that_a_mistyped_name_resembles_is_told(cli: Cli) -> None:
    answer = cli("imports")
    assert answer.code == 2
    assert "Commande inconnue : imports. Vouliez-vous dire import ou report ?" in answer.err


@pytest.mark.parametrize(
    "command", ["register list", "register verify", "register backup", "register export", "check"]
)
def test_a_folder_without_data_nor_register_is_no_empty_workspace(
    command: str, cli: Cli, tmp_path: Path
) -> None:
    """« Rien à vérifier », of a share that is not there, would be believed."""
    for name in ("vide", "nulle-part"):
        (tmp_path / "vide").mkdir(exist_ok=True)
        answer = cli(*command.split(), "--dir", str(tmp_path / name))
        assert answer.code == 1
        assert f"introuvable dans {tmp_path / name}." in answer.err + answer.out
