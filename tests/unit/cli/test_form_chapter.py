"""The manual's chapter about a form of one's own: every step is run, in its order, to the first printed page."""

import re
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from perftui.exchange.importer.imported import Confidence
from perftui.forms import load_form, look_in
from perftui.forms.language import LANGUAGE
from perftui.model.document import Document
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from tests import factories
from tests.conftest import ROOT
from tests.documents import import_document
from tests.unit.cli.conftest import Run, write
from tests.unit.cli.test_form_draft import EMPTY, mailed

README = (ROOT / "README.md").read_text(encoding="utf-8")
CHAPTER = README.partition("## 自己的表样\n")[2].partition("\n## ")[0]
BLOCKS = re.findall(r"^ *```(toml|text)\n(.*?)^ *```$", CHAPTER, re.MULTILINE | re.DOTALL)
FORM = "town-2025"


def lines(kind: str) -> list[str]:
    return [line for found, block in BLOCKS if found == kind for line in textwrap.dedent(block).splitlines()]


def test_every_step_of_the_chapter_leads_to_a_printed_page(run: Run, tmp_path: Path) -> None:
    mailed(tmp_path / "空表.docx", EMPTY)
    file = tmp_path / "data" / "forms" / f"{FORM}.toml"
    for line in lines("text"):
        assert line.startswith("perftui ")
        words = line.split()[1:]
        if words[:2] in (["form", "new"], ["form", "check"]):
            file.unlink(missing_ok=True)
        if words[:2] == ["form", "check"]:
            file.write_text("\n".join(lines("toml")), encoding="utf-8")
        if words[0] == "check":
            look_in(tmp_path / "data")
            (folder,) = find_documents(tmp_path / "data")
            assert open_document(folder).form.id == FORM
            write(tmp_path, filled())
        ran = run(*words)
        assert ran.code == 0, f"{line}: {ran.out}{ran.err}"
    (exported,) = (tmp_path / "exports").glob("*.docx")
    again = import_document(exported.read_bytes())
    assert again.document.form == FORM
    assert [note.message for note in again.notes if note.confidence is Confidence.LEFT] == []
    form = load_form(FORM)
    (record,), (other,) = filled().projects.values(), again.document.projects.values()
    for path, _field in form.project.fields(record):
        if len(path) < 3 and path != ("origin",):
            assert other.text(path) == record.text(path)
    assert [row.values for row in other.rows("indicators")] == [row.values for row in record.rows("indicators")]


def filled() -> Document:
    """What somebody filled in."""
    document = factories.document(FORM, projects=1)
    return replace(document, year=2025, department=document.department.with_value(("year",), 2025))


@pytest.mark.parametrize(
    "word", ["joined", "heads", "when", "title", "projects", "formula", "code", "landscape", "english"]
)
def test_what_the_chapter_names_is_in_the_language(word: str) -> None:
    assert re.search(rf"`\[?{word}", CHAPTER)
    assert any(word in section for section in LANGUAGE.values())
