"""Which reason's code goes with which category."""

import pytest

from mutualis.domain.vat.categories import suits


@pytest.mark.parametrize(
    ("code", "category", "found"),
    [
        ("", "O", True),
        ("VATEX-EU-O", "O", True),
        ("VATEX-FR-CGI261-1", "O", False),
        ("", "E", True),
        ("VATEX-FR-CGI261-1", "E", True),
        ("VATEX-EU-O", "E", False),
        ("VATEX-EU-AE", "E", False),
        ("VATEX-FR-AE", "E", False),
        ("VATEX-EU-G", "E", False),
        ("VATEX-EU-IC", "E", False),
        ("VATEX-EU-132", "E", True),
        ("exemple", "E", False),
    ],
)
def test_a_code_beside_a_category(code: str, category: str, found: bool) -> None:
    assert suits(code, category) is found
