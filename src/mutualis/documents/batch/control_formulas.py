"""What the control recomputes, as the formulas of a spreadsheet."""

from collections.abc import Callable, Mapping

from mutualis.documents.batch.recap import Recap
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.tariffs.fees import FeeBreakdown
from mutualis.domain.tariffs.proration import Part
from mutualis.domain.value import Struct


class ControlRow(Struct, frozen=True):
    """A row of the control: a fee and the sheet of amounts that it stands in, or, under it, a
    `part` of its year. `parts` are the rows of those, by group."""

    at: int
    line: BillingLine
    recap: Recap
    letters: Mapping[str, str]
    part: Part | None = None
    parts: tuple[tuple[int, ...], ...] = ()

    def cell(self, name: str, at: int | None = None) -> str:
        return f"{self.letters[name]}{at or self.at}"

    @property
    def fee(self) -> FeeBreakdown | None:
        """The fee whose figures stand in it; those of several parts stand under it."""
        if self.part is not None:
            return self.part.fee
        return None if self.parts else self.line.fee


def _exact(row: ControlRow) -> str:
    """A whole year's fee, before it is rounded."""
    gross = f"{row.cell('population')}*{row.cell('rate')}"
    if "fixed" in row.letters:
        gross = f"({row.cell('fixed')}+{gross})"
    if "coefficient" in row.letters:
        coefficient = row.cell("coefficient")
        gross = f'IF({coefficient}="",1,{coefficient})*({gross})'
    cap = row.cell("cap")
    capped = f'IF({cap}="",{gross},MIN({gross},{cap}))'
    return f"MAX({capped},{row.cell('floor')})" if "floor" in row.letters else capped


def coefficient(row: ControlRow) -> str | None:
    """The wealth per inhabitant over the average, within its bounds; 1 for nobody."""
    wealth = None if row.fee is None or row.fee.coefficient is None else row.fee.level.wealth
    if wealth is None:
        return None
    people, potential, average = (row.cell(x) for x in ("population", "potential", "average"))
    ratio = f"{potential}/{people}/{average}"
    return f"=IF({people}=0,1,MIN(MAX({ratio},{wealth.floor}),{wealth.ceiling}))"


def of_part(row: ControlRow) -> str | None:
    if row.part is None:
        return None
    return f"={_exact(row)}*{row.cell('numerator')}/{row.cell('denominator')}"


def recomputed(row: ControlRow) -> str:
    if row.parts:  # the groups, each rounded once
        groups = ("+".join(row.cell("of_part", at) for at in group) for group in row.parts)
        whole = f"({'+'.join(f'ROUND({group},2)' for group in groups)})"
    else:
        whole = f"ROUND({_exact(row)},2)"
    if "vat_rate" in row.letters:
        whole = f"({whole}+ROUND({whole}*{row.cell('vat_rate')}/100,2))"
    if "granted" in row.letters:
        whole = f"MAX({whole}-{row.cell('granted')},0)"
    return f"=ROUND({whole},2)"


def of_batch(name: str) -> Callable[[ControlRow], str]:
    """What the sheet of amounts says, wherever its rows were sorted to."""

    def found(row: ControlRow) -> str:
        codes = row.recap.cells("code")
        return f"=INDEX({row.recap.cells(name)},MATCH({row.cell('code')},{codes},0))"

    return found


def gap(row: ControlRow) -> str:
    return f"=ROUND({row.cell('amount')}-{row.cell('computed')},2)"


def gap_left(row: ControlRow) -> str:
    amount, deducted, left = (row.cell(name) for name in ("amount", "deducted", "left"))
    return f"=ROUND({left}-({amount}-{deducted}),2)"


def vat(row: ControlRow) -> str:
    """The tax that what is left holds."""
    left, rate = row.cell("left"), row.cell("vat_rate")
    return f"=ROUND({left}*{rate}/(100+{rate}),2)"


def gap_vat(row: ControlRow) -> str:
    return f"=ROUND({of_batch('vat')(row)[1:]}-{row.cell('vat')},2)"


def verdict(row: ControlRow) -> str:
    gaps = [name for name in ("gap", "gap_left", "gap_vat") if name in row.letters]
    proofs = ",".join(f"{row.cell(name)}=0" for name in gaps)
    return f'=IF(AND({proofs}),"OK","ÉCART")'
