"""A level that lost its accents on the way is told, never read as no level at all."""

from mutualis.files.data.communes import NAME, parse_communes

TITLES = "annee;code_insee;commune;siren;population_municipale;population_totale;niveau"


def test_a_level_read_in_the_wrong_encoding_is_an_error() -> None:
    row = "2025;25036;Avanne-Aveney;212500367;2235;2263;2Ã©"
    communes, problems = parse_communes(NAME, f"{TITLES}\n{row}\n".encode())
    assert communes.rows == ()
    assert [(found.code, found.source.place) for found in problems] == [
        ("C02", "data/communes.csv:2:7 (G2, « niveau »)")
    ]
