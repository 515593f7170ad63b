"""[legal] and [letters]: the texts that documents cite."""

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import StringConstraints

from mutualis.domain.issuer.legal import Legal, Regime
from mutualis.files.data.tariffs_schema import YearKey
from mutualis.files.toml.file import Strict

_Text: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True)]
if TYPE_CHECKING:
    _Regime = str
else:
    _Regime = Literal[(*(regime.value for regime in Regime), "")]


class LegalModel(Strict):
    regime: _Regime = ""
    text: _Text = ""
    withheld: _Text = ""
    populations: dict[YearKey, _Text] = {}

    @property
    def lacks_text(self) -> bool:
        """Whether the regime is another one, and none is named."""
        return self.regime == Regime.OTHER and not self.text


class LettersModel(Strict):
    appeal: _Text = ""


def legal_of(model: LegalModel) -> Legal:
    return Legal(
        regime=Regime(model.regime) if model.regime else None,
        text=model.text,
        withheld=model.withheld,
        populations={int(year): decree for year, decree in model.populations.items() if decree},
    )
