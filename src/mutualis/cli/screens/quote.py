"""What `quote` answers."""

from pathlib import Path
from typing import Any

from mutualis.cli.screens.quotes import lines_of
from mutualis.cli.terminal import console
from mutualis.documents.wording.payment import vat_rows
from mutualis.documents.wording.quotes import grid_used, validity
from mutualis.domain.french.typography import euros, number
from mutualis.domain.money import plain
from mutualis.workflows.quote import QuoteMade


def answer(made: QuoteMade) -> dict[str, Any]:
    """The JSON contract of `quote`."""
    quote = made.quote
    return {
        "number": quote.number,
        "year": quote.year,
        "grid": quote.grid.year,
        "code_insee": quote.commune.code_insee,
        "commune": quote.commune.name,
        "service": quote.service,
        "scheme": made.scheme or None,
        "object": quote.subject,
        "date": quote.issued_on.isoformat(),
        "lines": lines_of(quote.lines),
        "total": plain(quote.total),
        "net": plain(quote.net),
        "vat": plain(quote.total - quote.net),
        "valid_until": quote.valid_until.isoformat(),
        "files": list(made.files),
    }


def show(made: QuoteMade, folder: Path) -> None:
    quote = made.quote
    commune = quote.commune
    title = f"Devis {quote.number}" if quote.number else f"Devis {quote.year} (PROJET)"
    console.show(f"{title} : {commune.name} ({commune.code_insee})", "bold")
    if quote.service:
        console.show(f"Prestation : {quote.service}")
    if made.scheme:
        console.show(f"Un dispositif départemental peut servir : {made.scheme}")
    console.show_table(
        ("Désignation", "Catégorie", "Demi-journées", "Prix", "Montant"),
        [
            (
                line.label,
                line.category,
                number(line.half_days),
                euros(line.unit_price),
                euros(line.amount),
            )
            for line in quote.lines
        ],
        right=(2, 3, 4),
        total=("Total", "", number(sum(q.half_days for q in quote.lines)), "", euros(quote.net)),
    )
    for name, rate, net, vat in vat_rows(quote.taxes)[:-1]:
        said = f" à {rate}" if rate else ""
        console.show(f"{name}{said} : {euros(net)}, TVA {euros(vat)}")
    if quote.taxes:
        console.show(f"Total, TVA comprise : {euros(quote.total)}", "bold")
    console.show(grid_used(quote))
    console.show(f"Valable {validity(quote)}.")
    if made.why_draft:
        console.show(f"Sans numéro : {made.why_draft.text}.")
    console.show()
    console.show_files(made.files, folder)
    console.show_next(
        f"envoyer le devis à la commune ; après son accord : mutualis quotes accept {quote.number}"
        if quote.number
        else "relire le projet ; sans --draft, le devis prend un numéro et entre au registre"
    )
