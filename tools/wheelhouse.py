"""A folder from which mutualis installs without a network: its wheels, and how.

`python tools/wheelhouse.py FOLDER [--for win_amd64] [--python 3.12]`, run from the environment
that the README's test command makes, where `make dist` has built the wheel. By default, for this
machine; pip checks each file against the hashes of requirements.lock.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from mutualis import __version__

ROOT = Path(__file__).resolve().parent.parent
WINDOWS_ALONE = " ; sys_platform == 'win32'"
HOW = """\
mutualis {version}, à installer sans réseau ni droits d'administrateur.

Python {python} doit être là. Dans ce dossier, sous Windows (PowerShell) :

    py -{python} -m venv $env:LOCALAPPDATA\\mutualis
    & $env:LOCALAPPDATA\\mutualis\\Scripts\\pip install --no-index --find-links . mutualis
    & $env:LOCALAPPDATA\\mutualis\\Scripts\\mutualis --version

Sous Linux ou macOS :

    python{python} -m venv ~/.local/share/mutualis
    ~/.local/share/mutualis/bin/pip install --no-index --find-links . mutualis
    ~/.local/share/mutualis/bin/mutualis --version
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Gather the wheels that mutualis needs.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--for", dest="platform", default="", help="win_amd64, …: as pip says")
    own = ".".join(map(str, sys.version_info[:2]))
    parser.add_argument("--python", default=own, help="3.11 or later; by default, this one")
    asked = parser.parse_args()
    wheel = _wheel()
    if asked.folder.exists() and any(asked.folder.iterdir()):
        raise SystemExit(f"{asked.folder} is not empty: what is in it might be installed too")
    asked.folder.mkdir(parents=True, exist_ok=True)
    _download(asked.folder, asked.platform, asked.python)
    shutil.copy(wheel, asked.folder)
    version = wheel.name.split("-")[1]
    text = HOW.format(version=version, python=asked.python)
    path = asked.folder / "LISEZMOI.txt"
    path.write_text(text, encoding="utf-8-sig", newline="\r\n")  # what Notepad reads
    print(f"{len([*asked.folder.glob('*.whl')])} wheels in {asked.folder}")


def _wheel() -> Path:
    path = ROOT / "dist" / f"mutualis-{__version__}-py3-none-any.whl"
    if not path.is_file():
        raise SystemExit(f"{path.relative_to(ROOT)} is missing: make dist")
    return path


def _download(folder: Path, platform: str, python: str) -> None:
    """pip reads the markers of the lock for the machine it runs on: those of another are read
    here."""
    windows = platform.startswith("win") if platform else sys.platform == "win32"
    with tempfile.TemporaryDirectory() as aside:
        lock = Path(aside) / "requirements.lock"
        lock.write_text(wanted((ROOT / "requirements.lock").read_text("utf-8"), windows=windows))
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--require-hashes", "--only-binary", ":all:", "--python-version", python]
        command += ["--platform", platform] if platform else []
        subprocess.run([*command, "--dest", str(folder), "-r", str(lock)], check=True)


def wanted(lock: str, *, windows: bool) -> str:
    """The lock without markers: what a system takes of it."""
    pins = re.split(r"(?m)^(?=\S)", lock)
    kept = (pin.replace(WINDOWS_ALONE, "") for pin in pins if windows or WINDOWS_ALONE not in pin)
    return "".join(kept)


if __name__ == "__main__":
    main()
