"""The issuer's logo, as it is printed on a PDF."""

import io
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from mutualis.domain.problems.refusals import Refusal

MOST_BYTES = 2_000_000
MOST_PIXELS = 4_000_000
_LARGEST = (900, 400)  # pixels; more would not be seen on paper


@dataclass(frozen=True, slots=True)
class Logo:
    image: Image.Image
    width: int
    height: int


def logo_of(data: bytes, name: str) -> Logo:
    """The logo in the bytes of a PNG, on white; raises Refusal when it is none, or is huge."""
    if len(data) > MOST_BYTES:
        raise _refusal(name, f"pèse plus de {MOST_BYTES // 1_000_000} Mo")
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _refusal(
                    name, f"a {picture.width} × {picture.height} points, plus de 4 millions"
                )
            picture.load()
            pixels = picture.convert("RGBA")
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,  # what Pillow raises on a broken PNG chunk
        ValueError,
        EOFError,
        Image.DecompressionBombError,
    ) as error:
        raise _refusal(name, "n'est pas une image PNG lisible") from error
    pixels.thumbnail(_LARGEST)
    page = Image.new("RGB", pixels.size, "white")
    page.paste(pixels, mask=pixels.getchannel("A"))
    return Logo(page, page.width, page.height)


def _refusal(name: str, why: str) -> Refusal:
    return Refusal(
        f"{name} {why} : rien n'a été écrit.",
        "l'enregistrer en PNG, 900 × 400 points au plus, ou le retirer",
    )
