"""Names that two systems of romanization spell apart sound alike, and other names do not."""

import pytest

from mtclean.rules.artifacts.romanization import sound_keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Shcherbakov", "Scherbakov"),
        ("Kuznetsov", "Kuznecov"),
        ("Alekseyev", "Alexeev"),
        ("Hryhorenko", "Grigorenko"),
        ("Papadimitriou", "Papademetriou"),
        ("Yitzhaki", "Itzhaki"),
        ("Suleiman", "Sulayman"),
        ("Tsuchiya", "Tutiya"),
        ("Matsushita", "Matusita"),
        ("Guanghua", "Kuanghua"),
        ("Xiaoping", "Hsiaoping"),
        ("Zhongshan", "Chungshan"),
        ("Jeonghun", "Chonghun"),
        ("Yoonseok", "Yunsok"),
    ],
)
def test_two_spellings_of_a_name_have_a_key_in_common(one: str, other: str) -> None:
    assert sound_keys(one) & sound_keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Andersen", "Anderson"),
        ("Kuznetsov", "Kuzmin"),
        ("Guanghua", "Guanghui"),
        ("Jeonghun", "Jeongmin"),
        ("Matsushita", "Matsumoto"),
        ("Mary", "Maria"),
        ("Zhang", "Chang"),
    ],
)
def test_two_names_have_none(one: str, other: str) -> None:
    assert not sound_keys(one) & sound_keys(other)
