"""The service of the catalogue that a quote is for."""

from mutualis.domain.french.names import suggestions
from mutualis.domain.french.typography import enumerated
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.services.finder import ServiceFinder
from mutualis.domain.services.service import Service, Services, beyond, lowest, on_quote
from mutualis.domain.tariffs.grid import Grid


def quoted_service(services: Services, grid: Grid, wanted: str) -> Service:
    """The service on quote that was typed: its name, or words that no other on quote has.

    Raises Refusal when there is none or several; what a membership already gives is told apart.
    """
    level = grid.on_quote
    quoted = [cell for cells in services.groups if (cell := on_quote(cells, grid))]
    meant = ServiceFinder(services).meant(wanted)
    found = [cell for cells in meant if (cell := on_quote(cells, grid))]
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
    close = [f"« {name} »" for name in suggestions(wanted, (c.name for c in quoted))]
    guess = f" Vouliez-vous dire {' ou '.join(close)} ?" if close else ""
    if len(meant) == 1:  # a membership gives it
        other, start = lowest(meant[0], grid), beyond(meant[0], grid)
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
