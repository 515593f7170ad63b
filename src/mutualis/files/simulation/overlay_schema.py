"""The shape of a reform: what it says of a grid, laid over it."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from mutualis.files.data.tariffs_schema import Amount, BracketModel, Code, LevelModel
from mutualis.files.toml.file import Strict

Rank = Annotated[str, Field(pattern=r"^(0|[1-9]\d?)$")]


def _shape(value: Any) -> str:
    return "[table]" if isinstance(value, dict) else "[list]"


# All the brackets anew, or what changes in some of them, by rank from 0.
if TYPE_CHECKING:
    Brackets = list[BracketModel]
else:
    Brackets = Annotated[
        Annotated[list[BracketModel], Tag("[list]")]
        | Annotated[dict[Rank, BracketModel], Tag("[table]")],
        Discriminator(_shape),
    ]


class OverlayLevelModel(LevelModel):
    """What changes in a level; one that the grid does not have is new.

    A part of the coefficient of wealth may be given: it is checked once laid over.
    """

    label: str = ""
    brackets: Brackets = Field(default=[], description="le rang d'une tranche, de 0 à 99")
    wealth: Any = None


class OverlayModel(Strict):
    population: Literal["municipale", "totale"] = "municipale"
    minimum_recovery: Amount = Decimal(0)
    proration: Literal["full_year", "month", "day"] = "full_year"
    levels: dict[Code, OverlayLevelModel] = Field(
        default={}, description="un code de niveau en capitales : 1, 2A, 2B…"
    )


class ReformModel(OverlayModel):
    title: str = Field(min_length=1, examples=['"Plafonds relevés"'])
    description: str = ""
