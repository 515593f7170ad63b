"""A text names the table that is there."""

from collections.abc import Iterator

import pytest

from mutualis.domain.problems import tables
from mutualis.domain.problems.catalogue import CATALOGUE
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.problems.refusal_texts import TEXTS
from mutualis.domain.problems.refusals import Reason


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    tables.tell_as(tables.NAMES)


def test_a_text_names_the_table_that_is_there() -> None:
    problem = Problem("M12", Source("a"), {"row": "x"})
    reason = Reason("data.level_without_row", {"code": "1", "day": "d", "year": 2025})
    assert "dans data/movements.csv la ligne x" in problem.remedy
    assert reason.text.endswith("dans data/communes.csv")
    there = {"communes_file": "data/communes.ods", "movements_file": "data/movements.xlsx"}
    tables.tell_as({**tables.NAMES, **there})
    assert "dans data/movements.xlsx la ligne x" in problem.remedy
    assert reason.text.endswith("dans data/communes.ods")


def test_no_text_names_one_that_may_not_be_there() -> None:
    """But to say that it can be made."""
    texts = [f"{entry.message} {entry.remedy}" for entry in CATALOGUE.values()]
    texts += [f"{text.why} {text.remedy}" for text in TEXTS.values()]
    named = [text for text in texts for file in tables.NAMES.values() if file in text]
    assert [text for text in named if "créer" not in text and "ajouter data/" not in text] == []
