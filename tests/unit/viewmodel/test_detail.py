"""The lines below a sheet: what the cell under the cursor is, what was typed, what is found in it."""

from dataclasses import replace

from perftui.model.width import cell_len
from perftui.review.finding import Severity
from perftui.viewmodel.detail import detail_lines, lines_of_step
from perftui.viewmodel.finding_index import FindingIndex
from perftui.viewmodel.grid import CellView, Tone
from tests import factories
from tests.unit.viewmodel.view_samples import cell_of, finding, shown_of


def test_detail_tells_the_cell_then_its_findings() -> None:
    shown = shown_of(factories.project(), index=FindingIndex.of((finding(Severity.ERROR, "budget", "total"),)))
    lines = detail_lines(shown, cell_of(shown, "budget", "total"), None, "", 80)
    assert [line.text for line in lines] == [
        "预算数：1201000.00",
        "错误：数不对。改数",
    ]
    assert lines[1].tone is Tone.ERROR
    told = detail_lines(shown, cell_of(shown, "budget", "total"), None, "这里没有灰色的建议", 80)
    assert [line.text for line in told] == ["预算数：1201000.00", "这里没有灰色的建议", "错误：数不对。改数"]
    assert detail_lines(shown, None, None, "", 80) == detail_lines(shown, CellView(text="x"), None, "", 80) == ()


def test_detail_does_not_repeat_what_the_sheet_shows_whole() -> None:
    shown = shown_of(factories.project())
    cell = replace(cell_of(shown, "budget", "total"), width=10)
    assert [line.text for line in detail_lines(shown, cell, None, "", 80)] == ["预算数"]
    offered = replace(cell, text="", typed="", offer="12000.00")
    assert [line.text for line in detail_lines(shown, offered, None, "", 80)] == ["预算数", "F3 采纳"]
    cut = replace(offered, width=6)
    for one in (cut, replace(cut, wrapped=True)):  # what is dim is never wrapped
        assert [line.text for line in detail_lines(shown, one, None, "", 80)] == ["预算数", "F3 采纳：12000.00"]


def test_detail_says_an_amount_in_words_while_it_is_typed() -> None:
    shown = shown_of(factories.project())
    cell = cell_of(shown, "budget", "total")
    assert "壹拾贰万元整" in detail_lines(shown, cell, "12万", "", 80)[0].text
    assert [line.text for line in detail_lines(shown, cell, "12x", "", 80)][:1] == ["预算数"]


def test_detail_says_what_is_typed_over() -> None:
    shown = shown_of(factories.project())
    cell = cell_of(shown, "name")
    told = f"按 Esc 还是原来的：{cell.edit_text}"
    assert [line.text for line in detail_lines(shown, cell, "别的", "", 80)][1:] == [told]
    assert told not in [line.text for line in detail_lines(shown, cell, cell.edit_text, "", 80)], (
        "nothing is changed yet"
    )
    assert told not in [line.text for line in detail_lines(shown, replace(cell, text="", typed=None), "别的", "", 80)]


def test_behind_a_step_only_the_label_is_said_and_what_stands_there_already() -> None:
    shown = shown_of(factories.project(), index=FindingIndex.of((finding(Severity.ERROR, "budget", "total"),)))
    cell = cell_of(shown, "budget", "total")
    whole = detail_lines(shown, cell, None, "", 80)
    assert [line.text for line in lines_of_step(cell, whole, ["项目名称：", ""])] == ["预算数", ""]
    assert lines_of_step(cell, whole, [line.text for line in whole]) == whole
    kept = lines_of_step(cell, whole, ["", "错误：数不对。改数", ""])
    assert [line.text for line in kept] == ["预算数", "错误：数不对。改数"]
    unnamed = replace(cell, label="")
    assert [line.text for line in lines_of_step(unnamed, whole, [])] == ["", ""]


def test_a_code_is_counted_at_a_fixed_place_and_shown_in_groups() -> None:
    shown = shown_of(factories.project())
    cell = cell_of(shown, "code")
    for typed, said in (("13", "项目编码： 2/21 位 13"), ("130303213IM", "项目编码：11/21 位 130303 21 3IM")):
        assert detail_lines(shown, cell, typed, "", 80)[0].text == said


def test_a_notice_comes_before_findings_and_nothing_is_wider_than_the_window() -> None:
    record = factories.project("hebei-2021", goals=["目" * 300])
    shown = shown_of(record, index=FindingIndex.of((finding(Severity.ERROR, "name"),)))
    lines = detail_lines(shown, cell_of(shown, "name"), None, "收到了", 80)
    assert (lines[1].text, lines[1].tone) == ("收到了", Tone.ACCENT)
    row = record.rows("goals")[0].id
    for width in (20, 60, 80, 120):
        for draft, notice in ((None, ""), ("字" * 450, ""), (None, "注" * 200)):
            lines = detail_lines(shown, cell_of(shown, "goals", row, "text"), draft, notice, width)
            assert 1 <= len(lines) <= 3
            assert all(cell_len(line.text) <= width for line in lines)


def test_what_there_is_no_room_for_is_hinted_at() -> None:
    found = replace(finding(Severity.ERROR, "name"), advice="改" * 40)
    shown = shown_of(factories.project(), index=FindingIndex.of((found,)))
    (label, said) = detail_lines(shown, cell_of(shown, "name"), None, "", 60, 2)
    assert said.text.startswith("错误：数不对。改")
    assert said.text.endswith("改…")
    assert detail_lines(shown, cell_of(shown, "name"), None, "", 60, 3)[0] == label
    assert detail_lines(shown, None, None, "说" * 99, 60, 1)[0].text.endswith("说…")


def test_what_f3_does_is_read_beside_the_label_where_the_findings_take_every_line() -> None:
    found = replace(finding(Severity.ERROR, "budget", "total"), advice="改" * 60)
    shown = shown_of(factories.project(), index=FindingIndex.of((found,)))
    offered = replace(cell_of(shown, "budget", "total"), width=10, text="", typed="", offer="12000.00")
    label, *said = [line.text for line in detail_lines(shown, offered, None, "", 80)]
    assert label == "预算数  F3 采纳"
    assert len(said) == 2
    assert said[0].startswith("错误：数不对。")
