"""What sets documents as PDFs: Typst, with the templates of a workspace laid over the shipped ones.

Each PDF is tagged, PDF/A-3a and PDF/UA-1; its bytes depend on its contents alone. Typst sees a
folder of its own and nothing else: neither the system's fonts, nor the network.
"""

import json
import re
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from mutualis.documents.electronic.archive import declared
from mutualis.documents.electronic.factur_x import render_xml
from mutualis.documents.paper import TEMPLATES
from mutualis.documents.paper.glyphs import font_files
from mutualis.documents.paper.page import Page, ready
from mutualis.domain.problems.problem import Problem, Source

MAIN = "main.typ"
STYLE = "style.typ"
_LOGO = "logo.png"
_STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]
_ATTACHED = "Les données de cette facture (Factur-X, EN 16931)"
_PLACE = re.compile(r"┌─ (.+?):(\d+):(\d+)\n")


class BrokenTemplate(Exception):
    """A template of the workspace cannot be set; the problem says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def shipped_templates() -> dict[str, bytes]:
    """The templates by the names of their files."""
    folder = files("mutualis.documents.paper") / "templates"
    found = sorted(folder.iterdir(), key=lambda item: item.name)
    return {item.name: item.read_bytes() for item in found if item.name.endswith(".typ")}


class Press:
    """Sets documents in one look: `own` are the files of the workspace's templates, by their path
    in that folder, `logo` is a PNG."""

    def __init__(self, own: Mapping[str, bytes], logo: bytes | None) -> None:
        self._own = own
        self._logo = f"/{_LOGO}" if logo else None
        root = Path(tempfile.mkdtemp(prefix="mutualis-"))
        self._root = root.name
        weakref.finalize(self, shutil.rmtree, root, ignore_errors=True)
        main = files("mutualis.documents.paper") / MAIN
        contents = {**font_files(), **shipped_templates(), **own, MAIN: main.read_bytes()}
        if logo:
            contents[_LOGO] = logo
        for name, data in contents.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[root]
        )
        self._compiler = typst.Compiler(
            root / MAIN, root=root, font_paths=fonts, ignore_system_fonts=True
        )

    def set_one(self, page: Page) -> bytes:
        """The PDF of a document, with its data where it is an invoice or a credit note."""
        invoice = page.electronic
        if invoice is None:
            return self._set([page], page.title, page.author)
        xml = render_xml(invoice)
        return declared(self._set([page], page.title, page.author, xml.decode()))

    def set_all(self, pages: Sequence[Page], title: str) -> bytes:
        """One PDF of several documents, to print: the pages of each are counted apart. The data
        of none is in it."""
        return self._set(pages, title, pages[0].author)

    def trial(self, page: Page) -> list[Problem]:
        """What is wrong with the template of a document, or may be."""
        try:
            _, warnings = self._compiled([page], page.title, page.author)
        except BrokenTemplate as error:
            return [error.problem]
        return [
            self._problem("A15", page, warning.message, warning.diagnostic) for warning in warnings
        ]

    def _set(self, pages: Sequence[Page], title: str, author: str, xml: str | None = None) -> bytes:
        return self._compiled(pages, title, author, xml)[0]

    def _compiled(
        self, pages: Sequence[Page], title: str, author: str, xml: str | None = None
    ) -> tuple[bytes, list[typst.TypstWarning]]:
        """Raises BrokenTemplate when a template of the workspace is at fault."""
        day = pages[0].day
        given = {
            **ready({"title": title, "author": author}),
            "day": [day.year, day.month, day.day],
            "xml": xml,
            "xml_title": _ATTACHED,
            "papers": [self._paper(page, rank) for rank, page in enumerate(pages)],
        }
        try:
            data, warnings = self._compiler.compile_with_warnings(
                format="pdf",
                sys_inputs={"given": json.dumps(given)},
                pdf_standards=_STANDARDS,
                timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
            )
        except typst.TypstError as error:
            if not self._own:
                raise  # a bug
            page = pages[0]
            raise BrokenTemplate(
                self._problem("A13", page, error.message, error.diagnostic)
            ) from error
        if not isinstance(data, bytes):
            raise AssertionError("Typst set no PDF")
        return data, warnings

    def _paper(self, page: Page, rank: int) -> dict[str, Any]:
        return {
            **ready(page.texts),
            "template": page.template,
            "rank": rank,
            "logo": self._logo,
        }

    def _problem(self, code: str, page: Page, message: str, diagnostic: str) -> Problem:
        """At the first place of the workspace's own templates that Typst names, else in the style
        that a shipped template did not find as it needs it."""
        facts = {"message": message, "template": f"{page.template}.typ"}
        for path, line, column in _PLACE.findall(diagnostic):
            # Typst names a file from the current folder, whatever it is.
            name = path.replace("\\", "/").rpartition(f"{self._root}/")[2]
            if name in self._own:
                text = self._own[name].decode("utf-8", "replace").splitlines()
                source = Source(
                    f"{TEMPLATES}/{name}",
                    int(line),
                    int(column) + 1,  # Typst counts them from 0
                    excerpt=text[int(line) - 1] if int(line) <= len(text) else None,
                    caret=int(column),
                )
                return Problem(code, source, facts)
        suspects = [name for name in (f"{page.template}.typ", STYLE) if name in self._own]
        return Problem(code, Source(f"{TEMPLATES}/{suspects[0]}" if suspects else TEMPLATES), facts)
