"""What the two sides of a simulation are called."""

from mutualis.domain.french.typography import number, percent
from mutualis.workflows.simulate import Hypothesis, Simulation


def baseline_title(result: Simulation) -> str:
    return _joined([overlay.title for overlay in result.baseline.reforms], result.baseline)


def scenario_title(result: Simulation) -> str:
    """The reforms, then what the options change."""
    asked, solved = result.asked, result.solved
    parts = [overlay.title for overlay in result.scenario.reforms]
    if asked.rate is not None:
        parts.append(f"indice {percent(asked.rate)}")
    parts += [f"{key} = {value}" for key, value in asked.settings]
    parts += [
        f"{name} au niveau {level}" if level else f"{name} non adhérente"
        for name, level in result.moves
    ]
    if solved is not None:
        parts.append(f"{solved.price.key} = {number(solved.value)}")
    return _joined(parts, result.scenario)


def descriptions(side: Hypothesis) -> list[str]:
    return [overlay.description for overlay in side.reforms if overlay.description]


def _joined(parts: list[str], side: Hypothesis) -> str:
    return " + ".join(parts) or f"données {side.priced.year}"
