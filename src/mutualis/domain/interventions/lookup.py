"""Where an intervention belongs: its commune, its service and its price, or why it has none."""

from collections.abc import Sequence
from decimal import Decimal

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.french.communes import elsewhere
from mutualis.domain.french.names import bare, fold, is_same, nearest
from mutualis.domain.interventions.intervention import Intervention
from mutualis.domain.problems.problem import Problem
from mutualis.domain.services.service import Service, Services
from mutualis.domain.tariffs.grid import Grid


class Finder:
    """The communes, services and prices that one year's interventions name, each looked up once."""

    def __init__(self, communes: Communes, services: Services, grid: Grid) -> None:
        self.grid = grid
        self.services = services
        self.all_communes = communes
        self.communes = list(communes.by_commune(grid.year))
        self.by_code = {rows[0].code_insee: rows for rows in self.communes}
        self.known_communes: dict[str, list[tuple[CommuneYear, ...]]] = {}
        self.known_services: dict[str, list[tuple[Service, ...]]] = {}

    def commune(self, row: Intervention) -> Sequence[CommuneYear] | Problem:
        """The rows of the commune in the year."""
        year = str(self.grid.year)
        named = row.commune.strip()
        code = row.code_insee or named.upper()
        by_code = [self.by_code[code]] if code in self.by_code else []
        by_name = self._named(named)
        if row.code_insee and named:
            if by_code and by_code[0] not in by_name:
                own, other = by_code[0][0].name, ""
                if by_name:
                    other = f" ; {named} a le code {by_name[0][0].code_insee}"
                facts = {"code": row.code_insee, "name": named, "own": own, "other": other}
                return Problem("U02", row.at("code_insee"), facts)
            found = by_code
        else:
            found = by_code or by_name
        if len(found) == 1:
            return found[0]
        wanted = row.code_insee or named
        names = {c[0].name: c[0].code_insee for c in found or self.communes}
        close = list(names) if found else nearest(named, names) if named else []
        years = [] if found else self.all_communes.known_in(wanted, but=self.grid.year)
        spelled = [f"{name} ({names[name]})" for name in close[:5]]
        facts = {
            "wanted": wanted,
            "state": "ambiguë" if found else "inconnue",
            "year": year,
            "guess": (
                f" Vouliez-vous dire {' ou '.join(spelled)} ?"
                if spelled and not years
                else elsewhere(years)
            ),
        }
        return Problem("U01", row.at("code_insee" if row.code_insee else "commune"), facts)

    def _named(self, name: str) -> list[tuple[CommuneYear, ...]]:
        if name not in self.known_communes:
            for form in (name, bare(name)):
                self.known_communes[name] = [
                    rows for rows in self.communes if any(is_same(form, row.name) for row in rows)
                ]
                if self.known_communes[name]:
                    break
        return self.known_communes[name]

    def cells(self, row: Intervention) -> tuple[Service, ...] | Problem:
        """The cells of the service; none when the workspace has no catalogue."""
        if not self.services:
            return ()
        if row.service not in self.known_services:
            self.known_services[row.service] = self.services.written(row.service)
        found = self.known_services[row.service]
        if len(found) == 1:
            return found[0]
        if found:
            names = [f"« {cells[0].theme} : {cells[0].name} »" for cells in found]
            state = "est une prestation de plusieurs thèmes"
        else:
            known = [cell.name for cell in self.services.rows]
            names = [f"« {name} »" for name in nearest(row.service, known)]
            state = "n'est pas une prestation du catalogue"
        guess = f" Écrire {' ou '.join(names)} ?" if names else ""
        facts = {"wanted": row.service, "state": state, "guess": guess}
        return Problem("U03", row.at("prestation"), facts)

    def price(self, row: Intervention) -> Decimal | Problem:
        level = self.grid.on_quote
        prices = level.half_day if level is not None else {}
        if row.category in prices:
            return prices[row.category]
        last = fold(row.category).split()[-1:]  # « Catégorie A », « cat. a »
        close = [code for code in prices if [fold(code)] == last]
        close = close or nearest(row.category, prices, limit=1)
        facts = {
            "category": row.typed_category or row.category,
            "year": str(self.grid.year),
            "known": ", ".join(prices) or "aucune",
            "guess": f" Lire sans doute « {close[0]} »." if close else "",
        }
        return Problem("U04", row.at("categorie"), facts)
