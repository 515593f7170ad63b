"""The conditions of issuing, each declared once: `check` tells them before, whoever issues obeys.

None is an error of the files, since a draft does without; an issuer that is an example is rid of
all of them, but for the register that it numbers in.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.names import is_left_to_fill, is_of_several
from mutualis.domain.french.typography import count, enumerated
from mutualis.domain.issuer.issuer import Issuer, Signatory
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct


class ToIssue(Struct, frozen=True):
    """What is about to be issued, or would be.

    `signatories` are those who may have to sign: the one in force, where the day is known. `grid`
    is that of `tariffs` which gives the prices, None for what corrects or follows other prices.
    `rows` are those whose level gives an amount. `recorded` says whether the register is that of
    an example, None of one without anything numbered.
    """

    issuer: Issuer
    signatories: Sequence[Signatory] = ()
    tariffs: Tariffs | None = None
    grid: Grid | None = None
    rows: Sequence[CommuneYear] = ()
    debtors: Sequence[CommuneYear] = ()
    recorded: bool | None = None

    @classmethod
    def on(
        cls, day: date, issuer: Issuer, debtors: Iterable[CommuneYear], recorded: bool | None
    ) -> "ToIssue":
        """What is issued to debtors on a day, at prices that were given before."""
        signatory = issuer.signatory(day)
        signatories = () if signatory is None else (signatory,)
        return cls(issuer, signatories, debtors=tuple(debtors), recorded=recorded)


def issuer_is_real(asked: ToIssue) -> Iterator[Problem]:
    if is_left_to_fill(asked.issuer.name):
        yield Problem("B28", _issuer_at(asked, "name"), {"name": asked.issuer.name})


def issuer_has_an_address(asked: ToIssue) -> Iterator[Problem]:
    if not is_complete(asked.issuer):
        yield Problem("B24", _issuer_at(asked, "postal_code"))


def somebody_signs(asked: ToIssue) -> Iterator[Problem]:
    if not asked.signatories:
        yield Problem("B13", Source(asked.issuer.source.file))
    for signatory in asked.signatories:
        if signatory.is_missing or is_of_several(signatory.capacity):
            facts = {"name": signatory.name, "capacity": signatory.capacity}
            yield Problem("B10", asked.issuer.source, facts)


def grid_is_voted(asked: ToIssue) -> Iterator[Problem]:
    if asked.grid is not None and not asked.grid.is_voted:
        yield _of_grid(asked, asked.grid, "B12", "status")


def act_is_filled_in(asked: ToIssue) -> Iterator[Problem]:
    """A projected grid has no act to give yet."""
    if asked.grid is not None and asked.grid.is_voted and asked.grid.act_is_missing:
        yield _of_grid(asked, asked.grid, "B07", "act")


def prices_are_real(asked: ToIssue) -> Iterator[Problem]:
    if asked.grid is not None and asked.grid.example:
        yield _of_grid(asked, asked.grid, "B26", "example")


def labels_are_real(asked: ToIssue) -> Iterator[Problem]:
    levels = {} if asked.grid is None else asked.grid.levels
    left = [code for code, level in levels.items() if is_left_to_fill(level.label)]
    if asked.grid is not None and left:
        key = f"levels.{left[0]}.label"
        yield _of_grid(asked, asked.grid, "B27", key, levels=enumerated(left))


def levels_are_real(asked: ToIssue) -> Iterator[Problem]:
    yield from _of_rows("B08", [row for row in asked.rows if row.is_example], "source_niveau")


def sirens_are_filled_in(asked: ToIssue) -> Iterator[Problem]:
    yield from _of_rows("B15", [row for row in asked.debtors if not row.siren], "siren")


def addresses_are_complete(asked: ToIssue) -> Iterator[Problem]:
    lacking = [row for row in asked.debtors if not is_complete(row)]
    yield from _of_rows("B25", lacking, "code_postal")


def is_complete(party: Issuer | CommuneYear) -> bool:
    """Whether a letter arrives: a town hall needs no street, a postal code and a town it does."""
    return not (is_left_to_fill(party.postal_code) or is_left_to_fill(party.city))


Condition = Callable[[ToIssue], Iterable[Problem]]

OF_ISSUER: tuple[Condition, ...] = (issuer_is_real, issuer_has_an_address, somebody_signs)
OF_YEAR: tuple[Condition, ...] = (
    grid_is_voted,
    act_is_filled_in,
    prices_are_real,
    labels_are_real,
    levels_are_real,
    sirens_are_filled_in,
    addresses_are_complete,
)
CONDITIONS = (*OF_ISSUER, *OF_YEAR)


def lacks(asked: ToIssue, conditions: Iterable[Condition]) -> list[Problem]:
    """What does not hold, or would not but for the example that the issuer is."""
    return in_order(problem for condition in conditions for problem in condition(asked))


def of_register(issuer: Issuer, recorded: bool | None) -> Iterator[Problem]:
    """A register is that of an example or a real one, for ever: no flag lifts this."""
    if recorded is not None and recorded != issuer.example:
        yield Problem("B30" if recorded else "B31", Source(issuer.source.file, field="example"))


def check_issuable(asked: ToIssue, conditions: Sequence[Condition] = CONDITIONS) -> None:
    """Raises Refusal with everything that is lacking, each with what to do."""
    found = list(of_register(asked.issuer, asked.recorded))
    if not asked.issuer.example:
        found += lacks(asked, conditions)
    if found:
        raise Refusal("issuing.lacking", details=lacking(found))


def lacking(found: Iterable[Problem]) -> tuple[Reason, ...]:
    """Each condition that does not hold: where, why, and what to do."""
    return tuple(
        Reason(
            "issuing.lack",
            {
                "place": problem.source.place,
                "why": problem.message.rstrip("."),
                "how": problem.remedy.rstrip("."),
            },
        )
        for problem in found
    )


def _issuer_at(asked: ToIssue, key: str) -> Source:
    return Source(asked.issuer.source.file, field=key)


def _of_grid(asked: ToIssue, grid: Grid, code: str, key: str, **facts: str) -> Problem:
    if asked.tariffs is None:
        source = Source("data/tariffs.toml", field=f"grids.{grid.year}.{key}")
    else:
        source = asked.tariffs.grid_source(grid.year, key)
    return Problem(code, source, {"year": str(grid.year), **facts})


def _of_rows(code: str, rows: Sequence[CommuneYear], column: str) -> Iterator[Problem]:
    if rows:
        facts = {
            "year": str(rows[0].year),
            "count": count(len(rows), "commune"),
            "names": enumerated([row.name for row in rows]),
        }
        first = rows[0].source
        yield Problem(code, Source(first.file, first.line, field=column), facts)
