"""`mutualis` alone: the state of the workspace, the steps of the year, what is next."""

from datetime import date
from pathlib import Path

import pytest

from conftest import Cli, Clock, edit


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.replace("\u00a0", " ").splitlines()]


def test_the_shipped_example(cli: Cli, as_shipped: Path) -> None:
    answer = cli()
    assert (answer.code, answer.err) == (0, "")
    told = lines(answer.out)
    assert len(told) <= 25
    assert max(map(len, answer.out.splitlines())) <= 80
    assert told[0] == "Grand Besançon Métropole (dossier d'exemple)"
    assert "2025 67 verrouillée 0 104 107,98 € 104 107,98 €" in told
    assert "populations INSEE fin décembre fait" in told
    assert "grille indexée mi-janvier mutualis index 2026" in told
    assert told[-1].startswith("Ensuite : mutualis index 2026 ; ")


def test_each_step_that_is_done_leads_to_the_next(cli: Cli, as_shipped: Path, clock: Clock) -> None:
    clock.day = date(2025, 3, 20)
    steps = (
        (("index", "2025", "--act", "Exemple"), "mutualis costs 2025 --notice --publish"),
        (("bill", "2025", "--issue", "--yes"), "mutualis register titres --from FICHIER"),
    )
    for words, following in steps:
        assert cli(*words).code == 0
        assert lines(cli().out)[-1].startswith(f"Ensuite : {following} ; ")
    told = lines(cli().out)
    assert "factures émises ensuite fait" in told
    assert "titres repris après l'export mutualis register titres --from FICHIER" in told
    assert "2025 67 verrouillée 40 104 107,98 € 104 107,98 €" in told
    assert "Sans titre connu : 40 documents." in told


def test_a_body_without_costs_has_none_to_make_known(
    cli: Cli, as_shipped: Path, clock: Clock
) -> None:
    clock.day = date(2025, 3, 20)
    assert cli("index", "2025", "--act", "Exemple").code == 0
    (as_shipped / "data/costs.csv").unlink()
    assert lines(cli().out)[-1].startswith("Ensuite : mutualis bill 2025 --issue ; ")


def test_a_year_that_the_files_together_do_not_price(cli: Cli, as_shipped: Path) -> None:
    (as_shipped / "data/movements.csv").unlink()
    assert lines(cli().out)[-1].startswith(
        "Ensuite : mutualis check, qui dit pourquoi 2025 n'est pas calculé ; "
    )


def test_what_is_due_and_not_issued(cli: Cli, as_shipped: Path, clock: Clock) -> None:
    clock.day = date(2025, 3, 20)
    assert cli("index", "2025", "--act", "Exemple").code == 0
    assert cli("bill", "2025", "--issue", "--yes", "--commune", "Thise").code == 0
    (row,) = (line for line in lines(cli().out) if line.startswith("2025 "))
    assert row == "2025 67 verrouillée 1 1 136,20 € 104 107,98 € 102 971,78 €"


def test_a_folder_without_data(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vide").mkdir()
    monkeypatch.setenv("MUTUALIS_DIR", str(tmp_path / "vide"))
    answer = cli()
    assert (answer.code, answer.err) == (0, "")
    assert "mutualis init essai --example" in answer.out


def test_files_with_errors(cli: Cli, folder: Path) -> None:
    edit(folder / "data/communes.csv", "2025;25560;", "2025;2556;")
    answer = cli()
    assert answer.code == 0
    assert "mutualis check" in answer.out
