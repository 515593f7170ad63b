"""The documentation says what the program does."""

import json
import re
import runpy
from pathlib import Path

import pytest

from conftest import ROOT, Answer, Cli, subprocess_cli
from mutualis.cli.app import program

COMMANDS = [
    f"{name} {own}" if own else name
    for name, command in program().commands.items()
    for own in getattr(command, "commands", [""])
]
# English words that typer, click or argparse would print.
ENGLISH = re.compile(
    r"\b(usage|options?:|arguments?:|commands?|show|exit|error|missing|required|invalid|default"
    r"|such|help for|try|value|aborted|env var|the|and|with)\b",
    re.IGNORECASE,
)
ALLOWED = re.compile(
    r"(register|quotes) show|mutualis usage|  usage  |--[a-z-]+|out/\w+|default_\w+"
    r"|\b(OPTIONS|Options|Arguments|Commandes)\b"
)


def test_the_error_reference_is_up_to_date() -> None:
    tool = runpy.run_path(str(ROOT / "tools/errors_reference.py"))
    assert (ROOT / "docs/errors.md").read_text(encoding="utf-8") == tool["reference"]()


def test_the_references_are_up_to_date() -> None:
    tool = runpy.run_path(str(ROOT / "tools/reference.py"))
    for name, text in tool["texts"]().items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, name


def test_every_option_and_argument_says_in_french_what_it_is_for() -> None:
    tool = runpy.run_path(str(ROOT / "tools/reference.py"))
    silent = [
        f"{name} {param.opts[0]}"
        for name, command in tool["leaves"]()
        for param in command.params
        if param.name != "help"
        and not (
            re.fullmatch(r"([A-ZÉÀ]|\w+\.csv).*\.", param.help or "", re.DOTALL)
            and (param.metavar or param.is_flag)
        )
    ]
    assert silent == []


def test_the_open_formats_are_up_to_date() -> None:
    tool = runpy.run_path(str(ROOT / "tools/open_formats.py"))
    for path, text in tool["texts"]().items():
        assert path.read_text(encoding="utf-8") == text, path


def test_the_schemas_of_answers_are_up_to_date(as_shipped: Path, cli: Cli) -> None:
    tool = runpy.run_path(str(ROOT / "tools/answers.py"))
    made = tool["texts"](lambda words: cli(*words).json)
    assert {*made} == {*(ROOT / "docs/schemas").iterdir()}
    for path, text in made.items():
        assert path.read_text(encoding="utf-8") == text, f"{path}: python tools/answers.py"


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("bill", "year status population_basis lines total not_billed files"),
        ("quote", "number year code_insee commune lines total valid_until files"),
        ("index", "from to month rate written amounts"),
        ("check", "problems checked"),
        ("explain", "code_insee year level steps amount next_threshold"),
        ("account", "code_insee due granted target balance stale remaining documents"),
        ("simulate", "year baseline scenario change lines classes"),
        ("costs", "year categories communes"),
        ("register-list", "documents"),
    ],
)
def test_what_other_programs_rely_on_is_always_there(name: str, keys: str) -> None:
    schema = json.loads((ROOT / f"docs/schemas/{name}.json").read_text("utf-8"))
    assert {*keys.split()} <= {*schema["required"]}


@pytest.mark.parametrize("command", [*COMMANDS, ""])
def test_help_is_french_with_examples(command: str, cli: Cli, folder: Path) -> None:
    answer = cli(*command.split(), "--help")
    if not command:
        assert answer == subprocess_cli(folder, "--help")
    assert answer.code == 0
    assert answer.out.startswith("Utilisation : mutualis")
    assert f"\nExemples :\n  mutualis {command}".rstrip() in answer.out
    assert english(answer) == []
    assert max(len(line) for line in answer.out.splitlines()) <= 100


def english(answer: Answer) -> list[str]:
    return ENGLISH.findall(ALLOWED.sub("", answer.out + answer.err))


@pytest.mark.parametrize("command", [*COMMANDS, "all"])
def test_help_pages(command: str, cli: Cli, snapshot: object) -> None:
    arguments = [] if command == "all" else command.split()
    assert callable(snapshot)
    snapshot(f"help/{command.replace(' ', '-')}.txt", cli(*arguments, "--help").out)


