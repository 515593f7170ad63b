"""The parts of the report: what each says, in French, from what the domain found."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mutualis.documents.costs.words import kinds
from mutualis.documents.report.part import EUROS, WHOLE, WORDS, Bars, Cell, ReportPart, ReportTable
from mutualis.documents.report.work import load_part, meeting_part, requests_part, usage_part
from mutualis.domain.changes.change import Effects
from mutualis.domain.costs.margins import Balance, YearMargins
from mutualis.domain.french import interventions as words
from mutualis.domain.french.memberships import EFFECTS
from mutualis.domain.french.typography import count, long_date, signed_euros
from mutualis.domain.kinds import Product
from mutualis.domain.money import ZERO
from mutualis.domain.report.members import Move, MoveKind
from mutualis.domain.report.report import YearReport

_MOVES = {
    MoveKind.JOINED: "adhésion",
    MoveKind.CHANGED: "changement de niveau",
    MoveKind.LEFT: "départ",
}


def parts(report: YearReport) -> tuple[ReportPart, ...]:
    """In the order of reading; a part without data is there too, and says what it lacks."""
    rest = (
        _members(report),
        _amounts(report),
        _costs(report),
        usage_part(report),
        load_part(report),
        requests_part(report),
        *(meeting_part(meeting, report) for meeting in report.meetings),
    )
    return (_summary(report), *rest)


def _summary(report: YearReport) -> ReportPart:
    """The figures that the council asks for first; each is explained in its own part."""
    rows: list[Sequence[Cell]] = []
    members = sum(level.after for level in report.members.levels)
    rows.append(("Communes à un niveau d'adhésion, au dernier jour", members, None))
    rows.append(("Cotisations dues", None, sum((x.due for x in report.amounts), ZERO)))
    if any(level.claimed for level in report.amounts):
        claimed = sum((level.claimed for level in report.amounts), ZERO)
        rows.append(("Cotisations demandées, avoirs déduits", None, claimed))
    rows.append(("Missions facturées, avant taxe", None, _missions(report)))
    if report.usage is not None:
        total = report.usage.total
        rows.append(("Demi-journées faites", total.half_days, None))
        rows.append(("Les mêmes, au prix de la grille", None, total.at_price))
        if total.at_cost is not None:
            label = "Les mêmes, au coût réel"
            if total.uncosted:
                label += f" (sans {words.half_days(total.uncosted)} sans coût)"
            rows.append((label, None, total.at_cost))
    if report.balance is not None:
        rows.append(("Charges des services", None, report.balance.charges))
        rows.append(("Recettes moins charges, avant taxe", None, report.balance.difference))
    table = ReportTable((("Chiffre", WORDS), ("Nombre", WHOLE), ("Montant", EUROS)), rows)
    texts = [
        f"Les chiffres sont ceux du {long_date(report.day)}. Chaque partie dit d'où viennent les "
        "siens, et ce qui manque."
    ]
    if report.has_examples:
        texts.append(
            "EXEMPLE : une partie de ces données est inventée ; ce rapport ne décrit rien de réel."
        )
    if not report.grid.is_voted:
        texts.append(f"La grille {report.year} est projetée : elle n'est pas votée.")
    return ReportPart("En bref", "En bref", (table,), texts=texts)


def _missions(report: YearReport) -> Decimal:
    lines = report.incomes.lines
    return sum((line.amount for line in lines if line.product == Product.MISSION), ZERO)


def _members(report: YearReport) -> ReportPart:
    members, origins = report.members, report.origins
    levels = [level for level in members.levels if level.before or level.after]
    columns = (
        ("Niveau", WORDS),
        (_end(members.first.year) if members.first.year < report.year else "1er janvier", WHOLE),
        ("Adhésions", WHOLE),
        ("Venues", WHOLE),
        ("Passées", WHOLE),
        ("Parties", WHOLE),
        (_end(report.year), WHOLE),
        ("Habitants", WHOLE),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            words.level(one.level),
            *(one.before, one.joined, one.came, one.went, one.left, one.after, one.population),
        )
        for one in levels
    ]
    figures = [[row[at] for row in rows] for at in range(1, len(columns))]
    whole = [sum(int(cell or 0) for cell in column) for column in figures]
    total: tuple[Cell, ...] = ("Total", *whole)
    table = ReportTable(columns, rows, total)
    tables = [table]
    if members.moves:
        moved = [
            (move.name, _level(move.before), _level(move.after), _why(move))
            for move in members.moves
        ]
        heads = ("Commune", "Avant", "Après", "Mouvement")
        tables.append(ReportTable([(head, WORDS) for head in heads], moved, title="Mouvements"))
    texts = [
        f"Du {long_date(members.first)} au {long_date(members.last)}. "
        f"{count(members.others, 'commune')} sans niveau à cette date."
    ]
    if members.moves:
        texts.append(
            "Venues, passées : d'un niveau à un autre. Parties : départs, et communes réunies."
        )
    else:
        texts.append("Aucune commune n'a changé de niveau.")
    if members.first.year == report.year:
        texts.append(f"{origins.communes} n'a pas de ligne de {report.year - 1}.")
    lines = f"{count(origins.rows, 'ligne')} de {report.year}"
    if origins.rows_before:
        lines += f", {origins.rows_before} de {report.year - 1}"
    merged = f" ; réunions : {origins.movements}" if origins.movements else ""
    return ReportPart(
        "Communes adhérentes",
        "Adhérentes",
        tables,
        bars=Bars("Communes par niveau, avant et après", table, (1, 6)),
        texts=texts,
        sources=(f"{origins.communes} ({lines}){merged}.",),
    )


def _end(year: int) -> str:
    return f"Fin {year}"


def _level(code: str) -> str:
    return code or "aucun"


def _why(move: Move) -> str:
    return f"réunie à {move.heir}" if move.kind is MoveKind.MERGED else _MOVES[move.kind]


def _amounts(report: YearReport) -> ReportPart:
    columns = (
        ("Niveau", WORDS),
        ("Communes", WHOLE),
        ("Dû", EUROS),
        ("Remises", EUROS),
        ("Demandé", EUROS),
        ("Reste", EUROS),
    )
    rows = [
        (words.level(x.level), x.accounts, x.due, x.granted, x.claimed, x.remaining)
        for x in report.amounts
    ]
    whole = [sum((row[at] for row in rows), ZERO) for at in range(2, 6)]
    total = ("Total", sum(x.accounts for x in report.amounts), *whole)
    table = ReportTable(columns, rows, total, title="Cotisations")
    tables = [table, *_products(report)]
    texts = [
        "Dû : ce que les adhésions de l'année valent aujourd'hui, taxe comprise s'il y en a. "
        "Demandé : ce que valent les factures et les retenues émises, avoirs déduits. Reste : à "
        "demander, ou à rendre s'il est négatif. Un montant sous le seuil de recouvrement reste "
        "dû et n'est pas demandé. Chaque commune compte au dernier niveau auquel elle doit."
    ]
    missing = []
    if report.changes is None:
        missing.append(f"Comparaison avec {report.year - 1} : {report.no_changes}.")
    else:
        tables.append(_since(report))
    return ReportPart(
        "Ce qui est dû",
        "Montants",
        tables,
        bars=Bars("Cotisations dues, par niveau", table, (2,)),
        texts=texts,
        missing=missing,
        sources=tuple(_of_amounts(report)),
    )


def _products(report: YearReport) -> Iterator[ReportTable]:
    """What comes in before tax, as `usage` and `costs` count it."""
    fees = sum((x.amount for x in report.incomes.lines if x.product != Product.MISSION), ZERO)
    label = "Cotisations émises" if report.incomes.is_issued else "Cotisations du lot en brouillon"
    rows: list[Sequence[Cell]] = [
        (label, fees),
        ("Missions facturées, avoirs déduits", _missions(report)),
    ]
    total = fees + _missions(report)
    yield ReportTable((("Recette, avant taxe", WORDS), ("Montant", EUROS)), rows, ("Total", total))
    if report.incomes.to_invoice:
        waiting = ("Fait sur devis, pas encore facturé", report.incomes.to_invoice)
        yield ReportTable((("Hors des recettes", WORDS), ("Montant", EUROS)), [waiting])


def _since(report: YearReport) -> ReportTable:
    changes = report.changes or ()
    before = sum((change.before for change in changes), ZERO)
    after = sum((change.after for change in changes), ZERO)
    effects = Effects.sum(change.effects for change in changes).by_name
    rows: list[Sequence[Cell]] = [(f"Cotisations {report.year - 1}", before)]
    rows += [(f"Effet : {EFFECTS[name]}", amount) for name, amount in effects.items() if amount]
    title = f"D'où vient l'écart avec {report.year - 1}"
    columns = (("Cause", WORDS), ("Montant", EUROS))
    return ReportTable(columns, rows, (f"Cotisations {report.year}", after), title=title)


def _of_amounts(report: YearReport) -> Iterator[str]:
    origins, act = report.origins, report.grid.act
    voted = "délibération à compléter" if report.grid.act_is_missing else act
    grid = f"grille {report.year} ({voted if report.grid.is_voted else 'projetée'})"
    yield f"Dû : {origins.communes} et {origins.grid}, {grid}."
    if origins.batches:
        ranks = ", ".join(f"lot {rank}" for rank in origins.batches)
        yield f"Demandé : registre, {ranks} de {report.year}."
    else:
        yield f"Demandé : rien n'est émis pour {report.year} au registre."


def _costs(report: YearReport) -> ReportPart:
    title, sheet, margins = "Ce que cela coûte", "Coûts", report.margins
    if margins is None:
        return ReportPart(title, sheet, missing=(report.no_costs,))
    table = _unit_costs(margins)
    tables = [table, *_balance(report.balance)]
    costs = margins.costs
    told = " et ".join(kinds(costs))
    gap = signed_euros(costs.gap)
    texts = [
        "Coût : charges de la direction divisées par ses demi-journées, arrondi au centime. Prix : "
        f"celui de la grille {report.year}. Écart d'arrondi (charges moins unités au coût "
        f"publié) : {gap}."
    ]
    missing = [
        f"{line.directorate}, {line.category} : pas de coût, "
        f"{words.why_no_cost(line.missing.value)}."
        for line in costs.lines
        if line.missing is not None
    ]
    if report.balance is None:
        missing.append(f"Recettes et charges : pas de grille ou de communes en {report.year}.")
    rows = count(len(costs.rows), "ligne")
    return ReportPart(
        title,
        sheet,
        tables,
        bars=Bars("Coût et prix d'une demi-journée", table, (2, 3)),
        texts=texts,
        missing=missing,
        sources=(f"{report.origins.costs} ({rows}, {told}) ; prix : {report.origins.grid}.",),
    )


def _unit_costs(margins: YearMargins) -> ReportTable:
    rows: list[tuple[Cell, ...]] = [
        (
            f"{line.cost.directorate}, {line.cost.category}",
            line.cost.half_days,
            line.cost.published,
            line.price,
            line.each,
            line.whole,
        )
        for line in margins.lines
    ]
    columns = (
        ("Direction, catégorie", WORDS),
        ("½ j.", WHOLE),
        ("Coût", EUROS),
        ("Prix", EUROS),
        ("Marge", EUROS),
        ("En tout", EUROS),
    )
    total = ("Total", margins.costs.half_days, None, None, None, margins.whole)
    return ReportTable(columns, rows, total, title="Le coût d'une demi-journée, face à son prix")


def _balance(balance: Balance | None) -> Iterator[ReportTable]:
    if balance is None:
        return
    rows = [("Cotisations", balance.fees), ("Missions", balance.missions)]
    rows.append(("Charges", -balance.charges))
    total = ("Recettes moins charges", balance.difference)
    columns = (("Année, avant taxe", WORDS), ("Montant", EUROS))
    yield ReportTable(columns, rows, total, title="L'équilibre de l'année")


def title(report: YearReport) -> str:
    return f"Rapport {report.year} sur les services mutualisés"
