"""A letter as a PDF, in the page of the other documents."""

from mutualis.documents.paper.logo import Logo
from mutualis.documents.paper.paper_pdf import draw_head, draw_signatures, fitted
from mutualis.documents.paper.pdf import BLUE, GREY, LEFT, RULE, WIDTH, Pdf
from mutualis.documents.requests.letter import Decided, Letter
from mutualis.documents.wording.requests import CRITERIA


def render_letter(letter: Letter, logo: Logo | None) -> bytes:
    """The PDF/A-3B of a letter; its bytes depend on the arguments alone."""
    return fitted(lambda scale: _draw(letter, logo, scale))


def _draw(letter: Letter, logo: Logo | None, scale: float) -> Pdf:
    pdf = Pdf(
        title=letter.title,
        author=letter.issuer.name,
        day=letter.day,
        watermark="",
        foot=letter.footer,
        scale=scale,
    )
    draw_head(pdf, letter, logo)
    for answer in letter.answers:
        _answer(pdf, answer)
    pdf.room(30)
    pdf.say(CRITERIA, pdf.face("B", 11, BLUE))
    pdf.ln(1)
    for text in letter.criteria:
        pdf.say(text, pdf.face("", 9))
        pdf.ln(0.8)
    draw_signatures(pdf, (letter.signature,))
    return pdf


def _answer(pdf: Pdf, answer: Decided) -> None:
    """A request, whole on its page where it can be."""
    pdf.room(26)
    pdf.set_draw_color(*RULE)
    pdf.line(LEFT, pdf.y, LEFT + WIDTH, pdf.y)
    pdf.ln(2)
    pdf.say(answer.title, pdf.face("B", 10.5))
    pdf.say(answer.verdict, pdf.face("B", 10, BLUE))
    for text in answer.details:
        pdf.say(text, pdf.face("", 9.5, GREY))
    pdf.ln(3)
