"""What `services` answers: the catalogue, and what is open to whom."""

from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.services.service import Access, Offer, Service
from mutualis.workflows.services import ServiceList, start_of


def answer(listed: ServiceList) -> dict[str, Any]:
    """The JSON contract of `services`."""
    rows = [_of_offer(offer) for offer in listed.offers]
    if listed.level is None:
        rows = [_of_service(cell, start_of(cell, listed)) for cell in listed.cells]
    return {
        "year": listed.year,
        "grid": listed.grid.year,
        "level": listed.level,
        "code_insee": None if listed.commune is None else listed.commune.code_insee,
        "commune": None if listed.commune is None else listed.commune.name,
        "note": listed.note or None,
        "half_days_per_request": listed.half_days_per_request,
        "services": rows,
        "source": listed.file,
    }


def _of_service(service: Service, beyond: str) -> dict[str, Any]:
    return {
        "theme": service.theme,
        "level": service.level,
        "service": service.name,
        "label": service.label,
        "unit": service.unit,
        "quota": service.quota,
        "directorate": service.directorate,
        "directorate_source": service.directorate_source,
        "uncertain": service.uncertain,
        "beyond": beyond or None,
        "source": str(service.source),
    }


def _of_offer(offer: Offer) -> dict[str, Any]:
    return {
        **_of_service(offer.service, offer.beyond),
        "access": offer.access.value,
        "on_quote": offer.on_quote,
        "join": list(offer.join),
    }


def show(listed: ServiceList) -> None:
    console.show(_title(listed), "bold")
    if listed.note:
        console.show(listed.note)
    if listed.level is None:
        console.show_table(
            ("Thème", "Niveau", "Prestation"),
            [
                (cell.theme, cell.level, _label(cell, start_of(cell, listed)))
                for cell in listed.cells
            ],
        )
        console.show_next("mutualis services --level NIVEAU, ou --commune COMMUNE")
        return
    sections = (
        (Access.INCLUDED, "Compris dans l'adhésion", "rien"),
        (Access.ON_QUOTE, "Sur devis, en demi-journées", "rien"),
        (Access.TO_JOIN, "En adhérant à un autre niveau", "rien de plus"),
    )
    for access, head, nothing in sections:
        title = head
        found = listed.of(access)
        if access is Access.INCLUDED and listed.most:
            title += f" : au plus {listed.most} par demande"
        console.show(title if found else f"{title} : {nothing}.", "bold")
        if found and access is Access.TO_JOIN:
            console.show_table(
                ("Thème", "Prestation", "Niveau"),
                [(o.service.theme, _label(o.service, o.beyond), _way(o)) for o in found],
            )
        elif found:
            console.show_table(
                ("Thème", "Prestation"),
                [(o.service.theme, _label(o.service, o.beyond)) for o in found],
            )
    if any(not offer.join for offer in listed.of(Access.TO_JOIN)):
        console.show("« aucun prix » : le barème n'en donne pas pour la population de la commune.")
    on_quote = listed.grid.on_quote
    if listed.of(Access.ON_QUOTE) and on_quote is not None:
        who = "COMMUNE" if listed.commune is None else listed.commune.code_insee
        category = next(iter(on_quote.half_day))
        console.show_next(
            f'mutualis quote {who} --service "PRESTATION" --line {category}:2:"DÉSIGNATION"'
        )
    else:
        console.show_next(f"mutualis tariffs {listed.grid.year} pour le prix de chaque niveau")


def _title(listed: ServiceList) -> str:
    if listed.level is None:
        return f"Catalogue des prestations, grille {listed.grid.year}"
    level = f"niveau {listed.level}" if listed.level else "non adhérente"
    if listed.commune is None:
        return f"Prestations ouvertes au {level}, grille {listed.grid.year}"
    return f"{listed.commune.name} ({listed.commune.code_insee}), {listed.year}, {level}"


def _label(service: Service, beyond: str) -> str:
    """« Expertise (au-delà d'une demi-journée ; à confirmer) »."""
    notes = [note for note in (beyond, "à\u00a0confirmer" if service.uncertain else "") if note]
    label = f"{service.label} ({' ; '.join(notes)})" if notes else service.label
    return label.replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def _way(offer: Offer) -> str:
    """« 2A ou 2B », « 2B, sur devis »."""
    if not offer.join:
        return "aucun prix"
    levels = " ou ".join(offer.join)
    return f"{levels}, sur devis" if offer.on_quote else levels
