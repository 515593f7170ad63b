"""mutualis level"""

from typing import Annotated

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, argument, flag, option
from mutualis.cli.terminal.values import act_of, day_of, given_of, today
from mutualis.domain.problems.refusals import UnreadableRequest

NAME = "level"
SHORT_HELP = "Change le niveau d'une commune à partir d'une date."
HELP = """
Change le niveau d'une commune à partir d'une date, ou la fait partir (--leave), dans
data/communes.csv : la ligne de l'année est coupée à la veille, les années suivantes suivent ; les
autres lignes ne bougent pas, sinon pour recevoir les colonnes qui manquent. Un classeur n'est
jamais réécrit : la table entière, changée, est écrite à côté. Dit ce que la commune doit avant et
après.
"""
EXAMPLES = """
mutualis level Thise 2B --from 01/07/2025 --act "Délibération n° 12 du 12/06/2025" --dry-run
mutualis level Thise 2B --from 01/07/2025 --act "Délibération n° 12 du 12/06/2025"
mutualis level Thise --leave --from 01/01/2026 --act "Délibération n° 3 du 04/11/2025"
"""


def command(
    commune: Annotated[str, argument("COMMUNE", "Nom ou code INSEE.")],
    level: Annotated[
        str | None, argument("[NIVEAU]", "Nouveau niveau ; rien avec --leave.")
    ] = None,
    start: Annotated[
        str | None, option("--from", "JJ/MM/AAAA", "Premier jour au nouveau niveau.")
    ] = None,
    act: Annotated[
        str, option("--act", "TEXTE", "Acte de la commune : sa délibération, sa convention.")
    ] = "",
    leave: Annotated[
        bool, flag("--leave", "La commune n'a plus de niveau à partir de la date.")
    ] = False,
    dry_run: Annotated[
        bool, flag("--dry-run", "Montre ce qui changerait sans rien écrire.")
    ] = False,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.screens import level as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.level import change_level

    if (level is None) != leave:
        raise UnreadableRequest("command_line.level_or_leave")
    if start is None:
        raise UnreadableRequest(
            "command_line.needs_option", option="--from", example="--from 01/07/2025"
        )
    if not act.strip():
        raise UnreadableRequest(
            "command_line.needs_option", option="--act", example='--act "Délibération…"'
        )
    changed = change_level(
        folder,
        given_of(commune, "COMMUNE", NAME),
        "" if level is None else given_of(level, "NIVEAU", NAME),
        day_of(start, NAME, "… --from 01/07/2025"),
        act_of(act),
        today=today(),
        dry_run=dry_run,
    )
    console.tell_problems(changed.warnings, brief=True)
    if json:
        console.show_json(screen.answer(changed))
    else:
        screen.show(changed, folder)
