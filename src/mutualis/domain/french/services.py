"""What is said of a service: how often it is given, from where on it is on quote."""

from mutualis.domain.french.missions import half_days


def limited(name: str, quota: int) -> str:
    """« Questions juridiques (3 par an) »."""
    return f"{name} ({quota} par an)"


def beyond_level(level: str) -> str:
    return f"au-delà de ce que comprend le niveau {level}"


def beyond(quantity: int) -> str:
    """« au-delà d'une demi-journée », « au-delà de 2 demi-journées »."""
    what = "d'une demi-journée" if quantity == 1 else f"de {half_days(quantity)}"
    return f"au-delà {what}"
