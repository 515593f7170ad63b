"""What a person reads, at each turn of a sentence; a space stands for one that does not break."""

from datetime import date
from decimal import Decimal

import pytest

from mutualis.domain.french import (
    accounting,
    checks,
    communes,
    indexation,
    interventions,
    letters,
    memberships,
    missions,
    register,
    requests,
    services,
    tariffs,
)

D = Decimal


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (
            accounting.titre_undone("12", 2025, whole=True),
            "Titre 12 de l'exercice 2025 : annulation.",
        ),
        (
            accounting.titre_undone("12", 2025, whole=False),
            "Titre 12 de l'exercice 2025 : réduction.",
        ),
        (checks.moved_amounts(1), "1 montant a bougé"),
        (checks.moved_amounts(2), "2 montants ont bougé"),
        (checks.by_catalogue(is_own=True), ""),
        (checks.by_catalogue(is_own=False), " (d'après le catalogue)"),
        (checks.act_lacks(a_date=True), "son acte n'a pas de date"),
        (checks.act_lacks(a_date=False), "son acte n'est pas rempli"),
        (checks.capacity(None), "la direction n'a plus de capacité dans le fichier"),
        (checks.capacity(0), "la capacité est de 0"),
        (checks.kinds_of_prices(["fixed", "floor"]), "part fixe, minimum"),
        (checks.keys_of_prices(["fixed", "floor"]), '"fixed", "floor"'),
        (communes.merged("A", "B", 2025, None), "A (réunie à B en 2025)"),
        (
            communes.merged("A", "B", 2025, date(2025, 7, 1)),
            "A (réunie à B depuis le 1er juillet 2025)",
        ),
        (communes.known_as("A", "A"), "A"),
        (communes.known_as("A", "B"), "A (devenue B)"),
        (communes.siren_option("25001"), "--siren 25001=SIREN"),
        (communes.known_communes(1), "1 commune connue"),
        (communes.known_communes(2), "2 communes connues"),
        (interventions.known_costs([]), ""),
        (interventions.known_costs([2024, 2025]), " (années données : 2024, 2025)"),
        (interventions.vintage(2025, "définitif"), "définitif 2025"),
        (interventions.why_no_cost("no_units"), "0 unité donnée"),
        (indexation.release(""), "INSEE, valeurs_mensuelles.csv"),
        (indexation.release("15/01/2026"), "INSEE, valeurs_mensuelles.csv du 15/01/2026"),
        (interventions.doubt(is_uncertain=False), ""),
        (
            interventions.other_years({2024: 1}),
            "1 ligne d'une autre année (2024), non comptée.",
        ),
        (
            interventions.other_years({2024: 1, 2023: 2}),
            "3 lignes d'autres années (2023 : 2, 2024 : 1), non comptées.",
        ),
        (memberships.parts_of_year(["a"], D(1)), "a"),
        (memberships.parts_of_year(["a", "b"], D(1)), "a ; b ; total 1,00 €"),
        (memberships.too_short(), "adhésion plus courte qu'un mois"),
        (
            memberships.complement("a", D(5), "F1"),
            "a ; moins 5,00 € déjà facturés (F1)",
        ),
        (memberships.nature("statement", D(-1)), "relevé rectificatif"),
        (memberships.nature("statement", D(0)), "relevé"),
        (memberships.nature("credit", D(-1)), "avoir"),
        (
            memberships.change(2025, D(10), D(12), {"population": D(3), "tariff": D(-1)}),
            "2024 : 10,00 € ; 2025 : 12,00 € (+2,00 €) : population +3,00 €, tarif -1,00 €",
        ),
        (
            memberships.change(2025, D(10), D(10), {"population": D(0)}),
            "2024 : 10,00 € ; 2025 : 10,00 € (0,00 €) : sans changement",
        ),
        (missions.half_days(1), "1 demi-journée"),
        (missions.by_category({"A": 2, "B": 1}), "2 demi-journées A, 1 demi-journée B"),
        (
            missions.calculation([("A", 2, D(255), D(510))], D(510)),
            "catégorie A : 2 demi-journées × 255,00 € = 510,00 €",
        ),
        (
            missions.calculation(
                [("A", 1, D(10), D(10)), ("B", 1, D(5), D(5))], D(15), [(D(20), D(15), D(3))]
            ),
            "catégorie A : 1 demi-journée × 10,00 € = 10,00 € ; catégorie B : 1 demi-journée × "
            "5,00 € = 5,00 € ; total 15,00 € ; TVA à 20 % sur 15,00 € : 3,00 € ; avec la TVA "
            "18,00 €",
        ),
        (missions.left_of_quote("D1", "x"), "devis D1 : x"),
        (register.at_row(0, "F1", "x"), "x"),
        (register.at_row(12, "F1", "x"), "ligne 12 (F1) : x"),
        (register.at_row(12, None, "x"), "ligne 12 : x"),
        (
            register.render_again(["F1", "A1"]),
            "mutualis register render F1, mutualis register render A1",
        ),
        (
            requests.not_a_member("", ["2B"])[0],
            "commune non adhérente : ce service demande le niveau 2B",
        ),
        (
            requests.not_a_member("2A", ["2B", "3"])[0],
            "commune au niveau 2A : ce service demande le niveau 2B ou 3",
        ),
        (
            requests.incomplete("", "U", 0)[0],
            "dossier incomplet : il manque le service, les demi-journées",
        ),
        (services.limited("Conseil", 3), "Conseil (3 par an)"),
        (services.beyond(1), "au-delà d'une demi-journée"),
        (services.beyond(2), "au-delà de 2 demi-journées"),
        (tariffs.bracket(0, None), "sans limite de population"),
        (tariffs.bracket(0, 3999), "jusqu'à 3 999 habitants"),
        (tariffs.bracket(4000, 10000), "de 4 000 à 10 000 habitants"),
        (tariffs.bracket(10001, None), "à partir de 10 001 habitants"),
        (tariffs.bracket_price("2B", "cap", None), "2B, plafond au-delà"),
        (tariffs.bracket_price("2B", "cap", 3999), "2B, plafond jusqu'à 3 999"),
        (tariffs.levels(["2B"]), "niveau 2B"),
        (tariffs.levels(["1", "2A", "2B"]), "niveaux 1, 2A et 2B"),
        (tariffs.table_bound(None), "sans limite"),
        (tariffs.table_bound(D(3999)), "3 999 habitants"),
        (tariffs.table_amount(None), "pas de prix"),
        (tariffs.for_population("1,00 €", 2), "1,00 € (2 habitants)"),
    ],
)
def test_a_sentence(found: str, text: str) -> None:
    assert found.replace("\u00a0", " ").replace("\u202f", " ") == text


