"""A folder's `data` as a workspace, with every problem of every file at once."""

from pathlib import Path

from mutualis.domain.communes.communes import Communes
from mutualis.domain.problems.problem import Problem, Source, has_errors, in_order
from mutualis.domain.value import Struct, replace
from mutualis.domain.workspace import Workspace
from mutualis.files.costs.costs import read_costs
from mutualis.files.data.communes import read_communes
from mutualis.files.data.cpi import read_index
from mutualis.files.data.criteria import read_criteria
from mutualis.files.data.interventions import read_interventions
from mutualis.files.data.issuer import read_issuer
from mutualis.files.data.locked_table import read_tables
from mutualis.files.data.movements import read_movements
from mutualis.files.data.requests import read_requests
from mutualis.files.data.services import read_services
from mutualis.files.data.tariffs import read_tariffs
from mutualis.files.services.schemes import read_schemes
from mutualis.files.tables.text import is_present

DATA = "data"


class Loaded(Struct, frozen=True):
    """`workspace` is None when a file has an error."""

    root: Path
    workspace: Workspace | None
    problems: tuple[Problem, ...]


def load_communes(root: Path) -> tuple[Communes, tuple[Problem, ...]]:
    """What communes are and have become, which two files alone say, and what is wrong in them."""
    communes, communes_problems = read_communes(root)
    movements, movements_problems = read_movements(root)
    problems = in_order([*communes_problems, *movements_problems])
    return replace(communes, movements=movements), tuple(problems)


def load(root: Path) -> Loaded:
    if not is_present(root / DATA):  # said once, not of each file
        return Loaded(root, None, (Problem("A03", Source(DATA), {"folder": str(root.resolve())}),))
    communes, communes_problems = load_communes(root)
    tariffs, tariffs_problems = read_tariffs(root)
    index, index_problems = read_index(root)
    issuer, issuer_problems = read_issuer(root)
    tables, tables_problems = read_tables(root)
    categories = None if tariffs is None else tariffs.categories
    requests, requests_problems = read_requests(root, categories)
    criteria, criteria_problems = read_criteria(root)
    services, services_problems = read_services(root)
    schemes, schemes_problems = read_schemes(root)
    interventions, interventions_problems = read_interventions(root)
    costs, costs_problems = read_costs(root)
    problems = in_order(
        [
            *communes_problems,
            *tariffs_problems,
            *index_problems,
            *issuer_problems,
            *tables_problems,
            *requests_problems,
            *criteria_problems,
            *services_problems,
            *schemes_problems,
            *interventions_problems,
            *costs_problems,
        ]
    )
    if has_errors(problems) or tariffs is None or issuer is None:
        return Loaded(root, None, tuple(problems))
    workspace = Workspace(
        communes,
        replace(tariffs, vat=issuer.vat_rule("membership")),
        index,
        issuer,
        tables,
        services,
        interventions,
        requests,
        criteria,
        costs,
        schemes,
    )
    return Loaded(root, workspace, tuple(problems))
