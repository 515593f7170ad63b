"""The issuer's logo, as it is printed on a PDF."""

import io

from PIL import Image, UnidentifiedImageError

from mutualis.domain.problems.refusals import Refusal

MOST_BYTES = 2_000_000
MOST_PIXELS = 4_000_000
_LARGEST = (900, 400)  # pixels; more would not be seen on paper


def logo_of(data: bytes, name: str) -> bytes:
    """The PNG of a logo as it is printed, on white; raises Refusal when it is none, or is huge."""
    if len(data) > MOST_BYTES:
        raise Refusal("files.logo_too_heavy", name=name, most=MOST_BYTES // 1_000_000)
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                width, height = picture.size
                raise Refusal("files.logo_too_large", name=name, width=width, height=height)
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
        raise Refusal("files.logo_not_a_png", name=name) from error
    pixels.thumbnail(_LARGEST)
    page = Image.new("RGB", pixels.size, "white")
    page.paste(pixels, mask=pixels.getchannel("A"))
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()
