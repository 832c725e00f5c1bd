from mtclean.grammar import explained
from mtclean.grammar.tables import FIGURES, Evidence, unwanted


def test_the_figures_add_up() -> None:
    lines = [line for line in FIGURES.read_text().splitlines() if not line.startswith("#")]
    for line in lines[1:]:
        rule, cases, right, damaged, clean, precision = line.split("\t")
        figures = Evidence(int(right), int(damaged), int(clean))
        assert (figures.cases, f"{figures.precision:.3f}") == (int(cases), precision), rule


def test_safe_takes_both_many_cases_and_few_failures() -> None:
    assert Evidence(99, 1, 0).is_safe
    assert not Evidence(29, 0, 0).is_safe
    assert not Evidence(98, 1, 1).is_safe


def test_a_rule_of_languagetool_is_explained_by_its_verdict_and_figures() -> None:
    assert "runs of spaces are the normaliser's" in explained("WHITESPACE_RULE")
    assert "never met" in explained("NO_SUCH_RULE")


def test_what_nothing_is_said_of_is_not_asked_for() -> None:
    rules, categories = unwanted()
    assert "WHITESPACE_RULE" in rules
    assert "REPETITIONS_STYLE" in categories
    assert not any("*" in name or ":" in name for name in (*rules, *categories))
