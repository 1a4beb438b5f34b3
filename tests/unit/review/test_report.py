"""Findings as documents: text with pointers, JSON, CSV, XLSX and SARIF as other programs read them."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from perftui.forms import Role, load_form
from perftui.locale import choose_language
from perftui.model.document import DEPARTMENT, Document
from perftui.model.width import cell_len
from perftui.review.engine import review
from perftui.review.finding import Severity
from perftui.review.report.json_report import to_json
from perftui.review.report.sarif_report import to_sarif
from perftui.review.report.table_report import to_csv, to_xlsx
from perftui.review.report.text_report import to_text
from perftui.review.review_settings import ReviewSettings
from tests import factories
from tests.unit.review.building import ROOT, real_document

FORM = load_form("hebei-2021")
GOLDEN = ROOT / "tests" / "golden" / "review" / "2021-613001-text.txt"
SARIF = json.loads(Path(__file__).with_name("sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
DOCUMENT = real_document()
FINDINGS = review(DOCUMENT, FORM)


def accepted_settings() -> ReviewSettings:
    code = next(one for one in FINDINGS if one.rule == "C001")
    return ReviewSettings(
        off=frozenset({"I019"}), severities={"I010": Severity.WARNING}, acceptances=(code.accept("库里如此", "王芳"),)
    )


def hostile() -> Document:
    """A document whose texts are formulas, markup and control characters."""
    document = factories.document("hebei-2021", 1)
    file, record = next(iter(document.projects.items()))
    purpose, name = FORM.project.path_of(Role.PURPOSE), FORM.project.path_of(Role.NAME)
    assert purpose is not None
    assert name is not None
    record = record.with_value(purpose, '=HYPERLINK("x")<b>&工做\x1b[31m\ud800').with_value(name, "+1]]>工做")
    return document.with_record(file, record)


def test_the_text_is_that_of_the_table() -> None:
    assert to_text(FINDINGS, DOCUMENT, FORM) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_asked(width: int) -> None:
    assert max(cell_len(line) for line in to_text(FINDINGS, DOCUMENT, FORM, width=width).splitlines()) <= width


def test_the_pointer_stands_below_what_it_means() -> None:
    lines = to_text(FINDINGS, DOCUMENT, FORM).splitlines()
    for number, line in enumerate(lines):
        if line.strip() and not line.strip(" ^"):
            start = cell_len(line[: line.index("^")])
            above, cells = lines[number - 1], 0
            for index, char in enumerate(above):
                if cells == start:
                    marked = above[index:]
                    break
                cells += cell_len(char)
            assert marked[0] != "…"
    assert sum(1 for line in lines if line.strip() and not line.strip(" ^")) > 10


def test_one_sentence_in_many_places_is_one_entry() -> None:
    text = to_text(FINDINGS, DOCUMENT, FORM)
    assert text.count("指标值“是/否”是供选择的项，还没有选（18 处）") == 1
    assert len(text.splitlines()) < 4 * len(FINDINGS)


def test_settings_and_acceptances_are_never_silent() -> None:
    settings = accepted_settings()
    found = review(DOCUMENT, FORM, settings)
    text = to_text(found, DOCUMENT, FORM, settings)
    assert "规则 I019 已关闭" in text
    assert "规则 I010 改按警告处理" in text
    assert "王芳：库里如此" in text
    told = json.loads(to_json(found, DOCUMENT, FORM, settings))
    assert told["counts"] == {"error": 18, "warning": 82, "hint": 14, "accepted": 1}
    assert len(told["settings"]) == 2
    assert "王芳" in to_csv(found, DOCUMENT, FORM)
    assert to_sarif(found, DOCUMENT, FORM).count('"suppressions"') == 1


def test_findings_are_counted_and_places_are_counted_and_one_is_not_called_the_other() -> None:
    groups = tuple(one.accept("同一套人马", "王芳") for one in FINDINGS if one.rule == "X001")
    settings = ReviewSettings(acceptances=groups)
    found = review(DOCUMENT, FORM, settings)
    text = to_text(found, DOCUMENT, FORM, settings)
    counted: Counter[str] = Counter()
    for line in text.splitlines():
        head = re.fullmatch(r"(错误|警告|提示) [A-Z][0-9]{3} .*?(?:（([0-9]+) 条）)?", line)
        if head:
            counted[head[1]] += int(head[2] or 1)
    assert counted == {"错误": 37, "警告": 82, "提示": 12}
    assert text.splitlines()[0] == "错误 37 · 警告 82 · 提示 12"
    assert "已接受 2 条" in text
    assert json.loads(to_json(found, DOCUMENT, FORM, settings))["counts"]["accepted"] == 2


def test_a_document_without_findings_says_so() -> None:
    assert to_text((), DOCUMENT, FORM).strip() == "没有问题"


def test_json_has_every_finding() -> None:
    told = json.loads(to_json(FINDINGS, DOCUMENT, FORM))
    assert told["counts"] == {"error": 37, "warning": 82, "hint": 14, "accepted": 0}
    assert [(one["rule"], one["quote"]) for one in told["findings"]] == [(one.rule, one.quote) for one in FINDINGS]
    first = told["findings"][0]
    assert first["file"] == DEPARTMENT
    assert first["field"] == "overall_goal"
    group = next(one for one in told["findings"] if one["rule"] == "X001")
    assert [place["field"] for place in group["places"]] == ["indicators"] * 3


def test_csv_is_read_back_by_another_reader() -> None:
    text = to_csv(FINDINGS, DOCUMENT, FORM)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert text.startswith("\ufeff")
    assert len(rows) == len(FINDINGS) + 1
    assert {len(row) for row in rows} == {9}
    check_quotes([row[5] for row in rows[1:]])


def check_quotes(cells: Sequence[object]) -> None:
    """Short texts are quoted whole; of long ones the part that matters."""
    for cell, finding in zip(cells, FINDINGS, strict=True):
        quoted = str(cell).strip("…")
        assert quoted in finding.quote
        assert cell == finding.quote or cell_len(quoted) > 200
        if finding.span is not None:
            start, end = finding.span
            assert finding.quote[start:end] in quoted


def test_the_workbook_is_read_by_another_program() -> None:
    made = to_xlsx(FINDINGS, DOCUMENT, FORM)
    assert made == to_xlsx(FINDINGS, DOCUMENT, FORM)
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert sheet.title == "审核意见表"
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [row[2] for row in rows[1:]] == [one.rule for one in FINDINGS]
    check_quotes([row[5] for row in rows[1:]])
    longest = max(range(len(rows)), key=lambda number: len(str(rows[number][5])))
    assert sheet.row_dimensions[longest + 1].height > 100  # all of the text can be read
    assert sheet.row_dimensions[1].height < 20


def test_sarif_is_valid() -> None:
    settings = accepted_settings()
    for found in (FINDINGS, review(DOCUMENT, FORM, settings), ()):
        told = json.loads(to_sarif(found, DOCUMENT, FORM, folder="data/2021/613001", line_of=lambda _place: 7))
        jsonschema.Draft4Validator(SARIF).validate(told)
    results = json.loads(to_sarif(FINDINGS, DOCUMENT, FORM))["runs"][0]["results"]
    assert [one["ruleId"] for one in results] == [one.rule for one in FINDINGS]
    prints = [one["partialFingerprints"]["perftui/v1"] for one in results]
    assert len(set(prints)) == len(prints)


def test_tables_and_sarif_name_themselves_what_was_changed_and_what_lapsed() -> None:
    code = next(one for one in FINDINGS if one.rule == "C001")
    gone = replace(code.accept("库里如此", "李四"), digest="0" * 16)
    settings = accepted_settings()
    found = review(DOCUMENT, FORM, settings)
    rows = list(csv.reader(io.StringIO(to_csv(found, DOCUMENT, FORM, settings, [gone]).removeprefix("\ufeff"))))
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(found, DOCUMENT, FORM, settings, [gone]))).active
    assert sheet is not None
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == rows
    assert sheet.auto_filter.ref == f"A1:I{len(found) + 1}"
    lapsed, off, weighed = rows[len(found) + 1 :]
    assert [lapsed[number] for number in (1, 2, 3, 8)] == [
        "说明",
        "C001",
        "项目 1 社区工作专项补助",
        "李四已接受：库里如此",
    ]
    assert off[6].startswith("规则 I019 已关闭")
    assert weighed[6].startswith("规则 I010 改按警告处理")
    told = json.loads(to_sarif(found, DOCUMENT, FORM, settings=settings, lapsed=[gone]))
    jsonschema.Draft4Validator(SARIF).validate(told)
    (invocation,) = told["runs"][0]["invocations"]
    assert {one["descriptor"]["id"]: one["configuration"] for one in invocation["ruleConfigurationOverrides"]} == {
        "I010": {"level": "warning"},
        "I019": {"enabled": False},
    }
    assert len(invocation["toolConfigurationNotifications"]) == 3


def test_hostile_texts_stay_texts() -> None:
    document = hostile()
    found = review(document, FORM)
    assert "\x1b" not in to_text(found, document, FORM)
    for row in csv.reader(io.StringIO(to_csv(found, document, FORM).removeprefix("\ufeff"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(found, document, FORM))).active
    assert sheet is not None
    types = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert types <= {"s", "inlineStr"}


def test_english_speaks_english() -> None:
    try:
        choose_language("en")
        english = to_text(review(DOCUMENT, FORM), DOCUMENT, FORM)
    finally:
        choose_language("zh")
    heads = [line for line in english.splitlines() if line.startswith(("error", "warning", "hint"))]
    assert len(heads) > 20
    assert not any(word in english for word in ("建议", "没有", "项目 1", "处）", "错误"))
    assert "there is no 效益指标 (benefit)" in english
    assert "职责 (duty) 3 社会保障建设 · 职责目标 (aim of the duty)" in english


if __name__ == "__main__":
    GOLDEN.write_text(to_text(FINDINGS, DOCUMENT, FORM), encoding="utf-8")
