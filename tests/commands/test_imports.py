"""What a command imports: no library that it does not use, which would be its slowest part."""

import subprocess
import sys

import pytest

from conftest import ROOT

LIBRARIES = ("openpyxl", "typst", "pikepdf", "lxml.etree", "docx", "PIL", "sqlite3", "stdnum.numdb")
HEAVY = f"""
import sys
from mutualis.cli.app import main
try:
    main()
except SystemExit:
    pass
print(*[name for name in {LIBRARIES} if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "imported"),
    [
        (["--help"], []),
        (["--version"], []),
        (["check"], ["sqlite3"]),
        (["tariffs", "2025"], []),
        (["explain", "Amagney", "2025"], ["sqlite3"]),
    ],
)
def test_a_command_imports_what_it_uses(arguments: list[str], imported: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HEAVY, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.splitlines()[-1].split() == imported
