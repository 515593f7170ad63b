"""The shape of data/tariffs.toml: types and bounds of each key."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field

from mutualis.domain.indexation.cpi import SERIES
from mutualis.files.toml.file import Strict


def a_number(value: object) -> object:
    """TOML numbers only: a text or a boolean is not a number."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("un nombre, sans guillemets, avec un point pour la décimale")
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) > 12:
        raise ValueError("un nombre de moins de 12 chiffres")
    return value


def _day(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


Amount = Annotated[
    Decimal,
    BeforeValidator(a_number),
    Field(ge=0, le=10**9, decimal_places=2, allow_inf_nan=False),
]
RatePrice = Annotated[
    Decimal,
    BeforeValidator(a_number),
    Field(ge=0, le=10**6, decimal_places=6, allow_inf_nan=False),
]
StepSize = Annotated[
    Decimal,
    BeforeValidator(a_number),
    Field(gt=0, le=1000, decimal_places=6, allow_inf_nan=False),
]
Percent = Annotated[
    Decimal,
    BeforeValidator(a_number),
    Field(ge=-50, le=100, decimal_places=6, allow_inf_nan=False),
]
IndexValue = Annotated[
    Decimal,
    BeforeValidator(a_number),
    Field(gt=0, le=10**6, decimal_places=6, allow_inf_nan=False),
]
Year = Annotated[int, Field(strict=True, ge=1900, le=2999)]
YearKey = Annotated[str, Field(pattern=r"^(19|2\d)\d{2}$")]
# Codes are compared with what people type, in capitals.
Code = Annotated[str, Field(pattern=r"^[0-9A-Z][0-9A-Z_-]{0,9}$")]
if TYPE_CHECKING:
    Series = str
else:
    Series = Literal[tuple(dict.fromkeys(SERIES.values()))]
RateKind = Literal["published", "computed"]
Chain = Literal["exact", "published"]
Kind = Literal["per_inhabitant", "cap", "half_day", "fixed", "floor"]


class BracketModel(Strict):
    up_to: Annotated[int, Field(strict=True, ge=0, le=10**8)] | None = None
    cap: Amount | None = None
    per_inhabitant: RatePrice | None = None
    fixed: Amount | None = None
    floor: Amount | None = None


class WealthModel(Strict):
    """The coefficient of a level's price: wealth per inhabitant over an average, bounded."""

    reference: Literal["potentiel_financier"] = Field(examples=['"potentiel_financier"'])
    average: Annotated[
        Decimal,
        BeforeValidator(a_number),
        Field(gt=0, le=10**6, decimal_places=2, allow_inf_nan=False),
    ] = Field(examples=["950.00"])
    floor: Annotated[
        Decimal,
        BeforeValidator(a_number),
        Field(ge=0, le=1, decimal_places=6, allow_inf_nan=False),
    ] = Field(examples=["0.8"])
    ceiling: Annotated[
        Decimal,
        BeforeValidator(a_number),
        Field(ge=1, le=100, decimal_places=6, allow_inf_nan=False),
    ] = Field(examples=["1.2"])


class LevelModel(Strict):
    label: str = Field(examples=['"Services, conseils"'])
    includes: list[str] = []
    per_inhabitant: RatePrice | None = None
    brackets: list[BracketModel] = []
    requires: str | None = None
    half_days_per_request: Annotated[int, Field(strict=True, ge=1, le=1000)] | None = None
    half_day: dict[Code, Amount] = Field(
        default={}, description="une catégorie d'agents en capitales : A, B, C…"
    )
    wealth: WealthModel | None = None


class RuleModel(Strict):
    """The reading of the rule that an indexed grid was made with."""

    base_year: Year = Field(examples=["2025"])
    rate: RateKind = "published"
    chain: Chain = "exact"
    indexed: list[Kind] = ["per_inhabitant", "cap", "half_day"]
    never_decrease: Annotated[bool, Field(strict=True)] = False
    rounding: dict[Kind, StepSize] = {}


class IndexationModel(RuleModel):
    series: Series = "ensemble"


class IndexedFromModel(Strict):
    year: Year = Field(alias="from", examples=["2025"])
    month: str = Field(
        pattern=r"^\d{4}-(0[1-9]|1[0-2])$", examples=['"2025-12"'], description="un mois AAAA-MM"
    )
    rate: Percent = Field(examples=["0.8"])
    series: Series = Field(examples=['"ensemble"'])
    rule: RuleModel | None = None
    indices: Annotated[list[IndexValue], Field(min_length=2, max_length=2)] | tuple[()] = ()


class GridModel(Strict):
    status: Literal["voted", "projected"] = Field(examples=['"voted"'])
    act: str = Field(examples=['"à compléter"'])
    url: str = ""
    checked_on: Annotated[str, BeforeValidator(_day)] = ""
    example: Annotated[bool, Field(strict=True)] = False
    levels: dict[Code, LevelModel] = Field(
        examples=["…"], description="un code de niveau en capitales : 1, 2A, 2B…"
    )
    indexation: IndexedFromModel | None = None


class TariffsModel(Strict):
    population: Literal["municipale", "totale"] = Field(examples=['"municipale"'])
    minimum_recovery: Amount = Field(examples=["15.00"])
    proration: Literal["full_year", "month", "day"] = "full_year"
    before_vote: Literal["previous_grid", "refuse"] = "previous_grid"
    indexation: IndexationModel = Field(examples=["…"])
    grids: dict[YearKey, GridModel] = Field(description="une année : [grids.2025]")
