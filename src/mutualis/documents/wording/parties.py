"""The French of the parties of a document: who issues it, who signs it, to whom it goes."""

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.names import commune_of
from mutualis.domain.french.typography import grouped
from mutualis.domain.issuer.issuer import Issuer, Signatory
from mutualis.domain.tariffs.grid import TO_FILL_IN

EXAMPLE, EXAMPLE_NOTE = "EXEMPLE", "EXEMPLE : document sans valeur."


def marked(issuer: Issuer, text: str = "") -> str:
    """What a page or a title says, EXEMPLE first where the issuer is one."""
    return " - ".join(part for part in (EXAMPLE if issuer.example else "", text) if part)


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


def concerned(debtor: CommuneYear, billed: CommuneYear | None) -> list[str]:
    """Which commune a document is about, where its debtor is another one, or another person."""
    if billed is None:
        return []
    if billed.code_insee != debtor.code_insee:
        names = f"{billed.name} ({billed.code_insee}), devenue {debtor.name} ({debtor.code_insee})"
        return [f"Commune concernée : {names}."]
    if billed.siren not in ("", debtor.siren):
        return [f"Débiteur : {_person(debtor)}, qui a succédé à {_person(billed)}."]
    if billed.name != debtor.name:
        return [f"Commune concernée : {billed.name}, devenue {debtor.name}."]
    return []


def about(debtor: CommuneYear, billed: CommuneYear | None) -> str:
    """What the subject of a document says of a commune that is not its debtor's."""
    if billed is None or billed.code_insee == debtor.code_insee:
        return ""
    name = commune_of(billed.name)
    return f", {name[0].lower()}{name[1:]}"


def debtor_title(debtor: CommuneYear, billed: CommuneYear | None) -> str:
    """« Hautefontaine », or « Hautefontaine (pour Valbois) », in the title of a document."""
    if billed is None or billed.code_insee == debtor.code_insee:
        return debtor.name
    return f"{debtor.name} (pour {billed.name})"


def _person(commune: CommuneYear) -> str:
    siren = grouped(commune.siren) if commune.siren else TO_FILL_IN
    return f"{commune.name}, SIREN {siren}"


def signatory(who: Signatory | None) -> list[str]:
    """The lines of who signs, left to fill in where it is not known."""
    if who is None:
        return ["Nom et qualité :"]
    if who.is_missing:
        return [who.capacity, "Nom :"]
    return [line for line in (who.name, who.capacity, who.delegation) if line]
