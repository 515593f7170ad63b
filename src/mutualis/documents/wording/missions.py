"""The French of what is said about missions: their invoices, and the list of a batch."""

from datetime import date

from mutualis.documents.wording.invoices import DRAFT
from mutualis.documents.wording.parties import about, concerned
from mutualis.domain.french.missions import by_category
from mutualis.domain.french.typography import count, long_date
from mutualis.domain.issuing.mission_batch import MissionLine, MissionPlan
from mutualis.domain.missions.mission import State
from mutualis.domain.quotes.work_done import Work

LEFT = "Non facturés"
STATES = {
    State.WAITING: "en attente",
    State.EXPIRED: "expiré",
    State.DECLINED: "refusé",
    State.ACCEPTED: "accepté",
    State.TO_INVOICE: "à facturer",
    State.CLOSED: "clos",
    State.FINISHED: "terminé",
}


def title(plan: MissionPlan) -> str:
    return f"Services mutualisés : missions sur devis {plan.year}"


def state(plan: MissionPlan) -> str:
    """What the batch is worth."""
    if plan.issue is None:
        return f"{DRAFT} : rien n'est émis, aucun numéro n'est attribué"
    invoices = count(len(plan.lines), "facture")
    return f"Lot {plan.issue.batch}, émis le {long_date(plan.issue.day)} : {invoices}"


def closing(plan: MissionPlan) -> str:
    if plan.issue is None:
        return ""
    return f"Empreinte du registre à la clôture du lot : {plan.issue.head}"


def heading(line: MissionLine, year: int) -> str:
    return f"Facture n° {line.number}" if line.number else f"Facture {year}"


def made(plan: MissionPlan, made_on: date) -> str:
    if plan.issue is not None:
        return f"Émise le {long_date(plan.issue.day)}"
    return f"Brouillon établi le {long_date(made_on)}, sans numéro"


def subject(line: MissionLine) -> str:
    what = line.work.subject or "Mission d'accompagnement"
    return f"{what} (devis n° {line.work.quote}){about(line.commune, line.billed)}"


def certificate(work: Work) -> str:
    """Who certifies what: « 2 demi-journées A, 1 demi-journée B le 12 mai 2025, service fait… »."""
    certified = (
        f"{by_category(work.half_days)} le {long_date(work.day)}, "
        f"service fait certifié par {work.certified_by}"
    )
    return f"{certified}, {by_decision(work.decision)}" if work.decision else certified


def by_decision(act: str) -> str:
    """What is done, or accepted, for a commune that is no member any more."""
    return f"hors adhésion, par décision : {act}"


def reasons(line: MissionLine) -> list[str]:
    """Where the amount comes from, for the mayor who asks why."""
    work = line.work
    example = " Niveau d'adhésion de la commune donné en exemple, inventé."
    return [
        *concerned(line.commune, line.billed),
        f"Devis n° {work.quote} du {long_date(work.quoted_on)}, accepté par la commune le "
        f"{long_date(work.accepted_on)} ; les prix sont ceux de ce devis.",
        *(f"Réalisé : {certificate(one)}." for one in work.works),
        f"Calcul : {line.explanation}.",
        f"Niveau {line.level.code} : {line.level.label}. Tarifs : {line.act}."
        + (example if line.commune.is_example else ""),
    ]