@pytest.mark.parametrize(
    "arguments",
    [
        ("bil", "2025"),
        ("bill",),
        ("bill", "20x5"),
        ("bill", "2025", "--levl", "2B"),
        ("bill", "2025", "2026"),
        ("bill", "2025", "--level"),
        ("bill", "2025", "--json=1"),
        ("bill", "2025", "--date", "31/02/2025"),
        ("quote", "Saône", "--line", "A:1:x", "--date", "31/12/9999"),
        ("check", "--format", "xml"),
        ("tariffs", "2025", "--format", "pdf"),
        ("quote",),
        ("quote", "Saône"),
        ("quote", "Saône", "--line", "A2"),
        ("quote", "Saône", "--line", "A:1:x", "--valid-days", "0"),
        ("index", "2026", "--rate", "0,8"),
        ("index", "2026", "--rate", "nan", "--index", "1", "--base", "2025", "--source", "x"),
        ("simulate",),
        ("simulate", "26"),
        ("simulate", "2026", "--cpi", "x"),
        ("simulate", "--years", "2026"),
        ("explain", "Saône"),
        ("account",),
        ("account", "Saône", "25"),
        ("account", "Saône", "2025", "2026"),
        ("register", "list", "--year", "25"),
        ("register", "list", "--commune", ""),
        ("services", "--level", "2B", "--commune", "Saône"),
        ("services", "--theme", " "),
        ("services", "--year", "25"),
        ("usage",),
        ("usage", "25"),
        ("usage", "2025", "--out", "x.pdf"),
        ("costs",),
        ("costs", "25"),
        ("bill", "2025", "--quotes", "--level", "2B"),
        ("quotes", "accept"),
        ("quotes", "withdraw", "D2025-0001"),
        ("quotes", "close", "D2025-0001", "--cancel", "--reason", "y", "--date", "30/06/2025"),
        ("quotes", "done", "D2025-0001", "--line", "A:1"),
        ("quotes", "done", "D2025-0001", "--certified-by", "x"),
        ("quotes", "done", "D2025-0001", "--line", "A:deux", "--certified-by", "x"),
        ("quotes", "done", "D2025-0001", "--cancel", "1"),
        ("quotes", "done", "D2025-0001", "--cancel", "x", "--reason", "y"),
        ("quotes", "done", "D2025-0001", "--cancel", "1", "--reason", "y", "--line", "A:1"),
        ("quotes", "done", "D2025-0001", "--line", "A:1", "--certified-by", "x", "--reason", "y"),
        ("register", "unbilled", "25"),
        ("requests", "rank"),
        ("requests", "rank", "25"),
        ("requests", "rank", "2025", "--from", "mars"),
        ("requests", "rank", "2025", "--out", "x.xlsx"),
        ("requests", "explain"),
        ("requests", "publish", "2025"),
        ("requests", "render", "hier"),
        ("import", "populations", "x.csv"),
        ("import", "populations", "x.csv", "--year", "2026"),
        ("import", "populations", "x.csv", "--year", "26"),
        ("import", "populations", "x.csv", "--year", "2026", "--merged", "25297"),
        ("import", "populations", "x.csv", "--year", "2026", "--merged", "25297=25297"),
        ("import", "populations", "x.csv", "--year", "2026", "--siren", "25364=123"),
        ("import", "populations", "x.csv", "--year", "2026", "--siren", "25364=123456789"),
        ("import", "cpi"),
        ("import", "cpi", "x.csv"),
        ("import", "movements"),
        ("import", "movements", "x.csv"),
        ("init",),
        ("init", "x", "y", "--example"),
        ("init", "x", "--example", "--level", "2A"),
        ("init", "x", "--name", "x", "--siren", "200012342", "--codes", "25056"),
        ("init", "x", "--name", "x", "--codes"),
    ],
    ids=" ".join,
)
def test_a_command_line_that_cannot_be_read(arguments: tuple[str, ...], cli: Cli) -> None:
    answer = cli(*arguments)
    assert answer.code == 2
    assert english(answer) == []
    if arguments:
        assert answer.out == ""
        assert answer.err.startswith("erreur : ")
        assert "  À faire : " in answer.err


def test_version(cli: Cli) -> None:
    answer = cli("--version")
    assert answer.code == 0
    assert re.fullmatch(r"mutualis \d+\.\d+\.\d+\n", answer.out)


def test_every_command_of_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"mutualis ([a-z]+) ", readme))
    assert named >= {"bill", "quote", "index", "tariffs", "check", "explain"}
    assert named <= {*(command.split()[0] for command in COMMANDS), "is"}


def test_documents_name_no_machine() -> None:
    """No absolute path, and no path out of the project."""
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/*.md")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w:/.<])/[a-z]+/[a-z]", text), path
        assert "](../.." not in text, path
