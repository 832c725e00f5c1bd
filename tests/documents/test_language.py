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
