"""What movements say against one another; each case by hand."""

import pytest
from made import codes
from test_movements import movements

from mutualis.domain.communes.movement_rules import contradictions


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ((), []),
        (("2025-01-01 F A>B", "2025-01-01 F B>B"), []),
        (("2025-01-01 F A>B", "2026-01-01 F A>C"), ["M05"]),
        (("2025-01-01 F A>B", "2025-01-02 M A>A"), ["M05"]),
        (("2025-01-01 F A>B", "2026-01-01 R B>A", "2027-01-01 F A>C"), []),
        (("2025-01-01 F A>B", "2026-01-01 R B>A", "2026-01-01 F A>C"), []),
        (("2025-01-01 F A>B", "2026-01-01 R B>A"), []),
        (("2025-01-01 R B>A",), []),  # nothing says what A was
        (("2025-01-01 M A>A", "2026-01-01 R B>A"), ["M07"]),
        (("2025-01-01 M A>A", "2026-01-01 R A>A"), []),
        (("2025-01-01 F A>B", "2025-01-01 N A>C"), ["M06"]),
        (("2025-01-01 F A>B", "2025-01-01 F A>C"), []),  # split by one event
        (("2025-01-01 F A>A", "2025-01-01 F A>B", "2025-01-01 C A>C"), ["M06"]),
        (("2025-01-01 C A>B", "2025-01-01 C B>A"), ["M08", "M08"]),
        (("2025-01-01 - A>", "2026-01-01 - A>"), []),  # of the body: it exists all the same
    ],
)
def test_contradictions(texts: tuple[str, ...], found: list[str]) -> None:
    assert sorted(codes(contradictions(movements(*texts)))) == found
