"""The import files of the finance software: what is handed to it is a row of the register."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.issuer.export_fields import Value
from mutualis.domain.kinds import ExportKind
from mutualis.domain.money import ZERO
from mutualis.domain.register import export_rows as exports
from mutualis.domain.register.accounting import CreditEntry, entry_of
from mutualis.domain.register.export_rows import ToExport, to_export
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Exported, Record
from mutualis.domain.value import Struct
from mutualis.domain.workspace import Workspace
from mutualis.files.disk import atomic, sums
from mutualis.register import store
from mutualis.workflows.inputs import gather
from mutualis.workflows.outputs import check_unused, relative
from mutualis.workflows.register import ledger_of

Rows = Sequence[Mapping[str, Value]]
NAMES = {ExportKind.TITRES: "a-titrer", ExportKind.REDUCTIONS: "reductions"}


class Target(Struct, frozen=True):
    """The format of a file and where it goes; in the folder out when `out` is None."""

    form: str
    out: Path | None
    day: date


class Written(Struct, frozen=True):
    """A file of rows; `file` is empty when nothing was to be written, or for a look."""

    rows: int
    total: Decimal
    file: str


class HandedOver(Struct, frozen=True):
    """An export: what was written, the export that it repeats, and the documents left out since
    they were exported before, with the day of the first of them. `early` are the credits of which
    nothing can be told before the titre of their invoice is known."""

    written: Written
    repeats: Exported | None
    unanswered: tuple[str, ...]
    since: date | None
    early: tuple[str, ...]


def write_list(root: Path, target: Target, *, withheld: bool) -> Written:
    """Write every invoice and credit, or the fees `withheld`: a list, which exports nothing."""
    workspace, _ = gather(root)
    ledger = ledger_of(root)
    rows = list(exports.withheld(ledger) if withheld else exports.all_documents(ledger))
    name = "retenues-ac" if withheld else "complet"
    path = sums.write(root, _path(root, name, target), _render(rows, workspace, target))
    return Written(len(rows), _total(rows), relative(root, path))


def hand_over(
    root: Path, what: ExportKind, target: Target, operator: str, *, again: bool, dry: bool
) -> HandedOver:
    """Record what is exported, then write its file; `dry` does neither.

    Typed once more, the same rows are written again and nothing is recorded. Raises Refusal, or
    NotWritten once it is recorded: the same command writes the file then.
    """
    workspace, _ = gather(root)
    if dry:
        return _answer(to_export(what, ledger_of(root), again=again), ledger_of(root), "")
    handed, ledger, path = _record(root, workspace, what, target, operator, again=again)
    if not handed.rows:
        return _answer(handed, ledger, "")
    path = sums.write(root, path, _render(handed.rows, workspace, target))
    return _answer(handed, ledger, relative(root, path))


def _record(
    root: Path,
    workspace: Workspace,
    what: ExportKind,
    target: Target,
    operator: str,
    *,
    again: bool,
) -> tuple[ToExport, Ledger, Path]:
    """What is handed over, with the register before it, and where its file goes."""
    act = Act(target.day, operator, __version__, "")
    found: list[tuple[ToExport, Ledger, Path]] = []

    def build(ledger: Ledger) -> Sequence[Record]:
        handed = to_export(what, ledger, again=again)
        is_new = bool(handed.rows) and handed.repeats is None
        rank = len(ledger.finance.exports(what)) + is_new
        path = _path(root, f"{NAMES[what]}-{rank:02d}", target)
        found[:] = [(handed, ledger, path)]
        if not is_new:
            return ()
        if target.out is None:  # a file that was handed over is never replaced by another
            check_unused(root, path)
        _render(handed.rows, workspace, target)  # what cannot be written is not recorded
        atomic.probe(path)
        return (Exported(act, what, relative(root, path), handed.numbers),)

    if ledger_of(root).records:
        store.append(root, build)
    else:
        build(Ledger())
    return found[0]


def _answer(handed: ToExport, ledger: Ledger, file: str) -> HandedOver:
    days = [ledger.finance.unanswered[number].act.day for number in handed.unanswered]
    written = Written(len(handed.rows), _total(handed.rows), file)
    early = tuple(
        credit.number
        for credit in ledger.credits
        if entry_of(credit, ledger) is CreditEntry.AWAITED
    )
    return HandedOver(written, handed.repeats, handed.unanswered, min(days, default=None), early)


def _path(root: Path, name: str, target: Target) -> Path:
    return root / "out" / f"export-{name}.{target.form}" if target.out is None else target.out


def _render(rows: Rows, workspace: Workspace, target: Target) -> bytes:
    from mutualis.documents.exports import file as export_file

    codes = {row.siren: row.debtor_code for row in workspace.communes.rows if row.debtor_code}
    rows = [{**r, "debtor_code": codes.get(str(r["siren"]), r["debtor_code"])} for r in rows]
    issuer = workspace.issuer
    if target.form == "json":
        return export_file.render_json(rows)
    if target.form == "xlsx":
        return export_file.render_xlsx(rows, issuer.export, issuer, target.day)
    return export_file.render_csv(rows, issuer.export)


def _total(rows: Iterable[Mapping[str, Value]]) -> Decimal:
    return sum((row["amount"] for row in rows if isinstance(row["amount"], Decimal)), ZERO)
