"""A simulation of the shipped data, to be shown to a committee."""

from datetime import date
from decimal import Decimal

from mutualis.documents.committee.subject import Subject
from mutualis.domain.simulation.comparison import compare
from mutualis.domain.simulation.dataset import Dataset, dataset_of
from mutualis.domain.simulation.differences import differences
from mutualis.domain.simulation.priced import price
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace


def before_vote(workspace: Workspace) -> Dataset:
    """The year 2025 as the data give it."""
    found = dataset_of(workspace.communes, workspace.tariffs, workspace.index, 2025)
    assert isinstance(found, Dataset)
    return found


def subject_of(workspace: Workspace, before: Dataset, after: Dataset) -> Subject:
    baseline, scenario = price(before), price(after)
    return Subject(
        issuer=replace(workspace.issuer, example=True),
        day=date(2026, 2, 10),
        baseline=baseline,
        scenario=scenario,
        titles=("données 2025", "tarif relevé (exemple)"),
        differences=differences(before, after),
        lines=compare(baseline, scenario),
        near=Decimal(2),
        top=10,
    )
