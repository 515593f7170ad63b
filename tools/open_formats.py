"""Write the open formats that travel with the data: python tools/open_formats.py [--check]

data/datapackage.json lists the tables of data/, data/schemas tells each: Table Schemas of the
Frictionless standards, and JSON Schemas of the TOML files, by which editors complete them. They
stand beside the data so that `init` copies them and a file can name its own. With --check nothing
is written; exit 1 where one is not up to date.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import settings
from columns import KINDS, LIMITS, ROOT, Column, TableFile, tables

DATA = ROOT / "data"
# As the program writes its tables, and Excel its « CSV UTF-8 (séparateur : point-virgule) ».
WRITTEN = {"encoding": "utf-8", "dialect": {"delimiter": ";"}}
NOTE = (
    "mutualis lit aussi les autres écritures courantes (séparateur, encodage, point décimal, dates "
    "AAAA-MM-JJ ou JJ/MM/AAAA, mots sans accent) et ignore les colonnes qu'il ne connaît pas ; ce "
    "schéma dit l'écriture recommandée. mutualis check fait foi."
)


def texts() -> dict[Path, str]:
    """Each file and what it is to hold."""
    known = tables()
    found: dict[Path, object] = {
        DATA / f"schemas/{table.name}.json": table_schema(table) for table in known
    }
    found[DATA / "datapackage.json"] = data_package(known)
    for file in settings.files():
        found[DATA / f"schemas/{file.name}.json"] = settings.schema_of(file)
    return {path: as_json(answer) for path, answer in found.items()}


def as_json(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def data_package(known: list[TableFile]) -> dict[str, object]:
    """The Data Package of the shipped workspace."""
    return {
        "profile": "data-package",
        "name": "mutualis",
        "title": "Données de mutualis : tarifs, communes et services mutualisés",
        "description": "Les niveaux, directions, interventions, demandes et coûts sont un exemple.",
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.name,
                "path": table.path,
                "title": table.title,
                "format": "csv",
                "mediatype": "text/csv",
                **WRITTEN,
                "schema": f"schemas/{table.name}.json",
            }
            for table in known
        ],
    }


def table_schema(table: TableFile) -> dict[str, object]:
    return {
        "title": table.title,
        "description": NOTE,
        "fields": [field(column) for column in table.columns],
        "fieldsMatch": "partial",
        "missingValues": [""],
    }


def field(column: Column) -> dict[str, object]:
    _, shape = KINDS[column.kind]
    limits = {**LIMITS.get(column.kind, {})}
    if column.words:
        limits["enum"] = list(column.words)
    if column.is_needed:
        limits["required"] = True
    made: dict[str, object] = {"name": column.name, **shape, "description": column.meaning}
    return {**made, "constraints": limits} if limits else made


def main() -> None:
    wrong = []
    for path, text in texts().items():
        if path.exists() and path.read_text("utf-8") == text:
            continue
        wrong.append(path.relative_to(ROOT).as_posix())
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
    print("\n".join(wrong) or "up to date")
    sys.exit(1 if wrong and "--check" in sys.argv else 0)


if __name__ == "__main__":
    main()
