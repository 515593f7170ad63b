"""The keys of SIREN and SIRET are those that python-stdnum finds."""

from random import Random

import pytest
from stdnum.fr import siren, siret

from mutualis.files.tables.keys import is_siren, is_siret

POSTE = "356000000"


def figures(length: int, seed: int, count: int = 3000) -> list[str]:
    random = Random(seed)
    return ["".join(random.choices("0123456789", k=length)) for _ in range(count)]


def test_a_siren_is_what_another_program_takes_for_one() -> None:
    numbers = [*figures(9, 1), "242500361", POSTE, "000000018"]
    assert [is_siren(number) for number in numbers] == [siren.is_valid(n) for n in numbers]
    assert sum(map(is_siren, numbers)) > 200


def test_a_siret_is_what_another_program_takes_for_one() -> None:
    offices = [POSTE + number for number in figures(5, 2)]
    sound = ["242500361" + number for number in figures(5, 3)]
    numbers = [*figures(14, 4), *offices, *sound, "35600000000048", "00000000000018"]
    assert [is_siret(number) for number in numbers] == [siret.is_valid(n) for n in numbers]
    assert sum(map(is_siret, offices)) > 400
    assert sum(map(is_siret, sound)) > 200


@pytest.mark.parametrize(
    "number", ["", "24250036", "2425003611", "24250036A", "٢٤٢٥٠٠٣٦١", "0" * 9]
)
def test_what_is_no_siren(number: str) -> None:
    assert not is_siren(number)


@pytest.mark.parametrize("number", ["", "2425003610001", "0" * 14, "٢" * 14])
def test_what_is_no_siret(number: str) -> None:
    assert not is_siret(number)
