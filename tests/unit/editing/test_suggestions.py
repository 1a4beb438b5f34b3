"""What may stand in a blank field, and in which order."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from perftui.editing.edits import SetValue, apply
from perftui.editing.offers import ProjectOffers
from perftui.editing.rows import NEW_ROW
from perftui.editing.suggestions import SuggestionOrigin, SuggestionSources, best_at, suggestions_at
from perftui.editing.usage import Usage
from perftui.forms import Role, load_form
from perftui.forms.project_templates import read_template, shipped_templates
from perftui.model.document import Document, Location, project_file
from perftui.model.record import FieldPath, Record, Row
from tests.factories import document, project

FORM = load_form("hebei-2021")
HERE = project_file("here")


def row(class_name: str, name: str = "", description: str = "", value: str = "", basis: str = "") -> dict[Role, str]:
    texts = {Role.NAME: name, Role.DESCRIPTION: description, Role.VALUE: value, Role.BASIS: basis}
    levels = {Role.LEVEL1: FORM.project.taxonomy.category_of(class_name), Role.LEVEL2: class_name}
    return levels | {role: text for role, text in texts.items() if text}


def made(*records: Record) -> Document:
    whole = document(projects=0)
    for number, record in enumerate(records):
        whole = whole.with_record(project_file(f"P{number}"), record)
    return whole


def known(
    whole: Document, origin: Record | None = None, library: str = "",
    blamed: Callable[[str], set[FieldPath]] = lambda _file: set(),
) -> SuggestionSources:  # fmt: skip
    usage = Usage(FORM)
    usage.look_at(whole, blamed)
    return SuggestionSources(
        form=FORM, usage=usage, origin=origin, templates=(read_template(library),) if library else ()
    )


def texts(source: SuggestionSources, record: Record, path: FieldPath) -> list[str]:
    return [one.text for one in suggestions_at(source, record, path)]


def place_of(record: Record, index: int, key: str) -> FieldPath:
    return ("indicators", record.rows("indicators")[index].id, key)


OTHERS = made(
    project(index=1, indicators=[row("数量指标", "发放人数", "领取人员总数", "18人", "计划标准")]),
    project(index=2, indicators=[row("数量指标", "发放人数", "领取人员总数", "20人", "计划标准")]),
    project(index=3, indicators=[row("数量指标", "培训场次", "全年场次", "4次", "历史标准")]),
)
LIBRARY = """
name = "样板"
words = ["补助"]
purpose = "样板的用途"
goals = ["样板目标一", "样板目标二"]
[[rows]]
classes = ["数量指标"]
name = "样板人数"
description = "样板描述"
value = "≥5人"
basis = "样板依据"
"""


def test_names_of_the_same_class_last_year_first_then_the_most_used_then_the_library() -> None:
    record = project(indicators=[row("数量指标")])
    origin = project(indicators=[row("质量指标", "别的"), row("数量指标", "去年的")])
    found = suggestions_at(known(OTHERS, origin, LIBRARY), record, place_of(record, 0, "name"))
    assert [(one.text, one.source) for one in found] == [
        ("去年的", SuggestionOrigin.ORIGIN),
        ("发放人数", SuggestionOrigin.LIKE),
        ("培训场次", SuggestionOrigin.LIKE),
        ("样板人数", SuggestionOrigin.LIBRARY),
    ]


def test_a_name_that_the_project_has_in_the_class_is_not_suggested_again() -> None:
    record = project(indicators=[row("数量指标", "发放人数"), row("数量指标"), row("质量指标", "培训场次")])
    assert texts(known(OTHERS), record, place_of(record, 1, "name")) == ["培训场次"]


def test_beside_a_name_stands_what_stands_beside_it_elsewhere() -> None:
    record = project(indicators=[row("数量指标", "发放人数")], goals=["没有数字"], purpose="没有数字")
    source = known(OTHERS)
    assert texts(source, record, place_of(record, 0, "description")) == ["领取人员总数"]
    assert texts(source, record, place_of(record, 0, "value")) == ["18人", "20人"]
    origin = project(indicators=[row("数量指标", "发放人数", value="17人")])
    assert texts(known(OTHERS, origin), record, place_of(record, 0, "value")) == ["17人", "18人", "20人"]


def test_nothing_stands_beside_a_name_of_another_class() -> None:
    record = project(indicators=[row("质量指标", "发放人数")])
    assert texts(known(OTHERS), record, place_of(record, 0, "description")) == []


def test_what_a_reviewer_sends_back_is_not_suggested() -> None:
    bad = made(project(indicators=[row("成本指标", "控制数", "控制数", "是/否", "计划")]))
    record = project(indicators=[row("成本指标", "控制数")])
    assert texts(known(bad), record, place_of(record, 0, "value")) == []
    assert texts(known(bad), record, place_of(record, 0, "description")) == []

    def blamed(file: str) -> set[FieldPath]:
        return {place_of(bad.record(file), 0, "basis")}

    assert texts(known(bad), record, place_of(record, 0, "basis")) == ["计划"]
    assert texts(known(bad, blamed=blamed), record, place_of(record, 0, "basis")) == []


def test_the_basis_of_the_row_above_then_those_in_use() -> None:
    record = project(indicators=[row("数量指标", "甲", basis="自己的"), row("质量指标", "乙"), row("时效指标", "丙")])
    found = suggestions_at(known(OTHERS), record, place_of(record, 2, "basis"))
    assert [(one.text, one.source) for one in found] == [
        ("自己的", SuggestionOrigin.ABOVE),
        ("计划标准", SuggestionOrigin.LIKE),
        ("历史标准", SuggestionOrigin.LIKE),
    ]


def test_a_number_of_people_comes_from_the_projects_own_texts() -> None:
    record = project(
        indicators=[row("数量指标", "领取补助人数"), row("数量指标", "培训场次")],
        goals=["为43名人员发放补助", "培训60人次"],
        purpose="用于43名人员",
    )
    assert texts(known(made()), record, place_of(record, 0, "value")) == ["43人"]
    assert texts(known(made()), record, place_of(record, 1, "value")) == []


def test_goals_and_purpose_of_a_kind_of_project() -> None:
    record = project(name="老主任补助", goals=[], purpose=None, indicators=[])
    source = known(made(), library=LIBRARY)
    offers = ProjectOffers(source, HERE, record)
    assert offers[Location(file=HERE, path=("budget", "purpose"))] == "样板的用途"
    assert offers[Location(file=HERE, path=("goals", NEW_ROW, "text"))] == "样板目标一"
    begun = project(name="老主任补助", goals=["自己的目标"], purpose=None, indicators=[])
    found = ProjectOffers(source, HERE, begun)
    assert Location(file=HERE, path=("goals", NEW_ROW, "text")) not in found, "who has goals needs none invented"
    other = project(name="别的经费", goals=[], purpose=None, indicators=[])
    assert Location(file=HERE, path=("budget", "purpose")) not in ProjectOffers(source, HERE, other)
    assert texts(source, other, ("budget", "purpose")) == ["样板的用途"]


def test_every_blank_field_of_the_year_before_is_offered_but_the_code() -> None:
    origin = project(index=5)
    empty = Record(head={}, tables={"budget": {}, "plan": {}})
    offers = ProjectOffers(known(made(), origin), HERE, empty)
    for path, field in FORM.project.fields(origin):
        if len(path) < 3 and field.role is not Role.CODE and path not in (("budget", "fiscal"), ("budget", "other")):
            expected = origin.text(path)
            assert offers.get(Location(file=HERE, path=path), "") == expected, path
    assert Location(file=HERE, path=("code",)) not in offers
    assert offers[Location(file=HERE, path=("goals", NEW_ROW, "text"))] == origin.rows("goals")[0].text("text")
    assert offers[Location(file=HERE, path=("indicators", "+质量指标", "name"))] == "补助发放准确率"


def test_rows_that_are_not_stored_are_offered_the_basis_of_the_row_they_will_stand_under() -> None:
    record = project(indicators=[row("数量指标", "甲", basis="一"), row("时效指标", "丙", basis="三")])
    offers = ProjectOffers(known(made()), HERE, record)
    assert offers[Location(file=HERE, path=("indicators", "+质量指标", "basis"))] == "一"
    assert offers[Location(file=HERE, path=("indicators", "+成本指标", "basis"))] == "三"


def test_nothing_is_suggested_for_a_code_or_an_amount() -> None:
    source = known(OTHERS, project(index=3), LIBRARY)
    record = project(index=4)
    assert texts(source, record, ("code",)) == []
    assert texts(source, record, ("budget", "total")) == []
    assert texts(source, record, ("nothing",)) == []


def test_counts_keep_up_with_edits() -> None:
    usage = Usage(FORM)
    usage.look_at(OTHERS, lambda _file: set())
    assert usage.names("数量指标") == [("发放人数", 2), ("培训场次", 1)]
    file = project_file("P0")
    place = place_of(OTHERS.record(file), 0, "name")
    after, _back = apply(OTHERS, SetValue(file=file, path=place, value="培训场次"))
    usage.look_at(after, lambda _file: set())
    assert usage.names("数量指标") == [("培训场次", 2), ("发放人数", 1)]
    usage.look_at(after.without(project_file("P2")), lambda _file: set())
    assert usage.names("数量指标") == [("发放人数", 1), ("培训场次", 1)]
    usage.look_at(made(), lambda _file: set())
    assert usage.names("数量指标") == []


def test_only_what_changed_is_counted_again() -> None:
    asked: list[str] = []

    def blamed(file: str) -> set[FieldPath]:
        asked.append(file)
        return set()

    whole = document(projects=300)
    usage = Usage(FORM)
    usage.look_at(whole, blamed)
    assert len(asked) == 300
    asked.clear()
    file = next(iter(whole.projects))
    usage.look_at(whole.with_record(file, project(index=1, name="改了")), blamed)
    assert asked == [file]


def test_the_offers_of_one_project_among_a_thousand_are_quick() -> None:
    whole = document(projects=1000)
    source = known(whole)
    source = SuggestionSources(
        form=FORM, usage=source.usage, templates=shipped_templates(FORM.id), origin=project(index=2)
    )
    record = project(index=3, goals=[], indicators=[])
    begun = time.process_time()
    assert ProjectOffers(source, HERE, record)
    assert time.process_time() - begun < 0.2
    begun = time.process_time()
    source.usage.look_at(whole.with_record(HERE, record), lambda _file: set())
    assert time.process_time() - begun < 0.1


def test_a_class_that_nobody_knows_has_no_suggestions_but_the_basis() -> None:
    record = project(indicators=[])
    ghost = Row(id="+x", values={"class": "没有的指标"})
    assert best_at(known(OTHERS), record, ("indicators", "+x", "name"), ghost) is None
    best = best_at(known(OTHERS), record, ("indicators", "+x", "basis"), ghost)
    assert best is not None
    assert best.text == "计划标准"


WAGES = [row("数量指标", "发放工资人数", "领取工资的人员总数", "18人", "人员名册")]
ROAD = [row("数量指标", "维修道路长度", "全年完工的道路总长度", "≥3公里", "施工合同")]


def test_an_engineering_project_is_offered_nothing_about_people() -> None:
    others = made(*(project(index=number, name=f"人员经费{number}", indicators=WAGES) for number in range(1, 6)))
    road = project(
        index=9, name="东街道路维修工程", purpose="维修路面", goals=["道路维修3公里"], indicators=[row("数量指标")]
    )
    place = place_of(road, 0, "name")
    assert best_at(known(others), road, place) is None
    assert texts(known(others), road, place) == ["发放工资人数"], "listed last, once somebody asks"


def test_the_project_that_is_more_alike_comes_first_and_is_said() -> None:
    wages = [project(index=number, name=f"社区工作经费{number}", indicators=WAGES) for number in (1, 2, 3)]
    others = made(*wages, project(index=4, name="西街道路维修工程", purpose="维修路面", indicators=ROAD))
    road = project(index=9, name="东街道路维修工程", purpose="维修路面", goals=["维修"], indicators=[row("数量指标")])
    best = best_at(known(others), road, place_of(road, 0, "name"))
    assert best is not None
    assert (best.text, best.source, best.detail) == ("维修道路长度", SuggestionOrigin.LIKE, project_file("P3"))


def test_below_the_threshold_nothing_is_shown_unasked_but_listed() -> None:
    others = made(project(index=1, name="甲乙", purpose="丙丁", indicators=[row("数量指标", "件数")]))
    other = project(index=2, name="子丑", purpose="寅卯", goals=["辰巳"], indicators=[row("数量指标")])
    place = place_of(other, 0, "name")
    assert best_at(known(others), other, place) is None
    assert texts(known(others), other, place) == ["件数"]


def test_in_a_row_of_no_class_yet_names_of_all_classes_are_listed() -> None:
    record = project(index=9, indicators=[])
    ghost = Row(id=NEW_ROW, values={})
    path = ("indicators", NEW_ROW, "name")
    assert best_at(known(OTHERS), record, path, ghost) is None
    assert [one.text for one in suggestions_at(known(OTHERS), record, path, ghost)] == ["发放人数", "培训场次"]


def test_names_of_the_year_and_of_a_longer_time_are_suggested_for_each_other() -> None:
    form = load_form("jiaxian-2016")
    usage = Usage(form)
    usage.look_at(document("jiaxian-2016", projects=1), lambda _file: set())
    assert usage.names("数量指标") == [("发放补助人数", 2)]


@pytest.mark.parametrize(
    ("name", "template"),
    [
        ("基本公共卫生服务补助", ""), ("困难群众救助补助", ""), ("农机购置补贴", ""), ("耕地地力保护补贴", ""),
        ("村卫生室运行补助", ""), ("污水处理站运行维护", ""), ("道路日常养护", ""), ("医疗设备维护", ""),
        ("车辆保险费", ""), ("春节慰问", ""), ("编外人员经费", "人员经费"), ("公益岗补助", "人员经费"),
        ("退休人员工资", "人员经费"), ("办公经费", "公用经费"), ("公用经费", "公用经费"), ("水电物业费", "公用经费"),
    ],
)  # fmt: skip
def test_a_shipped_template_is_offered_to_its_own_kind_of_work_alone(name: str, template: str) -> None:
    record = project(name=name, purpose="", goals=[], indicators=[])
    sources = replace(known(document(projects=0)), templates=shipped_templates("hebei-2021"))
    places = [("budget", "purpose"), ("goals", "+", "text"), ("indicators", "+数量指标", "name")]
    ghosts = [None, Row(id="+", values={}), Row(id="+数量指标", values={"category": "产出指标", "class": "数量指标"})]
    found = [best_at(sources, record, path, ghost) for path, ghost in zip(places, ghosts, strict=True)]
    assert {one.detail if one else "" for one in found} == {template}
