"""The service of the catalogue that a quote is for."""

from mutualis.domain.names import matches, nearest
from mutualis.domain.refusals import Refusal
from mutualis.domain.services import Service, Services, beyond, on_quote
from mutualis.domain.tariffs import Grid
from mutualis.domain.typography import enumerated


def quoted_service(services: Services, grid: Grid, wanted: str) -> Service:
    """The service on quote that was typed: its name, or enough of it to be the only one.

    Raises Refusal when there is none or several; what a membership already gives is told apart.
    """
    level = grid.on_quote
    quoted = {cell.name: cell for cells in services.groups if (cell := on_quote(cells, grid))}
    exact = [cell for cells in services.written(wanted) if (cell := on_quote(cells, grid))]
    found = exact or [quoted[name] for name in matches(wanted, quoted)]
    if len(found) == 1:
        return found[0]
    code = level.code if level is not None else ""
    remedy = "écrire le nom d'une de ces prestations : mutualis services"
    if len(exact) > 1:
        names = " ou ".join(f"« {cell.theme} : {cell.name} »" for cell in exact)
        raise Refusal(f"« {wanted} » est une prestation de plusieurs thèmes : {names}.", remedy)
    if found:
        names = enumerated([f"« {cell.name} »" for cell in found])
        raise Refusal(
            f"« {wanted} » peut désigner plusieurs prestations de niveau {code} : {names}.", remedy
        )
    close = [f"« {name} »" for name in nearest(wanted, quoted)]
    guess = f" Vouliez-vous dire {' ou '.join(close)} ?" if close else ""
    other = _given(services, wanted)
    if other is not None:
        start = beyond([cell for cells in services.written(other.name) for cell in cells], grid)
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


def _given(services: Services, wanted: str) -> Service | None:
    """The one service of the catalogue that was typed, when no quote is for it."""
    names = {cells[0].name: cells[0] for cells in services.groups}
    found = matches(wanted, names)
    return names[found[0]] if len(found) == 1 else None
