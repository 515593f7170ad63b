"""What a list of communes says of a year: of that year, else of the last one before it."""

import pytest

from mutualis.domain.communes.communes import ListedCommune, listed_for
from mutualis.domain.problems.problem import Source


@pytest.mark.parametrize(
    ("years", "asked", "held"),
    [
        ((), 2025, None),
        ((None,), 2025, None),
        ((2025,), 2025, 2025),
        ((2025,), 2027, 2025),
        ((2026,), 2025, "nothing"),
        ((2024, 2026, 2025), 2026, 2026),
        ((2026, 2024), 2025, 2024),
        ((None, 2026), 2025, None),
        ((2026, None), 2026, 2026),
    ],
)
def test_the_row_that_holds(
    years: tuple[int | None, ...], asked: int, held: int | str | None
) -> None:
    rows = [ListedCommune("25014", Source("codes.csv"), year=year) for year in years]
    found = listed_for(asked, rows)
    if held == "nothing" or not years:
        assert found is None
    else:
        assert found is not None
        assert found.year == held
