"""Every command that writes, with what was there before it."""

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from openpyxl import Workbook

from conftest import ROOT, TESTS, edit, may_issue
from mutualis.register import store

Step = str | Callable[[Path], None]
INSEE = TESTS / "insee"


class Command(Struct, frozen=True):
    """A command line, and the steps that lead to its workspace.

    `adds` is of one that never writes over its files: typed again, it writes others beside them.
    """

    line: str
    steps: tuple[Step, ...]
    adds: bool = False

    @property
    def words(self) -> list[str]:
        return shlex.split(self.line)


def small(work: Path) -> None:
    """Two fees in 2025, one of 937 × 3,28 €, and nothing else."""
    shutil.copytree(TESTS / "broken/base", work, dirs_exist_ok=True)


def served(work: Path) -> None:
    """What was done for one commune, once, and what half-days cost; nothing of it is said to be
    invented."""
    for name, rows in (("interventions", 2), ("costs", 5)):
        lines = (ROOT / f"data/{name}.csv").read_text("utf-8").splitlines(keepends=True)
        text = "".join(lines[:rows]).replace("25395;Montfaucon", "25014;Amagney")
        (work / f"data/{name}.csv").write_text(text.replace(";exemple\n", ";suivi\n"), "utf-8")


def shipped(work: Path) -> None:
    shutil.copytree(ROOT / "data", work / "data")
    may_issue(work)


def empty(work: Path) -> None:
    """A folder for a workspace to be."""


def example_and_levels(work: Path) -> None:
    """An example, and the list of the levels that are real."""
    shutil.copytree(ROOT / "data", work / "essai/data")
    known = (work / "essai/data/communes.csv").read_text("utf-8-sig").splitlines()[1:]
    codes = sorted({row.split(";")[1] for row in known if not row.startswith("2024")})
    text = "\n".join(("code_insee;niveau", *(f"{code};2A" for code in codes)))
    (work / "niveaux.csv").write_text(text, "utf-8")


def of_schema_2(work: Path) -> None:
    """A register as the program of before left it."""
    shutil.copytree(TESTS / "registers/history", work, dirs_exist_ok=True)


def old(work: Path) -> None:
    """A register of before, brought up to date, whose partial credits are to be told apart."""
    of_schema_2(work)
    store.read_rows(work)
    for copy in work.glob("register-schema-2-*.db"):
        copy.unlink()


def risen(work: Path) -> None:
    """Saône and Amagney have more inhabitants than was billed."""
    shutil.rmtree(work / "data/tables")
    edit(
        work / "data/communes.csv",
        "2025;25014;Amagney;212500144;937",
        "2025;25014;Amagney;212500144;1000",
    )
    edit(work / "data/communes.csv", "212505325;3142", "212505325;3000")


def titres(work: Path) -> None:
    text = "facture;exercice;titre\nF2025-0001;2026;7\nF2025-0002;2026;8\n"
    (work / "titres.csv").write_text(text, "utf-8")


def of_2025(work: Path) -> None:
    """The rows of 2026 are still to be imported, and a December to come."""
    communes = work / "data/communes.csv"
    lines = communes.read_text("utf-8-sig").splitlines()
    kept = [line for line in lines if not line.startswith("2026;")]
    communes.write_text("\n".join(kept) + "\n", "utf-8-sig")
    (work / "serie.csv").write_text(SERIES, "utf-8")


def in_a_workbook(work: Path) -> None:
    """The tables that commands change, as workbooks, which none of them writes in."""
    for name in ("communes", "movements"):
        path = work / f"data/{name}.csv"
        if path.exists():
            book = Workbook()
            for line in path.read_text("utf-8-sig").splitlines():
                book.worksheets[0].append([cell or None for cell in line.split(";")])
            book.save(path.with_suffix(".xlsx"))
            path.unlink()


def without(name: str) -> Callable[[Path], None]:
    def remove(work: Path) -> None:
        (work / name).unlink()

    return remove


