"""mutualis simulate"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Day, Folder, Json, argument, flag, option
from mutualis.cli.terminal.combinations import (
    check_options,
    needs,
    only_with,
    only_with_one,
    only_without,
)

if TYPE_CHECKING:
    from mutualis.cli.commands.simulate_request import WrittenAs
    from mutualis.workflows.simulate import SimulationAsked
    from mutualis.workflows.simulate_years import ProjectionAsked

SHORT_HELP = "Simule une année : autres prix, autre indice, autres niveaux."
HELP = """
Compare une année à ce qu'elle deviendrait avec d'autres prix, un autre indice ou d'autres
niveaux d'adhésion : total et niveaux, communes qui gagnent ou perdent, tailles de communes,
plus grands écarts, effets de seuil. Cherche aussi le prix qui donne une recette, et projette
plusieurs années. Une simulation n'entre ni dans data, ni au registre ; elle ne s'écrit que pour
être montrée, avec --workbook, --page ou --pdf.
"""
EXAMPLES = """
mutualis simulate 2026 --cpi 0,5
mutualis simulate 2026 --set levels.2B.per_inhabitant=3,50 --move Saône=2A --leave Thise
mutualis simulate 2026 --reform plafonds.toml+niveaux.toml --baseline 2025
mutualis simulate 2026 --cpi 0,9 --workbook --page --pdf
mutualis simulate 2026 --solve levels.2B.per_inhabitant --target 110000
mutualis simulate 2025 --solve levels.2B.per_inhabitant --target cost
mutualis simulate --years 2026-2031 --cpi 1,8 --growth 0,3
"""
_OF_A_YEAR = ("--reform", "--baseline", "--set", "--move", "--leave", "--solve", "--target")
_SHOWN = ("--strata", "--near", "--top")
_OF_A_COMMITTEE = ("--page", "--pdf")
COMBINATIONS = (
    needs("--target", "--solve"),
    needs("--solve", "--target"),
    only_with("--years", "--growth"),
    only_with_one(("--workbook", *_OF_A_COMMITTEE), "--out", "--date"),
    only_without("--years", *_OF_A_YEAR, *_SHOWN, *_OF_A_COMMITTEE),
)
OneYear = Annotated[str | None, argument("ANNÉE", "Année à simuler, par exemple 2026.")]
Reform = Annotated[
    str | None,
    option(
        "--reform",
        "FICHIER[+FICHIER…]",
        "Réforme, ou plusieurs qui s'ajoutent de gauche à droite : un fichier TOML avec un "
        "titre (title) et ce qui change de la grille.",
    ),
]
Baseline = Annotated[
    str | None,
    option(
        "--baseline",
        "ANNÉE|FICHIER",
        "Ce à quoi comparer : une autre année, ou la même sous une autre réforme (par défaut : "
        "la grille et les communes de l'année).",
    ),
]
SupposedRate = Annotated[
    str | None,
    option(
        "--cpi",
        "TAUX",
        "Taux annuel supposé de l'indice, en %, à la place de celui de l'INSEE : la grille est "
        "indexée de nouveau.",
    ),
]
Settings = Annotated[
    list[str] | None,
    option(
        "--set",
        "CLÉ=VALEUR",
        "Autre valeur d'un prix, par sa clé dans index --json, ou de minimum_recovery, "
        "proration, population (répétable).",
    ),
]
Moves = Annotated[
    list[str] | None,
    option("--move", "COMMUNE=NIVEAU", "Commune qui change de niveau (répétable)."),
]
Leaves = Annotated[
    list[str] | None, option("--leave", "COMMUNE", "Commune qui n'adhère plus (répétable).")
]
Solve = Annotated[
    str | None,
    option("--solve", "CLÉ", "Prix d'adhésion à chercher : le plus petit qui donne --target."),
]
Target = Annotated[
    str | None,
    option(
        "--target",
        "EUROS|cost",
        "Total dû de l'année que --solve doit atteindre ; cost : les charges de l'année "
        "(data/costs.csv) moins les missions facturées.",
    ),
]
Years = Annotated[
    str | None,
    option(
        "--years",
        "ANNÉE-ANNÉE",
        "Projette la recette de plusieurs années selon chaque lecture de la règle d'indexation.",
    ),
]
Growth = Annotated[
    str | None,
    option("--growth", "TAUX", "Avec --years, croissance annuelle des populations, en %."),
]
Strata = Annotated[
    str | None,
    option(
        "--strata",
        "N,N…",
        "Dernière population de chaque taille de commune (par défaut : 499, 999, 1999 et les "
        "bornes de la grille).",
    ),
]
Near = Annotated[
    str | None,
    option("--near", "TAUX", "Distance d'une borne, en %, à signaler (par défaut : 2)."),
]
Top = Annotated[
    str | None, option("--top", "N", "Combien de plus grands écarts montrer (par défaut : 10).")
]
Workbook = Annotated[
    bool,
    flag(
        "--workbook",
        "Écrit aussi un classeur : comparaison, graphiques, et un simulateur dont les prix et les "
        "niveaux sont des cellules.",
    ),
]
LivePage = Annotated[
    bool,
    flag(
        "--page",
        "Écrit aussi une page HTML où bouger les prix, sans réseau : total, communes qui gagnent "
        "ou perdent.",
    ),
]
Sheet = Annotated[bool, flag("--pdf", "Écrit aussi une page A4 pour la commission.")]
OutOf = Annotated[
    Path | None,
    option(
        "--out", "CHEMIN", "Dossier de sortie, ou nom du fichier écrit (par défaut : out/ANNÉE)."
    ),
]


def command(
    context: typer.Context,
    year: OneYear = None,
    reform: Reform = None,
    baseline: Baseline = None,
    cpi: SupposedRate = None,
    settings: Settings = None,
    move: Moves = None,
    leave: Leaves = None,
    solve: Solve = None,
    target: Target = None,
    years: Years = None,
    growth: Growth = None,
    strata: Strata = None,
    near: Near = None,
    top: Top = None,
    workbook: Workbook = False,
    page: LivePage = False,
    pdf: Sheet = False,
    day: Day = None,
    out: OutOf = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.commands import simulate_request as request

    check_options(context, COMBINATIONS)
    written = request.written(workbook=workbook, page=page, pdf=pdf, day=day, out=out)
    if years is not None:
        _project(folder, request.projection(year, years, cpi, growth), written, json=json)
        return
    asked = request.simulation(
        request.Typed(
            year,
            reform,
            baseline,
            cpi,
            settings or [],
            move or [],
            leave or [],
            solve,
            target,
            strata,
            near,
            top,
        )
    )
    _simulate(folder, asked, written, json=json)


def _simulate(folder: Path, asked: "SimulationAsked", written: "WrittenAs", *, json: bool) -> None:
    from mutualis.cli.screens.simulate import answer, screen
    from mutualis.cli.screens.simulate.titles import full_titles
    from mutualis.cli.terminal import console
    from mutualis.workflows.printing import printer_of
    from mutualis.workflows.simulate import simulate
    from mutualis.workflows.simulate_outputs import Wanted, write_simulation

    printer = printer_of(folder) if written.pdf else None
    result = simulate(folder, asked)
    titles, kinds = full_titles(result), (written.workbook, written.page)
    wanted = Wanted(titles, written.day, *kinds, printer, written.out)
    files = write_simulation(folder, result, wanted)
    console.tell_problems(result.warnings, brief=True)
    if json:
        console.show_json(answer.of_simulation(result, files))
    else:
        screen.show(result, files, folder)


def _project(folder: Path, asked: "ProjectionAsked", written: "WrittenAs", *, json: bool) -> None:
    from mutualis.cli.screens.simulate import projection as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.simulate_outputs import write_years
    from mutualis.workflows.simulate_years import project_years

    result = project_years(folder, asked)
    files: tuple[str, ...] = ()
    if written.workbook:
        supposed = screen.supposed(result)
        files = write_years(folder, result, supposed, written.day, written.out)
    console.tell_problems(result.warnings, brief=True)
    if json:
        console.show_json(screen.answer(result, files))
    else:
        screen.show(result, files, folder)
