"""The language of a text whose names and titles are in another script than its prose."""

from __future__ import annotations

import pytest

from mtclean.documents.language import language_of

COURSES = [
    "Build a small web server in one weekend",
    "The complete guide to writing good tests",
    "How to draw a map of your own town",
    "Learn to read the weather in ten days",
    "An introduction to boats and harbours",
    "Working with tables and lists of names",
    "What every reader should know about ink",
    "The first steps with paper and pencil",
]
OF_TEACHERS = {
    "ar": "مع الأستاذ الذي يعلم كل يوم",
    "ru": "с учителем, который учит каждый день",
    "th": "กับครูที่สอนทุกวันในโรงเรียน",
    "zh": "由每天在学校上课的老师讲授",
}


@pytest.mark.parametrize("code", OF_TEACHERS)
def test_a_list_of_english_titles_is_in_the_language_that_speaks_of_them(code: str) -> None:
    text = "\n".join(f"* {course} - {OF_TEACHERS[code]}" for course in COURSES)
    assert language_of(text) == code


@pytest.mark.parametrize("code", OF_TEACHERS)
def test_an_english_list_with_a_few_foreign_lines_is_english(code: str) -> None:
    lines = [f"* {course}" for course in COURSES]
    lines[0] += f" - {OF_TEACHERS[code]}"
    assert language_of("\n".join(lines)) == "en"


def test_a_list_of_languages_is_in_none_of_them() -> None:
    """Its lines are in one script each, and in many together."""
    teachers = list(OF_TEACHERS.values())
    text = "\n".join(f"* {course} - {teachers[n % 4]}" for n, course in enumerate(COURSES))
    assert language_of(text) == "en"
    assert language_of(text.replace(teachers[3], teachers[0])) != "ar"


def test_where_the_other_script_is_too_little_to_tell_nothing_is_said() -> None:
    text = "\n".join(f"* {course} in the old harbour town - نص هنا" for course in COURSES)
    assert language_of(text) == ""


OF_NEIGHBOURS = {
    "lb": (
        "No der Schoul ginn si mat hirer Mamm an d’Stad, fir nei Schong ze kafen. Owes iesse si zesummen Zopp a "
        "Brout, an duerno erzielt de Grousspapp eng laang Geschicht vu fréier."
    ),
    "tt": (
        "Бүген иртән һава бик матур булды, һәм балалар урамда уйнадылар. Минем әнием кибеткә барды, ә әтием бакчада "
        "эшләде. Кич белән без барыбыз бергә өстәл янына утырдык, чәй эчтек һәм озак сөйләштек. Әбием безгә борынгы "
        "әкиятләр сөйләде, ә бабам скрипкада уйнады. Иртәгә без авылга барабыз, анда елга бар, һәм без балык тотачакбыз."
    ),
}


@pytest.mark.parametrize("code", OF_NEIGHBOURS)
def test_a_language_no_detector_has_a_profile_of_is_not_its_neighbour(code: str) -> None:
    """Langdetect takes Luxembourgish for German and Tatar for Russian, and is sure of it."""
    assert language_of(OF_NEIGHBOURS[code]) == code


def test_faroese_is_not_icelandic() -> None:
    """Neither detector has it; it writes ø where Icelandic has ö."""
    text = (
        "Mamma mín fór til handils í morgun og keypti breyð og mjólk. Seinni fara vit oman á sandin at hyggja eftir "
        "bátunum, sum koma heim við fiski. Í kvøld skulu vit eta døgurða saman við ommu og abba."
    )
    assert language_of(text) == ""


def test_names_are_no_prose_of_their_language() -> None:
    names = "Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Đào Mai Lâm Tô"
    prose = "Sáng nay tôi đi chợ với mẹ và chúng tôi đã mua cá, rau và gạo cho cả nhà, rồi về nấu cơm trưa ngay."
    assert language_of(names) == ""
    assert language_of(prose) == "vi"


def test_words_without_a_blank_between_them_are_read() -> None:
    assert language_of("/".join(["stone", "river", "window", "table", "garden"] * 6)) == "en"
