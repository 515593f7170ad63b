"""The commune that a person names, wherever it is known: in the files, or in the register alone."""

from datetime import date
from pathlib import Path

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.finder import CommuneFinder, FoundCommune, UnknownCommune
from mutualis.domain.communes.movements import Movements
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.problems.refusals import UnusableData
from mutualis.domain.register.balance import with_recorded
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.value import Struct
from mutualis.domain.workspace import Workspace
from mutualis.register import store
from mutualis.workflows.inputs import gather


class NamedCommune(Struct, frozen=True):
    """`row` is the last one of the commune asked for, in the year or in the last one that knows it;
    `movements` are those of the file and of the register, `workspace` the files, None where one of
    them is missing or has an error."""

    row: CommuneYear
    movements: Movements
    workspace: Workspace | None

    @property
    def code(self) -> str:
        return self.row.code_insee

    def heir(self, day: date) -> str:
        """The code of what it has become on a day."""
        return self.movements.heir(self.code, date(self.row.year, 1, 1), day) or self.code


def files_of(root: Path) -> Workspace | UnusableData:
    """The files, or why they cannot be read."""
    try:
        return gather(root)[0]
    except UnusableData as problems:
        return problems


def named_commune(
    files: Workspace | UnusableData, ledger: Ledger, wanted: str, year: int | None = None
) -> NamedCommune:
    """The commune meant in a year, else in any; one gone from the files is looked for in the
    register. Raises UnusableData when none or several are meant: the files' own problems, where
    they cannot be read and the register does not know it."""
    recorded = Communes.of(_recorded(ledger), store.NAME)
    workspace = None if isinstance(files, UnusableData) else files
    communes = recorded if workspace is None else workspace.communes
    in_files, in_register = CommuneFinder(communes), CommuneFinder(recorded)
    found = in_files.find(wanted, year)
    if isinstance(found, UnknownCommune):
        others = (in_files.find(wanted), in_register.find(wanted))
        found = next((o for o in others if isinstance(o, FoundCommune)), others[0])
    if not isinstance(found, FoundCommune):
        if isinstance(files, UnusableData):
            raise files
        facts = {**found.facts, "year": communes.file}
        raise UnusableData([Problem("A04", Source(communes.file), facts)])
    movements = with_recorded(ledger, communes.movements)
    return NamedCommune(found.rows[-1], movements, workspace)


def named_in_files(
    files: Workspace | UnusableData, wanted: str, year: int | None
) -> NamedCommune | None:
    """The commune of that year that the files know, with their movements alone; None where the
    register must be asked, or they cannot be read."""
    if isinstance(files, UnusableData):
        return None
    found = CommuneFinder(files.communes).find(wanted, year)
    if not isinstance(found, FoundCommune):
        return None
    return NamedCommune(found.rows[-1], files.communes.movements, files)


def _recorded(ledger: Ledger) -> set[CommuneYear]:
    """The rows that documents and quotes were made with."""
    rows = {mission.issued.commune for mission in ledger.missions.by_quote.values()}
    for claim in ledger.claims:
        rows |= {claim.commune, claim.row}
    return rows
