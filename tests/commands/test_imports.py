"""What a command imports: no library that it does not use, which would be its slowest part, and no
more of the program than it needs."""

import subprocess
import sys

import pytest

from conftest import ROOT

LIBRARIES = (
    "openpyxl",
    "typst",
    "pikepdf",
    "lxml.etree",
    "docx",
    "PIL",
    "sqlite3",
    "stdnum",
    "filelock",
    "xml.etree.ElementTree",
)
HEAVY = f"""
import sys
from mutualis.cli.app import main
try:
    main()
except SystemExit:
    pass
own = sum(name.partition(".")[0] == "mutualis" for name in sys.modules)
print(own, *[name for name in {LIBRARIES} if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "most", "imported"),
    [
        (["--help"], 51, []),
        (["--version"], 51, []),
        (["check"], 173, []),
        (["tariffs", "2025"], 163, []),
        (["explain", "Amagney", "2025"], 203, ["sqlite3"]),
        (["register", "verify"], 154, ["sqlite3"]),
        (["register", "list"], 179, ["sqlite3"]),
    ],
)
def test_a_command_imports_what_it_uses(
    arguments: list[str], most: int, imported: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HEAVY, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    own, *libraries = done.stderr.splitlines()[-1].split()
    assert libraries == imported
    assert int(own) <= most
