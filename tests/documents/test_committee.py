"""What a committee is shown of a simulation: the sheet, and the page that it moves prices in."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from browser import FOUND, Tab, browser
from pdfs import check_marks, plain, press, spoken
from pypdf import PdfReader
from subjects import before_vote, subject_of

from mutualis.documents.committee.sheet import sheet_page
from mutualis.documents.committee.subject import Subject
from mutualis.documents.committee.web import render_web
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.priced import price
from mutualis.domain.tariffs.grid import Bracket
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

KEY = "levels.2B.per_inhabitant"


@pytest.fixture
def before(shipped: Workspace) -> Dataset:
    return before_vote(shipped)


@pytest.fixture
def subject(shipped: Workspace, before: Dataset) -> Subject:
    return subject_of(shipped, before, before.with_prices({KEY: Decimal("3.50")}))


class Page(HTMLParser):
    """The attributes of each element, and the text of those that have an id, or a known name."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open = ""
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = str(dict(attrs).get("id", tag))

    def handle_data(self, data: str) -> None:
        self.texts[self._open] = self.texts.get(self._open, "") + data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._open = ""

    def all(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.elements if name == tag)


def data_of(page: Page) -> Any:
    return json.loads(page.texts["donnees"])


def test_the_page_runs_nothing_but_its_own(subject: Subject) -> None:
    """Its policy names its style and its program by their sums; it asks for nothing else."""
    page = Page(render_web(subject))
    (policy,) = (
        str(meta["content"])
        for meta in page.all("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    for rule, text in (("style-src", page.texts["style"]), ("script-src", page.texts["script"])):
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert rules.pop(rule) == f"'sha256-{digest}'"
    assert rules == dict.fromkeys(("default-src", "base-uri", "form-action"), "'none'")
    for tag, attributes in page.elements:
        assert not {"src", "style", "action", "srcset", "data"} & attributes.keys(), tag
        assert not [name for name in attributes if name.startswith("on")], tag
        assert attributes.get("href", "#prix") == "#prix"
    script, style = page.texts["script"], page.texts["style"]
    assert re.findall(r"https?:[^\"']*", script + style) == ["http://www.w3.org/2000/svg"]
    for word in ("innerHTML", "fetch", "XMLHttp", "Storage", "cookie", "eval", "import(", "url("):
        assert word not in script + style


def test_the_page_says_what_it_is(shipped: Workspace, subject: Subject) -> None:
    text = render_web(subject).decode()
    assert "<title>EXEMPLE - SIMULATION" in text
    assert '<p class="mark">EXEMPLE - SIMULATION</p>' in text
    real = replace(subject, issuer=replace(shipped.issuer, example=False))
    assert "EXEMPLE" not in render_web(real).decode()
    assert '<p class="mark">SIMULATION</p>' in render_web(real).decode()
    assert render_web(subject) == render_web(subject)


def test_the_page_holds_what_the_program_says(subject: Subject) -> None:
    data = data_of(Page(render_web(subject)))
    assert len(data["lines"]) == len(data["calculation"]["lines"]) == 67
    for when, side in (("before", subject.baseline), ("expected", subject.scenario)):
        assert sum(int(line[when]) for line in data["lines"]) == side.total * 100
    (rate,) = (item for item in data["prices"] if item["key"] == KEY)
    told = (rate["before"], rate["value"], rate["step"], rate["steps"])
    assert told == ("3280000", "3500000", "10000", 700)
    assert not [item for item in data["prices"] if "half_day" in item["key"]]


def test_a_name_leads_nowhere(shipped: Workspace, before: Dataset) -> None:
    name = "</script><img src=x onerror=alert(1)><!-- & \u2028"
    rows = tuple(replace(row, name=name) for row in before.communes.rows)
    communes = replace(before.communes, rows=rows)
    other = replace(before, communes=communes)
    page = Page(render_web(subject_of(shipped, other, other)))
    assert {line["name"] for line in data_of(page)["lines"]} == {name}
    assert not [*page.all("img")]
    titled = replace(subject_of(shipped, before, before), titles=(name, name))
    assert not [*Page(render_web(titled)).all("img")]


@pytest.mark.skipif(not FOUND, reason="no Chromium here")
def test_in_a_browser(subject: Subject, tmp_path: Path) -> None:
    """It computes, is told, and asks for nothing; the prices of the reference bring it back."""
    path = tmp_path / "page.html"
    path.write_bytes(render_web(subject))
    with browser(tmp_path / "profile") as tab:
        tab.open(path)
        first = told(tab, "")
        assert first.startswith(f"Total {spaced(subject.scenario.total)} €")
        assert "paient plus" in first
        moved = told(tab, "const s = all('.slider')[1]; s.value = 300; fire(s, 'input');")
        cheaper = price(subject.scenario.dataset.with_prices({KEY: Decimal(3)}))
        assert moved.startswith(f"Total {spaced(cheaper.total)} €")
        assert tab.run("document.getElementById('commande').textContent") == f"--set {KEY}=3,00"
        typed = told(tab, "const f = one('#prix-1'); f.value = '3 x'; fire(f, 'input');")
        assert typed == moved
        assert tab.run("document.getElementById('prix-1').getAttribute('aria-invalid')") == "true"
        back = told(tab, "one('#reference').click();")
        assert back.startswith(f"Total {spaced(subject.baseline.total)} €")
        assert tab.run("document.querySelectorAll('#graphique g').length") == 67
        assert tab.run("document.querySelectorAll('#communes tr').length") == 67
        assert tab.run("document.getElementById('faute').hidden")
        assert tab.errors == []


def told(tab: Tab, code: str) -> str:
    """What the live region says once something is done."""
    helpers = (
        "const one = (x) => document.querySelector(x), all = (x) => document.querySelectorAll(x);"
        "const fire = (x, name) => x.dispatchEvent(new Event(name));"
    )
    wait = "new Promise((done) => setTimeout(() => done(one('#annonce').textContent), 600))"
    return plain(str(tab.run(f"(() => {{ {helpers} {code} return {wait}; }})()")))


def spaced(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",")


def test_the_sheet_is_one_page(subject: Subject) -> None:
    page = sheet_page(subject)
    data = press().set_one(page)
    check_marks(data, page)
    (only,) = PdfReader(BytesIO(data)).pages
    text = plain(only.extract_text())
    for part in ("EXEMPLE - SIMULATION", "Référence", "tarif relevé (exemple)", "page 1/1"):
        assert part in text
    assert f"Total {spaced(subject.scenario.total)} €" in text
    heard = spoken(data)
    assert heard[:2] == ["P: EXEMPLE - SIMULATION", "H1: Adhésions 2025"]
    assert [line for line in heard if line.startswith("H2")] == [
        "H2: Ce qui change de la grille",
        "H2: Causes de l’écart",
        "H2: Qui paie plus, qui paie moins",
        "H2: Niveaux",
        "H2: Les plus grands écarts",
        "H2: Seuils\u00a0: un habitant de plus, à chaque borne",
        "H2: Écart de chaque commune (67), du plus haut au plus bas",
    ]
    (figure,) = (line for line in heard if line.startswith("Figure"))
    assert plain(figure).startswith(
        "Figure: Écart de chaque commune (67), du plus haut au plus bas. De"
    )
    assert press().set_one(page) == data


def test_nothing_changes_on_the_sheet(shipped: Workspace, before: Dataset) -> None:
    data = press().set_one(sheet_page(subject_of(shipped, before, before)))
    text = plain(PdfReader(BytesIO(data)).pages[0].extract_text())
    for part in ("Aucun prix, aucune borne et aucun réglage ne change.", "Aucun écart.", "(0,0 %)"):
        assert part in text
    assert not [line for line in spoken(data) if line.startswith("Figure")]


def test_however_much_there_is_the_sheet_is_one_page(shipped: Workspace, before: Dataset) -> None:
    """Ten levels of ten brackets, long titles, many communes near a bound."""
    bounds = [*range(200, 2000, 200), None]
    brackets = tuple(
        Bracket(bound, cap=Decimal(9000 - 100 * rank), fixed=Decimal(rank))
        for rank, bound in enumerate(bounds)
    )
    level = before.grid.levels["2B"]
    many = {
        code: replace(level, code=code, brackets=brackets) for code in (f"2B{n}" for n in range(9))
    }
    after = before.with_levels(
        {**before.grid.levels, "2B": replace(level, brackets=brackets), **many}
    )
    found = subject_of(shipped, before, after)
    found = replace(found, titles=("x " * 300, "y " * 300), near=Decimal(100), top=1000)
    data = press().set_one(sheet_page(found))
    (only,) = PdfReader(BytesIO(data)).pages
    text = plain(only.extract_text())
    assert text.count("mutualis simulate les donne") >= 3
    assert "Écart de chaque commune (67)" in text
    assert "Amagney, Amagney" not in text
    changes = sorted((line.change for line in found.persons), reverse=True)
    bars = sheet_page(found).texts["chart"]["bars"]
    assert [(bar > 0, bar < 0) for bar in bars] == [(own > 0, own < 0) for own in changes]
