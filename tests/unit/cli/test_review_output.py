"""What a data folder says about the rules holds for every command, and is told."""

import json
from pathlib import Path

import pytest

from perftui.forms import Role, load_form
from perftui.model.document import DEPARTMENT, Document
from perftui.review.engine import review
from perftui.review.totals import projects_sum
from perftui.session.review_settings import accept_findings, read_settings
from perftui.store.folder import DocumentFolder, find_documents
from perftui.store.open import open_document
from tests import factories
from tests.unit.cli.conftest import Run, write


@pytest.fixture
def folder(tmp_path: Path) -> DocumentFolder:
    """A document with one error: a project without a name."""
    document = factories.document(projects=2)
    write(tmp_path, _with(document, factories.project("hebei-2021", 1, name=None)))
    return find_documents(tmp_path / "data")[0]


def _with(document: Document, record: object) -> Document:
    return document.with_record(next(iter(document.projects)), record)  # type: ignore[arg-type]


def accept_all(folder: DocumentFolder) -> None:
    opened = open_document(folder)
    settings = read_settings(folder)
    for finding in review(opened.document, opened.form):
        settings = accept_findings(folder, settings, [finding], "已与财政核对", "张三")


def test_a_rule_off_is_off_in_every_command(run: Run, folder: DocumentFolder) -> None:
    found = {one["rule"] for one in json.loads(run("check", "--format", "json").out)["findings"]}
    (folder.data / "review.toml").write_text("[rules]\n" + "".join(f'{rule} = "off"\n' for rule in found))
    checked = run("check")
    assert checked.code == 0
    assert all(f"规则 {rule} 已关闭" in checked.out for rule in found)
    assert json.loads(run("check", "--format", "json").out)["settings"]
    listed = run("list")
    assert "错" not in listed.out
    assert "已关闭" in listed.err


def test_accepted_findings_are_no_findings_and_are_shown(run: Run, folder: DocumentFolder) -> None:
    assert run("check").code == 1
    accept_all(folder)
    checked = run("check")
    assert checked.code == 0
    assert "已与财政核对" in checked.out


def test_what_was_named_is_accepted_and_taken_back_by_command(run: Run, folder: DocumentFolder) -> None:
    rule = ",".join({one["rule"] for one in json.loads(run("check", "--format", "json").out)["findings"]})
    accepted = run("check", "--select", rule, "--accept", "已与财政核对")
    assert (accepted.code, accepted.err) == (0, "接受了 3 条\n")
    assert "已接受" in accepted.out
    assert run("check").code == 0
    assert "已接受" in run("check", "--select", rule, "--accept", "再说一次").out
    assert [one.reason for one in read_settings(folder).acceptances] == ["已与财政核对"] * 3, "what is accepted stays"
    back = run("check", "--select", rule, "--reopen")
    assert (back.code, back.err) == (1, "收回了 3 条接受\n")
    assert read_settings(folder).acceptances == ()


@pytest.mark.parametrize("format_name", ["csv", "sarif"])
def test_every_format_tells_itself_what_the_folder_changed(run: Run, folder: DocumentFolder, format_name: str) -> None:
    accept_all(folder)
    with folder.path("review.toml").open("a", encoding="utf-8") as file:
        file.write('\n[rules]\nI019 = "off"\nI010 = "warning"\n')
    write(folder.data.parent, factories.document(projects=2))
    checked = run("check", "--format", format_name)
    assert checked.err == ""
    told = checked.out
    assert "失效" in told
    assert "规则 I019 已关闭" in told
    assert "规则 I010 改按警告处理" in told


def test_what_the_data_folder_accepts_for_all_is_not_taken_back(run: Run, folder: DocumentFolder) -> None:
    accept_all(folder)
    folder.path("review.toml").rename(folder.data / "review.toml")
    accepted, *others = read_settings(folder).acceptances
    back = run("check", "--select", accepted.rule, "--reopen")
    assert "收回了 0 条接受" in back.err
    assert "另有 1 条记在数据文件夹的 review.toml 里" in back.err
    assert read_settings(folder).acceptances == (accepted, *others)


def test_an_acceptance_that_nothing_answers_to_is_shown_and_taken_out(run: Run, folder: DocumentFolder) -> None:
    accept_all(folder)
    accepted = next(one for one in read_settings(folder).acceptances if one.path == ("name",))
    write(folder.data.parent, factories.document(projects=2))
    checked = run("check")
    assert checked.code == 0
    assert "已失效的接受 1 条" in checked.out
    assert "已与财政核对" in checked.out
    (lapsed,) = json.loads(run("check", "--format", "json").out)["lapsed"]
    assert (lapsed["rule"], lapsed["file"], lapsed["by"]) == (accepted.rule, accepted.file, "张三")
    assert "已失效" not in run("check", "--select", "X").out
    assert "收回了 1 条接受" in run("check", "--select", accepted.rule, "--reopen").err
    assert "已失效" not in run("check").out


@pytest.mark.parametrize(
    "words",
    [
        ("--accept", "好"), ("--reopen",), ("--select", "C", "--accept", " "),
        ("--select", "C", "--accept", "好", "--reopen"), ("--select", "C", "--accept", "好", "交来的.docx"),
    ],
)  # fmt: skip
def test_nothing_is_accepted_that_was_not_named_with_a_reason(
    run: Run, folder: DocumentFolder, words: tuple[str, ...]
) -> None:
    assert run("check", *words).code == 2
    assert not folder.path("review.toml").exists()


@pytest.mark.parametrize(
    ("approved", "told"),
    [
        ("{sum}", "各项目合计 {sum} 元，与批复总额一致\n"),
        ("1.00", "比批复总额 1.00 多 "),
        ("99999999.00", "比批复总额 99999999.00 少 "),
    ],
)
def test_the_sum_of_the_projects_is_told_against_what_was_approved(
    run: Run, tmp_path: Path, approved: str | None, told: str
) -> None:
    document = factories.document(projects=2)
    form = load_form(document.form)
    total = str(projects_sum(document, form))
    path = form.department.path_of(Role.APPROVED_TOTAL)
    assert path is not None
    value = approved.format(sum=total) if approved else None
    write(tmp_path, document.with_record(DEPARTMENT, document.department.with_value(path, value)))
    assert told.format(sum=total) in run("check").out
    found = json.loads(run("check", "--format", "json").out)
    assert (found["projects_sum"], found["approved_total"]) == (total, value)


@pytest.mark.parametrize(
    ("text", "told"),
    [("[rules\n", "review.toml:1"), ('[rules]\nF001 = "loud"\n', "loud"), ('rules = "off"\n', "rules")],
)
@pytest.mark.parametrize("words", [("check",), ("list",), ("export",)])
def test_settings_that_cannot_be_understood_are_refused(
    run: Run, folder: DocumentFolder, words: tuple[str, ...], text: str, told: str
) -> None:
    (folder.data / "review.toml").write_text(text)
    refused = run(*words)
    assert refused.code == 3
    assert refused.err.startswith("review.toml")
    assert told in refused.err
    assert not (folder.data.parent / "exports").exists()


def test_a_word_document_of_projects_alone_is_not_blamed_for_the_department(run: Run, tmp_path: Path) -> None:
    whole = factories.document(projects=2)
    write(tmp_path, whole)
    run("export", "-o", "whole.docx")
    run("export", "#1", "-o", "one.docx")
    (tmp_path / "data/2021/613001/department.toml").unlink()
    alone = run("check", "one.docx")
    assert "没有部门的部分，只审核项目" in alone.err
    assert "部门 · " not in alone.out
    assert "没有部门的部分" not in run("check", "whole.docx").err
