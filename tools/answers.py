"""Write docs/schemas, a JSON Schema of what each command answers to other programs, as it answers
for the shipped example: python tools/answers.py

The keys that it always gives are required; more may come.
"""

import contextlib
import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mutualis.cli.app import run
from mutualis.cli.terminal import values

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs/schemas"
TODAY = date(2026, 2, 10)
# In order, on the shipped example; the same command may answer in several ways.
COMMANDS = (
    ("check", "check --format json"),
    ("tariffs", "tariffs 2025 --format json"),
    ("services", "services --json"),
    ("explain", "explain Saône 2025 --json"),
    ("explain", "explain Audeux 2025 --json"),
    ("explain", "explain Besançon 2025 --json"),
    ("quote", "quote Saône --draft --json --date 15/03/2025 --line A:1:x"),
    ("bill", "bill 2025 --json"),
    ("index", "index 2026 --dry-run --json"),
    (
        "simulate",
        "simulate 2025 --set levels.2B.per_inhabitant=3,50 --move Saône=2A --leave Thise --json",
    ),
    ("simulate", "simulate 2025 --solve levels.2B.per_inhabitant --target 110000 --json"),
    ("simulate", "simulate 2025 --json"),
    ("usage", "usage 2025 --json"),
    ("costs", "costs 2025 --json"),
    ("requests-rank", "requests rank 2025 --json"),
    ("index-act", "index 2025 --act Exemple --json"),
    ("bill", "bill 2025 --issue --yes --json"),
    ("quote", "quote Saône --json --date 20/03/2025 --line A:2:x"),
    ("quotes-accept", "quotes accept EXD2025-0001 --date 02/04/2025 --by x --json"),
    (
        "quotes-done",
        "quotes done EXD2025-0001 --line A:2 --date 12/05/2025 --certified-by x --json",
    ),
    ("quotes-list", "quotes list --json"),
    ("quotes-show", "quotes show EXD2025-0001 --json"),
    ("bill-quotes", "bill 2025 --quotes --json"),
    ("bill-quotes", "bill 2025 --quotes --issue --yes --json"),
    ("credit", "credit EXF2025-0001 --reason x --remise 1 --act x --json"),
    ("register-titres", "register titres EXF2025-0001 12 --json"),
    ("account", "account Saône 2025 --json"),
    ("account", "account Amagney 2025 --json"),
    ("account", "account Audeux 2025 --json"),
    ("account-years", "account Saône --json"),
    ("account-all", "account --all 2025 --json"),
    ("register-list", "register list --json"),
    ("register-show", "register show EXF2025-0001 --json"),
    ("register-unbilled", "register unbilled 2025 --json"),
    ("register-verify", "register verify --json"),
    ("bill", "bill 2025 --json"),
)
NOTE = (
    "D'après les réponses données pour l'exemple livré : les clés requises y sont toujours ; "
    "d'autres peuvent s'y ajouter. Les montants sont des textes, avec un point décimal."
)
# The keys that mean the same wherever they are.
MEANINGS = {
    "amount": "Montant, en euros.",
    "net": "Montant hors taxes, en euros.",
    "vat": "TVA, en euros.",
    "cap": "Plafond qui a joué, en euros ; null : aucun.",
    "gross": "Montant avant plafond, en euros.",
    "unit_price": "Prix d'une demi-journée, en euros.",
    "unit_cost": "Coût d'une demi-journée, en euros.",
    "break_even": "Prix d'équilibre, en euros.",
    "code_insee": "Code INSEE de la commune.",
    "commune": "Nom de la commune.",
    "siren": "SIREN de la commune.",
    "explanation": "Le calcul, en une phrase.",
    "number": "Numéro du document ; null : brouillon.",
    "documents": "Les documents émis.",
    "files": "Les fichiers écrits, depuis le dossier de travail.",
    "created": "Nombre de documents numérotés par cette commande.",
    "not_billed": "Ce qui n'est pas facturé, et pourquoi.",
    "population_basis": "Population du calcul : municipale ou totale.",
    "grid_status": "Grille votée (voted) ou projetée (projected).",
    "by_level": "Par niveau d'adhésion.",
    "due": "Ce que la commune doit pour l'année, avant remises, en euros.",
    "granted": "Remises accordées, en euros.",
    "target": "Ce que l'année vaut : le dû moins les remises, en euros.",
    "valid_until": "Dernier jour de validité du devis.",
    "quota": "Demandes par an.",
    "remedy": "Ce qu'il faut faire.",
    "severity": "Gravité : error ou warning.",
    "cell": "Adresse de la cellule dans Excel.",
    "next_threshold": "Le prochain seuil de population, et le montant qu'il donne.",
    "steps": "Les étapes du calcul, la dernière est le montant.",
    "variants": "Le même montant selon les autres lectures de la règle.",
    "written": "Si la grille a été ajoutée à tariffs.toml.",
    "head": "Empreinte du dernier enregistrement du registre.",
    "intact": "Si le registre est intact.",
}
MONEY = re.compile(r"-?[0-9]+\.[0-9]+")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NAME = re.compile(r"[a-z][a-z_]*")