SERIES = """"Libellé";"Indice des prix à la consommation - Base 2025 - Ensemble des ménages \
- France - Ensemble";"Codes"
"idBank";"011814630";""
"Dernière mise à jour";"15/01/2027 08:45";""
"Période";"";""
"2026-12";"101.05";"A"
"2025-12";"99.95";"A"
"2024-12";"99.17";"A"
"""  # exemple
IMPORTED = (shipped, of_2025)
POPULATIONS = f"import populations {INSEE}/donnees_communes-2026-doubs.csv --year 2026"
CPI = "import cpi serie.csv"
MOVEMENTS = f"import movements {INSEE}/v_mvtcommune-sample.csv"
ISSUE = "bill 2025 --issue --yes --date 15/01/2026"
ISSUED = (small, f"{ISSUE} --pdf")
VOTED = (shipped, "index 2025 --act Exemple")
QUOTE = "quote Saône --line A:3:Cadrage --line B:3:Analyse --date 15/03/2025"
QUOTED = (*VOTED, QUOTE)
ACCEPTED = (*QUOTED, "quotes accept D2025-0001 --date 20/04/2025 --by Exemple")
DONE = "quotes done D2025-0001 --line A:1 --date 12/05/2025 --certified-by Exemple"
WORKED = (*ACCEPTED, DONE)
MISSIONS = (*WORKED, "bill 2025 --quotes --issue --yes --date 15/01/2026")
REMISE = "credit F2025-0001 --remise 12,50 --act Exemple --reason Exemple --date 16/01/2026"
PUBLISH = "requests publish 2025 --meeting data/meetings/2025-02-20.toml --yes --date 25/02/2025"
ADOPTED = (shipped,)

WRITING = (
    # Without a number.
    Command("bill 2025 --merge", (small,)),
    Command("bill 2025 --quotes --pdf", WORKED),
    Command("quote Saône --line A:1:Exemple --date 15/03/2025 --draft --pdf", VOTED, adds=True),
    Command("usage 2025 --workbook", VOTED),
    Command("simulate 2025 --workbook --page --pdf", (small,)),
    Command("costs 2026 --notice", (shipped,)),
    Command("costs 2025 --record --merge", (small, served)),
    Command("costs 2025 --record --publish --yes --date 01/03/2026", (small, served)),
    Command("report 2025", (small, served)),
    Command("level Amagney 2A --from 01/07/2025 --act Exemple", (small,)),
    Command("requests rank 2025 --workbook", (shipped,)),
    Command("check --report faults.xlsx", (small,)),
    Command("register export", ISSUED),
    Command("register export --format xlsx --out envoi/export.xlsx", ISSUED),
    # Numbered.
    Command(f"{ISSUE} --merge", (small,)),
    Command("bill 2025 --issue --regularise --yes --date 17/01/2026 --pdf", (*ISSUED, risen)),
    Command("bill 2025 --quotes --issue --yes --pdf --date 15/01/2026", WORKED),
    Command("credit F2025-0001 --reason Exemple --date 16/01/2026 --pdf", ISSUED),
    Command(REMISE, ISSUED),
    Command("credit F2025-0001 --amount 12,50 --reason Exemple --date 16/01/2026", MISSIONS),
    Command(
        "credit F2025-0001 --replace --reason Exemple --date 16/01/2026 --pdf", (*ISSUED, risen)
    ),
    Command("credit A2025-0001 --withdraw --act Exemple --date 17/01/2026", (*ISSUED, REMISE)),
    Command("credit A2024-0001 --qualify remise --act Exemple", (old,)),
    Command(f"{QUOTE} --pdf", VOTED),
    Command("quotes accept D2025-0001 --date 20/04/2025 --by Exemple", QUOTED),
    Command("quotes decline D2025-0001 --date 20/04/2025", QUOTED),
    Command(DONE, ACCEPTED),
    Command("quotes done D2025-0001 --cancel 1 --reason Exemple", WORKED),
    Command("quotes withdraw D2025-0001 --reason Exemple", ACCEPTED),
    Command("quotes close D2025-0001 --reason Exemple", WORKED),
    Command(PUBLISH, ADOPTED),
    Command("requests render 20/02/2025", (*ADOPTED, PUBLISH)),
    Command("register titres F2025-0001 7 --exercice 2026", ISSUED),
    Command("register titres --from titres.csv", (*ISSUED, titres)),
    Command("register backup copies/copie.db", ISSUED),
    Command("register seal --out scelle.txt", ISSUED),
    Command("register render F2025-0001 --pdf", ISSUED),
    Command("account Amagney 2025 --pdf", ISSUED),
    Command("account --all 2025 --merge", (*ISSUED, small)),
    # Data files.
    Command("index 2025 --act Exemple", (shipped,)),
    Command("index 2026", VOTED),
    Command("index 2026 --deliberation", VOTED),
    Command("tariffs 2025 --lock", (small, without("data/tables/2025.csv"))),
    Command(POPULATIONS, IMPORTED),
    Command(CPI, IMPORTED),
    Command(MOVEMENTS, IMPORTED),
    Command("level Amagney 2A --from 01/07/2025 --act Exemple", (small, in_a_workbook)),
    Command(MOVEMENTS, (*IMPORTED, in_a_workbook)),
    Command("init neuf/dossier --example", (empty,)),
    Command("init neuf --example", (empty,)),
    Command("init neuf --from essai --codes niveaux.csv", (example_and_levels,)),
)
