"""A letter as it is given to its template."""

from mutualis.documents.paper.page import Page, head, signatures
from mutualis.documents.requests.letter import Letter


def page_of_letter(letter: Letter) -> Page:
    texts = {
        **head(letter),
        "answers": [
            {"title": item.title, "verdict": item.verdict, "details": list(item.details)}
            for item in letter.answers
        ],
        "salutation": letter.salutation,
        "closing": list(letter.closing),
        "criteria_title": letter.criteria_title,
        "criteria": list(letter.criteria),
        "signatures": signatures((letter.signature,)),
    }
    return Page("letter", letter.title, letter.issuer.name, letter.day, texts)
