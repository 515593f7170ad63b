"""Make one of every kind of printed document, and have outloud and pdfua read them.

`python tools/accessibility.py FOLDER`, where FOLDER holds the two commands, installed from
requirements-check.lock. Exit 1 on an error, or on a warning that is not accepted below.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
# A warning by its rule and the end of its file, and why it is none of ours.
ACCEPTED = {
    ("PAG-001", "-a-imprimer.pdf"): "the letterhead opens each document of a batch; it is the text "
    "of that document, not a running head",
}
A_CHECK_OF_ITS_OWN = "UA-14-001"  # pdfua 0.1.3 fails to run it; outloud reads headings (HDG-*)
LONG = "".join(f" --line A:1:Étape-{rank}" for rank in range(1, 41))
# From the shipped data: drafts and letters, then, on a grid with an act, all that is issued.
DRAFTS = (
    f"quote Saône --draft --pdf --date 15/03/2025{LONG}",
    "bill 2025 --merge --date 15/01/2025",
    "account Saône 2025 --pdf",
    "index 2026 --deliberation --dry-run",
    "simulate 2025 --set levels.2B.per_inhabitant=3,50 --pdf --date 15/01/2025",
    "costs 2026 --notice --date 01/12/2025",
    "costs 2025 --record --merge --date 01/03/2026",
    "report 2025 --date 15/01/2026",
    "requests publish 2025 --meeting {root}/data/meetings/2025-02-20.toml --yes --date 21/02/2025",
)
ISSUED = (
    "index 2025 --act Exemple",
    "bill 2025 --issue --yes --merge --date 15/03/2025",
    "quote Saône --pdf --date 20/03/2025 --line A:2:Cadrage --line B:3:Analyse",
    "quotes accept EXD2025-0001 --date 02/04/2025 --by Exemple",
    "quotes done EXD2025-0001 --line A:2 --date 12/05/2025 --certified-by Exemple",
    "bill 2025 --quotes --issue --yes --merge --date 01/06/2025",
    "credit EXF2025-0001 --reason Exemple --remise 48 --act Exemple --pdf --date 02/06/2025",
    "credit EXR2025-0001 --reason Exemple --remise 48 --act Exemple --pdf --date 02/06/2025",
    "account Amagney 2025 --pdf",
    "account Saône 2025 --pdf",
)


def run(root: Path, command: str) -> None:
    environment = {**os.environ, "MUTUALIS_DIR": str(root)}
    arguments = [part.format(root=root) for part in command.split()]
    subprocess.run(
        [sys.executable, "-m", "mutualis", *arguments],
        env=environment,
        check=True,
        capture_output=True,
    )


def documents(root: Path) -> list[Path]:
    """One of every kind: all but a few of the many that are alike are taken away."""
    shutil.copytree(ROOT / "data", root / "data")
    Image.new("RGB", (300, 100), (31, 56, 100)).save(root / "data/logo.png")
    for command in DRAFTS:
        run(root, command)
    (root / "out").rename(root / "drafts")
    (root / "register.db").unlink()
    communes = root / "data/communes.csv"
    head, *rows = communes.read_text("utf-8-sig").splitlines()
    withheld = [f"{row};{'AC' if row.startswith('2025;25014;') else ''}" for row in rows]
    communes.write_text("\n".join((f"{head};reglement", *withheld)) + "\n", "utf-8-sig")
    for command in ISSUED:
        run(root, command)
    folders: dict[Path, list[Path]] = {}
    for path in sorted(root.rglob("*.pdf")):
        folders.setdefault(path.parent, []).append(path)
    return [path for paths in folders.values() for path in (*paths[:2], *paths[2:][-2:])]


def heard(folder: Path, paths: list[Path]) -> Iterator[str]:
    """What outloud holds against them."""
    answer = subprocess.run(
        [folder / "outloud", "--quiet", "--json", "-", *paths], check=False, capture_output=True
    )
    results = json.loads(answer.stdout)["results"]
    if len(results) != len(paths):
        yield f"outloud read {len(results)} of {len(paths)} files"
    for result in results:
        if result["error"]:
            yield f"{result['path']}: {result['error']}"
        for finding in result["findings"]:
            accepted = any(
                finding["severity"] == "warning"
                and finding["rule"] == rule
                and result["path"].endswith(end)
                for rule, end in ACCEPTED
            )
            if not accepted and finding["severity"] != "info":
                yield f"{result['path']}: {finding['rule']} {finding['message']}"


def certified(folder: Path, paths: list[Path]) -> Iterator[str]:
    """What pdfua holds against them."""
    for path in paths:
        answer = subprocess.run(
            [folder / "pdfua", "check", "--format", "json", path], check=False, capture_output=True
        )
        report = json.loads(answer.stdout)
        for finding in report["findings"]:
            yield f"{path}: {finding}"
        for skipped in report["skipped"]:
            if skipped["rule_id"] != A_CHECK_OF_ITS_OWN:
                yield f"{path}: {skipped}"


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as temporary:
        paths = documents(Path(temporary))
        wrong = [*heard(folder, paths), *certified(folder, paths)]
        print("\n".join((*wrong, f"{len(paths)} documents, {len(wrong)} findings")))
        for (rule, end), reason in ACCEPTED.items():
            print(f"accepted: {rule} of *{end}, {reason}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
