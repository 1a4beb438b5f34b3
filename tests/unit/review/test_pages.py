"""Every rule has a page, and its examples are true: the bad one fires, the good one does not."""

import tomllib
from collections.abc import Callable

import pytest

from perftui.forms import load_form
from perftui.locale import choose_language
from perftui.review.catalogue import RULES, ids_beginning_with, rule_of
from perftui.review.engine import review
from perftui.review.example import Example
from perftui.review.finding import Finding, Severity
from perftui.review.pages import FOLDER, RuleSource, load_page
from perftui.review.rule_definition import Rule
from tests.unit.review.building import FORMS, ROOT, shown

PAGES = {path.stem for path in FOLDER.glob("*.toml")}
PAGED = [rule for rule in RULES if rule.id in PAGES]
"""A rule without its page is named by one test, and fails no other."""
SHOWN = [(rule, form) for rule in PAGED for form in FORMS if rule.page.bad.fits(load_form(form))]


def found(example: Example, form: str, rule: Rule) -> list[Finding]:
    return [finding for finding in review(shown(example, form), load_form(form)) if finding.rule == rule.id]


@pytest.mark.parametrize(("rule", "form"), SHOWN, ids=lambda item: getattr(item, "id", item))
def test_the_bad_example_fires_and_the_good_one_does_not(rule: Rule, form: str) -> None:
    assert found(rule.page.bad, form, rule)
    assert found(rule.page.good, form, rule) == []


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert PAGES ^ {rule.id for rule in RULES} == set()


@pytest.mark.parametrize("rule", PAGED, ids=lambda rule: rule.id)
def test_a_page_says_the_same_things_in_both_languages(rule: Rule) -> None:
    plain = tomllib.loads((FOLDER / f"{rule.id}.toml").read_text(encoding="utf-8"))
    assert plain.keys() - {"has_fix"} == {"source", "zh", "en", "bad", "good"}
    for language in ("zh", "en"):
        assert list(plain[language]) == ["what", "why", "mend"]
        assert all(sentence.strip() for sentence in plain[language].values())


def test_a_page_is_shown_in_the_chosen_language() -> None:
    choose_language("en")
    english = load_page("C005").what
    choose_language("zh")
    assert (english, load_page("C005").what) == ("One code is used for two projects.", "同一个编码用在了两个项目上。")


def test_a_check_reads_no_page(run_python: Callable[[str], str]) -> None:
    told = run_python(
        "import sys; opened = []\n"
        "sys.addaudithook(lambda name, given: name == 'open' and opened.append(str(given[0])))\n"
        "from perftui.cli.main import main; from perftui.review.pages import FOLDER\n"
        "pages = lambda: sum(one.startswith(str(FOLDER)) and one.endswith('.toml') for one in opened)\n"
        f"main(['check', '--data', {str(ROOT / 'data')!r}]); checked = pages(); main(['rule', 'C001'])\n"
        "print(checked, pages())"
    )
    assert told.splitlines()[-1] == "0 1"


def test_every_page_can_be_shown_on_some_form() -> None:
    assert {rule.id for rule, _form in SHOWN} == {rule.id for rule in PAGED}


@pytest.mark.parametrize(("rule", "form"), SHOWN, ids=lambda item: getattr(item, "id", item))
def test_examples_can_be_read(rule: Rule, form: str) -> None:
    told = {example.lines(load_form(form)) for example in (rule.page.bad, rule.page.good)}
    assert len(told) == 2


def test_a_page_says_whether_there_is_a_fix() -> None:
    fixed = {
        rule.id for rule, form in SHOWN
        if any(finding.fix is not None for finding in found(rule.page.bad, form, rule))
    }  # fmt: skip
    assert fixed == {rule.id for rule in PAGED if rule.page.has_fix} - {"F001"}


def test_ids_are_a_letter_and_three_digits_and_given_once() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(len(one) == 4 and one[0] in "FPGIDCTX" and one[1:].isdigit() for one in ids)


def test_rules_are_chosen_by_the_beginning_of_their_ids() -> None:
    assert ids_beginning_with(("C", "I01")) == {rule.id for rule in RULES if rule.id[0] == "C" or rule.id[:3] == "I01"}
    assert rule_of("C001") is not None
    assert rule_of("Z999") is None


def test_errors_come_from_what_is_certain() -> None:
    """A clause that nobody read in the original makes a warning at most."""
    certain = {RuleSource.FORM, RuleSource.SYSTEM}
    assert [rule.id for rule in PAGED if rule.severity is Severity.ERROR and rule.page.source not in certain] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_correct_document_has_no_error_and_no_warning(form: str) -> None:
    findings = review(shown(Example(), form), load_form(form))
    assert [finding for finding in findings if finding.severity > 1] == []
