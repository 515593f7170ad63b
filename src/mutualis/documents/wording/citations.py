"""The French of what a document cites: other documents, acts, the texts of `data/issuer.toml`."""

from collections.abc import Iterable, Iterator

from mutualis.domain.citations import Citations, Cited
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.names import commune_of
from mutualis.domain.french.typography import long_date
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim, Statement
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuer.legal import Legal, Regime
from mutualis.domain.kinds import Kind
from mutualis.domain.memberships.plan import BillingLine, BillingPlan

_CGCT = "du code général des collectivités territoriales"
_AC = "article 1609 nonies C du code général des impôts"
_SHARED = f"article L. 5211-4-2 {_CGCT}"
_REGIMES = {
    Regime.SHARED: f"service commun, {_SHARED}",
    Regime.PROVIDED: f"mise à disposition de services, article L. 5211-4-1 {_CGCT}",
    Regime.AGREED: f"convention de prestation de services, article L. 5111-1 {_CGCT}",
    Regime.URBAN: f"convention avec la communauté urbaine, article L. 5215-27 {_CGCT}",
}


def cited(one: Cited) -> str:
    """« la facture n° F2025-0001 du 3 mars 2025 »."""
    name = {Kind.CREDIT: "l'avoir", Kind.STATEMENT: "le relevé"}.get(one.kind, "la facture")
    return f"{name} n° {one.number} du {long_date(one.day)}"


def in_place(found: Citations) -> str:
    """What the subject of a document says of the first one that it replaces or completes."""
    if found.replaces is not None:
        return f", en remplacement {of_cited(found.replaces)}"
    return f", complément {of_cited(found.completes[0])}" if found.completes else ""


def of_cited(one: Cited) -> str:
    """« de la facture n° F2025-0001 »."""
    return f"{'du relevé' if one.kind is Kind.STATEMENT else 'de la facture'} n° {one.number}"


def citations(found: Citations) -> list[str]:
    """The documents that one replaces or completes."""
    texts = []
    if found.replaces is not None:
        text = f"Remplace {cited(found.replaces)}"
        if found.credit is not None:
            is_invoice = found.replaces.kind is Kind.INVOICE
            text += f", {'annulée' if is_invoice else 'annulé'} par {cited(found.credit)}"
        texts.append(f"{text}.")
    if found.completes:
        texts.append(f"Complète {' et '.join(cited(one) for one in found.completes)}.")
    return texts


def of_membership(plan: BillingPlan, line: BillingLine, issuer: Issuer) -> list[str]:
    """Those of a fee, invoiced or withheld; its tariff's is beside its calculation."""
    legal = issuer.legal
    if legal is None:
        return []
    decree = legal.populations.get(plan.year)
    return [
        *([f"Texte qui authentifie les populations : {decree}."] if decree else []),
        *_acts(part.row for part in line.parts or ()),
        *([] if line.parts else _acts([line.row])),
        *regime(issuer),
        *(_withheld(legal) if line.row.is_withheld else []),
    ]


def of_mission(commune: CommuneYear, issuer: Issuer) -> list[str]:
    """Those of a quote, and of what is billed upon it."""
    return [] if issuer.legal is None else [*_acts([commune]), *regime(issuer)]


def of_credit(credit: CreditNote, claim: Claim) -> list[str]:
    """Those of the claim, which its credit rests on too."""
    legal = credit.issuer.legal
    if legal is None:
        return []
    return [
        f"Créance d'origine : {claim.explanation}.",
        f"Tarifs : {claim.grid_act}.",
        *_acts([credit.row]),
        *regime(credit.issuer),
        *(_withheld(legal) if isinstance(claim, Statement) else []),
    ]


def regime(issuer: Issuer) -> list[str]:
    """How the services are rendered; nothing where it is not set."""
    texts = legal_bases(issuer)
    return [f"Cadre juridique : {' ; '.join(texts)}."] if texts else []


def legal_bases(issuer: Issuer) -> list[str]:
    """The texts under which the services are rendered, as they are set."""
    legal = issuer.legal
    if legal is None:
        return []
    named = _REGIMES.get(legal.regime, "") if legal.regime else ""
    return [text for text in (named, legal.text) if text]


def _acts(rows: Iterable[CommuneYear]) -> Iterator[str]:
    """By which act each commune chose its level, with its date where it is given."""
    found: dict[str, None] = {}
    for row in rows:
        if row.level_act:
            day = f" du {long_date(row.level_day)}" if row.level_day else ""
            found[f"Acte de la {_named(row)} : {row.level_act}{day}."] = None
    yield from found


def _named(row: CommuneYear) -> str:
    name = commune_of(row.name)
    return name[0].lower() + name[1:]


def _withheld(legal: Legal) -> list[str]:
    """What the attribution de compensation is, and by which act a fee is withheld from it."""
    texts = [_AC] if legal.regime is not Regime.SHARED else [_SHARED, _AC]
    if legal.withheld:
        texts.append(legal.withheld)
    return [f"Attribution de compensation : {' ; '.join(texts)}."]
