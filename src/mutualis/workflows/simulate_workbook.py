"""Write a simulation as a workbook, in the workspace's own folder of outputs or another."""

from datetime import date
from pathlib import Path

from mutualis.documents.simulation.book import render_simulation
from mutualis.documents.simulation.sides import Sides
from mutualis.files.disk import sums
from mutualis.workflows.inputs import gather
from mutualis.workflows.outputs import relative
from mutualis.workflows.simulate import Simulation


def write_workbook(
    root: Path, result: Simulation, titles: tuple[str, str], *, made_on: date, out: Path | None
) -> str:
    """Returns the file; raises NotWritten, or Refusal for what no document may be written over.

    `titles` are those of the baseline and of the scenario.
    """
    year = result.asked.year
    path = out
    if path is None or path.suffix.lower() != ".xlsx":
        path = (out if out is not None else root / "out" / str(year)) / f"simulation-{year}.xlsx"
    sides = Sides(
        baseline=result.baseline.priced,
        scenario=result.scenario.priced,
        titles=titles,
        differences=result.differences,
        lines=result.lines,
        strata=result.strata,
        top=result.asked.top,
    )
    workspace, _ = gather(root)
    data = render_simulation(sides, workspace.issuer, made_on)
    return relative(root, sums.write(root, path, data))
