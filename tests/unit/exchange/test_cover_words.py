"""What is written on an office's cover, line by line: only where a label or a placeholder stands."""

import pytest

from perftui.exchange.cover_words import CoverLine, CoverWords, FilledCover, OtherUnit, fill_cover, filled_text

UNIT, DEPARTMENT = "路南街道办事处部门本级", "路南街道办事处"
WORDS = CoverWords(year=2021, unit=UNIT, names=(DEPARTMENT, UNIT), code="613001")


def filled(*texts: str, words: CoverWords = WORDS) -> tuple[list[str], FilledCover]:
    """The lines as they then are, and what is said."""
    made = fill_cover([CoverLine(text=text) for text in texts], words)
    return [filled_text(number, text, made) for number, text in enumerate(texts)], made


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("××单位20XX年部门预算绩效文本", f"{UNIT}2021年部门预算绩效文本"),
        ("XX局2020年部门预算绩效文本", f"{UNIT}2021年部门预算绩效文本"),
        ("××省××市××局××××年部门预算", f"{UNIT}2021年部门预算"),
        ("（单位名称）2020年度绩效目标", f"{UNIT}2021年度绩效目标"),
        ("某某单位二〇二〇年部门预算", f"{UNIT}二〇二一年部门预算"),
        ("某单位二○二○年部门预算", f"{UNIT}二○二一年部门预算"),
        ("＿＿＿＿单位____年部门预算", f"{UNIT}2021年部门预算"),
        ("2 0 2 0 年部门预算绩效文本", "2 0 2 1 年部门预算绩效文本"),
        ("２０２０年部门预算", "２０２１年部门预算"),
        ("　　　　年部门预算绩效文本", "2021年部门预算绩效文本"),
        (f"{DEPARTMENT}2020年部门预算绩效文本", f"{DEPARTMENT}2021年部门预算绩效文本"),
        ("编制单位：________", f"编制单位：{UNIT}"),
        ("单位名称（盖章）：", f"单位名称（盖章）：{UNIT}"),
        ("部门（单位）名称：××××", f"部门（单位）名称：{UNIT}"),
        ("单位编码：____", "单位编码：613001"),
        ("预算年度：2020", "预算年度：2021"),
        ("预算年度：20XX年", "预算年度：2021"),
        ("编制日期：2020年3月15日", "编制日期：　　　年　　月　　日"),
        ("二〇二〇年三月", "　　　年　　月"),
    ],
)
def test_a_label_or_placeholder_gets_what_it_asks_for(line: str, wanted: str) -> None:
    assert filled(line)[0] == [wanted]


@pytest.mark.parametrize(
    "line",
    [
        "　　年　　月　　日",
        "20　　年　　月　　日",
        "2021年部门预算绩效文本",
        "负责人：×××",
        "联系电话：______",
        "主管部门：________",
        "2021—2023年部门规划",
        "河北省财政厅监制",
        "附件1",
        "机密★一年",
    ],
)
def test_whatever_else_stands_there_stays(line: str) -> None:
    assert filled(line)[0] == [line]


@pytest.mark.parametrize(
    "line",
    ["路北区教育局2020年部门预算绩效文本", "613002路北街道办事处", "填报单位：路北区教育局", "单位编码：613002"],
)
def test_a_cover_of_another_unit_is_refused(line: str) -> None:
    with pytest.raises(OtherUnit):
        filled(line)


def test_a_name_alone_over_the_title_is_another_units_unless_ours_stands_elsewhere() -> None:
    with pytest.raises(OtherUnit):
        filled("路北区教育局", "2020年部门预算绩效文本")
    lines, made = filled("路北区财政局", "××单位2020年部门预算绩效文本")
    assert lines[0] == "路北区财政局"
    assert any("路北区财政局" in one for one in made.said)


def test_what_was_replaced_and_what_is_blank_is_said() -> None:
    said = "\n".join(filled("××单位2020年部门预算", "2019年12月1日", "负责人：____", "2021—2023年规划")[1].said)
    for told in ("“2020”换成了“2021”", "2019年12月1日", "负责人：____", "2021—2023年"):
        assert told in said


def test_a_cover_without_year_and_unit_says_so() -> None:
    assert ["年度" in one or "单位" in one for one in filled("部门预算绩效文本")[1].said] == [True, True]


def test_the_cell_beside_a_label_is_its_place() -> None:
    made = fill_cover([CoverLine(text="编制单位"), CoverLine(text="", label="编制单位")], WORDS)
    assert made.edits == [(1, 0, 0, UNIT)]


def test_what_a_label_with_a_colon_asks_for_stands_in_the_cell_beside_it() -> None:
    lines = [CoverLine(text="编制单位：", followed=True), CoverLine(text="××街道办事处", label="编制单位：")]
    made = fill_cover(lines, WORDS)
    assert [filled_text(number, line.text, made) for number, line in enumerate(lines)] == ["编制单位：", UNIT]
    assert not any("编制单位" in sentence for sentence in made.said)


def test_what_another_label_says_stays_and_is_told() -> None:
    lines = [CoverLine(text="联系人：张三 电话：1234567"), CoverLine(text="负责人", followed=True),
             CoverLine(text="李四", label="负责人"), CoverLine(text="", label="经办人")]  # fmt: skip
    made = fill_cover([CoverLine(text=UNIT), CoverLine(text="2021年度"), *lines], WORDS)
    kept = [sentence for sentence in made.said if "照原样" in sentence]
    assert kept == ["封面上的“联系人：张三 电话：1234567”照原样，请核对", "封面上的“负责人：李四”照原样，请核对"]
    assert not any(number > 1 for number, _start, _end, _text in made.edits)


def test_a_drafts_title_says_so() -> None:
    words = CoverWords(year=2021, unit=UNIT, names=(UNIT,), draft=True)
    assert filled("××单位2021年部门预算", words=words)[0] == [f"{UNIT}2021年部门预算（草稿）"]
