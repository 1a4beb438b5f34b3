"""Finding texts in a whole document gives what looking at every field by itself gives."""

from dataclasses import replace
from functools import partial

import pytest

from perftui.forms import load_form
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.stop_flag import StopFlag, Stopped
from perftui.model.stored_record import StoredRecord, keep
from perftui.viewmodel import text_search
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.search import matching
from perftui.viewmodel.text_search import Found, TextSearch
from tests import factories

FORM = load_form("hebei-2021")
DOCUMENT = factories.document(projects=3)


def field_by_field(document: Document, wanted: str) -> list[Found]:
    shown = DocumentView(document=document, form=FORM)
    filled = [
        (Location(file=file, path=path), record.text(path))
        for file, record in document.files()
        for path, _field in shown.form.spec_of(file).fields(record)
        if record.text(path)
    ]
    return matching(wanted, filled, lambda one: one[1:])


@pytest.mark.parametrize(
    "wanted",
    [
        *("补助", "居民满意度", "jmmyd", "JMMYD", "jmmyt", "≥98%", "人 补助", "1201000", "１２０１０００"),
        *("补助（一）", "第1个", "没有这样的", "a.b", "。", "第１个项目的人员"),
    ],
)
def test_the_same_as_field_by_field(wanted: str) -> None:
    shown = DocumentView(document=DOCUMENT, form=FORM)
    assert TextSearch().find(shown, wanted, 1000) == field_by_field(DOCUMENT, wanted)


def test_at_most_so_many() -> None:
    shown = DocumentView(document=DOCUMENT, form=FORM)
    assert len(TextSearch().find(shown, "补助", 2)) == 2
    assert TextSearch().find(shown, "  ", 2) == []


def test_an_edit_is_seen() -> None:
    search = TextSearch()
    assert search.find(DocumentView(document=DOCUMENT, form=FORM), "社区老年食堂", 9) == []
    file = list(DOCUMENT.projects)[1]
    edited = DOCUMENT.with_record(file, DOCUMENT.projects[file].with_value(("name",), "社区老年食堂"))
    (found,) = search.find(DocumentView(document=edited, form=FORM), "社区老年食堂", 9)
    assert (found[0].file, found[0].path, found[1]) == (file, ("name",), "社区老年食堂")
    assert search.find(DocumentView(document=edited.without(file), form=FORM), "社区老年食堂", 9) == []


def test_what_is_found_of_records_that_are_kept_as_bytes_is_the_same_and_few_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = {file: StoredRecord.of(partial(keep, record)) for file, record in DOCUMENT.projects.items()}
    shown, read = DocumentView(document=replace(DOCUMENT, projects=kept), form=FORM), []
    real = text_search._read
    monkeypatch.setattr(text_search, "_read", lambda *told: read.append(told[1]) or real(*told))
    search, name = TextSearch(), list(DOCUMENT.projects.values())[1].text(("name",))
    assert search.find(shown, name, 1000) == field_by_field(DOCUMENT, name)
    assert read == [DEPARTMENT, list(DOCUMENT.projects)[1]]
    assert search.find(shown, "没有这样的", 1000) == []
    assert len(read) == 2
    assert search.find(shown, "jmmyd", 1000) == field_by_field(DOCUMENT, "jmmyd")


def test_a_search_can_be_given_up() -> None:
    stop = StopFlag()
    stop.set()
    with pytest.raises(Stopped):
        TextSearch().find(DocumentView(document=DOCUMENT, form=FORM), "补助", 9, stop)
