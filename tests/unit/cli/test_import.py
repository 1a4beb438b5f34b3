"""``import`` as a person uses it: into nothing, into what is there, as next year's, rows of a table."""

import json
from pathlib import Path

from perftui.cli.exits import Exit
from tests import factories
from tests.gallery.containers import to_xlsx
from tests.gallery.layouts import layouts
from tests.unit.cli.conftest import Run, write
from tests.unit.cli.test_other_commands import files
from tests.unit.exchange.read_samples import cell, docx, para, project, row, table


def test_nothing_existing_is_overwritten_without_being_shown(run: Run, tmp_path: Path) -> None:
    document = factories.document(projects=2)
    folder = write(tmp_path, document)
    run("export", "--no-marks", "-o", "old.docx")
    assert run("set", "#1", "name=改过的名称", "plan.m03=1").code == 0
    before = files(folder)
    ran = run("import", "old.docx")
    assert ran.code == Exit.USAGE
    assert "改动 项目 1 改过的名称 · 项目名称：改过的名称 → 街道工作者补助" in ran.out
    assert "· 3月底：1 → 25" in ran.out
    assert "--merge" in ran.err
    assert run("import", "old.docx", "--merge", "--dry-run").code == Exit.DONE
    assert files(folder) == before
    assert run("import", "old.docx", "--add").code == Exit.DONE
    assert files(folder) == before
    merged = run("import", "old.docx", "--merge")
    assert (merged.code, "改动 2 处" in merged.err) == (Exit.DONE, True)
    assert files(folder) != before
    assert "没有改动" in run("import", "old.docx", "--merge").err


def test_a_merge_says_what_it_left_out(run: Run, tmp_path: Path) -> None:
    write(tmp_path, factories.document(projects=1))
    deleted = "<w:del><w:r><w:delText>不再安排</w:delText></w:r></w:del>"
    odd = table(row("风险评估", cell(para(deleted, "<w:r><w:t>低</w:t></w:r>"))))
    Path("back.docx").write_bytes(docx(project(name="新项目") + odd + para("填表人：王芳")))
    ran = run("import", "back.docx", "--unit", "613001", "--merge")
    assert ran.code == Exit.DONE
    for left in ("修订删除，未读入：不再安排", "填表人：王芳", "风险评估"):
        assert left in ran.out
    assert ran.out.startswith("未读入")


def test_an_export_of_another_copy_is_never_called_the_same(run: Run, tmp_path: Path) -> None:
    """A colleague's own edits are in the values that it was printed from: nobody changed them in Word."""
    write(tmp_path, factories.document(projects=3))
    assert run("set", "#1", "budget.purpose=同事改的").code == 0
    run("export", "-o", "theirs.docx")
    folder = write(tmp_path / "other", factories.document(projects=2))
    before = files(folder)
    ran = run("import", "theirs.docx", "--data", "other/data", "--merge")
    assert "还有 2 处与这里不同，但不是在 Word 里改的" in ran.out
    assert "资金用途：这里是 " in ran.out
    assert "文件里是 同事改的" in ran.out
    assert "不同 这里没有项目 办公设备运行维护" in ran.out
    assert "1 个项目与现有的一样" in ran.out
    assert "2 处没有读入，保持这里的" in ran.err
    assert files(folder) == before
    assert (
        "新增 1 个项目，改动 1 处" in run("import", "theirs.docx", "--data", "other/data", "--merge", "--as-file").err
    )
    again = run("import", "theirs.docx", "--data", "other/data", "--merge")
    assert "3 个项目与现有的一样" in again.out
    assert "没有改动" in again.err


def test_new_projects_are_added_behind_the_others(run: Run, tmp_path: Path) -> None:
    write(tmp_path, factories.document(projects=3))
    run("export", "--no-marks", "-o", "three.docx")
    folder = write(tmp_path / "other", factories.document(projects=1))
    before = files(folder)
    ran = run("import", "three.docx", "--data", "other/data", "--add")
    assert ran.code == Exit.DONE
    listed = json.loads(run("list", "--json", "--data", "other/data").out)["projects"]
    assert [one["name"] for one in listed] == ["街道工作者补助", "社区服务经费", "办公设备运行维护"]
    assert {name: data for name, data in files(folder).items() if name in before} == before


def test_a_document_as_next_years_has_no_codes(run: Run, real: Path) -> None:
    run("export", "-o", "a.docx")
    ran = run("import", "a.docx", "--as", "2022")
    assert ran.code == Exit.DONE
    assert "编码要重新填写" in ran.out
    listed = json.loads(run("list", "--json", "--year", "2022").out)["projects"]
    assert [one["code"] for one in listed] == [None] * 7


def test_rows_of_a_table_go_into_one_project(run: Run, tmp_path: Path) -> None:
    write(tmp_path, factories.document(projects=2))
    Path("rows.csv").write_text("二级指标,三级指标,指标值\n数量指标,新指标,≥5人\n", encoding="gbk")
    assert run("import", "rows.csv").code == Exit.USAGE
    ran = run("import", "rows.csv", "--into", "#2")
    assert ran.code == Exit.DONE
    assert "新指标" in ran.out
    assert "新指标" in run("show", "#2").out
    assert "新指标" not in run("show", "#1").out
    assert "没有改动" in run("import", "rows.csv", "--into", "#2").err


def test_a_table_of_word_goes_into_one_project(run: Run, tmp_path: Path) -> None:
    write(tmp_path, factories.document(projects=2))
    rows = table(row("二级指标", "三级指标", "指标值"), row("数量指标", "新指标", "≥5人"))
    Path("rows.docx").write_bytes(docx(para("本月补充") + rows + table(row("别的", "表"))))
    ran = run("import", "rows.docx", "--into", "#2")
    assert ran.code == Exit.DONE
    assert "新指标" in run("show", "#2").out
    assert all(text in ran.out for text in ("本月补充", "别的"))


def test_a_whole_form_in_a_workbook_is_a_document_for_import_and_check(run: Run, tmp_path: Path) -> None:
    write(tmp_path, factories.document(projects=1))
    layout = next(one for one in layouts() if one.projects[0].rows)
    Path("whole.xlsx").write_bytes(to_xlsx(layout.page()))
    ran = run("import", "whole.xlsx", "--dry-run")
    assert ran.code == Exit.DONE
    assert layout.projects[0].name in ran.out
    assert run("check", "whole.xlsx").code in (Exit.DONE, Exit.FINDINGS)
    assert run("check", "none.xlsx").code == Exit.USAGE


def test_a_table_that_is_none_is_a_sentence(run: Run, tmp_path: Path) -> None:
    write(tmp_path, factories.document(projects=1))
    Path("rows.xlsx").write_bytes(b"PK nothing")
    ran = run("import", "rows.xlsx", "--into", "#1")
    assert (ran.code, ran.out) == (Exit.REFUSED, "")
    assert ran.err.startswith("rows.xlsx: ")


def test_an_export_that_comes_back_takes_back_nothing_that_was_done_here_since(run: Run, tmp_path: Path) -> None:
    write(tmp_path, factories.document(projects=2))
    run("export", "-o", "sent.docx")
    run("set", "#1", "name=改过的名称")
    merged = run("import", "sent.docx", "--merge")
    assert merged.code is Exit.DONE
    assert "改动" not in merged.out
    assert run("list").out.count("改过的名称") == 1
