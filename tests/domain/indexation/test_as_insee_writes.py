"""Rates, origins and titles as INSEE and people write them: one reading, whatever the door."""

from decimal import Decimal

import pytest

from mutualis.domain.french.indexation import is_provisional, rate_of, series_of


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("0,8", "0.8"),
        ("0.8", "0.8"),
        ("+0,8", "0.8"),
        ("+0,8 %", "0.8"),
        ("+0,8\u00a0%", "0.8"),
        ("0,8\u202f%", "0.8"),
        ("-0,3", "-0.3"),
        ("\u22120,3 %", "-0.3"),
        ("0,79", "0.79"),
        ("2", "2"),
        ("", None),
        ("%", None),
        ("=1+1", None),
        ("+-1", None),
        ("0,8,1", None),
        ("22-mai", None),
        ("1e3", None),
        ("٠٫٨", None),
    ],
)
def test_a_rate(text: str, rate: str | None) -> None:
    assert rate_of(text) == (None if rate is None else Decimal(rate))


@pytest.mark.parametrize(
    ("origin", "provisional"),
    [
        ("INSEE, 15/01/2026", False),
        ("INSEE, variation définitive publiée le 15/01/2026", False),
        ("INSEE, définitif (provisoire du 31/12 : 0,7)", False),
        ("INSEE, variation calculée", False),
        ("INSEE (provisoire)", True),
        ("INSEE, chiffre provisoire", True),
        ("INSEE, provisoire (définitif le 15/01)", True),
        ("INSEE, estimation flash du 03/01/2026", True),
        ("INSEE, estimé", True),
        ("INSEE, non définitif", True),
        ("INSEE, pas encore définitif", True),
        ("INSEE, semi-définitif", True),
        ("", False),
    ],
)
def test_an_origin(origin: str, provisional: bool) -> None:
    assert is_provisional(origin) is provisional


CPI = "Indice des prix à la consommation"


@pytest.mark.parametrize(
    ("title", "series"),
    [
        (f"{CPI} - Base 2025 - Ensemble des ménages - France - Ensemble", "ensemble"),
        (f"{CPI} - Base 2015 - Ensemble des ménages - France - Ensemble", "ensemble"),
        (f"{CPI} - Base 2025 - Ensemble des ménages - France - Ensemble hors tabac", "hors_tabac"),
        (f"{CPI} - Base 2015 - Ensemble des ménages - France - Alimentation", None),
        (f"{CPI} - Base 2015 - Ensemble des ménages - France métropolitaine - Ensemble", None),
        (f"{CPI} - Base 2015 - Ménages urbains - France - Ensemble hors tabac", None),
        (f"{CPI} harmonisé - Base 2015 - Ensemble des ménages - France - Ensemble", None),
        ("Ensemble hors tabac", None),
        ("", None),
    ],
)
def test_a_title(title: str, series: str | None) -> None:
    assert series_of(title) == series
