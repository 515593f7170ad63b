"""Several PDFs as one, to print: their pages alone, without the data that each carries."""

from collections.abc import Iterable
from io import BytesIO
from logging import NullHandler, getLogger

from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError, PyPdfError

# What it says of a damaged file, in English, is said here by an error.
getLogger("pypdf").addHandler(NullHandler())
getLogger("pypdf").propagate = False


def merge(documents: Iterable[bytes], title: str) -> bytes:
    """The pages of all, in order; raises ValueError with the rank (from 0) of one that is none."""
    writer = PdfWriter()
    for rank, data in enumerate(documents):
        try:
            for page in PdfReader(BytesIO(data)).pages:
                writer.add_page(page)
        except (
            PyPdfError,
            DependencyError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
        ) as error:
            raise ValueError(rank) from error
    writer.add_metadata({"/Title": title})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
