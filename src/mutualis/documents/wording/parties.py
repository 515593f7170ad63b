"""The French of the parties of a document: who issues it, who signs it, to whom it goes."""

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.names import commune_of
from mutualis.domain.french.typography import grouped
from mutualis.domain.issuer.issuer import Issuer, Signatory
from mutualis.domain.tariffs.grid import TO_FILL_IN


def issuer_block(issuer: Issuer) -> list[str]:
    """The lines of the issuer under its name."""
    town = f"{issuer.postal_code} {issuer.city}".strip()
    ident = f"SIRET {issuer.siret}" if issuer.siret else f"SIREN {grouped(issuer.siren)}"
    vat = f"N° TVA {issuer.vat_number}" if issuer.vat_number else ""
    lines = [issuer.legal_form, *issuer.address, town, ident, vat, issuer.service, issuer.contact]
    return [line for line in lines if line]


def debtor_address(commune: CommuneYear) -> list[str]:
    """What the post reads, under the commune's name."""
    town = f"{commune.postal_code} {commune.city}".strip()
    return [line for line in ("Mairie", commune.address, town) if line]


def debtor_references(commune: CommuneYear) -> list[str]:
    """What accounts read: who the commune is, and what it wants quoted."""
    ident = f"SIREN {grouped(commune.siren) if commune.siren else TO_FILL_IN}"
    if commune.siret:
        ident = f"SIRET {commune.siret}"
    lines = [ident, f"Code INSEE {commune.code_insee}"]
    if commune.service_code:
        lines.append(f"Code service {commune.service_code}")
    if commune.commitment:
        lines.append(f"Engagement {commune.commitment}")
    return lines


def debtor_block(commune: CommuneYear) -> list[str]:
    """The lines of the commune under its name."""
    return [*debtor_address(commune), *debtor_references(commune)]


def debtor_name(commune: CommuneYear) -> str:
    return commune_of(commune.name)


def signatory(who: Signatory | None) -> list[str]:
    """The lines of who signs, left to fill in where it is not known."""
    if who is None:
        return ["Nom et qualité :"]
    if who.is_missing:
        return [who.capacity, "Nom :"]
    return [line for line in (who.name, who.capacity, who.delegation) if line]
