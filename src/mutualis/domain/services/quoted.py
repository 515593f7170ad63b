"""The service of the catalogue that a quote is for."""

from mutualis.domain.french.names import matches, nearest
from mutualis.domain.french.typography import alternatives, enumerated
from mutualis.domain.problems.refusals import Reason, Refusal
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
    titles = [f"« {services.title(cell)} »" for cell in found]
    if len({cell.key[1] for cell in found}) == 1:
        raise Refusal("quotes.service_of_several_themes", typed=wanted, titles=alternatives(titles))
    if found:
        raise Refusal(
            "quotes.several_services", typed=wanted, level=code, titles=enumerated(titles)
        )
    close = [f"« {name} »" for name in nearest(wanted, names)]
    guess = [Reason("quotes.did_you_mean", {"names": alternatives(close)})] if close else []
    given = _given(services, wanted)
    if not given:
        raise Refusal("quotes.unknown_service", typed=wanted, level=code, details=guess)
    other, start = lowest(given, grid), beyond(given, grid)
    doubt = [Reason("quotes.uncertain_reading", {"level": other.level})] if other.uncertain else []
    if start:
        raise Refusal(
            "quotes.given_up_to",
            service=other.name,
            level=other.level,
            start=start,
            quoted=code,
            theme=other.theme,
            details=[*doubt, *guess],
        )
    raise Refusal(
        "quotes.given_service",
        service=other.name,
        level=other.level,
        quoted=code,
        theme=other.theme,
        details=[*doubt, *guess],
    )


def _given(services: Services, wanted: str) -> tuple[Service, ...]:
    """The cells of the one service of the catalogue that was typed, when no quote is for it."""
    found = services.written(wanted)
    if not found:
        meant = matches(wanted, [cells[0].name for cells in services.groups])
        found = [cells for cells in services.groups if cells[0].name in meant]
    return found[0] if len(found) == 1 else ()
