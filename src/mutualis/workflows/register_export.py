"""To and from the finance software: the import file of what was issued, the titres it gave back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.issuer.export_fields import Value
from mutualis.domain.problems.catalogue import Severity
from mutualis.domain.problems.problem import Problem, has_errors
from mutualis.domain.problems.refusals import Refusal, UnreadableRequest, UnusableData
from mutualis.domain.register import export_rows as exports
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record, Titre
from mutualis.files.disk import sums
from mutualis.files.received.titres import TitreRow, read_titres
from mutualis.register import store
from mutualis.workflows.inputs import gather
from mutualis.workflows.outputs import relative
from mutualis.workflows.register import ledger_of


@dataclass(frozen=True, slots=True)
class Recorded:
    """`added` are the titres recorded now; `known` counts those that were there already."""

    added: tuple[Titre, ...]
    known: int
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """`withheld` tells that the rows are fees withheld, which have no titre."""

    rows: int
    file: str
    withheld: bool


def record_titres(
    root: Path,
    rows: Sequence[TitreRow],
    *,
    day: date,
    operator: str,
    warnings: Sequence[Problem] = (),
) -> Recorded:
    """Add the titres to the register, as new rows; the same one twice is recorded once.

    Raises Refusal when one is of no invoice; nothing is recorded then.
    """
    act = Act(day, operator, __version__, "")
    added: list[Titre] = []

    def build(ledger: Ledger) -> Sequence[Record]:
        added.clear()
        wrong = [row.invoice for row in rows if ledger.invoice(row.invoice) is None]
        if wrong:
            raise Refusal("register.titre_of_no_invoice", numbers=", ".join(wrong))
        early = [row.invoice for row in rows if row.exercice < _billed_year(ledger, row.invoice)]
        if early:
            raise Refusal("register.titre_too_early", numbers=", ".join(early))
        last = {row.invoice: ledger.titre_of(row.invoice) for row in rows}
        for row in rows:
            titre = Titre(act, row.invoice, row.exercice, row.titre, row.bordereau, row.day)
            if not _is_known(last[row.invoice], titre):
                added.append(titre)
                last[row.invoice] = titre
        return added

    if not store.read_rows(root):
        raise Refusal("register.no_titre")
    store.append(root, build)
    return Recorded(tuple(added), len(rows) - len(added), tuple(warnings))


def titres_of_file(path: Path) -> tuple[list[TitreRow], list[Problem]]:
    """The rows of a file of the finance software; raises UnusableData with every problem."""
    if not path.exists():
        raise UnreadableRequest("files.not_found", path=str(path))
    rows, problems = read_titres(path)
    if has_errors(problems):
        raise UnusableData([p for p in problems if p.severity is Severity.ERROR])
    return rows, problems


def export(
    root: Path, form: str, *, everything: bool, withheld: bool, out: Path | None, day: date
) -> Exported:
    """Write the import file: what awaits its titre, or `everything`, or what is `withheld`."""
    from mutualis.documents.exports import file as export_file

    workspace, _ = gather(root)
    ledger = ledger_of(root)
    rows = list(_rows(ledger, everything=everything, withheld=withheld))
    layout = workspace.issuer.export
    if form == "json":
        data = export_file.render_json(rows)
    elif form == "xlsx":
        data = export_file.render_xlsx(rows, layout, workspace.issuer, day)
    else:
        data = export_file.render_csv(rows, layout)
    kind = "retenues-ac" if withheld else "complet" if everything else "a-titrer"
    path = out if out is not None else root / "out" / f"export-{kind}.{form}"
    return Exported(len(rows), relative(root, sums.write(root, path, data)), withheld)


def _rows(ledger: Ledger, *, everything: bool, withheld: bool) -> Iterator[Mapping[str, Value]]:
    if withheld:
        return exports.withheld(ledger)
    return exports.all_documents(ledger) if everything else exports.awaiting_titre(ledger)


def _billed_year(ledger: Ledger, number: str) -> int:
    invoice = ledger.invoice(number)
    return 0 if invoice is None else invoice.year


def _is_known(known: Titre | None, titre: Titre) -> bool:
    return known is not None and (
        known.exercice,
        known.titre,
        known.bordereau,
        known.titre_day,
    ) == (titre.exercice, titre.titre, titre.bordereau, titre.titre_day)