def schemas(answer: Callable[[Sequence[str]], Any]) -> dict[str, dict[str, Any]]:
    """The schema of each command; `answer` runs one in a copy of the shipped data."""
    given: dict[str, list[Any]] = {}
    for name, command in COMMANDS:
        given.setdefault(name, []).append(answer(command.split()))
    return {
        name: {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": f"mutualis {next(command for one, command in COMMANDS if one == name)}",
            "description": NOTE,
            **shape(answers),
        }
        for name, answers in given.items()
    }


def shape(answers: Iterable[Any]) -> dict[str, Any]:
    """What these values have in common."""
    known = list(answers)
    objects = [one for one in known if isinstance(one, dict)]
    lists = [one for one in known if isinstance(one, list)]
    kinds = {_kind(one) for one in known}
    if kinds <= {"null"}:
        return {}  # what it is when there is one is not known from these
    made: dict[str, Any] = {"type": sorted(kinds) if len(kinds) > 1 else next(iter(kinds))}
    texts = [one for one in known if isinstance(one, str)]
    for pattern in (MONEY, DAY):
        if texts and all(pattern.fullmatch(text) for text in texts):
            made["pattern"] = f"^{pattern.pattern}$"
    if objects:
        keys = dict.fromkeys(key for one in objects for key in one)
        if all(NAME.fullmatch(key) for key in keys):
            always = [key for key in keys if all(key in one for one in objects)]
            made["required"] = always
            made["properties"] = {
                key: _named(key, shape(one[key] for one in objects if key in one)) for key in keys
            }
        else:  # by code, by name
            made["additionalProperties"] = shape(part for one in objects for part in one.values())
    items = [item for one in lists for item in one]
    if items:
        made["items"] = shape(items)
    return made


def _named(key: str, made: dict[str, Any]) -> dict[str, Any]:
    meaning = MEANINGS.get(key)
    return made if meaning is None else {"description": meaning, **made}


def _kind(value: Any) -> str:
    names = {bool: "boolean", int: "integer", str: "string", type(None): "null"}
    return names.get(type(value), "array" if isinstance(value, list) else "object")


def texts(answer: Callable[[Sequence[str]], Any]) -> dict[Path, str]:
    return {
        TARGET / f"{name}.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in schemas(answer).items()
    }


class _Clock:
    """In the place of `date` where the clock is read."""

    def __call__(self, *parts: int) -> date:
        return date(*parts)

    def today(self) -> date:
        return TODAY


def _here(words: Sequence[str]) -> Any:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()) as told:
        code = run(list(words))
    if code:
        sys.exit(f"{' '.join(words)} : {code}\n{told.getvalue()}")
    return json.loads(out.getvalue())


def main() -> None:
    setattr(values, "date", _Clock())  # noqa: B010
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "data", Path(folder) / "data")
        os.chdir(folder)
        made = texts(_here)
    TARGET.mkdir(exist_ok=True)
    for path, text in made.items():
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
