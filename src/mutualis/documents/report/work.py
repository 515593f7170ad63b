"""The parts of the report about work: what was done, what directorates bear, what is asked."""

from collections.abc import Iterator, Sequence

from mutualis.documents.report.part import EUROS, WHOLE, WORDS, Bars, Cell, ReportPart, ReportTable
from mutualis.documents.wording import ranking, requests
from mutualis.documents.wording import usage as usage_wording
from mutualis.domain.french import interventions as words
from mutualis.domain.french.typography import count, long_date
from mutualis.domain.report.report import YearReport
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.ranking import Ranked, Refused
from mutualis.domain.requests.request import Request, Requests, RequestState
from mutualis.domain.usage.load import DirectorateLoad
from mutualis.domain.usage.share import Share
from mutualis.domain.usage.usage import Usage

_MONTHS = ("J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D")
_STATES = {
    RequestState.TO_RANK: "à classer",
    RequestState.UNDER_WAY: "en cours",
    RequestState.DONE: "terminées",
    RequestState.WITHDRAWN: "retirées",
}


def usage_part(report: YearReport) -> ReportPart:
    title, sheet, usage = "Ce qui a été fait", "Usage", report.usage
    if usage is None:
        return ReportPart(title, sheet, missing=(report.no_usage,))
    levels, themes = usage.by_level, usage.by_theme
    table = _shares("Thème", themes, usage, fees=False)
    texts = [
        usage_wording.FIGURES,
        usage_wording.NOT_SHARED,
        *filter(None, (usage_wording.fees_from(usage), usage_wording.to_invoice(usage))),
        *usage.notes,
    ]
    missing = [text for text in (usage.uncosted,) if text]
    if usage.costs is None:
        missing.append(usage.costs_from)
    origins = report.origins
    lines = count(len(usage.served), "intervention")
    return ReportPart(
        title,
        sheet,
        (
            _shares("Niveau", levels, usage, fees=True, title="Par niveau"),
            table,
            _shares("Direction", usage.by_directorate, usage, fees=False, title="Par direction"),
        ),
        bars=Bars("Demi-journées par thème", table, (1,)),
        texts=texts,
        missing=missing,
        sources=(
            f"{origins.interventions} ({lines} de {report.year}) ; thèmes et directions : "
            f"{origins.services or 'aucun catalogue'}.",
        ),
    )


def _shares(
    head: str, shares: Sequence[Share], usage: Usage, *, fees: bool, title: str = "Par thème"
) -> ReportTable:
    paid = usage_wording.paid(usage) if fees else "Missions"

    def cells(share: Share, label: str) -> tuple[Cell, ...]:
        own = share.paid if fees else share.missions
        return (label, share.half_days, share.at_price, share.at_cost, share.uncosted or None, own)

    columns = (
        (head, WORDS),
        ("½ j.", WHOLE),
        ("Au prix", EUROS),
        ("Au coût", EUROS),
        ("½ j. sans coût", WHOLE),
        (paid, EUROS),
    )
    rows = [cells(share, share.label) for share in shares]
    return ReportTable(columns, rows, cells(usage.total, words.TOTAL), title=title)


def load_part(report: YearReport) -> ReportPart:
    title, sheet, usage = "Charge des directions", "Charge", report.usage
    if usage is None:
        return ReportPart(title, sheet, missing=(report.no_usage,))
    table = _loads(usage.loads)
    texts = [usage_wording.LOAD, *filter(None, (usage_wording.beyond(usage),))]
    origins = report.origins
    missing = [text for text in (usage_wording.uncalibrated(usage),) if text]
    if not origins.criteria:
        missing.append("Capacités : pas de data/criteria.toml.")
    sources = [f"Fait : {origins.interventions}"]
    sources += [f"promis : registre, séances publiées ; capacité : {origins.criteria}"]
    return ReportPart(
        title,
        sheet,
        (table,),
        bars=Bars("Charge de l'année et capacité, en demi-journées", table, (13, 14)),
        texts=texts,
        missing=missing,
        sources=(" ; ".join(sources if origins.criteria else sources[:1]) + ".",),
    )


