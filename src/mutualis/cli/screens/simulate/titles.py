"""What the two sides of a simulation are called."""

from mutualis.domain.french.tariffs import SETTINGS
from mutualis.domain.french.typography import number, percent, signed_percent
from mutualis.workflows.simulate import Hypothesis, Simulation


def full_titles(result: Simulation) -> tuple[str, str]:
    """Of the baseline and of the scenario, with what stands in the place of what is missing."""
    return (
        f"{baseline_title(result)}{origin(result.baseline)}",
        f"{scenario_title(result)}{origin(result.scenario)}",
    )


def baseline_title(result: Simulation) -> str:
    return _joined([overlay.title for overlay in result.baseline.reforms], result.baseline)


def scenario_title(result: Simulation) -> str:
    """The reforms, then what the options change."""
    asked, solved = result.asked, result.solved
    parts = [overlay.title for overlay in result.scenario.reforms]
    if asked.rate is not None:
        parts.append(f"indice {percent(asked.rate)}")
    prices = result.scenario.priced.dataset.grid.prices()
    labels = {**SETTINGS, **{item.key: item.label for item in prices}}
    parts += [f"{labels.get(key, key)} = {value}" for key, value in asked.settings]
    parts += [
        f"{name} au niveau {level}" if level else f"{name} non adhérente"
        for name, level in result.moves
    ]
    if solved is not None:
        parts.append(f"{solved.price.label} = {number(solved.value)}")
    return _joined(parts, result.scenario)


def descriptions(side: Hypothesis) -> list[str]:
    return [overlay.description for overlay in side.reforms if overlay.description]


def origin(side: Hypothesis) -> str:
    """What stands in the place of a grid or of rows that the files do not have."""
    dataset = side.priced.dataset
    notes = []
    if dataset.rates:
        rates = ", ".join(f"{year} {signed_percent(rate)}" for year, rate in dataset.rates.items())
        notes.append(f"grille {dataset.grid_of} indexée : {rates}")
    elif dataset.grid_of != dataset.year:
        notes.append(f"pas de grille {dataset.year} : celle de {dataset.grid_of}")
    if dataset.rows_of != dataset.year:
        notes.append(f"pas de communes {dataset.year} : celles de {dataset.rows_of}, reprises")
    return f" ({' ; '.join(notes)})" if notes else ""


def _joined(parts: list[str], side: Hypothesis) -> str:
    return " + ".join(parts) or f"données {side.priced.year}"
