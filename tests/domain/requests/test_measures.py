"""A criterion is one entry: a made-up one is ranked, explained and printed like the others."""

from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mutualis.documents.requests.book import render_draft
from mutualis.documents.wording.ranking import criteria_lines, figure, term_brief
from mutualis.domain.requests.explanation import standing
from mutualis.domain.requests.measures import MEASURES, WAITING, Measure, Origin
from mutualis.domain.requests.ranking import decide
from mutualis.domain.requests.request import Requests
from mutualis.domain.requests.session import session_of
from mutualis.domain.workspace import Workspace
from mutualis.files.data.criteria import NAME, read_criteria
from mutualis.files.workspace import load

MADE_UP = Measure(
    "letters",
    label="Nom court",
    short="nom",
    meaning="chiffres de la population",
    unit="ch.",
    direction=-1,
    points=(5, 1),
    origin=Origin.COMMUNE,
    figure=lambda facts: Fraction(len(str(facts.population))),
    detail=lambda facts: f"pour {facts.population}",
)


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MEASURES, MADE_UP.name, MADE_UP)


@pytest.mark.usefixtures("made_up")
def test_a_new_criterion_is_one_entry(folder: Path) -> None:
    path = folder / NAME
    table = '\n[criteria.letters]\nweight = 2\nzero_at = 5\none_at = 1\nact = "Acte"\n'
    path.write_text(path.read_text("utf-8") + table, "utf-8")
    workspace = load(folder).workspace
    assert isinstance(workspace, Workspace)
    assert isinstance(workspace.requests, Requests)
    assert workspace.criteria is not None
    session, problems = session_of(
        workspace.requests,
        workspace.criteria,
        workspace.tariffs.grids[2025],
        "2025-03",
        (),
        None,
        communes=workspace.communes,
        coverage=workspace.coverage,
        interventions=workspace.interventions,
        basis=workspace.tariffs.population,
    )
    (candidate, *_) = session.candidates
    population = candidate.details["letters"].removeprefix("pour ")
    assert candidate.values["letters"] == len(population)
    assert "son acte n'a pas de date" in str([p.facts for p in problems if p.code == "R07"])

    outcome = decide(session)
    item = outcome.planned[-1]
    term = next(term for term in item.terms if term.name == "letters")
    assert term.share == Fraction(2, 4) * (5 - item.candidate.values["letters"]) / 4
    assert item.score == sum(term.share for term in item.terms)
    assert term_brief(term).startswith("nom ")
    assert figure("letters", term.value).endswith("ch.")
    assert any("Nom court, poids 2" in line for line in criteria_lines(session.criteria))

    changes = standing(session, outcome, item.candidate.request.id).changes
    assert [change.criterion.name for change in changes] == [WAITING, "under_way", "letters"]

    book = load_workbook(BytesIO(render_draft(session, outcome, workspace.issuer, date.min)))
    heads = [cell.value for cell in book["Notes"][1]]
    assert {"Nom court (x)", "Note nom", "Points nom"} <= set(heads)


def test_the_file_knows_a_criterion_of_the_list_alone(folder: Path) -> None:
    path = folder / NAME
    path.write_text(path.read_text("utf-8") + "\n[criteria.letters]\nweight = 2\n", "utf-8")
    criteria, problems = read_criteria(folder)
    assert (criteria, [problem.code for problem in problems]) == (None, ["T02"])


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_the_points_given_as_an_example_favour_what_the_scheme_does(measure: Measure) -> None:
    zero, one = measure.points
    assert (one - zero) * measure.direction >= 0
    assert zero != one
