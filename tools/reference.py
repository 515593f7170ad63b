"""Write the references of docs/ from the code: python tools/reference.py

docs/commands.md from the help pages, docs/files.md from the columns that the readers know,
docs/settings.md from the models of the TOML files.
"""

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import settings
from columns import KINDS, TableFile, tables

from mutualis.cli.app import program, run

DOCS = Path(__file__).resolve().parents[1] / "docs"
MADE = (
    "Ce fichier est produit depuis le programme (`python tools/reference.py`) ; un test vérifie\n"
    "qu'il est à jour."
)
COMMANDS = f"""# Les commandes

{MADE} `mutualis COMMANDE --help` donne la même page. Une option mal
écrite est refusée, avec la plus proche. Ce que répondent les commandes en JSON est dans
[schemas/](schemas/) (JSON Schema). Les codes de sortie sont dans [errors.md](errors.md).
"""
FILES = f"""# Les fichiers de données et leurs colonnes

{MADE} Les mêmes tables sont décrites pour d'autres logiciels par
`data/datapackage.json` (Data Package) et `data/schemas` (Table Schema).

Un fichier CSV peut être remplacé par un classeur du même nom (`.xlsx`, `.ods`), sauf `cpi.csv` et
`tables/` ; l'ordre des colonnes est libre, et celles qui ne sont pas connues sont laissées de côté.
Un classeur n'est jamais réécrit : la table qu'une commande change est écrite à côté
(`communes-propose.xlsx`), et n'est lue qu'une fois mise à sa place.
Écriture recommandée : UTF-8, séparateur « ; », virgule décimale. Sont lus aussi : Windows-1252,
virgule ou tabulation entre les colonnes, point décimal, dates AAAA-MM-JJ ou JJ/MM/AAAA, mots sans
accent.

**Présence** : *remplie*, la colonne y est et chaque ligne la remplit ; *présente*, la colonne y est
et peut être vide ; *facultative*, elle peut manquer.

Les réglages (fichiers `.toml`) sont dans [settings.md](settings.md).
"""
SETTINGS = f"""# Les réglages

{MADE} Les clés de `data/tariffs.toml`, `data/issuer.toml` et
`data/criteria.toml` ; `*` est un nom donné par la collectivité, `[]` un élément d'une liste. Une
clé inconnue est refusée, avec la plus proche. Les mêmes, pour un éditeur, sont dans `data/schemas`
(JSON Schema).
"""


def texts() -> dict[str, str]:
    """Each reference, by the name of its file."""
    return {
        "commands.md": "\n".join((COMMANDS, *_commands())),
        "files.md": "\n".join((FILES, *map(_table, tables()))),
        "settings.md": "\n".join((SETTINGS, *map(_settings, settings.files()))),
    }


def _commands() -> Iterator[str]:
    names = [(name, command.get_short_help_str(400)) for name, command in leaves()]
    yield "| commande | |\n|---|---|"
    for name, text in names:
        yield f"| [`mutualis {name}`](#mutualis-{name.replace(' ', '-')}) | {text} |"
    for name, _ in names:
        yield f"\n## mutualis {name}\n\n```text\n{_help(name)}```"


def leaves() -> Iterator[tuple[str, Any]]:
    """Each command that does something, by its words."""
    yield from _leaves(program(), ())


def _leaves(group: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _leaves(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


def _help(name: str) -> str:
    out = io.StringIO()
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "80"
    with contextlib.redirect_stdout(out):
        run([*name.split(), "--help"])
    if before is None:
        del os.environ["COLUMNS"]
    else:
        os.environ["COLUMNS"] = before
    return out.getvalue()


def _table(table: TableFile) -> str:
    rows = [
        f"## `data/{table.path}`\n\n{table.title}.\n",
        "| colonne | présence | écriture | sens |\n|---|---|---|---|",
    ]
    for column in table.columns:
        presence = (
            "remplie" if column.is_needed else "présente" if column.is_there else "facultative"
        )
        written = KINDS[column.kind][0]
        if column.words:
            written = ", ".join(f"`{word}`" for word in column.words)
        rows.append(f"| `{column.name}` | {presence} | {written} | {_cell(column.meaning)} |")
    return "\n".join(rows) + "\n"


def _settings(file: settings.SettingsFile) -> str:
    rows = [
        f"## `data/{file.name}.toml`\n\n{file.title}.\n",
        "| clé | valeur | par défaut | sens |\n|---|---|---|---|",
    ]
    for key, value, is_needed in settings.keys(file):
        default = "obligatoire" if is_needed else _literal(value.get("default", ""), value)
        rows.append(f"| `{key}` | {_kind(value)} | {default} | {value['description']} |")
    return "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _number(bound: int) -> str:
    return f"{bound:,}".replace(",", "\N{NO-BREAK SPACE}")


def _literal(default: Any, value: dict[str, Any]) -> str:
    if default in ("", [], {}) or "allOf" in value:
        return ""
    return f"`{_cell(json.dumps(default, ensure_ascii=False))}`"


_KINDS = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "`true` ou `false`",
    "array": "liste",
    "object": "table",
}


def _kind(value: dict[str, Any]) -> str:
    words = value.get("enum", [value["const"]] if "const" in value else [])
    if words:
        return _cell(", ".join(f"`{json.dumps(word, ensure_ascii=False)}`" for word in words))
    if value.get("format") == "date":
        return "date AAAA-MM-JJ, sans guillemets"
    low = value.get("minimum", value.get("exclusiveMinimum"))
    kind = _KINDS[value.get("type", "object" if "allOf" in value else "array")]
    if low is not None:
        more = "plus de " if "exclusiveMinimum" in value else "de "
        to = "jusqu'à" if "exclusiveMinimum" in value else "à"
        return f"{kind}, {more}{_number(low)} {to} {_number(value['maximum'])}"
    return kind


def main() -> None:
    for name, text in texts().items():
        (DOCS / name).write_text(text, "utf-8")
        print(DOCS / name)


if __name__ == "__main__":
    main()
