"""The service of the catalogue that a quote is for."""

from mutualis.domain.french.names import matches, nearest
from mutualis.domain.french.typography import enumerated
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.services.service import Service, Services, beyond, lowest, on_quote
from mutualis.domain.tariffs.grid import Grid


def quoted_service(services: Services, grid: Grid, wanted: str) -> Service:
    """The service on quote that was typed: its name, or enough of it to be the only one.

    Raises Refusal when there is none or several; what a membership already gives is told apart.
    """
    level = grid.on_quote
    quoted = [cell for cells in services.groups if (cell := on_quote(cells, grid))]
    names = list(dict.fromkeys(cell.name for cell in quoted))
    found = [cell for cells in services.written(wanted) if (cell := on_quote(cells, grid))]
    if not found:
        meant = matches(wanted, names)
        found = [cell for cell in quoted if cell.name in meant]
    if len(found) == 1:
        return found[0]
    code = level.code if level is not None else ""
    remedy = "écrire le nom d'une de ces prestations : mutualis services"
    titles = [f"« {services.title(cell)} »" for cell in found]
    if len({cell.key[1] for cell in found}) == 1:
        raise Refusal(
            f"« {wanted} » est une prestation de plusieurs thèmes : {' ou '.join(titles)}.",
            "l'écrire avec son thème, comme ci-dessus",
        )
    if found:
        raise Refusal(
            f"« {wanted} » peut désigner plusieurs prestations de niveau {code} : "
            f"{enumerated(titles)}.",
            remedy,
        )
    close = [f"« {name} »" for name in nearest(wanted, names)]
    guess = f" Vouliez-vous dire {' ou '.join(close)} ?" if close else ""
    given = _given(services, wanted)
    if given:
        other, start = lowest(given, grid), beyond(given, grid)
        doubt = " (lecture à confirmer)" if other.uncertain else ""
        raise Refusal(
            f"« {other.name} » est une prestation de niveau {other.level}{doubt} : elle est "
            f"comprise dans l'adhésion, sans devis.{guess}",
            f"{start or 'pour une mission'}, choisir la prestation de niveau {code} qui convient : "
            f'mutualis services --theme "{other.theme}"',
        )
    raise Refusal(
        f"« {wanted} » n'est pas une prestation de niveau {code} du catalogue.{guess}", remedy
    )


def _given(services: Services, wanted: str) -> tuple[Service, ...]:
    """The cells of the one service of the catalogue that was typed, when no quote is for it."""
    found = services.written(wanted)
    if not found:
        meant = matches(wanted, [cells[0].name for cells in services.groups])
        found = [cells for cells in services.groups if cells[0].name in meant]
    return found[0] if len(found) == 1 else ()
