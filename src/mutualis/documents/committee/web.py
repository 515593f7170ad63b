"""One HTML file in which a committee moves the prices: no network, nothing kept, nothing sent."""

import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from mutualis.documents.committee import words
from mutualis.documents.committee.live import calculated, cents, sliders
from mutualis.documents.committee.subject import Subject
from mutualis.documents.paper.typography import printed
from mutualis.documents.wording.parties import marked
from mutualis.domain.french.typography import long_date


def render_web(subject: Subject) -> bytes:
    """The page; the same subject gives the same bytes."""
    style = _asset("style.css")
    script = f"{_asset('calculation.js')}{_asset('view.js')}"
    heading, issuer = words.heading(subject.year), subject.issuer
    mark = marked(issuer, words.MARK)
    texts = {
        "title": f"{mark} : {heading} - {issuer.name}",
        "mark": mark,
        "heading": heading,
        "made": f"{issuer.name}, {long_date(subject.day)}",
        "baseline": subject.titles[0],
        "scenario": subject.titles[1],
        "notice": " ".join((words.NOTHING_VOTED, words.NOTHING_KEPT)),
        "prices": " ".join(filter(None, (words.MOVE_PRICES, words.taxed(subject)))),
        "closing": f"{heading}, {issuer.name}. {words.NOTHING_KEPT}",
    }
    page = Template(_asset("page.html")).substitute(
        {name: escape(printed(text)) for name, text in texts.items()},
        policy=_policy(style, script),
        style=style,
        script=script,
        data=_embedded(_data(subject)),
    )
    return page.encode()


def _asset(name: str) -> str:
    return (files("mutualis.documents.committee") / name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing but the page's own style and program."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _data(subject: Subject) -> dict[str, Any]:
    dataset, before = subject.scenario.dataset, subject.baseline.dataset
    codes = [line.code_insee for line in subject.persons]
    return {
        "calculation": calculated(dataset, codes, max(dataset.year, before.year)),
        "prices": sliders(dataset, before),
        "classes": {
            kind.value: {"one": one, "many": many} for kind, (one, many) in words.CLASSES.items()
        },
        "faulty": printed(words.FAULTY),
        "lines": [
            {
                "name": line.name,
                "level": words.level(*line.levels),
                "population": line.population,
                "before": cents(line.before),
                "expected": cents(line.after),
            }
            for line in subject.persons
        ],
    }


def _embedded(data: dict[str, Any]) -> str:
    """JSON that no name can lead out of its element."""
    text = json.dumps(data, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
