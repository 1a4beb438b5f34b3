"""What a data folder says about the rules holds for every command, and is told."""

import json
from pathlib import Path

import pytest

from perftui.desk.reviewing import accept_findings, read_settings
from perftui.model.document import Document
from perftui.review.engine import review
from perftui.store.folder import DocumentFolder, find_documents
from perftui.store.opening import open_document
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