def calculated(**more: object) -> str:
    own: dict[str, object] = {"cap": None, "floor": None, "within": "jusqu'à 9", **more}
    amounts = [D(str(own.pop(name, "6"))) for name in ("gross", "amount")]
    fixed = D(str(own.pop("fixed", 0)))
    text = tariffs.fee(2, D(3), fixed, *amounts, **own)  # type: ignore[arg-type]
    return text.replace("\u00a0", " ")


def test_the_calculation_of_a_fee() -> None:
    assert calculated() == "2 habitants × 3,00 € = 6,00 €"
    assert calculated(fixed=1, gross=7, amount=7) == "1,00 € + 2 habitants × 3,00 € = 7,00 €"
    assert calculated(cap=D(5), amount=5).endswith(", plafonné à 5,00 € (jusqu'à 9)")
    assert calculated(floor=D(7), amount=7).endswith(", porté au minimum de 7,00 € (jusqu'à 9)")
    assert calculated(gross="6.001").endswith(", arrondi à 6,00 €")
    for ratio, coefficient, said in (
        ("2", "2", ") ="),
        ("2", "1", "ramené à 1"),
        ("1", "2", "porté à 2"),
    ):
        wealth = tariffs.Weighting(D(9), D(8), D(ratio), D(coefficient), D(6))
        assert said in calculated(wealth=wealth)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("+0,8 %", "0.8"),
        ("0.8", "0.8"),
        ("-0,3", "-0.3"),
        ("\u22120,3", "-0.3"),
        ("1\u00a0000", "1000"),
        ("0,8 %%", None),
        ("", None),
        ("1e3", None),
        ("1234567", None),
        ("0,1234567", None),
        ("٣", None),
    ],
)
def test_a_rate_as_people_write_it(text: str, rate: str | None) -> None:
    assert indexation.rate_of(text) == (None if rate is None else D(rate))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "zéro euro"),
        ("1", "un euro"),
        ("0.01", "un centime"),
        ("1.02", "un euro et deux centimes"),
    ],
)
def test_amounts_in_letters(amount: str, text: str) -> None:
    assert letters.euros_in_letters(D(amount)) == text
