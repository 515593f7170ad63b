"""The service of the catalogue that a quote is for."""

from mutualis.domain.french.names import suggestions
from mutualis.domain.french.typography import alternatives, enumerated
from mutualis.domain.problems.refusals import Reason, Refusal
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
    titles = [f"« {services.title(cell)} »" for cell in found]
    if len({cell.key[1] for cell in found}) == 1:
        raise Refusal("quotes.service_of_several_themes", typed=wanted, titles=alternatives(titles))
    if found:
        raise Refusal(
            "quotes.several_services", typed=wanted, level=code, titles=enumerated(titles)
        )
    close = [f"« {name} »" for name in suggestions(wanted, (c.name for c in quoted))]
    guess = [Reason("quotes.did_you_mean", {"names": alternatives(close)})] if close else []
    if len(meant) != 1:
        raise Refusal("quotes.unknown_service", typed=wanted, level=code, details=guess)
    other, start = lowest(meant[0], grid), beyond(meant[0], grid)
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
