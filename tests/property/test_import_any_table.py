"""Tables of any shape, labels in any place: records that the store takes as they are, nothing lost in silence."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from perftui.exchange.importer.imported import ImportRefused, ImportResult
from perftui.exchange.importer.read_document import match
from perftui.exchange.importer.source import SourceCell, SourceDocument, SourceParagraph, SourceTable
from perftui.exchange.importer.text_dump import read_dump
from perftui.exchange.importer.vocabulary import vocabulary
from perftui.forms import form_ids, load_form
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from tests.factories import FORMS

LABELS = [
    *("项目编码", "项目名称", "预算规模及资金用途", "预算数", "其中：财政    资金", "其他资金", "资金支出计划（%）"),
    *("3月底", "6月底", "10月底", "12月底", "绩效目标", "一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值"),
    *(
        "指标值确定依据",
        "权重",
        "单位：万元",
        "613001某某局本级",
        "项目资金（万元）",
        "年度资金总额",
        "主管部门及代码",
        "备注",
    ),
]
TEXTS = [
    *("", " ", "100.00", "12.5万元", "1,234", "25%", "约十万", "-", "产出指标", "数量指标", "成本指标", "≥95%", "18人"),
    *(
        "1. 甲\n2. 乙",
        "（1）甲；（2）乙",
        "甲\u202e乙",
        "\x07",
        "甲\t乙",
        "长" * 3000,
        "130303210000000000001",
        "=" * 7,
    ),
]
HEADINGS = [
    *(
        "第一部分",
        "（一）总体绩效目标",
        "部门职责分类绩效目标情况说明",
        "（三）工作保障措施：",
        "第二部分 预算项目绩效目标",
    ),
    *(
        "1、甲绩效目标表",
        "主要职责是甲。",
        "绩效标准：",
        "一是甲",
        "2021年部门预算绩效文本",
        "目录",
        "项目名称：甲",
        "单位：元",
    ),
]
CELL = st.one_of(st.sampled_from(LABELS), st.sampled_from(TEXTS), st.text(max_size=5))


@st.composite
def grids(draw: st.DrawFn, number: int) -> SourceTable:
    rows = []
    for _row in range(draw(st.integers(0, 6))):
        cells, column = [], draw(st.integers(0, 2)) * draw(st.integers(0, 1))
        for _cell in range(draw(st.integers(0, 7))):
            span = draw(st.sampled_from([1, 1, 1, 2, 5]))
            merged = draw(st.sampled_from([False, False, False, True]))
            cells.append(SourceCell(text=draw(CELL), column=column, span=span, merged=merged))
            column += span
        if cells:
            rows.append(tuple(cells))
    return SourceTable(rows=tuple(rows), number=number, merges_known=draw(st.booleans()))


@st.composite
def contents(draw: st.DrawFn) -> SourceDocument:
    blocks: list[SourceParagraph | SourceTable] = []
    for number in range(draw(st.integers(1, 6))):
        if draw(st.booleans()):
            blocks.append(draw(grids(number + 1)))
        else:
            text = draw(st.one_of(st.sampled_from(HEADINGS), st.text(max_size=10)))
            blocks.append(
                SourceParagraph(text=text, number=number + 1, level=draw(st.integers(0, 4)), listed=draw(st.booleans()))
            )
    return SourceDocument(blocks=tuple(blocks), literal=draw(st.booleans()))


def check(imported: ImportResult) -> None:
    """Everything in its file is as the store would read it, and every note leads to a place that is there."""
    document = imported.document
    form = load_form(document.form)
    for file, record in document.files():
        spec = form.spec_of(file)
        text = canonical(record, spec)
        assert decode(text.encode(), spec) == record
        assert "\x07" not in text
    for note in imported.notes:
        assert note.message
        if note.target:
            record = document.record(note.target.file)
            assert len(note.target.path) < 3 or record.row(*note.target.path[:2]) is not None


def check_or_refused(make: Callable[[], ImportResult]) -> None:
    imported = None
    with suppress(ImportRefused):
        imported = make()
    if imported is not None:
        check(imported)


@settings(max_examples=250, deadline=None)
@given(content=contents(), form=st.sampled_from([None, *form_ids()]))
def test_any_tables_give_valid_records_or_a_sentence(content: SourceDocument, form: str | None) -> None:
    check_or_refused(lambda: match(content, form=form))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(LABELS + TEXTS), st.sampled_from(["\n", "\t", "\n\t", "\n\n"])), max_size=40))
def test_any_dump_gives_valid_records_or_a_sentence(pieces: list[str]) -> None:
    check_or_refused(lambda: match(read_dump("".join(pieces).encode())))


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    check_or_refused(lambda: match(read_dump(data)))


@pytest.mark.parametrize("name", FORMS)
@given(texts=st.lists(CELL, min_size=2, max_size=2))
def test_a_value_beside_its_label_comes_in_or_is_named(name: str, texts: list[str]) -> None:
    """In a table of two columns nothing but blanks goes without a word."""
    label, value = texts
    words = vocabulary(name)
    assume(words.target(value) is None and words.column(value) is None and "单位：" not in value)
    grid = SourceTable(rows=((SourceCell(text="项目名称", column=0), SourceCell(text="甲", column=1)),), number=1)
    row = (SourceCell(text=label, column=0), SourceCell(text=value, column=1))
    both = SourceTable(rows=(*grid.rows, row), number=1)
    before, after = match(SourceDocument(blocks=(grid,)), form=name), match(SourceDocument(blocks=(both,)), form=name)
    if value.strip():
        assert (before.document, before.notes) != (after.document, after.notes)