def _loads(loads: Sequence[DirectorateLoad]) -> ReportTable:
    """The load of each month, then of the year, beside what the directorate can give in it."""
    rows: list[tuple[Cell, ...]] = [
        (
            usage_wording.directorate(one),
            *(month.load or None for month in one.months),
            one.done + one.promised,
            one.capacity,
        )
        for one in loads
    ]
    months = [(name, WHOLE) for name in _MONTHS]
    return ReportTable((("Direction", WORDS), *months, ("Année", WHOLE), ("Capacité", WHOLE)), rows)


def requests_part(report: YearReport) -> ReportPart:
    title, sheet, found = "Demandes des communes", "Demandes", report.requests
    if found is None:
        return ReportPart(
            title, sheet, missing=("Pas de data/requests.csv : aucune demande n'est notée.",)
        )
    table = _by_state(report, found)
    missing = []
    if not report.meetings:
        missing.append(
            f"Aucune séance {report.year} n'est publiée au registre : rien n'est classé (mutualis "
            f"requests publish {report.year})."
        )
    texts = [
        "L'état d'une demande est celui du fichier, au jour du rapport. Reçues : celles dont la "
        "date est de l'année."
    ]
    return ReportPart(
        title,
        sheet,
        (table,),
        bars=Bars("Demandes par état", table, (1,)),
        texts=texts,
        missing=missing,
        sources=(f"{report.origins.requests} ({count(len(found.rows), 'demande')}).",),
    )


def _by_state(report: YearReport, found: Requests) -> ReportTable:
    def cells(label: str, rows: Sequence[Request]) -> tuple[Cell, ...]:
        received = sum(row.received.year == report.year for row in rows)
        return (label, len(rows), received, sum(row.total for row in rows))

    rows = [cells(label, found.in_state(state)) for state, label in _STATES.items()]
    columns = (
        ("État", WORDS),
        ("Demandes", WHOLE),
        (f"Reçues en {report.year}", WHOLE),
        ("½ j. demandées", WHOLE),
    )
    return ReportTable(
        columns, rows, cells(words.TOTAL, found.rows), title="Les demandes, par état"
    )


def meeting_part(meeting: Meeting, report: YearReport) -> ReportPart:
    """What a meeting ranked and decided, and what has become of it."""
    found = () if report.requests is None else report.requests.rows
    rows = [*_rows(meeting, {row.id: row.state.value for row in found})]
    columns = (
        ("Rang", WHOLE),
        ("Demande", WORDS),
        ("Commune et projet", WORDS),
        ("Score", WORDS),
        ("Décision", WORDS),
        ("État", WORDS),
    )
    day = meeting.day
    return ReportPart(
        f"Demandes classées : séance du {long_date(day)}",
        f"Séance {day:%d-%m-%Y}",
        (ReportTable(columns, rows),),
        texts=(f"{requests.tally(meeting.outcome)}.",),
        sources=(f"registre, séance publiée ; états : {report.origins.requests or 'aucun'}.",),
    )


def _rows(meeting: Meeting, states: dict[str, str]) -> Iterator[Sequence[Cell]]:
    for item in meeting.outcome.everyone:
        asked, is_planned = item.candidate.request, isinstance(item, Ranked)
        yield (
            item.rank if isinstance(item, Ranked) else None,
            asked.id,
            f"{item.candidate.commune} : {asked.project}",
            "" if item.score is None else ranking.points(item.score),
            _decision(item),
            states.get(asked.id, "plus dans le fichier" if is_planned else ""),
        )


def _decision(item: Ranked | Refused) -> str:
    """The months of one that is planned, else why it is not."""
    if isinstance(item, Ranked):
        return requests.months(item)
    return f"non planifiée : {' ; '.join(reason.text for reason in item.reasons)}"
