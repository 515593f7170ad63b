"""Years in several parts: invented, of the communes of the example."""

from pathlib import Path

from conftest import edit

HEAD = (
    "annee;code_insee;commune;siren;population_municipale;population_totale;niveau;"
    "date_debut;date_fin"
)
CASES = {
    "upgrade in July": (
        "2025;25245;Fontain;200085827;1200;1234;2A;;30/06/2025",
        "2025;25245;Fontain;200085827;1200;1234;2B;01/07/2025;",
    ),
    "merger on 1 January": ("2025;25364;Mamirolle;934280017;1974;2030;2B;;",),
    "merger in July": (
        "2025;25297;Le Gratteris;212502975;161;164;2A;;30/06/2025",
        "2025;25364;Mamirolle;212503643;1798;1848;2B;;30/06/2025",
        "2025;25364;Mamirolle;934280017;1974;2030;2B;01/07/2025;",
    ),
    "leaves in March": (
        "2025;25014;Amagney;212500144;937;946;2B;;31/03/2025",
        "2025;25014;Amagney;212500144;937;946;;01/04/2025;",
    ),
    "joins on 15 July": ("2025;25245;Fontain;200085827;1200;1234;2A;15/07/2025;",),
}


def merges_in_july(folder: Path) -> None:
    """Le Gratteris, as if it had become part of Mamirolle six months later."""
    path = folder / "data/movements.csv"
    path.write_text(path.read_text("utf-8-sig").replace("2025-01-01", "2025-07-01"), "utf-8")


def set_case(folder: Path, case: str, proration: str = "full_year") -> None:
    (folder / "data/communes.csv").write_text("\n".join([HEAD, *CASES[case]]), "utf-8")
    if case == "merger in July":
        merges_in_july(folder)
    edit(folder / "data/tariffs.toml", 'proration = "full_year"', f'proration = "{proration}"')
