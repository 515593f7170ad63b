"""The rows that follow those of ../exports in register.db, as the program of then wrote them.

    PYTHONPATH=src python tests/registers/titres/make_titres.py FOLDER

It is a record: a later program writes other rows, and register.db is never written anew.
"""

import shutil
import sys
from datetime import date
from pathlib import Path

from mutualis.domain.act import Act
from mutualis.domain.register.records import Titre, TitreWithdrawn
from mutualis.register import store

EXPORTS = Path(__file__).parents[1] / "exports"
ACT = Act(date(2026, 7, 20), "Odile Exemple", "0.2.0", "a5" * 32)


def main(folder: Path) -> None:
    shutil.copy(EXPORTS / store.NAME, folder / store.NAME)
    waiting, *_ = (n for n in store.read_ledger(folder).finance.unanswered if "F" in n)
    siren = store.read_ledger(folder).by_number[waiting].commune.siren
    titre = Titre(ACT, waiting, 2026, "390", "62", date(2026, 7, 15), siren)
    undone = TitreWithdrawn(ACT, waiting, "Le titre d'une autre facture (exemple)")
    store.append(folder, lambda _: (titre, undone))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
