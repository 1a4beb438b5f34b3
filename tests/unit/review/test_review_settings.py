"""A data folder's own say: off, other severities, acceptances that lapse, further slips."""

import pytest

from perftui.forms import Role, load_form
from perftui.model.document import Document
from perftui.review.engine import review
from perftui.review.finding import Finding, Severity
from perftui.review.review_settings import ReviewSettings, ReviewSettingsError, acceptance_key
from tests.unit.review.building import real_document

FORM = load_form("hebei-2021")


def first(rule: str, settings: ReviewSettings | None = None, document: Document | None = None) -> Finding:
    return next(one for one in review(document or real_document(), FORM, settings) if one.rule == rule)


def test_a_rule_off_is_not_heard_and_another_weighs_otherwise() -> None:
    settings = ReviewSettings(off=frozenset({"I019"}), severities={"I010": Severity.WARNING})
    found = review(real_document(), FORM, settings)
    assert not [one for one in found if one.rule == "I019"]
    assert {one.severity for one in found if one.rule == "I010"} == {Severity.WARNING}
    assert len(found) == 133 - 18


def test_an_accepted_finding_is_kept_and_marked() -> None:
    acceptance = first("C001").accept("项目库里就是 20 位", "王芳")
    found = first("C001", ReviewSettings(acceptances=(acceptance,)))
    assert found.accepted == acceptance
    assert not found.is_open
    assert [one.is_open for one in review(real_document(), FORM, ReviewSettings(acceptances=(acceptance,)))].count(
        False
    ) == 1


def test_an_acceptance_lapses_when_the_text_changes() -> None:
    settings = ReviewSettings(acceptances=(first("C001").accept("就是这样", "王芳"),))
    document = real_document()
    file = first("C001").location.file
    path = FORM.project.path_of(Role.CODE)
    assert path is not None
    changed = document.with_record(file, document.projects[file].with_value(path, "130303213IMBOCSFWWM"))
    assert first("C001", settings, changed).is_open
    assert settings.lapsed(review(changed, FORM, settings)) == settings.acceptances
    assert settings.lapsed(review(document, FORM, settings)) == ()
    assert settings.lapsed(review(changed, FORM, settings), unread=[file]) == ()
    off = ReviewSettings(acceptances=settings.acceptances, off=frozenset({"C001"}))
    assert off.lapsed(review(document, FORM, off)) == ()


def test_an_acceptance_of_a_group_lapses_when_the_group_is_another() -> None:
    document = real_document()
    settings = ReviewSettings(acceptances=(first("X001").accept("确实相同", "王芳"),))
    assert first("X001", settings).accepted
    smaller = document.without(list(document.projects)[4])
    assert first("X001", settings, smaller).is_open


def test_settings_come_back_from_their_plain_form() -> None:
    settings = ReviewSettings(
        off=frozenset({"I019", "X002"}),
        severities={"I010": Severity.WARNING, "C002": Severity.ERROR},
        acceptances=(first("C001").accept("就是这样", "王芳"), first("X002").accept("统一规定", "李明")),
        typos={"保险放": "保险发放", "七清理": ""},
        weight_totals=("100",),
    )
    assert ReviewSettings.from_plain(settings.to_plain()) == settings
    assert ReviewSettings.from_plain({}) == ReviewSettings()
    assert ReviewSettings().to_plain() == {}
    assert ReviewSettings.from_plain(ReviewSettings(weight_totals=()).to_plain()).weight_totals == ()


def test_accepting_again_replaces_and_taking_back_removes() -> None:
    one, other = first("C001").accept("甲", "王芳"), first("C001").accept("乙", "李明")
    assert acceptance_key(one) == acceptance_key(other)
    settings = ReviewSettings().with_acceptances([one]).with_acceptances([other])
    assert settings.acceptances == (other,)
    assert settings.without_acceptances([other]) == ReviewSettings()


@pytest.mark.parametrize(
    ("plain", "told"),
    [
        ({"rules": {"I010": "大错"}}, "I010"),
        ({"rules": "off"}, "rules"),
        ({"accepted": {"k2": {"rule": "C001"}}}, "k2"),
        ({"accepted": {"k2": "C001"}}, "accepted.k2"),
    ],
)
def test_what_cannot_be_understood_is_named(plain: dict[str, object], told: str) -> None:
    with pytest.raises(ReviewSettingsError, match=told):
        ReviewSettings.from_plain(plain)


def test_a_folders_own_slips_are_found_and_mended() -> None:
    found = [
        one for one in review(real_document(), FORM, ReviewSettings(typos={"保险放": "保险发放"})) if one.rule == "T002"
    ]
    assert len(found) == 8
    assert {one.fix.text for one in found if one.fix is not None} >= {"工资及保险发放准确率"}
    assert not [
        one
        for one in review(real_document(), FORM, ReviewSettings(typos={"保险放": ""}))
        if "保险放" in one.quote and one.rule == "X003"
    ]
