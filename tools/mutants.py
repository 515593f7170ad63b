"""Mutants of what money, numbers and ranks rest upon, each noun against its own tests (mutmut).

    python tools/mutants.py [NOUN...]

A mutant that survives must be in docs/mutants.md, its changed line as it stands, with the reason
why nothing can or need tell it. Works on a copy, on Linux and macOS.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LISTED = ROOT / "docs/mutants.md"
# The modules of the domain that are changed, and the tests that must see it.
NOUNS = {
    "money": (("money",), ("test_money.py",)),
    "tariffs": (("tariffs/fees", "tariffs/proration"), ("tariffs",)),
    "indexation": (("indexation/indexation", "indexation/cpi"), ("indexation",)),
    "requests": (("requests/ranking", "requests/calendar"), ("requests",)),
    "register": (
        ("register/numbering",),
        ("register/test_numbering.py", "register/test_mixed.py"),
    ),
    "costs": (("costs/unit_cost", "costs/margins", "costs/paper"), ("costs",)),
    "issuing": (("issuing/account", "issuing/plan"), ("issuing",)),
}
SETTINGS = """[mutmut]
source_paths=
    src
only_mutate=
{modules}
also_copy=
    data
    docs
    tools
pytest_add_cli_args=
    -n0
    -mnot libreoffice
pytest_add_cli_args_test_selection=
{tests}
"""


def mutmut(folder: Path, *arguments: str) -> str:
    """What it prints; its own failure is ours."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    deeper = {**os.environ, "MUTUALIS_EXAMPLES": "100"}
    done = subprocess.run(
        command, cwd=folder, env=deeper, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    return done.stdout


def copied(folder: Path) -> None:
    """The files that git knows, as they now stand."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\n")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def survivors(noun: str) -> list[tuple[str, str]]:
    """The name of each mutant that no test saw, and its changed line."""
    modules, tests = NOUNS[noun]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        copied(folder)
        settings = SETTINGS.format(
            modules="\n".join(f"    src/mutualis/domain/{module}.py" for module in modules),
            tests="\n".join(f"    tests/domain/{name}" for name in tests),
        )
        (folder / "setup.cfg").write_text(settings, "utf-8")
        mutmut(folder, "run")
        found = []
        for line in mutmut(folder, "results").splitlines():
            mutant = line.split(":")[0].strip()
            if mutant:
                shown = mutmut(folder, "show", mutant).splitlines()
                added = [x[1:].strip() for x in shown if x.startswith("+") and x[:3] != "+++"]
                found.append((line.strip(), " ".join(added)))
    return found


def main() -> int:
    listed, unlisted = LISTED.read_text("utf-8"), 0
    for noun in sys.argv[1:] or NOUNS:
        print(f"{noun} …", flush=True)
        for name, changed in survivors(noun):
            is_listed = f"`{changed}`" in listed
            unlisted += not is_listed
            print(f"  {'listed  ' if is_listed else 'UNLISTED'} {name}\n    {changed}", flush=True)
    return 1 if unlisted else 0


if __name__ == "__main__":
    sys.exit(main())
