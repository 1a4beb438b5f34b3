"""Every rule has a page, and its examples are true: the bad one fires, the good one does not."""

import pytest

from perftui.forms import load_form
from perftui.review.catalogue import RULES, chosen, rule_of
from perftui.review.engine import review
from perftui.review.example import Example
from perftui.review.finding import Finding, Severity
from perftui.review.rule import Rule, Source
from tests.unit.review.building import FORMS, shown

SHOWN = [(rule, form) for rule in RULES for form in FORMS if rule.page.bad.fits(load_form(form))]


def found(example: Example, form: str, rule: Rule) -> list[Finding]:
    return [finding for finding in review(shown(example, form), load_form(form)) if finding.rule == rule.id]


@pytest.mark.parametrize(("rule", "form"), SHOWN, ids=lambda item: getattr(item, "id", item))
def test_the_bad_example_fires_and_the_good_one_does_not(rule: Rule, form: str) -> None:
    assert found(rule.page.bad, form, rule)
    assert found(rule.page.good, form, rule) == []


def test_every_page_can_be_shown_on_some_form() -> None:
    assert {rule.id for rule, _form in SHOWN} == {rule.id for rule in RULES}


@pytest.mark.parametrize(("rule", "form"), SHOWN, ids=lambda item: getattr(item, "id", item))
def test_examples_can_be_read(rule: Rule, form: str) -> None:
    told = {example.lines(load_form(form)) for example in (rule.page.bad, rule.page.good)}
    assert len(told) == 2


def test_a_page_says_whether_there_is_a_fix() -> None:
    fixed = {
        rule.id for rule, form in SHOWN
        if any(finding.fix is not None for finding in found(rule.page.bad, form, rule))
    }  # fmt: skip
    assert fixed == {rule.id for rule in RULES if rule.page.has_fix} - {"F001"}


def test_ids_are_a_letter_and_three_digits_and_given_once() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(len(one) == 4 and one[0] in "FPGIDCTX" and one[1:].isdigit() for one in ids)


def test_rules_are_chosen_by_the_beginning_of_their_ids() -> None:
    assert chosen(("C", "I01")) == {rule.id for rule in RULES if rule.id[0] == "C" or rule.id[:3] == "I01"}
    assert rule_of("C001") is not None
    assert rule_of("Z999") is None


def test_errors_come_from_what_is_certain() -> None:
    """A clause that nobody read in the original makes a warning at most."""
    certain = {Source.FORM, Source.SYSTEM}
    assert [rule.id for rule in RULES if rule.severity is Severity.ERROR and rule.page.source not in certain] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_correct_document_has_no_error_and_no_warning(form: str) -> None:
    findings = review(shown(Example(), form), load_form(form))
    assert [finding for finding in findings if finding.severity > 1] == []
