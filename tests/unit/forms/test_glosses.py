"""The English of a form's words: whole in the shipped forms, checked in others, shown only where English was chosen."""

import pytest

from perftui.forms import Form, RecordSpec, load_form, shipped_ids
from perftui.forms.glosses import glossed, glossed_sentence, glossed_within
from perftui.forms.loader import read_form
from perftui.forms.mistakes import BadForm
from perftui.locale import choose_language
from tests.unit.forms.sample import sample_text

FORM = load_form("hebei-2021")


def words(form: Form) -> set[str]:
    """Every word of a form that a screen shows as its own."""
    found = {word for category in form.project.taxonomy.categories for word in (category.name, *category.classes)}
    for spec in (form.department, form.project):
        found |= set(_words_of(spec))
        found |= {word for known in spec.taxonomy.categories for word in (known.name, *known.classes)}
    return found - {"=", "≤", "≥", "<", ">"}


def _words_of(spec: RecordSpec) -> list[str]:
    fields = [*spec.head, *(one for group in spec.groups for one in group.columns)]
    fields += [one for fields in spec.tables.values() for one in fields]
    labels = [one.label for one in (*fields, *spec.amounts, *spec.groups, *([spec.plan] if spec.plan else []))]
    return [*labels, *(group.column for group in spec.amounts if group.column), *(w for f in fields for w in f.choices)]


@pytest.mark.parametrize("name", shipped_ids())
def test_each_word_of_a_shipped_form_has_its_english(name: str) -> None:
    form = load_form(name)
    assert words(form) <= form.english.keys()
    assert not [english for english in form.english.values() if not english.isascii() or english != english.strip()]


def test_a_form_may_say_a_shared_word_otherwise() -> None:
    said = '[english]\n"指标值" = "aim"\n'
    assert read_form(sample_text().replace("[english]\n", said)).english["指标值"] == "aim"


def test_a_form_needs_no_english() -> None:
    begin, end = sample_text().index("[english]"), sample_text().index("[print]")
    assert read_form(sample_text()[:begin] + sample_text()[end:]).english["指标值"] == "target"


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('"指标直" = "target"', "表样里没有“指标直”这个词，是不是“指标值”？"),
        ('"指标值" = " "', "“指标值”是空的"),
        ('"指标值" = 3', "“english”要写成一个表，里面都是文字"),
    ],
)
def test_english_of_no_word_and_no_english_are_told(line: str, wrong: str) -> None:
    with pytest.raises(BadForm, match=wrong):
        read_form(sample_text().replace("[english]\n", f"[english]\n{line}\n"))


def test_in_chinese_words_and_sentences_stand_alone() -> None:
    assert glossed(FORM, "指标值") == "指标值"
    assert glossed_sentence(FORM, "“甲”没有填指标值") == "“甲”没有填指标值"


def test_in_english_a_word_is_told_with_its_english_where_that_fits() -> None:
    choose_language("en")
    assert glossed(FORM, "指标值") == "指标值 target"
    assert glossed_within(FORM, "指标值", 13) == "指标值 target"
    assert glossed_within(FORM, "指标值", 12) == "指标值"
    assert glossed(FORM, "别的词") == "别的词"


def test_a_column_of_a_matrix_and_its_amount_are_both_told() -> None:
    choose_language("en")
    assert glossed(load_form("guangshui-2021"), "当年·基本支出") == "当年·基本支出 this year, basic expenditure"


def test_in_a_sentence_what_is_quoted_or_part_of_a_longer_word_is_left_alone() -> None:
    choose_language("en")
    told = glossed_sentence(FORM, "职责3 “指标值” has no 指标值; 旧指标值表")
    assert told == "职责3 (duty) “指标值” has no 指标值 (target); 旧指标值表"
