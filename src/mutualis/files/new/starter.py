"""The text files of a new workspace, from the templates beside this module."""

import csv
import io
import re
import textwrap
from collections.abc import Iterable, Sequence
from importlib.resources import files
from string import Template

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.problems.problem import Problem
from mutualis.files.data.communes import REQUIRED
from mutualis.files.tables.text import BOM
from mutualis.files.toml.literal import literal

README = "LISEZMOI.txt"
_COLUMNS = (*REQUIRED, "source_niveau", "reglement", "adresse", "code_postal", "ville")
_WIDTH = 92
_BEFORE = "À COMPLÉTER AVANT D'ÉMETTRE (mutualis check le redit)"
_BEFORE_REAL = "À COMPLÉTER AVANT DE VRAIES FACTURES (mutualis check --real le redit)"


def render_communes(rows: Iterable[CommuneYear]) -> bytes:
    """data/communes.csv: UTF-8 with BOM, `;`, LF, as the tool writes its tables."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        writer.writerow(
            (
                row.year,
                row.code_insee,
                row.name,
                row.siren,
                row.municipal_population,
                row.total_population,
                row.level,
                row.level_source,
                row.settlement.value,
                row.address,
                row.postal_code,
                row.city,
            )
        )
    return BOM + out.getvalue().encode()


def tariffs_text(year: int) -> str:
    """data/tariffs.toml with a projected grid whose prices are an example."""
    return _template("tariffs.toml").substitute(year=year)


def issuer_text(name: str, siren: str, year: int) -> str:
    """data/issuer.toml; whatever the name holds, the file says it and stays valid."""
    return _template("issuer.toml").substitute(name=literal(name), siren=literal(siren), year=year)


def render_readme(
    name: str,
    year: int,
    lacking: Sequence[Problem],
    commune: str,
    opening: str,
    *,
    is_example: bool,
) -> bytes:
    """LISEZMOI.txt, for the Notepad of any Windows: BOM and CRLF; `opening` names the template of
    its introduction."""
    title = "mutualis : " + " ".join(name.split())
    commands = (
        ("mutualis check", "tout vérifier d'un coup"),
        (f"mutualis bill {year}", f"préparer le lot {year}, en brouillon (out/{year})"),
        (f"mutualis explain {_typed(commune)} {year}", "dire pourquoi ce montant"),
        ("mutualis --help", "toutes les commandes"),
    )
    width = max(len(command) for command, _ in commands)
    text = _template(README).substitute(
        title=title,
        rule="=" * min(len(title), _WIDTH),
        introduction=_template(f"{opening}.txt").substitute(year=year).strip(),
        before=_BEFORE_REAL if is_example else _BEFORE,
        todo="\n".join(line for problem in lacking for line in _lines(problem)),
        year=year,
        commands="\n".join(f"  {command:{width}}   {what}" for command, what in commands),
    )
    return BOM + text.replace("\n", "\r\n").encode()


def _lines(problem: Problem) -> list[str]:
    text = f"{problem.source.file} : {problem.message} À faire : {problem.remedy}"
    return textwrap.wrap(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")


def _typed(name: str) -> str:
    """The name as it is typed in a terminal."""
    return name if re.fullmatch(r"[\w-]+", name) else f'"{name}"'


def _template(name: str) -> Template:
    """A text with $names; its braces are its own."""
    return Template((files("mutualis.files.new") / "templates" / name).read_text("utf-8"))
